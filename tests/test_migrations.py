"""Migrations go up, down and up again, and end at exactly what the models say."""

from datetime import date, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, make_url, select, text

import config
from listing.admission import queries
from listing.admission.models import Admission, Decision, Question
from listing.bilingual.pair import Pair
from listing.clock import FixedClock
from listing.disclosure.announcements import rules
from listing.disclosure.announcements.categories import categories, visibility_on
from listing.disclosure.announcements.models import Announcement, Override
from listing.factory import create_app
from listing.store.db import db
from listing.store.fulltext import is_index_table

from .admission.test_standing import admitted
from .conftest import DATABASES, postgres
from .disclosure.announcements.made import SESSION, a_house, begun
from .factories import NOW, a_member, a_user, an_organisation


@pytest.fixture(params=DATABASES)
def bare(request, tmp_path, worker):
    """An application over a database without a single table."""
    settings = config.Testing()
    url = postgres(f"bare_{worker}") if request.param == "postgresql" else f"sqlite:///{tmp_path / 'bare.sqlite'}"
    settings.SQLALCHEMY_DATABASE_URI = make_url(url).render_as_string(hide_password=False)
    app = create_app(settings, FixedClock(NOW))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _differences() -> list:
    def include(_object, name, kind, _reflected, _compare_to):
        return not (kind == "table" and name is not None and is_index_table(name))

    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_object": include}
        return compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)


def test_up_down_up_equals_the_models(bare):
    upgrade()
    assert _differences() == []
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert _differences() == []


OLD = "0059"  # where what the operator writes stood in one language


def test_words_in_one_language_come_to_stand_on_its_side(bare):
    upgrade()
    member = a_member(an_organisation("investor"), "owner")
    admission = admitted(member)
    admission.conditions = Pair("", "Call us first.")
    decision = db.session.get(Decision, admission.decision_id)
    decision.words = Pair("資料齊全。", "", "Hant")
    asked = {"application_id": queries.last_of(member.organisation_id).id, "submission_id": decision.submission_id}
    asked |= {"account_id": member.user_id, "asked_at": NOW}
    appeal = Question(**asked, page="appeal", code="appeal", words=Pair("", "Why?"), answer=Pair("已阅。", "Read."))
    question = Question(**asked, page="funds", code="own", words=Pair("", "Whose?"), reply="Ours.")
    db.session.add_all([appeal, question])
    db.session.commit()
    db.session.remove()
    downgrade(revision=OLD)
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT words, reply FROM admission_question ORDER BY code")).all()
    assert [tuple(row) for row in rows] == [("Why?", "已阅。\nRead."), ("Whose?", "Ours.")]
    upgrade()
    appeal, question = db.session.scalars(select(Question).order_by(Question.code)).all()
    assert (appeal.words, appeal.reply, appeal.answer) == (Pair("", "Why?"), "", Pair("", "已阅。\nRead."))
    assert (question.words, question.reply, question.answer) == (Pair("", "Whose?"), "Ours.", Pair("", ""))
    [admission], [decision] = (db.session.scalars(select(each)).all() for each in (Admission, Decision))
    assert (admission.conditions, decision.words) == (Pair("", "Call us first."), Pair("資料齊全。", "", "Hant"))


def test_requests_that_were_left_open_end(bare):
    upgrade()
    house, reviewer = a_house(), a_user()
    at = {"later": SESSION + timedelta(hours=1), "before": SESSION - timedelta(hours=1)}
    for state, asked in (
        (rules.QUEUED, "later"),  # the only one that still waits
        (rules.QUEUED, "before"),  # of another text: it was sent anew since
        (rules.DRAFT, "before"),
        (rules.WITHDRAWN, "before"),
        (rules.PUBLISHED, "before"),
    ):
        row = begun(house)
        row.state = state
        who = {"asked_by": reviewer.id, "asked_label": "Reviewer", "asked_at": at[asked]}
        db.session.add(Override(announcement_id=row.id, open_of=row.id, reason=Pair("急。", "Urgent."), **who))
    db.session.commit()
    db.session.remove()
    downgrade(revision="0064")
    upgrade()
    found = db.session.scalars(select(Override).order_by(Override.id)).all()
    assert [one.closed_for for one in found] == [None, rules.LEFT, rules.LEFT, rules.ENDED, rules.RELEASED]
    assert [(one.verdict, one.open_of is None, one.answered_at) for one in found] == [
        (rules.WAITS, False, None),
        *[(rules.MOOT, True, SESSION)] * 4,
    ]
    db.session.remove()
    downgrade(revision="0064")
    upgrade()
    assert db.session.scalars(select(Override.verdict)).all() == [rules.WAITS]


def test_drafts_of_before_get_the_class_of_the_standard_and_what_was_signed_stays_everybodys(bare):
    upgrade()
    house = a_house()
    report = {"category": "annual_report", "event_on": None, "period_end": date(2025, 12, 31), "visibility": "public"}
    for written, changed in (
        (report, {}),
        (report, {"corrects_id": 7}),
        (report, {"state": rules.QUEUED}),
        ({}, {}),  # of an event
    ):
        row = begun(house, **written)
        for name, value in changed.items():
            setattr(row, name, value)
    db.session.commit()
    db.session.remove()
    downgrade(revision="0073")
    upgrade()
    found = db.session.scalars(select(Announcement).order_by(Announcement.id)).all()
    assert [one.visibility for one in found] == ["admitted", "public", "public", "public"]
    given = {one.id for one in categories().values() if visibility_on(one, date(2026, 12, 1)) == "admitted"}
    assert given == set(admitted_of_then())


def admitted_of_then():
    """The categories that the migration names."""
    return ScriptDirectory("migrations").get_revision("0065").module.ADMITTED
