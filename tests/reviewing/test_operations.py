"""Three people, one after the other; nothing is published that two did not read, and nothing twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Tier
from listing.companies import matches
from listing.companies import queries as companies
from listing.companies.models import Company, Revision
from listing.journal.models import Entry
from listing.notifications.models import Notice
from listing.profiles import operations as profiles
from listing.profiles import rules as life
from listing.reviewing import operations, rules
from listing.reviewing.models import Decision
from listing.store.db import db
from tests.factories import NOW, a_member
from tests.profiles.answers import BUSINESS, IDENTITY, content

from .conftest import acting, case, sent

MINUTE = timedelta(minutes=1)
HOW = "Enterprise credit publicity system, 23 November 2026, active"


def do(operation, submission, member, now=NOW, **more):
    """Run one step as that reviewer, and commit."""
    done = operation(case=case(submission, member), actor=acting(member), now=now, **more)
    db.session.commit()
    return done


def reviewed(submission, first, second):
    """Both reviews, ending in publication."""
    do(operations.claim, submission, first)
    do(operations.check_identity, submission, first, how=HOW)
    do(operations.approve, submission, first)
    do(operations.claim, submission, second)
    do(operations.approve, submission, second)


def told():
    return [(n.message, n.recipient_id) for n in db.session.scalars(select(Notice).order_by(Notice.id))]


def test_two_people_publish_what_a_third_signed(submission, signer, reviewers):
    reviewed(submission, *reviewers[:2])
    [company] = db.session.scalars(select(Company)).all()
    revision = db.session.get(Revision, company.revision_id)
    assert (company.name_en, company.origin, company.status) == (IDENTITY["name.en"], "participant", "displayed")
    assert company.organisation_id == signer.organisation_id
    assert [p["section"] for p in revision.content["passages"]] == ["summary", "business", "technology"]
    assert set(revision.content["sheets"]) == {"financing", "contact"}
    assert (submission.state, case(submission, reviewers[2]).profile.state) == ("published", "published")
    assert told() == [("profile_published", signer.user_id)]
    codes = list(db.session.scalars(select(Entry.code).order_by(Entry.index)))
    assert codes[codes.index("profile.submitted") + 1 :] == [
        "review.claimed",
        "review.identity_checked",
        "review.approve",
        "review.claimed",
        "review.publish",
        "company.displayed",
    ]


def test_nothing_is_to_be_found_before_the_second_approval(submission, reviewers):
    first, _second, _third = reviewers
    do(operations.claim, submission, first)
    do(operations.check_identity, submission, first, how=HOW)
    do(operations.approve, submission, first)
    assert db.session.scalar(select(func.count()).select_from(Company)) == 0


def test_the_same_person_cannot_do_both_reviews(submission, reviewers):
    first = reviewers[0]
    do(operations.claim, submission, first)
    do(operations.check_identity, submission, first, how=HOW)
    do(operations.approve, submission, first)
    with pytest.raises(rules.SamePerson):
        do(operations.claim, submission, first)


def test_the_signer_cannot_review_even_as_a_reviewer(submission, signer, operator):
    a_member(operator, "reviewer", signer.user)
    with pytest.raises(rules.SamePerson):
        do(operations.claim, submission, signer)


@pytest.mark.parametrize("who", ["signer", "twice"])
def test_the_database_holds_it_too(submission, signer, reviewers, who):
    first = reviewers[0]
    values = {"submission_id": submission.id, "label": "x", "signed_by": signer.user_id, "verdict": "approve"}
    one = signer.user_id if who == "signer" else first.user_id
    db.session.add(Decision(**values, stage="first", account_id=first.user_id, decided_at=NOW))
    db.session.flush()
    db.session.add(Decision(**values, stage="second", account_id=one, decided_at=NOW))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_who_is_in_conflict_takes_no_part_in_anything_of_the_enterprise(submission, reviewers):
    first = reviewers[0]
    do(operations.claim, submission, first)
    do(operations.recuse, submission, first, reason="My sister works there.")
    assert case(submission, first).claim is None
    for operation, more in ((operations.claim, {}), (operations.comment, {"place": "business", "text": "x"})):
        with pytest.raises(rules.HasConflict):
            do(operation, submission, first, **more)


def test_without_a_check_of_identity_nobody_approves(submission, reviewers):
    do(operations.claim, submission, reviewers[0])
    with pytest.raises(rules.IdentityUnchecked):
        do(operations.approve, submission, reviewers[0])


def test_a_check_of_identity_ends_with_the_identity(submission, signer, reviewers):
    reviewed(submission, *reviewers[:2])
    profile = case(submission, reviewers[0]).profile
    changed = content("identity", IDENTITY | {"name.en": "Sample Photonics Co., Ltd."})
    profiles.save(profile=profile, sheet="identity", content=changed, version=1, actor=acting(signer), now=NOW)
    assert case(sent(signer, profile), reviewers[0]).identity is None


def test_a_claim_holds_for_half_an_hour_and_is_taken_over_with_a_reason(submission, reviewers):
    first, second, _third = reviewers
    do(operations.claim, submission, first)
    with pytest.raises(rules.Locked) as refused:
        do(operations.claim, submission, second, NOW + 29 * MINUTE)
    assert refused.value.params["name"] == first.user.name
    assert refused.value.params["until"].endswith(" HKT/CST (UTC+8)")
    do(operations.claim, submission, second, NOW + 29 * MINUTE, note="Ill today.")
    with pytest.raises(rules.NotYours):
        do(operations.comment, submission, first, NOW + 29 * MINUTE, place="business", text="x")
    do(operations.claim, submission, first, NOW + 60 * MINUTE)


def test_returned_with_comments_it_is_open_to_the_enterprise_again(submission, signer, reviewers):
    first = reviewers[0]
    do(operations.claim, submission, first)
    with pytest.raises(rules.NothingSaid):
        do(operations.send_back, submission, first)
    do(operations.comment, submission, first, place="business.summary", text="Say in which year.")
    do(operations.send_back, submission, first)
    profile = case(submission, first).profile
    assert (submission.state, profile.state) == ("returned", "returned")
    assert told() == [("profile_returned", signer.user_id)]
    do(operations.claim, sent(signer, profile), first)  # another submission, so the same person may review it again


def test_the_second_reviewer_may_return_what_the_first_approved(submission, reviewers):
    first, second, _third = reviewers
    do(operations.claim, submission, first)
    do(operations.check_identity, submission, first, how=HOW)
    do(operations.approve, submission, first)
    do(operations.claim, submission, second)
    do(operations.comment, submission, second, place="financing", text="State the valuation.")
    do(operations.send_back, submission, second)
    assert submission.state == "returned"


def test_a_changed_profile_becomes_the_next_revision_of_the_same_company(submission, signer, reviewers):
    reviewed(submission, *reviewers[:2])
    profile = case(submission, reviewers[0]).profile
    changed = content("business", BUSINESS | {"summary.en": "We build sensors.", "summary.zh": "我们做传感器。"})
    profiles.save(profile=profile, sheet="business", content=changed, version=1, actor=acting(signer), now=NOW)
    again = sent(signer, profile)
    do(operations.claim, again, reviewers[2])
    do(operations.approve, again, reviewers[2])
    do(operations.claim, again, reviewers[0])
    do(operations.approve, again, reviewers[0])
    assert db.session.scalars(select(Revision.number).order_by(Revision.number)).all() == [1, 2]
    assert db.session.scalar(select(func.count()).select_from(Company)) == 1


def test_what_was_decided_is_decided(submission, reviewers):
    reviewed(submission, *reviewers[:2])
    for operation in (operations.claim, operations.approve):
        with pytest.raises(life.NotNow):
            do(operation, submission, reviewers[2])
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 1


@pytest.mark.parametrize(
    ("events", "status", "state"),
    [
        (["suspend"], "suspended", "published"),
        (["suspend", "restore"], "displayed", "published"),
        (["withdraw"], "withdrawn", "withdrawn"),
    ],
)
def test_the_supervisor_suspends_restores_and_withdraws(submission, reviewers, events, status, state):
    reviewed(submission, *reviewers[:2])
    profile = case(submission, reviewers[2]).profile
    for event in events:
        who = {"actor": acting(reviewers[2]), "now": NOW}
        operations.govern(profile=profile, event=event, reason="A complaint is looked into.", **who)
        db.session.commit()
    assert (db.session.scalars(select(Company)).one().status, profile.state) == (status, state)
    assert [message for message, _who in told()].count("profile_governed") == len(events)


def test_a_comment_is_taken_back_by_its_writer_only(submission, reviewers):
    first, second, _third = reviewers
    do(operations.claim, submission, first)
    row = do(operations.comment, submission, first, place="business", text="x")
    with pytest.raises(rules.NotYours):
        do(operations.withdraw_comment, submission, second, comment_id=row.id)
    db.session.rollback()
    assert do(operations.withdraw_comment, submission, first, comment_id=row.id)
    assert case(submission, first).comments == []


def test_what_is_published_leaves_its_scaffolding_behind(submission, reviewers):
    reviewed(submission, *reviewers[:2])
    company = db.session.scalars(select(Company)).one()
    _row, revision = companies.by_slug(company.slug)
    assert not any(word in str(revision.content) for word in ("fresh", "'met'", "evidence"))


def test_a_search_finds_a_company_only_by_what_its_reader_may_read(submission, reviewers):
    reviewed(submission, *reviewers[:2])
    for words, least in (("传感器", Tier.PUBLIC), ("林一", Tier.ADMITTED), ("lin@example.com", Tier.STAFF + 1)):
        found = [tier for tier in Tier if matches.best(words, tier=tier, limit=5)]
        assert found == [tier for tier in Tier if tier >= least], words


def test_what_the_enterprise_took_back_is_never_published(signer, reviewers):
    first = sent(signer)
    profile = case(first, reviewers[0]).profile
    profiles.recall(profile=profile, actor=acting(signer), now=NOW)
    second = sent(signer, profile)
    do(operations.claim, second, reviewers[0])
    with pytest.raises(life.NotNow):
        do(operations.claim, first, reviewers[1])
    assert (first.state, second.state) == ("withdrawn", "in_review")


def test_a_decided_case_takes_no_claim_and_no_comment_and_keeps_what_was_said(submission, reviewers):
    first, second, _third = reviewers
    do(operations.claim, submission, first)
    row = do(operations.comment, submission, first, place="business", text="x")
    do(operations.send_back, submission, first)
    with pytest.raises(life.NotNow):
        do(operations.claim, submission, second)
    with pytest.raises(life.NotNow):
        do(operations.withdraw_comment, submission, first, comment_id=row.id)
    assert [comment.text for comment in case(submission, first).comments] == ["x"]


def test_withdrawn_from_display_nothing_of_it_waits_for_review(submission, signer, reviewers):
    reviewed(submission, *reviewers[:2])
    profile = case(submission, reviewers[2]).profile
    again = sent(signer, profile)
    who = {"actor": acting(reviewers[2]), "now": NOW}
    operations.govern(profile=profile, event="withdraw", reason="At its own request.", **who)
    db.session.commit()
    assert (profile.state, again.state) == ("withdrawn", "withdrawn")
    assert submission.state == "published"
