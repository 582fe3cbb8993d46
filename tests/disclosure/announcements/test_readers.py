"""Who reads what a company has signed: its intermediary in some tiers, the platform in some categories."""

import pytest
from sqlalchemy import select

from listing.access.actor import Actor, Membership
from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.disclosure.announcements import queries, rules, under_review
from listing.disclosure.announcements.models import Release
from listing.disclosure.announcements.operations import mandating, reviewing, signing, withdrawing, writing
from listing.notifications.models import Notice
from listing.reviewing.models import Conflict
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import SECOND, a_reviewer, in_tier
from tests.factories import a_member, a_user, an_organisation, signed_in

from .made import BODY, NOON, SESSION, a_house, acting, at_once, sent, signed

MERGER = {"category": "event_merger", "headline": "restructuring"}
LIST = "/en/review/announcements"


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


def told(row):
    """Whom a letter of its kind went to, in order."""
    found = select(Notice.message, Notice.recipient_id).order_by(Notice.id)
    return [who for message, who in db.session.execute(found) if message == f"announcement_{row}"]


@pytest.mark.parametrize(
    ("state", "asked", "found"),
    [
        ("sent", (), None),
        ("sent", ("review", "sponsor"), "sponsor"),
        ("sent", ("review",), "review"),
        ("sponsor", ("review", "sponsor"), "review"),
        ("review", ("review", "sponsor"), None),
    ],
)
def test_it_goes_from_the_company_over_the_intermediary_to_the_platform(state, asked, found):
    assert rules.station_after(state, asked) == found


@pytest.mark.parametrize(
    ("person", "in_conflict", "may"), [(1, False, True), (2, False, False), (3, False, False), (1, True, False)]
)
def test_who_has_a_part_reads_nothing_for_the_platform(person, in_conflict, may):
    places = (Membership(9, "operator", "reviewer"),) + ((Membership(7, "agent", "viewer"),) if person == 3 else ())
    look = {"organisations": {7, 8}, "people": {2, None}, "in_conflict": in_conflict}
    try:
        rules.may_read_for_the_platform(Actor(user_id=person, label="", memberships=places), **look)
    except rules.HasPart:
        assert not may
    else:
        assert may


def test_the_platform_reads_it_first_and_its_window_is_chosen_after_that(app, client, house):
    reviewer = a_reviewer()
    row = signed(house, sent(house, NOON, **MERGER), now=NOON)  # a window is open; none is when it is read
    db.session.commit()
    assert (row.state, row.window_opens, told("to_review")) == (rules.REVIEW, None, [reviewer.id])
    company, desk = signed_in(app.test_client(), house.editor.user), signed_in(app.test_client(), reviewer)
    own = company.get(f"/en/studio/announcements/{row.id}").text
    assert ("Waits for the platform" in own, "Main Board Listing Rules 13.52(1)" in own) == (True, True)
    assert "announcements to read" in desk.get("/en/review").text.lower()
    assert "0 working days" in desk.get(LIST).text
    assert submit(desk, f"{LIST}/{row.id}", "/return").status_code == 422
    assert submit(desk, f"{LIST}/{row.id}", "/pass").status_code == 303
    db.session.refresh(row)
    assert (row.state, row.reviewed_by_label, row.window_opens < NOON) == (rules.QUEUED, reviewer.name, True)
    assert "Nothing waits." in desk.get(LIST).text
    late = desk.get(f"{LIST}/{row.id}")
    assert (late.status_code, client.get("/en/announcements?q=86.9").text.count("2026-0")) == (404, 0)


def test_returned_it_is_signed_no_more_and_those_who_signed_and_wrote_it_are_told(app, house):
    row = signed(house, sent(house, **MERGER))
    desk = signed_in(app.test_client(), a_reviewer())
    page = f"{LIST}/{row.id}"
    assert submit(desk, page, "/return", reason="Name the other party.").status_code == 303
    db.session.refresh(row)
    assert (row.state, row.said, row.signed_at, row.signed_digest) == (rules.DRAFT, "Name the other party.", None, "")
    assert told("returned") == [house.editor.user_id, house.signatory.user_id]
    with pytest.raises(rules.NotNow):
        reviewing.send_back(announcement=row, reason="Again.", actor=accounts.as_actor(a_reviewer()), now=SESSION)


