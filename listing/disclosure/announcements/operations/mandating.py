"""Naming an agent that prepares a company's announcements, and ending that; signing stays with the company.

What waits for an intermediary goes on: an agent that is named is asked for it. Where the mandate of a chosen one ended,
the text is a draft again, because what was signed names it; else every signature stays.
"""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.accounts import queries as accounts
from listing.accounts.rules import AGENT
from listing.disclosure.announcements import letters, parties, rules
from listing.disclosure.announcements.models import Announcement, Mandate
from listing.journal import operations as journal
from listing.store.db import db
from listing.store.inserting import insert

from . import closing
from .writing import log, step, void


def name(*, company, agent_id: int, actor: Actor | System, now: datetime) -> Mandate:
    """Let an agent write for the company from now on. Raises NoSuchAgent, AgentAlready."""
    agent = accounts.organisation(agent_id)
    if agent is None or agent.kind != AGENT:
        raise rules.NoSuchAgent
    said = {"company_id": company.id, "agent_id": agent_id, "live": True}
    add = insert(Mandate).values(**said, given_at=now, given_by_label=str(actor.label)).on_conflict_do_nothing()
    made = db.session.scalar(add.returning(Mandate.id))
    if made is None:
        raise rules.AgentAlready
    for row in parties.open_of(company.id):
        if row.state == rules.SPONSOR and agent_id in _asked(row, company):
            letters.asked_to_endorse(row, agent, now)
    _log("mandated", company, agent_id, actor, now)
    return db.session.get(Mandate, made)


def end(*, company, mandate: Mandate, actor: Actor | System, now: datetime) -> Mandate:
    """Let the agent write and sign no more, from this instant on. Raises NotNow where it ended already.

    Holds first the announcements, then the mandate, as who signs for an intermediary does: one comes before the other.
    """
    waiting = parties.open_of(company.id, held=True)
    db.session.refresh(mandate, with_for_update=True)
    if not mandate.live:
        raise rules.NotNow
    asked = [row for row in waiting if mandate.agent_id in _asked(row, company)]
    mandate.live, mandate.ended_at = None, now
    db.session.flush()
    for row in asked:
        _go_on(row, company, mandate.agent_id, actor, now)
    _log("mandate_ended", company, mandate.agent_id, actor, now)
    return mandate


def _asked(row: Announcement, company) -> list[int]:
    """The agents of which one is to sign it for the company and has not yet."""
    own = (place for place in parties.to_endorse(row) if place.company_id == company.id)
    return [agent for place in own for agent in parties.agents_for(place)]


def _go_on(row: Announcement, company, agent_id: int, actor: Actor | System, now: datetime) -> None:
    """What becomes of an announcement once an agent that was to sign it may not any more."""
    if row.intermediary_id == agent_id and row.company_id == company.id:
        signatories = parties.signatories(row)
        if row.state != rules.DRAFT:
            step(row, "return", now)
            row.said = ""
        void(row)
        closing.moot(row, rules.RETURNED, now)
        letters.lost("announcement_unchosen", row, company, agent_id, now, signatories)
    elif row.state == rules.SPONSOR:
        letters.lost("announcement_unendorsed", row, company, agent_id, now, parties.signatories(row))
    else:
        return
    log("intermediary_lost", row, actor, now, agent=agent_id)


def _log(code: str, company, agent_id: int, actor: Actor | System, now: datetime) -> None:
    subject = ("company", company.id, company.organisation_id)
    journal.append(code=f"announcement.{code}", data={"agent": agent_id}, actor=actor, subject=subject, now=now)
