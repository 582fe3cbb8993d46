"""Beginning, saving, sending, withdrawing; and that nothing slips when two do it at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from listing.admission import queries, rules
from listing.admission.models import Answers, Application, Submission
from listing.admission.operations import applying
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation

from . import answers
from .conftest import acting, begun, sent


def who(member, now=NOW):
    return {"actor": acting(member), "now": now}


def test_an_institution_has_one_open_application(applicant):
    begun(applicant)
    with pytest.raises(rules.AlreadyOpen):
        applying.begin(organisation_id=applicant.organisation_id, **who(applicant))
    applying.begin(organisation_id=a_member(an_organisation("investor")).organisation_id, **who(applicant))


def test_the_database_holds_one_open_application_too(applicant):
    application = begun(applicant)
    forget_it = update(Application).where(Application.id == application.id).values(open_of=None)
    with pytest.raises(IntegrityError):
        db.session.execute(forget_it)
    db.session.rollback()


def test_what_was_sent_is_a_copy_that_no_longer_changes(applicant):
    submission = sent(applicant)
    application = queries.application(submission.application_id)
    assert (application.state, submission.reference) == ("submitted", f"A{application.id:05d}-1")
    assert submission.content["pages"]["assets"]["portfolio"] == 5_200_000_000
    with pytest.raises(rules.NotNow):
        applying.save(application=application, page="assets", content={}, version=1, **who(applicant))
    with pytest.raises(rules.NotNow):
        applying.send(application=application, declared_true=True, **who(applicant))
    codes = db.session.scalars(select(Entry.code).order_by(Entry.index)).all()
    assert [codes[0], codes[-1]] == ["application.begun", "application.submitted"]


def test_of_two_who_save_one_page_the_second_is_told(applicant):
    application = begun(applicant)
    save = {"application": application, "page": "assets", **who(applicant)}
    applying.save(content=answers.content("assets", {**answers.ASSETS, "portfolio": "9"}), version=1, **save)
    with pytest.raises(rules.ChangedMeanwhile):
        applying.save(content={}, version=1, **save)


def test_nothing_incomplete_undeclared_or_unread_is_sent(applicant):
    application = begun(applicant)
    send = {"application": application, **who(applicant)}
    with pytest.raises(rules.NotDeclared):
        applying.send(declared_true=False, **send)
    with pytest.raises(rules.ChangedSinceRead):
        applying.send(declared_true=True, seen="0" * 64, **send)
    applying.save(application=application, page="funds", content={}, version=1, **who(applicant))
    with pytest.raises(rules.NotReady):
        applying.send(declared_true=True, **send)


def test_withdrawn_it_makes_room_for_another_with_the_same_answers(applicant):
    submission = sent(applicant)
    applying.withdraw(application=queries.application(submission.application_id), **who(applicant))
    again = applying.begin(organisation_id=applicant.organisation_id, **who(applicant))
    carried = queries.contents(again)
    assert carried["assets"] == submission.content["pages"]["assets"]
    assert {"risk", "declarations"}.isdisjoint(carried)


def test_the_same_institution_under_another_account_is_found(applicant):
    sent(applicant)
    other = a_member(an_organisation("investor"), "owner")
    second = sent(other, institution={"name_zh": "另一家", "name_en": "SAMPLE FAMILY OFFICE LTD"})
    [(found, shared)] = queries.alike(queries.application(second.application_id))
    assert found.organisation_id == applicant.organisation_id
    assert sorted(mark.kind for mark in shared) == ["HKCR", "NAME"]


def test_drafts_left_alone_go_after_90_days_and_what_was_sent_stays(applicant):
    sent(applicant)
    begun(a_member(an_organisation("investor")))
    assert applying.sweep(now=NOW + timedelta(days=90)) == 0
    assert applying.sweep(now=NOW + timedelta(days=90, seconds=1)) == 1
    db.session.commit()
    kept = db.session.scalar(select(func.count()).select_from(Answers))
    assert (kept, db.session.scalar(select(func.count()).select_from(Submission))) == (len(answers.WHOLE), 1)