def test_a_reviewer_with_a_part_in_it_sees_neither_text_nor_form(app, house):
    reviewer = a_reviewer()
    row = signed(house, sent(house, **MERGER))
    declared = {"account_id": reviewer.id, "organisation_id": house.company.organisation_id}
    db.session.add(Conflict(reason="A cousin.", since=SESSION, **declared))
    db.session.commit()
    desk = signed_in(app.test_client(), reviewer)
    assert row.title.en not in desk.get(LIST).text
    assert desk.get(f"{LIST}/{row.id}").status_code == 403
    with pytest.raises(rules.HasPart):
        reviewing.pass_on(announcement=row, seen=writing.digest(row), actor=accounts.as_actor(reviewer), now=SESSION)


def test_of_two_reviewers_and_a_company_that_withdraws_one_decides(app, house):
    row = signed(house, sent(house, NOON, **MERGER), now=NOON)
    number, seen = row.id, writing.digest(row)
    readers = [accounts.as_actor(a_reviewer()) for _ in range(2)]
    editor = acting(house.editor)

    def passed(reader):
        row = queries.by_id(number)
        reviewing.pass_on(announcement=row, seen=seen, actor=reader, now=NOON)

    def withdrawn():
        withdrawing.withdraw(announcement=queries.by_id(number), reason="Too early.", actor=editor, now=NOON)

    acts = [lambda: passed(readers[0]), lambda: passed(readers[1]), withdrawn]
    assert at_once(app, *acts) == ["NotNow", "NotNow", "done"]
    released = len(db.session.scalars(select(Release)).all())
    assert (queries.by_id(number).state, released) in ((rules.PUBLISHED, 1), (rules.WITHDRAWN, 0))
    assert under_review.count() == 0


def test_in_the_tier_that_asks_for_it_the_intermediary_signs_the_same_to_the_letter(app, house):
    in_tier(house.company, house.second.user, "select")
    db.session.commit()
    with pytest.raises(rules.NotReady):  # the company has named no agent
        sent(house)
    db.session.rollback()
    agent = an_organisation("agent", name_en="Sample Sponsors Limited")
    approver, other = (a_member(agent, role, a_user(**SECOND)) for role in ("approver", "owner"))
    stranger = a_member(an_organisation("agent"), "approver", a_user(**SECOND))
    mandating.name(company=house.company, agent_id=agent.id, actor=acting(house.second), now=SESSION)
    row = signed(house, sent(house, NOON), now=NOON)
    db.session.commit()
    assert (row.state, told("to_endorse")) == (rules.SPONSOR, [approver.user_id, other.user_id])
    page = f"/en/studio/announcements/{row.id}"
    desk, away = (signed_in(app.test_client(), member.user) for member in (approver, stranger))
    assert (away.get(page).status_code, away.get(f"{page}/endorse").status_code) == (404, 404)
    who = {"announcement": row, "declared_true": True, "now": NOON}
    row.writers = [*row.writers, other.user_id]
    with pytest.raises(rules.WroteIt):
        signing.endorse(**who, seen=writing.digest(row), actor=acting(other))
    row.body = Pair(BODY.zh, BODY.en.replace("86.9", "96.8"))  # past every operation
    with pytest.raises(rules.ChangedSinceRead):
        signing.endorse(**who, seen=writing.digest(row), actor=acting(approver))
    db.session.rollback()
    assert "Tick the declaration" in submit(desk, page, "/endorse").text
    assert submit(desk, page, "/endorse", declared_true="y").status_code == 303
    db.session.refresh(row)
    assert (row.state, row.endorsed_for, row.window_opens < NOON) == (rules.QUEUED, agent.id, True)
    assert "Sample Sponsors Limited" in desk.get(page).text


def test_the_intermediary_returns_it_and_an_agent_that_is_no_more_signs_nothing(app, house):
    in_tier(house.company, house.second.user, "select")
    agent = a_member(an_organisation("agent"), "approver", a_user(**SECOND))
    owner = {"company": house.company, "actor": acting(house.second), "now": SESSION}
    mandate = mandating.name(agent_id=agent.organisation_id, **owner)
    row = signed(house, sent(house))
    desk, path = signed_in(app.test_client(), agent.user), f"/en/studio/announcements/{row.id}/endorse/return"
    assert submit(desk, path, reason="State the price.").status_code == 303
    db.session.refresh(row)
    assert (row.state, row.signed_by, row.said) == (rules.DRAFT, None, "State the price.")
    again = writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=SESSION)
    signed(house, again)
    mandating.end(mandate=mandate, **owner)
    with pytest.raises(rules.NotNow):
        signing.endorse(
            announcement=row, declared_true=True, seen=writing.digest(row), actor=acting(agent), now=SESSION
        )
