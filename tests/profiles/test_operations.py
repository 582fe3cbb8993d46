"""Saving, sending, taking back: nothing typed is lost, nothing is sent twice, nothing leaks."""

import pytest
from sqlalchemy import func, select

from listing.companies import queries as companies
from listing.companies.models import Company
from listing.journal.models import Entry
from listing.profiles import operations, queries, rules
from listing.profiles.models import ProfileSheet, Submission
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation

from .answers import BUSINESS, WHOLE, content
from .conftest import acting, filled


def save(profile, member, version, sheet="business", typed=None):
    return operations.save(
        profile=profile,
        sheet=sheet,
        content=content(sheet, typed),
        version=version,
        actor=acting(member),
        now=NOW,
    )


def codes():
    return list(db.session.scalars(select(Entry.code).order_by(Entry.index)))


def test_each_save_counts_and_leaves_one_entry(profile, editor):
    assert save(profile, editor, 0) == 1
    assert save(profile, editor, 1, typed=BUSINESS | {"summary.en": "We build sensors."}) == 2
    assert queries.contents(profile)["business"]["summary"]["en"] == "We build sensors."
    assert codes() == ["profile.begun", "profile.saved", "profile.saved"]


@pytest.mark.parametrize("version", [0, 1])
def test_the_second_of_two_editors_is_told_and_the_first_text_stands(profile, editor, version):
    if version:
        save(profile, editor, 0)
    save(profile, editor, version, typed=BUSINESS | {"summary.en": "The first."})
    with pytest.raises(rules.ChangedMeanwhile):
        save(profile, editor, version, typed=BUSINESS | {"summary.en": "The second."})
    assert queries.contents(profile)["business"]["summary"]["en"] == "The first."


def test_a_document_that_went_meanwhile_is_no_evidence(profile, editor):
    with pytest.raises(rules.DocumentGone):
        save(profile, editor, 0, typed=BUSINESS | {"summary.evidence": "7"})
    assert queries.contents(profile) == {}


def test_a_registration_number_belongs_to_one_profile(profile, editor):
    save(profile, editor, 0, "identity")
    other = a_member(an_organisation("enterprise"), "owner")
    second = operations.begin(organisation_id=other.organisation_id, actor=acting(other), now=NOW)
    with pytest.raises(rules.AlreadyClaimed):
        save(second, other, 0, "identity")
    save(profile, editor, 1, "identity", WHOLE["identity"] | {"number": "91440300MA5FTEX21X"})
    assert save(second, other, 0, "identity") == 1


def test_what_is_sent_is_a_copy_with_its_digest(profile, editor):
    filled(profile, editor)
    sent = operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)
    assert (sent.number, sent.state, profile.state) == (1, rules.SUBMITTED, rules.SUBMITTED)
    assert sent.content == {"sheets": queries.contents(profile)}
    assert sent.digest == operations.digest(sent.content)
    assert codes()[-1] == "profile.submitted"
    with pytest.raises(rules.NotNow):
        save(profile, editor, 1)
    with pytest.raises(rules.NotNow):
        operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)


def test_what_is_not_declared_or_not_ready_stays_a_draft(profile, editor):
    filled(profile, editor, business=BUSINESS | {"technology.en": ""})
    with pytest.raises(rules.NotDeclared):
        operations.submit(profile=profile, declared_true=False, actor=acting(editor), now=NOW)
    with pytest.raises(rules.NotReady):
        operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)
    assert (profile.state, db.session.scalar(select(func.count(Submission.id)))) == (rules.DRAFT, 0)


def test_certain_contradictions_are_not_sent(profile, editor):
    filled(profile, editor, business=BUSINESS | {"summary.zh": "售出120台。", "summary.en": "Sold 210 units."})
    with pytest.raises(rules.NotReady):
        operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)


def test_sent_and_taken_back_it_can_be_written_and_sent_again(profile, editor):
    filled(profile, editor)
    first = operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)
    operations.recall(profile=profile, actor=acting(editor), now=NOW)
    assert (first.state, profile.state) == (rules.WITHDRAWN, rules.DRAFT)
    save(profile, editor, 1)
    assert operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW).number == 2


def test_a_draft_is_in_no_directory_count_or_search(profile, editor):
    filled(profile, editor)
    assert db.session.scalar(select(func.count(Company.id))) == 0
    assert companies.displayed_count() == 0
    assert db.session.scalar(select(func.count()).select_from(ProfileSheet)) == len(WHOLE)


def test_every_step_leads_to_a_state_that_exists():
    assert {to for to, _who in rules.STEPS.values()} | {start for start, _event in rules.STEPS} == set(rules.STATES)
    with pytest.raises(rules.NotNow):
        rules.after(rules.WITHDRAWN, "submit")
