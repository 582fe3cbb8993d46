"""A Growth company may have an intermediary sign an announcement; the mandate may end before that intermediary has."""

from functools import partial

import pytest
from sqlalchemy import select

from listing.companies import queries as companies
from listing.disclosure.announcements import endorsers, parties, queries, roles, rules
from listing.disclosure.announcements.models import Announcement, Mandate, Override, Release
from listing.disclosure.announcements.operations import joining, mandating, reviewing, signing, writing
from listing.notifications.models import Notice
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import SECOND, a_reviewer, in_tier
from tests.factories import a_member, a_user, an_organisation, signed_in

from .endorsing import NAMES, an_agent, endorsed
from .made import NOON, SESSION, TYPED, a_house, acting, at_once, begun, sent, signed

NEW = "/en/studio/companies/lantern/announcements/new"
AGENTS = "/en/studio/companies/lantern/announcements/agents"


@pytest.fixture
def house(app):
    house = a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")
    in_tier(house.company, house.second.user, "growth", since=SESSION)
    return house


def told(message):
    """Whom a letter of its kind went to, in order."""
    found = select(Notice.recipient_id).where(Notice.message == f"announcement_{message}")
    return sorted(db.session.scalars(found))


def waiting(house, agent, now=NOON, **written):
    """An announcement that waits for the signature of the agent that the company chose for it."""
    row = signed(house, sent(house, now, intermediary_id=agent.organisation_id, **written), now=now)
    assert row.state == rules.SPONSOR
    db.session.commit()
    return row


def ended(house, agent, now=NOON):
    """The same agent without its mandate."""
    asked = select(Mandate).where(Mandate.agent_id == agent.organisation_id, Mandate.live)
    who = {"company": house.company, "actor": acting(house.second), "now": now}
    return mandating.end(mandate=db.session.scalars(asked).one(), **who)


def test_the_one_that_was_chosen_signs_and_is_named_and_no_other(app, house, client):
    agent, other = an_agent(house, **NAMES), an_agent(house, name_en="Other Advisers Limited")
    row = waiting(house, agent)
    assert told("to_endorse") == [agent.user_id]
    assert [queries.to_sign(acting(each)) for each in (agent, other)] == [[row], []]
    for wrong in (other, a_member(an_organisation("agent"), "approver", a_user(**SECOND))):
        with pytest.raises(rules.NotNow):
            endorsed(row, wrong)
        who = {"reason": "Not ours.", "actor": acting(wrong), "now": NOON}
        with pytest.raises(rules.NotNow):
            writing.send_back(announcement=row, station=rules.SPONSOR, **who)
    page = f"/en/studio/announcements/{row.id}"
    at = {
        name: signed_in(app.test_client(), each.user).get(page).text for name, each in (("one", agent), ("no", other))
    }
    assert [("Sign for the intermediary" in text, NAMES["name_en"] in text) for text in at.values()] == [
        (True, True),
        (False, True),
    ]
    assert endorsed(row, agent).state == rules.PUBLISHED
    db.session.commit()
    public = client.get("/en/announcements/2026-000001").text
    assert [name in public for name in (*NAMES.values(), "Other Advisers")] == [True, True, False]


def test_none_is_chosen_without_need_and_older_digests_stand(house):
    agent = an_agent(house)
    row = begun(house)
    before = writing.digest(row)
    row.intermediary_id = agent.organisation_id
    assert writing.digest(row) != before
    row.intermediary_id = None
    assert writing.digest(row) == before
    assert (parties.asking(row), signed(house, sent(house, NOON), now=NOON).state) == ([], rules.PUBLISHED)


@pytest.mark.parametrize("tier", ["showcase", "select", None])
def test_it_is_offered_in_growth_alone_and_a_crafted_post_is_refused(app, tier):
    house = a_house(slug="lantern")
    if tier:
        in_tier(house.company, house.second.user, tier, since=SESSION)
    agent = an_agent(house, **NAMES)
    db.session.commit()
    desk = signed_in(app.test_client(), house.editor.user)
    assert NAMES["name_en"] not in desk.get(NEW).text
    refused = submit(desk, NEW, **TYPED, intermediary_id=str(agent.organisation_id))
    assert (refused.status_code, queries.of_company(house.company.id)) == (422, [])
    with pytest.raises(roles.NoChoice):
        begun(house, intermediary_id=agent.organisation_id)


