"""Several companies announce something together: each signs the same, one number, and it appears with each of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.access.actor import Actor, Membership
from listing.alerts import operations as alerts
from listing.alerts.rules import AT_ONCE
from listing.companies.operations import publishing, watching
from listing.disclosure.announcements import joint, parties, proofs, queries, records, rules, searching
from listing.disclosure.announcements.models import Announcer, Release
from listing.disclosure.announcements.operations import joining, mandating, releasing, signing, writing
from listing.disclosure.announcements.searching import Asked
from listing.notifications.models import Notice
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import SECOND, in_tier
from tests.factories import a_member, a_user, an_organisation, signed_in

from .endorsing import an_agent
from .made import NOON, SESSION, a_house, acting, at_once, begun, signed

LANTERN = {"slug": "lantern", "name_zh": "灯塔医疗有限公司", "name_en": "Lantern Medical Limited", "code": "GBA-1"}
HARBOUR = {"slug": "harbour", "name_zh": "海港机器人有限公司", "name_en": "Harbour Robotics Limited", "code": "GBA-2"}


@pytest.fixture
def houses(app):
    return a_house(**LANTERN), a_house(**HARBOUR)


def told(row):
    """Whom a letter of its kind went to."""
    found = select(Notice.recipient_id).where(Notice.message == f"announcement_{row}").order_by(Notice.recipient_id)
    return list(db.session.scalars(found))


def joined(houses, now=SESSION, **written):
    """A draft of the first company to which the other one was invited."""
    first, other = houses
    row = begun(first, now, **written)
    return joining.invite(announcement=row, code=other.company.code, actor=acting(first.editor), now=now)


def sent_jointly(houses, now=SESSION, **written):
    """The same, waiting for a signature of each."""
    row = joined(houses, now, **written)
    return writing.send(announcement=row, seen=writing.digest(row), actor=acting(houses[0].editor), now=now)


def tick(now):
    return releasing.release_due(now=now, stopping=lambda: False)


def test_nothing_is_released_before_each_has_signed_the_same(houses):
    first, other = houses
    row = sent_jointly(houses)
    assert told("invited") == sorted(member.user_id for member in (other.signatory, other.second))
    assert {member.user_id for house in houses for member in (house.signatory, house.second)} <= {*told("to_sign")}
    assert signed(other, row, now=NOON).state == rules.SENT
    with pytest.raises(joint.NothingToSign):
        signed(other, row, by=other.second, now=NOON)
    assert [queries.to_sign(acting(house.second)) for house in houses] == [[row], []]
    assert signed(first, row, now=NOON).state == rules.PUBLISHED
    db.session.commit()
    (release,) = db.session.scalars(select(Release)).all()
    assert parties.behind([release.id]) == {release.id: [first.company.id, other.company.id]}
    assert proofs.entry(release).data["companies"] == [first.company.id, other.company.id]
    for house, words in zip(houses, ("lantern medical", "海港機器人"), strict=True):
        asked = Asked(company_id=house.company.id)
        for wanted in (
            asked,
            Asked(q=words),
            Asked(q="营业收入", company_id=house.company.id, code=house.company.code),
        ):
            assert [row.number for row in searching.page(wanted).rows] == ["2026-000001"]
        assert [one.item for one in queries.published(house.company.id, NOON)] == ["D21"]
    counted = records.corrections(NOON.date())
    assert counted == {house.company.id: records.Counted(0, 1) for house in houses}


def test_two_signatories_of_two_companies_at_once_release_it_once(app, houses):
    row = sent_jointly(houses)
    number, seen = row.id, writing.digest(row)

    def signing_for(house):
        who = {"actor": acting(house.signatory), "now": NOON}
        return lambda: signing.sign(announcement=queries.by_id(number), declared_true=True, seen=seen, **who)

    assert at_once(app, *(signing_for(house) for house in houses)) == ["done", "done"]
    assert db.session.scalars(select(Release.number)).all() == ["2026-000001"]
    assert len(db.session.scalars(select(Announcer.company_id)).all()) == 2


def test_a_company_that_leaves_sends_it_back_and_every_signature_counts_no_more(houses):
    first, other = houses
    row = sent_jointly(houses)
    for house in houses:
        signed(house, row)
    assert row.state == rules.QUEUED
    who = {"announcement": row, "actor": acting(other.second), "now": SESSION}
    with pytest.raises(rules.NoReason):
        joining.leave(reason=" ", **who)
    joining.leave(reason="The board has not agreed.", **who)
    assert (row.state, row.signed_at, row.window_opens, parties.company_ids(row)) == (
        rules.DRAFT,
        None,
        None,
        [first.company.id],
    )
    assert {first.editor.user_id, first.signatory.user_id} <= {*told("left")}
    db.session.commit()
    assert tick(NOON) == 0
    with pytest.raises(rules.NotNow):
        joining.leave(reason="Again.", **who)
    joining.invite(announcement=row, code="GBA-2", actor=acting(first.editor), now=NOON)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(first.editor), now=NOON)
    assert [signed(house, row, now=NOON).state for house in houses] == [rules.SENT, rules.PUBLISHED]


def test_one_suspended_company_holds_it(houses):
    first, other = houses
    row = sent_jointly(houses)
    for house in houses:
        signed(house, row)
    who = {"company": other.company, "actor": acting(other.second)}
    publishing.suspend(reason="operator", now=SESSION, **who)
    db.session.commit()
    assert tick(NOON) == 0
    publishing.restore(now=NOON, **who)
    db.session.commit()
    assert tick(NOON) == 1


def test_the_tier_of_any_company_asks_for_its_checker_and_intermediary(houses):
    first, other = houses
    in_tier(other.company, other.second.user, tier="select", since=SESSION)
    sponsor = a_member(an_organisation("agent"), "approver", a_user(**SECOND))
    unasked = [an_agent(first), an_agent(first)]  # of the company whose tier asks for none
    db.session.commit()
    with pytest.raises(rules.NotReady):
        sent_jointly(houses)
    db.session.rollback()
    mandating.name(company=other.company, agent_id=sponsor.organisation_id, actor=acting(other.second), now=SESSION)
    row = sent_jointly(houses)
    states = [signed(house, row, now=NOON).state for house in houses]
    assert (states, row.checked_by) == ([rules.SENT, rules.SPONSOR], first.signatory.user_id)
    place = Membership(sponsor.organisation_id, "agent", "approver")
    actor = Actor(user_id=sponsor.user_id, label="Sponsor", memberships=(place,), second_factor=True)
    assert [queries.to_sign(actor), queries.to_sign(acting(first.second))] == [[row], []]
    assert [queries.to_sign(acting(each)) for each in unasked] == [[], []]
    seen = {"declared_true": True, "seen": row.signed_digest}
    signing.endorse(announcement=row, actor=actor, now=NOON, **seen)
    assert (row.state, parties.invited(row.id)[0].endorsed_for) == (rules.PUBLISHED, sponsor.organisation_id)


def test_agents_of_a_partner_that_asks_for_none_are_asked_for_nothing(houses):
    first, other = houses
    in_tier(first.company, first.second.user, tier="select", since=SESSION)
    sponsor, unasked = an_agent(first), an_agent(other)
    db.session.commit()
    row = sent_jointly(houses)
    for house in houses:
        signed(house, row, now=NOON)
    assert row.state == rules.SPONSOR
    assert [queries.to_sign(acting(each)) for each in (sponsor, unasked)] == [[row], []]


def test_a_correction_is_signed_by_all_who_announced_what_it_corrects(houses):
    first, other = houses
    row = sent_jointly(houses, NOON)
    for house in houses:
        signed(house, row, now=NOON)
    db.session.commit()
    note = row.title
    again = begun(first, NOON, corrects=queries.release("2026-000001"), note=note)
    assert parties.company_ids(again) == [first.company.id, other.company.id]
    joining.take_out(announcement=again, party=parties.invited(again.id)[0], actor=acting(first.editor), now=NOON)
    with pytest.raises(rules.NotReady):
        writing.send(announcement=again, seen=writing.digest(again), actor=acting(first.editor), now=NOON)


def test_who_watches_either_company_is_told(houses):
    reader = a_user(zone="Asia/Hong_Kong")
    who = {"actor": Actor(user_id=reader.id, label=reader.name, zone=reader.zone), "now": SESSION}
    watching.watch(company=houses[1].company, **who)
    alerts.follow_watched(cadence=AT_ONCE, **who)
    row = sent_jointly(houses, NOON)
    for house in houses:
        signed(house, row, now=NOON)
    db.session.commit()
    assert alerts.tell_due(now=NOON + timedelta(minutes=20), stopping=lambda: False) == 1


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_invited_on_its_pages_and_read_with_both_names(app, client, houses, lang):
    first, other = houses
    stranger = a_house(slug="other", code="GBA-3")
    row = begun(first, category="clarification", event_on=None)
    db.session.commit()
    path = f"/{lang}/studio/announcements/{row.id}"
    members = (first.editor, other.signatory, stranger.signatory, first.signatory)
    editor, partner, outside, own = (signed_in(app.test_client(), member.user) for member in members)
    assert partner.get(path).status_code == 404
    wrong = submit(editor, f"{path}/companies", code="gba-9")
    assert (wrong.status_code, 'value="gba-9"' in wrong.text) == (422, True)
    assert submit(editor, f"{path}/companies", code=" gba-2 ").status_code == 303
    assert [each.get(path).status_code for each in (partner, outside)] == [200, 404]
    assert path in partner.get(f"/{lang}/studio/companies/harbour/announcements").text
    assert [partner.get(f"{path}/{step}").status_code for step in ("edit", "withdraw", "companies")] == [404] * 3
    assert submit(editor, path, "/send").status_code == 303
    assert [submit(each, path, "/sign", declared_true="y").status_code for each in (partner, own)] == [303, 303]
    shown = client.get(f"/{lang}/announcements/2026-000001").text
    assert [house.company.name_en in shown for house in (*houses, stranger)] == [True, True, False]
    for slug in ("lantern", "harbour"):
        assert "/announcements/2026-000001" in client.get(f"/{lang}/companies/{slug}").text
        listed = client.get(f"/{lang}/announcements?company={slug}").text
        assert [house.company.name_en in listed for house in houses] == [True, True]
    (line,) = client.get(f"/{lang}/announcements/json?company=harbour").json["announcements"]
    assert (line["code"], line["all_codes"]) == ("GBA-1", "GBA-1 GBA-2")
