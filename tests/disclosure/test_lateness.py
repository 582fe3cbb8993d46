"""A late company climbs the ladder under a moved clock: each step by the people it needs; waivers and reminders."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from listing.access.actor import Membership
from listing.accounts import queries as accounts
from listing.companies import presentable
from listing.companies import queries as companies
from listing.companies.operations import publishing
from listing.disclosure.obligations import ladder, queries, rules
from listing.disclosure.obligations.models import Measure
from listing.disclosure.obligations.operations import filing, lateness
from listing.disclosure.obligations.operations.reminding import remind
from listing.disclosure.tenures import queries as tenures
from listing.journal.models import Entry
from listing.notifications import render
from listing.notifications.dispatch import never
from listing.notifications.models import Notice
from listing.store.db import db

from ..factories import NOW, a_member, signed_in
from .duties import DAY, DUE, INTERIM, a_company_late_with_its_report, a_document, a_reviewer, at


@pytest.fixture
def company(app):
    """A company whose financing need stands on its page, in the middle tier since May; all is filed but one report."""
    return a_company_late_with_its_report()


def step(company, now, name):
    return next(each for each in queries.calendar(company, now).steps if each.rung.step == name)


def late(company, now):
    """The steps that wait, by name, and whether the public mark stands."""
    calendar = queries.calendar(company, now)
    return [each.rung.step for each in calendar.undecided], bool(ladder.marked(calendar.lines))


def shown(company):
    revision = companies.by_slug(company.slug)[1]
    return {passage["section"] for passage in revision.shown["passages"]}


def test_a_late_company_climbs_the_ladder(company):
    first, second, third = (accounts.as_actor(a_reviewer(role)) for role in ("reviewer", "reviewer", "supervisor"))
    supervisor = replace(third, memberships=(Membership(0, "operator", "supervisor"),))
    climbed = {days: late(company, at(days)) for days in (0, 1, 9, 10, 29)}
    assert climbed == {0: ([], False), 1: ([], False), 9: ([], False), 10: ([], True), 29: ([], True)}
    assert late(company, at(30)) == (["off_roadshow"], True)
    assert presentable.is_fit(company.id)
    decision = {"company": company, "take": True, "reason": "Asked three times."}
    lateness.decide(**decision, step=step(company, at(30), "off_roadshow"), actor=first, now=at(30))
    assert not presentable.is_fit(company.id)
    assert shown(company) == {"summary"}

    assert late(company, at(60))[0] == ["tier_down"]
    down = {"company": company, "step": step(company, at(60), "tier_down"), "now": at(60)}
    waits = lateness.decide(**down, take=True, reason="Two months.", actor=first)
    assert tenures.tenure(company.id).tier == "growth"
    with pytest.raises(ladder.SecondPerson):
        lateness.answer(**down, measure=waits, take=True, actor=first)
    lateness.answer(**down, measure=waits, take=True, actor=second)
    assert tenures.tenure(company.id).tier == "showcase"
    assert queries.calendar(company, at(61)).line(INTERIM).late == 61

    assert late(company, at(120))[0] == ["removal"]
    gone = {"company": company, "step": step(company, at(120), "removal"), "now": at(120)}
    waits = lateness.decide(**gone, take=True, reason="Four months.", actor=first)
    with pytest.raises(ladder.SupervisorOnly):
        lateness.answer(**gone, measure=waits, take=True, actor=second)
    lateness.answer(**gone, measure=waits, take=True, actor=supervisor)
    assert (company.status, tenures.tenure(company.id)) == ("withdrawn", None)
    assert company.revision.content["passages"], "nothing is deleted"
    taken = [code for code in db.session.scalars(select(Entry.code).order_by(Entry.index)) if code.endswith("_taken")]
    assert taken == ["disclosure.off_roadshow_taken", "disclosure.tier_down_taken", "disclosure.removal_taken"]
    told = db.session.scalars(select(Notice).where(Notice.message == "disclosure_step").order_by(Notice.id)).all()
    assert [notice.data["step"] for notice in told] == ["off_roadshow", "tier_down", "removal"]
    assert "路演" in render.words(told[0]).subject


@pytest.mark.parametrize("way", ["filing", "waiver"])
def test_what_is_filed_or_waived_ends_the_restriction_and_the_step(company, way):
    reviewer = accounts.as_actor(a_reviewer())
    now, then = at(31), at(40)
    taken = step(company, now, "off_roadshow")
    lateness.decide(company=company, step=taken, take=True, reason="Late.", actor=reviewer, now=now)
    if way == "filing":
        said = {"key": INTERIM, "dated": DUE, "document": a_document()}
        filing.file(company=company, **said, actor=reviewer, now=then)
    else:
        until = then.date() + 20 * DAY
        lateness.waive(company=company, key=INTERIM, until=until, reason="A flood.", actor=reviewer, now=then)
        assert queries.calendar(company, then).line(INTERIM).state == rules.WAIVED
        assert late(company, then + 51 * DAY)[0] == ["off_roadshow"]  # asked anew, counted from the later day
    assert presentable.is_fit(company.id)
    assert "financing" in shown(company)
    with pytest.raises(ladder.NotReached):
        lateness.decide(company=company, step=taken, take=True, reason="Late.", actor=reviewer, now=then)


def test_a_step_left_at_that_is_not_asked_again_and_the_next_one_is(company):
    reviewer = accounts.as_actor(a_reviewer())
    left = {"company": company, "step": step(company, at(30), "off_roadshow"), "take": False, "actor": reviewer}
    with pytest.raises(rules.NoReason):
        lateness.decide(**left, reason=" \n", now=at(30))
    lateness.decide(**left, reason="The auditor is ill.", now=at(30))
    with pytest.raises(ladder.NotReached):
        lateness.decide(**left, reason="Again.", now=at(31))
    assert (late(company, at(59))[0], late(company, at(60))[0]) == ([], ["tier_down"])
    assert presentable.is_fit(company.id)


def test_a_company_held_back_publishes_without_its_need_until_it_may(company, client):
    publishing.hold_back(company=company, reason="late_disclosure", actor=accounts.as_actor(a_reviewer()), now=NOW)
    client = signed_in(client, a_reviewer())
    for language in ("en", "zh-Hans", "zh-Hant"):
        page = client.get(f"/{language}/companies/lantern").text
        assert ("八千万" in page, "Eighty million" in page) == (False, False)
    assert "a disclosure is late" in client.get("/en/companies/lantern").text
    assert "Eighty million" not in client.get("/en/companies/lantern/revisions").text


def test_pages_of_the_reviewer_waive_and_decide(company, client):
    reviewer = signed_in(client, a_reviewer())
    room = "/en/review/disclosure"
    assert "Keep the company off roadshows" in reviewer.get(room).text  # 54 days late at NOW
    one = f"{room}/companies/lantern/{INTERIM}"
    assert INTERIM in reviewer.get(f"{room}/companies/lantern").text
    page = reviewer.get(one)
    assert "The standard proposes this from 30 days late on." in page.text

    def post(what, **data):
        hidden = {}
        for tag in page.text.split("<input")[1:]:
            part = tag.split(">")[0]
            if 'name="csrf_token"' in part or 'name="idempotency_key"' in part:
                hidden[part.split('name="')[1].split('"')[0]] = part.split('value="')[1].split('"')[0]
        return reviewer.post(f"{one}/{what}", data=hidden | data)

    assert "Choose a day after today" in post("waive", until="2026-11-23", reason="Why").text
    assert "Give a reason." in post("waive", until="2026-12-23", reason="").text
    assert "Give a reason." in post("steps/off_roadshow", answer="take").text
    assert post("steps/off_roadshow", answer="take", words="Late.").location == room
    assert not presentable.is_fit(company.id)
    assert post("steps/off_roadshow", answer="take", words="Late.").status_code == 422
    assert post("waive", until="2026-12-23", reason="A flood.").location == one
    assert "A flood." in reviewer.get(one).text
    assert presentable.is_fit(company.id)


def test_each_is_reminded_once_a_rule_in_their_own_language(company):
    a_member(accounts.organisation(company.organisation_id), "editor")
    a_member(accounts.organisation(company.organisation_id), "viewer")

    def told():
        rows = db.session.scalars(select(Notice).where(Notice.message == "disclosure_due").order_by(Notice.id)).all()
        return [row for row in rows if row.data["item_id"] == "D14" and "2026-06-30" in row.key]

    counts = []
    for days in (-31, -30, -29, -7, -1, 0, 1, 1, 9):
        remind(now=at(days), stopping=never)
        counts.append(len(told()))
    assert counts == [0, 2, 2, 4, 6, 8, 10, 10, 10]
    assert [row.data["days"] for row in told()[::2]] == [30, 7, 1, 0, -1]
    subjects = [render.words(row).subject for row in told()[:2]]
    assert sorted(subjects) == [
        "To be disclosed by Wed 30 Sep 2026: Interim report",
        "須於 2026年9月30日 星期三 或之前披露：中期報告",
    ]
    assert all(row.until == at(-7).replace(hour=0) for row in told()[:2])


def test_the_database_holds_that_heavy_steps_need_two(company):
    person = a_reviewer()
    row = {"company_id": company.id, "key": INTERIM, "step": "removal", "by": DUE, "verdict": "taken", "reason": "x"}
    db.session.add(Measure(**row, first_by=person.id, first_label="A", first_at=NOW))
    with pytest.raises(Exception, match="(?i)constraint"):
        db.session.flush()
    db.session.rollback()