def test_the_writer_chooses_among_the_agents_of_the_company(app, house):
    agent, ex = an_agent(house, **NAMES), an_agent(house, name_en="Former Advisers Limited")
    stranger = an_organisation("agent", name_en="Strange Advisers Limited")
    ended(house, ex)
    db.session.commit()
    desk = signed_in(app.test_client(), house.editor.user)
    form = desk.get(NEW).text
    assert [name in form for name in (NAMES["name_en"], "Former Adv", "Strange Adv")] == [True, False, False]
    for wrong in (ex.organisation_id, stranger.id, house.company.organisation_id, "x", "9" * 400, "\ud800"):
        crafted = str(wrong).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        answer = submit(desk, NEW, **TYPED, intermediary_id=crafted)
        assert (answer.status_code, TYPED["title_en"] in answer.text) == (422, True)
    for wrong in (ex.organisation_id, stranger.id, 10**9):
        with pytest.raises(roles.NotMandated):
            begun(house, intermediary_id=wrong)
    made = submit(desk, NEW, **TYPED, intermediary_id=str(agent.organisation_id))
    (row,) = queries.of_company(house.company.id)
    assert (made.status_code, row.intermediary_id) == (303, agent.organisation_id)
    assert NAMES["name_en"] in desk.get(made.location).text
    version = {"version": str(row.version)}
    assert submit(desk, f"{made.location}/edit", **TYPED, **version, intermediary_id="").status_code == 303
    db.session.refresh(row)
    assert row.intermediary_id is None


def test_what_was_asked_of_it_closes_with_the_mandate_and_who_asked_is_told(house):
    agent, clerk = an_agent(house, **NAMES), a_reviewer()
    row = waiting(house, agent)
    reason = {"reason_zh": "传闻。", "reason_en": "Rumours.", "reason_script": "Hans"}
    by = {"asked_by": clerk.id, "asked_label": clerk.name, "asked_at": NOON, "verdict": rules.WAITS}
    db.session.add(Override(announcement_id=row.id, open_of=row.id, **reason, **by))
    ended(house, agent)
    request = db.session.scalars(select(Override)).one()
    assert (request.verdict, request.closed_for, request.open_of) == (rules.MOOT, rules.RETURNED, None)
    assert told("override_closed") == [clerk.id]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_without_an_agent_the_writer_reads_how_to_come_by_one(app, house, lang):
    page = signed_in(app.test_client(), house.editor.user).get(NEW.replace("/en/", f"/{lang}/"))
    assert ('name="intermediary_id"' in page.text, page.status_code) == (False, 200)


def test_the_mandate_ends_and_what_names_the_chosen_one_is_a_draft_again(app, house):
    agent, other = an_agent(house, **NAMES), an_agent(house, name_en="Other Advisers Limited")
    row, draft = waiting(house, agent), begun(house, NOON, intermediary_id=agent.organisation_id)
    untouched = signed(house, sent(house, SESSION))
    db.session.commit()
    owner = a_member(house.editor.organisation, "owner", a_user(**SECOND))
    desk = signed_in(app.test_client(), owner.user)
    assert "2 announcements name it as the chosen intermediary" in desk.get(AGENTS).text
    ended(house, agent)
    db.session.commit()
    assert (row.state, row.signed_by, row.signed_digest, draft.state) == (rules.DRAFT, None, "", rules.DRAFT)
    assert (untouched.state, bool(untouched.signed_by)) == (rules.QUEUED, True)
    people = sorted(member.user_id for member in (house.editor, house.signatory, house.second, owner))
    assert told("unchosen") == sorted([*people, *people])  # of both, and nobody of the agent
    page = desk.get(f"/en/studio/announcements/{row.id}").text
    assert "The mandate of the intermediary that was chosen has ended" in page
    assert "The mandate of an intermediary ended" in page
    with pytest.raises(rules.NotReady):
        writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    with pytest.raises(rules.NotNow):
        endorsed(row, agent)
    row.intermediary_id = other.organisation_id  # as the writer chooses it
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    assert endorsed(signed(house, row, now=NOON), other).state == rules.PUBLISHED


def test_in_the_tier_that_asks_for_it_signatures_stay_and_the_next_agent_is_asked(app, client):
    house = a_house(slug="lantern")
    in_tier(house.company, house.second.user, "select", since=SESSION)
    agent = an_agent(house)
    row = signed(house, sent(house, NOON), now=NOON)
    db.session.commit()
    seen, by = row.signed_digest, row.signed_by
    ended(house, agent)
    db.session.commit()
    assert (row.state, row.signed_digest, row.signed_by) == (rules.SPONSOR, seen, by)
    assert told("unendorsed") == sorted(member.user_id for member in (house.editor, house.signatory, house.second))
    page = f"/en/studio/announcements/{row.id}"
    assert "What was signed stays" in signed_in(app.test_client(), house.editor.user).get(page).text
    with pytest.raises(rules.NotNow):
        endorsed(row, agent)
    following = an_agent(house, **NAMES)
    assert told("to_endorse") == sorted([agent.user_id, following.user_id])
    assert queries.to_sign(acting(following)) == [row]
    assert "What was signed stays" not in signed_in(app.test_client(), house.editor.user).get(page).text
    assert (endorsed(row, following).state, row.signed_digest) == (rules.PUBLISHED, seen)


