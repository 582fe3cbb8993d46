"""An agent prepares what its client announces: named and ended by the owner, never signing."""

import pytest
from sqlalchemy import select

from listing.disclosure.announcements import queries, rules
from listing.disclosure.announcements.models import Mandate
from listing.disclosure.announcements.operations import mandating
from listing.journal.models import Entry
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import in_tier
from tests.factories import NOW, a_member, a_user, an_organisation, signed_in

from .made import TYPED, a_house, acting, begun, sent

HOME = "/en/studio/companies/lantern/announcements"
AT_ONCE = TYPED | {"category": "clarification", "event_on": "", "read": "y"}


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


@pytest.fixture
def owner(house):
    return a_member(house.editor.organisation, "owner")


def an_agent(role="editor", **names):
    return a_member(an_organisation("agent", **names), role)


def test_an_agent_writes_for_whoever_named_it_and_signs_nothing(app, house, owner):
    agent, other = an_agent(name_en="Sample Sponsors Limited"), an_agent()
    at_desk, of_client, stranger = (signed_in(app.test_client(), m.user) for m in (agent, owner, other))
    assert at_desk.get(HOME).status_code == 404
    assert submit(of_client, f"{HOME}/agents", agent_id=str(agent.organisation_id)).status_code == 303
    page = of_client.get(f"{HOME}/agents").text
    assert ("Sample Sponsors Limited" in page, f'<option value="{agent.organisation_id}"' in page) == (True, False)
    assert HOME in at_desk.get("/en/studio").text
    made = submit(at_desk, f"{HOME}/new", **AT_ONCE)
    assert made.status_code == 303
    assert submit(at_desk, made.location, "/send").status_code == 303
    (row,) = queries.of_company(house.company.id)
    assert (row.state, row.writers) == (rules.SENT, [agent.user_id])
    for step in ("sign", "return"):
        assert at_desk.post(f"{made.location}/{step}").status_code in (400, 404)
    assert at_desk.get(f"{HOME}/agents").status_code == stranger.get(made.location).status_code == 404
    (mandate,) = queries.mandates(house.company.id)
    assert submit(of_client, f"{HOME}/agents", f"{mandate.id}/end").status_code == 303
    assert [at_desk.get(path).status_code for path in (HOME, made.location, f"{HOME}/new")] == [404] * 3
    assert at_desk.post(f"{made.location}/withdraw").status_code in (400, 404)
    codes = db.session.scalars(select(Entry.code).order_by(Entry.index)).all()
    assert [code for code in codes if "mandate" in code] == ["announcement.mandated", "announcement.mandate_ended"]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_what_waits_for_a_signature_stands_in_the_studio_of_those_who_sign(app, house, lang):
    begun(house)
    factor = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
    row, sponsor = sent(house), a_member(an_organisation("agent"), "approver", a_user(**factor))
    mandating.name(company=house.company, agent_id=sponsor.organisation_id, actor=acting(house.second), now=NOW)
    db.session.commit()
    address, marked = f"/{lang}/studio/announcements/{row.id}", 'id="to-sign"'
    members = {"signs": house.signatory, "writes": house.editor, "sponsor": sponsor}
    rooms = {who: signed_in(app.test_client(), member.user) for who, member in members.items()}

    def told():
        pages = {who: client.get(f"/{lang}/studio").text for who, client in rooms.items()}
        return {who for who, page in pages.items() if address in page and marked in page}

    assert told() == {"signs"}
    in_tier(house.company, house.second.user, "select")  # the tier that asks for an intermediary
    row.state = rules.SPONSOR
    db.session.commit()
    assert told() == {"sponsor"}
    row.writers = [sponsor.user_id]
    db.session.commit()
    assert told() == set()


def test_an_agent_is_named_once_and_again_after_its_end(house):
    agent, who = an_agent(), {"company": house.company, "actor": acting(house.second), "now": NOW}
    first = mandating.name(agent_id=agent.organisation_id, **who)
    with pytest.raises(rules.AgentAlready):
        mandating.name(agent_id=agent.organisation_id, **who)
    mandating.end(mandate=first, **who)
    with pytest.raises(rules.NotNow):
        mandating.end(mandate=first, **who)
    mandating.name(agent_id=agent.organisation_id, **who)
    with pytest.raises(rules.NoSuchAgent):
        mandating.name(agent_id=house.company.organisation_id, **who)
    assert [row.live for row in db.session.scalars(select(Mandate).order_by(Mandate.id))] == [None, True]


def test_a_person_who_only_looks_on_for_an_agent_writes_nothing(app, house):
    onlooker = an_agent("viewer")
    mandating.name(company=house.company, agent_id=onlooker.organisation_id, actor=acting(house.second), now=NOW)
    db.session.commit()
    assert signed_in(app.test_client(), onlooker.user).get(f"{HOME}/new").status_code == 404
