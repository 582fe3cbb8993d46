"""Intermediaries as the tests of announcements need them: named by a company, with people who sign."""

from listing.disclosure.announcements import rules
from listing.disclosure.announcements.operations import mandating, signing, writing
from listing.store.db import db
from tests.disclosure.duties import SECOND, in_tier
from tests.factories import a_member, a_user, an_organisation

from .made import NOON, SESSION, acting, sent, signed

NAMES = {"name_zh": "样本保荐有限公司", "name_en": "Sample Sponsors Limited"}


def an_agent(house, role="approver", **names):
    """Somebody of an agent that the company has named."""
    member = a_member(an_organisation("agent", **names), role, a_user(**SECOND))
    who = {"actor": acting(house.second), "now": SESSION}
    mandating.name(company=house.company, agent_id=member.organisation_id, **who)
    return member


def endorsed(row, member, now=NOON):
    """The same once the intermediary signed it."""
    seen = {"declared_true": True, "seen": writing.digest(row)}
    return signing.endorse(announcement=row, actor=acting(member), now=now, **seen)


def released_in_select(house):
    """Release an announcement that the company's intermediary signed; return that person."""
    in_tier(house.company, house.second.user, "select", since=SESSION)
    agent = an_agent(house, **NAMES)
    row = endorsed(signed(house, sent(house, NOON), now=NOON), agent)
    assert row.state == rules.PUBLISHED
    db.session.commit()
    return agent