def test_what_the_intermediary_signed_in_time_stays_signed(house):
    agent = an_agent(house, **NAMES)
    merger = {"category": "event_merger", "headline": "restructuring"}
    row = endorsed(waiting(house, agent, **merger), agent)
    assert row.state == rules.REVIEW
    ended(house, agent)
    reviewer = acting(a_reviewer().memberships[0])
    reviewing.pass_on(announcement=row, seen=writing.digest(row), actor=reviewer, now=NOON)
    assert (row.state, told("unchosen")) == (rules.PUBLISHED, [])
    assert queries.release("2026-000001").intermediaries[0]["en"] == NAMES["name_en"]


def test_the_company_takes_back_what_waits_for_its_intermediary(app, house):
    agent = an_agent(house)
    row = waiting(house, agent)
    other = a_house(slug="harbour")
    page = f"/en/studio/announcements/{row.id}"
    away, desk = (signed_in(app.test_client(), each.signatory.user) for each in (other, house))
    assert away.post(f"{page}/return").status_code in (400, 404)
    assert f"{row.id}/return" in desk.get(page).text
    assert submit(desk, f"{page}/return", reason="The intermediary does not answer.").status_code == 303
    db.session.refresh(row)
    assert (row.state, row.signed_by, row.said) == (rules.DRAFT, None, "The intermediary does not answer.")


def test_of_a_joint_announcement_only_the_company_loses_what_it_chose(house):
    other = a_house(slug="harbour", code="GBA-2", name_en="Harbour Robotics Limited")
    in_tier(other.company, other.second.user, "select", since=SESSION)
    first, second = an_agent(house, **NAMES), an_agent(other)
    row = begun(house, NOON, intermediary_id=first.organisation_id)
    joining.invite(announcement=row, code="GBA-2", actor=acting(house.editor), now=NOON)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    for each in (house, other):
        signed(each, row, now=NOON)
    assert (row.state, endorsed(row, first).state) == (rules.SPONSOR, rules.SPONSOR)
    ended(other, second)
    assert (row.state, bool(row.endorsed_at), endorsers.unasked(row)) == (rules.SPONSOR, True, True)
    ended(house, first)  # it has signed: that stays
    assert (row.state, bool(row.endorsed_at)) == (rules.SPONSOR, True)
    third = an_agent(other)
    assert endorsed(row, third).state == rules.PUBLISHED
    named = [(one["company"], one["agent"]) for one in queries.release("2026-000001").intermediaries]
    assert named == [(house.company.id, first.organisation_id), (other.company.id, third.organisation_id)]


def test_the_mandate_ends_while_the_intermediary_signs_and_of_each_one_comes_first(app, house):
    agent = an_agent(house, **NAMES)
    rows = [waiting(house, agent) for _each in range(4)]
    seen = {row.id: row.signed_digest for row in rows}
    (mandate,) = [row.id for row in queries.mandates(house.company.id)]
    signer, owner, slug = acting(agent), acting(house.second), house.company.slug

    def signs(number):
        who = {"declared_true": True, "seen": seen[number], "actor": signer, "now": NOON}
        signing.endorse(announcement=queries.by_id(number), **who)

    def ends():
        (company, _since) = companies.by_slug(slug)
        mandating.end(company=company, mandate=queries.mandate(mandate), actor=owner, now=NOON)

    became = at_once(app, *(partial(signs, number) for number in seen), ends)
    released = set(db.session.scalars(select(Release.announcement_id)))
    assert became == ["NotNow"] * (4 - len(released)) + ["done"] * (1 + len(released))
    found = {row.id: row for row in db.session.scalars(select(Announcement))}
    for number, row in found.items():
        state = (rules.PUBLISHED, True) if number in released else (rules.DRAFT, False)
        assert (row.state, bool(row.endorsed_at)) == state
    assert queries.mandate(mandate).live is None


@pytest.mark.parametrize("lost", ["mandate", "choice"])
def test_a_draft_whose_intermediary_can_be_chosen_no_more_is_saved_without_it(app, house, lost):
    agent = an_agent(house)
    row = begun(house, intermediary_id=agent.organisation_id)
    if lost == "mandate":
        ended(house, agent)
    else:
        in_tier(house.company, house.second.user, "select", since=SESSION)
    db.session.commit()
    path, version, number = f"/en/studio/announcements/{row.id}/edit", row.version, row.id
    typed = TYPED | {"version": version, "title_en": "Another title"}
    assert submit(signed_in(app.test_client(), house.editor.user), path, **typed).status_code == 303
    row = queries.by_id(number)
    assert (row.title.en, row.intermediary_id) == ("Another title", None)


@pytest.mark.parametrize("blank", [" ", "\u2028", "\u3000\t"])
def test_blanks_in_place_of_an_intermediary_are_none(app, house, blank):
    an_agent(house)
    db.session.commit()
    writer = signed_in(app.test_client(), house.editor.user)
    assert submit(writer, NEW, **TYPED | {"intermediary_id": blank}).status_code == 303
    assert db.session.scalars(select(Announcement)).one().intermediary_id is None
