"""Erasure: what is theirs alone goes at once, what a record keeps stays and says so, and the log stays whole."""

import pytest
from sqlalchemy import func, select

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts.models import WebSession
from listing.accounts.operations.membership import LastOwner
from listing.admission import queries as admissions
from listing.journal.models import Entry
from listing.journal.verification import verify
from listing.notifications.models import Notice
from listing.personal import operations, queries, rules
from listing.store.db import db
from tests.admission.conftest import sent, submit
from tests.factories import NOW, a_member, a_user, an_organisation, signed_in

SECOND = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}


def acting(user):
    return Actor(user_id=user.id, label=user.name, fresh_at=NOW)


def ask(user):
    row = operations.ask(understood=True, actor=acting(user), now=NOW)
    db.session.commit()
    return row


def standing():
    """Everything that stands in the database outside the log, as one text."""
    tables = [t for t in db.metadata.sorted_tables if not t.name.startswith("journal_")]
    return " ".join(str(row) for table in tables for row in db.session.execute(select(table)))


def test_who_has_done_nothing_that_stays_is_gone_at_once(client, app):
    person = a_member(an_organisation("investor"), "owner").user
    email, name, number = person.email, person.name, person.id
    visitor = signed_in(client, person)
    assert submit(visitor, "/en/account/data/erase").status_code == 422  # not ticked
    answer = submit(visitor, "/en/account/data/erase", understood="y")
    assert (answer.status_code, answer.location) == (303, "/en/erased")
    assert db.session.scalar(select(func.count()).select_from(WebSession)) == 0
    assert "/login" in visitor.get("/en/account").location
    db.session.expire_all()
    gone = accounts.person_by_id(number)
    assert (gone.name, gone.password, gone.active, gone.memberships) == (f"#{number}", None, False, [])
    assert email not in standing()
    assert f"'{name}'" not in standing()
    assert visitor.get(answer.location).status_code == 200


def test_whose_acts_a_record_keeps_waits_for_a_supervisor_and_the_record_stays(app):
    member = a_member(an_organisation("investor"), "owner")
    submission, email = sent(member), member.user.email
    row = ask(member.user)
    assert (row.open_of, set(queries.kept(member.user_id))) == (member.user_id, {"log", "consents", "admission"})
    with pytest.raises(rules.AlreadyAsked):
        ask(member.user)
    db.session.rollback()
    supervisor = acting(a_member(an_organisation("operator"), "supervisor", a_user(**SECOND)).user)
    with pytest.raises(rules.NoReason):
        operations.answer(erasure=row, answer="decline", reason=" ", actor=supervisor, now=NOW)
    operations.answer(erasure=row, answer="confirm", reason="", actor=supervisor, now=NOW)
    db.session.commit()
    assert admissions.submission(submission.id).content == submission.content
    assert email not in standing()
    assert not db.session.scalar(select(func.count()).select_from(Notice).where(Notice.email == email))
    assert verify().holds
    assert db.session.scalars(select(Entry).order_by(Entry.index.desc())).first().code == "account.erased"
    with pytest.raises(rules.NotOpen):
        operations.answer(erasure=row, answer="confirm", reason="", actor=supervisor, now=NOW)


def test_who_leaves_others_without_anybody_in_charge_hands_over_first(app):
    organisation = an_organisation("enterprise")
    owner = a_member(organisation, "owner").user
    a_member(organisation, "editor")
    db.session.commit()
    with pytest.raises(LastOwner):
        ask(owner)
    db.session.rollback()
    assert accounts.person_by_id(owner.id).active


def test_nobody_answers_their_own_request_and_it_can_be_taken_back(app):
    operator = an_organisation("operator")
    a_member(operator, "supervisor", a_user(**SECOND))
    one = a_member(operator, "supervisor", a_user(**SECOND)).user
    row = ask(one)
    with pytest.raises(rules.OwnRequest):
        operations.answer(erasure=row, answer="confirm", reason="", actor=acting(one), now=NOW)
    operations.take_back(erasure=row, actor=acting(one), now=NOW)
    db.session.commit()
    with pytest.raises(rules.NotOpen):
        operations.take_back(erasure=row, actor=acting(one), now=NOW)
    assert ask(one).open_of == one.id


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_pages_say_what_stays_in_every_language(client, app, lang):
    member = a_member(an_organisation("investor"), "owner")
    sent(member)
    visitor = signed_in(client, member.user)
    assert visitor.get(f"/{lang}/account/data/erase").status_code == 200
    row = ask(member.user)
    assert visitor.get(f"/{lang}/account/data").status_code == 200
    visitor = signed_in(client, a_member(an_organisation("operator"), "supervisor", a_user(**SECOND)).user)
    assert f"/{lang}/review/erasures/{row.id}" in visitor.get(f"/{lang}/review/erasures").text
    assert submit(visitor, f"/{lang}/review/erasures/{row.id}", answer="decline", reason="Dispute").status_code == 303
    assert visitor.get(f"/{lang}/review/erasures/{row.id}").status_code == 200
