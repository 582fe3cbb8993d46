"""Signing: for the company, then for its intermediary where the tier asks for one, both of them the same revision."""

from datetime import datetime

from sqlalchemy import select

from listing.access.actor import Actor
from listing.disclosure.announcements import roles, rules
from listing.disclosure.announcements.models import Announcement, Mandate, Release
from listing.store.db import db

from .checking import unchecked
from .releasing import onward
from .writing import digest, hold, look_ready


def sign(*, announcement: Announcement, declared_true: bool, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Sign what was sent; where nobody else reads it, it is released at once or waits for its window.

    Of two who sign at once, one does. Raises NotDeclared, NotNow, WroteIt, ChangedSinceRead, NotChecked, NotReady,
    calendars.OutsideCalendar.
    """
    _begin(announcement, rules.SENT, declared_true, seen, actor)
    if unchecked(announcement):
        raise roles.NotChecked
    if announcement.corrects_id:
        db.session.execute(select(Release.id).where(Release.id == announcement.corrects_id).with_for_update())
    look_ready(announcement, now)
    announcement.signed_at, announcement.signed_by = now, actor.user_id
    announcement.signed_by_label, announcement.signed_digest = str(actor.label), seen
    return onward(announcement, "signed", actor, now, digest=seen, declaration=rules.DECLARATION)


def endorse(*, announcement: Announcement, declared_true: bool, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Sign for the intermediary what the company has signed, to the letter.

    Raises NotDeclared, NotNow, WroteIt, SignedIt, ChangedSinceRead, NotReady, calendars.OutsideCalendar.
    """
    _begin(announcement, rules.SPONSOR, declared_true, seen, actor)
    if actor.user_id == announcement.signed_by:
        raise rules.SignedIt
    if seen != announcement.signed_digest:
        raise rules.ChangedSinceRead
    agent = _agent(announcement, actor)
    look_ready(announcement, now)
    announcement.endorsed_at, announcement.endorsed_by = now, actor.user_id
    announcement.endorsed_by_label, announcement.endorsed_for = str(actor.label), agent
    return onward(announcement, "endorsed", actor, now, digest=seen, declaration=rules.DECLARATION, agent=agent)


def _begin(announcement: Announcement, state: str, declared_true: bool, seen: str, actor: Actor) -> None:
    if not declared_true:
        raise rules.NotDeclared
    hold(announcement)
    if announcement.state != state:
        raise rules.NotNow
    rules.may_sign(actor.user_id, announcement.writers)
    if seen != digest(announcement):
        raise rules.ChangedSinceRead


def _agent(announcement: Announcement, actor: Actor) -> int:
    """The agent for which a person signs; its mandate is held, so that it ends before or after. Raises NotNow."""
    live = select(Mandate.agent_id).where(Mandate.company_id == announcement.company_id, Mandate.live)
    agents = db.session.scalars(live.order_by(Mandate.id).with_for_update()).all()
    found = rules.agencies(actor, agents)
    if not found:
        raise rules.NotNow
    return found[0]
