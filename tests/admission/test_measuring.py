"""Two supervisors suspend, restore and revoke; what they say holds at once in every session."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from listing.admission import queries, rules
from listing.admission.models import Admission, Conflict
from listing.admission.operations import applying, measuring
from listing.admission.worded import NOTHING
from listing.journal.models import Entry
from listing.notifications import render
from listing.notifications.models import Notice
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, signed_in

from .conftest import acting, submit
from .test_standing import admitted


@pytest.fixture
def admission(applicant):
    return admitted(applicant)


def proposed(admission, member, event="suspend", reason="conduct", words=NOTHING):
    said = {"event": event, "reason": reason, "words": words}
    return measuring.propose(admission=admission, **said, actor=acting(member), now=NOW)


def taken(admission, supervisors, event):
    row = proposed(admission, supervisors[0], event)
    measuring.answer(measure=row, confirmed=True, actor=acting(supervisors[1]), now=NOW)
    db.session.commit()


def test_suspended_restored_and_revoked_by_two(admission, reviewers):
    two = reviewers[2:]
    states = []
    for event in ("suspend", "restore", "suspend", "revoke"):
        taken(admission, two, event)
        states.append((admission.state, admission.live_of is not None))
    assert states == [("suspended", True), ("admitted", True), ("suspended", True), ("revoked", False)]
    with pytest.raises(rules.NotNow):
        proposed(admission, two[0], "restore")
    codes = set(db.session.scalars(select(Entry.code).where(Entry.subject_kind == "admission")))
    assert codes >= {"admission.suspend_proposed", "admission.suspend", "admission.restore", "admission.revoke"}


def test_whoever_was_revoked_applies_again_after_thirty_days(admission, applicant, reviewers):
    applying.withdraw(application=queries.last_of(applicant.organisation_id), actor=acting(applicant), now=NOW)
    taken(admission, reviewers[2:], "revoke")
    who = {"organisation_id": applicant.organisation_id, "actor": acting(applicant)}
    with pytest.raises(rules.TooSoon) as refused:
        applying.begin(**who, now=NOW + rules.REAPPLY_AFTER - timedelta(days=1))
    assert str(refused.value.params["day"]) == "2026-12-23"
    assert applying.begin(**who, now=NOW + rules.REAPPLY_AFTER).state == rules.DRAFT


def test_one_supervisor_is_not_two_nor_one_in_conflict(admission, reviewers):
    one, other = reviewers[2:]
    row = proposed(admission, one)
    with pytest.raises(rules.ProposedIt):
        measuring.answer(measure=row, confirmed=True, actor=acting(one), now=NOW)
    with pytest.raises(rules.MeasureWaits):
        proposed(admission, other)
    held = {"account_id": other.user_id, "organisation_id": admission.organisation_id}
    db.session.add(Conflict(**held, reason="x", since=NOW))
    db.session.flush()
    with pytest.raises(rules.HasConflict):
        measuring.answer(measure=row, confirmed=True, actor=acting(other), now=NOW)
    assert admission.state == "admitted"


def test_declined_it_changes_nothing_and_cannot_be_answered_again(admission, reviewers):
    one, other = reviewers[2:]
    row = proposed(admission, one)
    measuring.answer(measure=row, confirmed=False, actor=acting(other), now=NOW)
    with pytest.raises(rules.NotNow):
        measuring.answer(measure=row, confirmed=True, actor=acting(other), now=NOW)
    assert (admission.state, queries.taken(admission)) == ("admitted", None)


@pytest.mark.parametrize("who", ["nobody", "the same"])
def test_the_database_holds_it_too(admission, reviewers, who):
    row = proposed(admission, reviewers[2])
    if who == "the same":
        row.answered_by, row.answered_at, row.confirmed, row.open_of = row.proposed_by, NOW, True, None
    with pytest.raises(IntegrityError):
        db.session.execute(update(Admission).values(state="suspended", state_at=NOW))
    db.session.rollback()


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_the_pages_lead_there_and_every_session_feels_it(app, admission, applicant, reviewers, lang):
    company, application = a_company(slug="example"), queries.last_of(applicant.organisation_id)
    application.state, application.open_of = "admitted", None
    db.session.commit()
    colleague = a_member(applicant.organisation, "viewer").user
    members = [signed_in(app.test_client(), person) for person in (applicant.user, colleague)]
    first, second = (signed_in(app.test_client(), member.user) for member in reviewers[2:])
    page = f"/{lang}/review/admissions/held/{admission.id}"

    def opened():
        return ["A full copy" in one.get(f"/en/companies/{company.slug}").text for one in members]

    before = opened()
    assert first.get(f"/{lang}/review/admissions/held").status_code == 200
    assert submit(first, page, "/measures", event="suspend", reason="other").status_code == 422
    one = submit(first, page, "/measures", event="suspend", reason="changed", words_en="Call us.")
    assert (one.status_code, "words_zh-error" in one.text) == (422, True)
    words = {"words_zh": "请致电我们。", "words_en": "Call us."}
    assert submit(first, page, "/measures", event="suspend", reason="changed", **words).status_code == 303
    assert submit(second, page, "", answer="confirm").status_code == 303
    assert (before, opened()) == ([True, True], [False, False])
    [told] = db.session.scalars(select(Notice).where(Notice.message == "admission_measured"))
    hub = members[0].get(f"/{lang}/desk/admission/{queries.last_of(admission.organisation_id).id}").text
    chinese = "請致電我們。" if lang == "zh-Hant" else "请致电我们。"
    assert ("was suspended on" in render.words(told).text, "Call us." in hub, chinese in hub) == (True, True, True)
