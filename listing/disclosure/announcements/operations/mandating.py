"""Naming an agent that prepares a company's announcements, and ending that; signing stays with the company."""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.accounts import queries as accounts
from listing.accounts.rules import AGENT
from listing.disclosure.announcements import rules
from listing.disclosure.announcements.models import Mandate
from listing.journal import operations as journal
from listing.store.db import db
from listing.store.inserting import insert


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
    _log("mandated", company, agent_id, actor, now)
    return db.session.get(Mandate, made)


def end(*, company, mandate: Mandate, actor: Actor | System, now: datetime) -> Mandate:
    """Let the agent write no more, from this instant on. Raises NotNow where it ended already."""
    db.session.refresh(mandate, with_for_update=True)
    if not mandate.live:
        raise rules.NotNow
    mandate.live, mandate.ended_at = None, now
    _log("mandate_ended", company, mandate.agent_id, actor, now)
    return mandate


def _log(code: str, company, agent_id: int, actor: Actor | System, now: datetime) -> None:
    subject = ("company", company.id, company.organisation_id)
    journal.append(code=f"announcement.{code}", data={"agent": agent_id}, actor=actor, subject=subject, now=now)
