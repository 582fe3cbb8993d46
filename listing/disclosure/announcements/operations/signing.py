"""Signing: for the company, then for its intermediary where one is asked for, both of them the same revision."""

from datetime import datetime

from sqlalchemy import select

from listing.access.actor import Actor
from listing.disclosure.announcements import joint, parties, roles, rules
from listing.disclosure.announcements.models import Announcement, Release
from listing.store.db import db

from .checking import unchecked
from .releasing import onward
from .writing import digest, hold, log, look_ready


def sign(*, announcement: Announcement, declared_true: bool, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Sign what was sent, for each of its companies for which a person signs; the last of them leads it onward.

    Where nobody else reads it, it is released at once then or waits for its window. Of two who sign for one company at
    once, one does. Raises NotDeclared, NotNow, WroteIt, ChangedSinceRead, NotChecked, NothingToSign, NotReady,
    calendars.OutsideCalendar.
    """
    _begin(announcement, rules.SENT, declared_true, seen, actor)
    if unchecked(announcement):
        raise roles.NotChecked
    if announcement.corrects_id:
        db.session.execute(select(Release.id).where(Release.id == announcement.corrects_id).with_for_update())
    look_ready(announcement, now)
    places = parties.places(announcement)
    own = [each for each in places if each.row.signed_at is None and joint.signs_for(actor, each.organisation_id)]
    if not own:
        raise joint.NothingToSign
    for each in own:
        each.row.signed_at, each.row.signed_by = now, actor.user_id
        each.row.signed_by_label, each.row.signed_digest = str(actor.label), seen
    told = {"digest": seen, "declaration": rules.DECLARATION}
    if len(places) > 1:
        told["companies"] = [each.company_id for each in own]
    if any(each.row.signed_at is None for each in places):
        db.session.flush()
        log("signed", announcement, actor, now, **told)
        return announcement
    return onward(announcement, "signed", actor, now, **told)


def endorse(*, announcement: Announcement, declared_true: bool, seen: str, actor: Actor, now: datetime) -> Announcement:
    """Sign for the intermediary what its company has signed, to the letter; the last of several leads it onward.

    Raises NotDeclared, NotNow, WroteIt, SignedIt, ChangedSinceRead, NotReady, calendars.OutsideCalendar.
    """
    _begin(announcement, rules.SPONSOR, declared_true, seen, actor)
    if actor.user_id in parties.signatories(announcement):
        raise rules.SignedIt
    if seen != announcement.signed_digest:
        raise rules.ChangedSinceRead
    agents = _agents(announcement, actor)
    look_ready(announcement, now)
    for place, agent in agents:
        place.row.endorsed_at, place.row.endorsed_by = now, actor.user_id
        place.row.endorsed_by_label, place.row.endorsed_for = str(actor.label), agent
    db.session.flush()
    told = {"digest": seen, "declaration": rules.DECLARATION, "agent": agents[0][1]}
    if parties.to_endorse(announcement):
        log("endorsed", announcement, actor, now, **told)
        return announcement
    return onward(announcement, "endorsed", actor, now, **told)


def _begin(announcement: Announcement, state: str, declared_true: bool, seen: str, actor: Actor) -> None:
    if not declared_true:
        raise rules.NotDeclared
    hold(announcement)
    if announcement.state != state:
        raise rules.NotNow
    rules.may_sign(actor.user_id, announcement.writers)
    if seen != digest(announcement):
        raise rules.ChangedSinceRead


def _agents(announcement: Announcement, actor: Actor) -> list[tuple[parties.Place, int]]:
    """The companies that wait for an intermediary for which a person signs, each with that agent.

    The mandates are held, so that they end before or after. Raises NotNow where there is none.
    """
    found = []
    for place in parties.to_endorse(announcement):
        agents = rules.agencies(actor, parties.agents_for(place, held=True))
        found += [(place, agent) for agent in agents[:1]]
    if not found:
        raise rules.NotNow
    return found
