"""An organizer makes a roadshow, changes what is said of it, publishes, cancels and archives it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor, System
from listing.bilingual.pair import Pair
from listing.journal import operations as journal
from listing.roadshows import agenda, changes, letters, queries, queue, rules, waiting
from listing.roadshows.changes import Schedule, schedule
from listing.roadshows.models import Change, Day, Invitation, Reminder, Roadshow, Session
from listing.roadshows.presenting import letters as companies
from listing.store.db import db


def create(*, organisation_id: int, code: str, actor: Actor | System, now: datetime, **said) -> Roadshow:
    """Begin the draft of a roadshow with the usual reminders. Raises CodeInUse, WindowReversed and those of agenda."""
    if code in rules.RESERVED_CODES or not queries.is_code_free(code):
        raise rules.CodeInUse
    show = Roadshow(organisation_id=organisation_id, code=code, state=rules.DRAFT, state_at=now, created_at=now)
    invited = _say(show, **said)
    show.reminders = [Reminder(anchor=anchor, minutes=minutes) for anchor, minutes in rules.DEFAULT_REMINDERS]
    try:
        with db.session.begin_nested():
            db.session.add(show)
    except IntegrityError:
        raise rules.CodeInUse from None  # taken since it was looked at
    _invite(show, invited)
    noted("begun", show, actor, now)
    return show


def change(*, show: Roadshow, actor: Actor, now: datetime, **said) -> Roadshow:
    """Change what is said of a roadshow, who may attend and in which order people wait.

    Raises NotNow, OrderStands, WindowReversed and those of agenda.
    """
    before = check_editable(show)
    _check_order(show, said.get("priority", show.priority))
    _invite(show, _say(show, **said))
    changed(show, before, now)
    noted("changed", show, actor, now)
    return show


def _check_order(show: Roadshow, priority: list[str]) -> None:
    """The order in which people wait stands while anybody does."""
    if priority != show.priority:
        queries.lock_places(show.days)
        if waiting.is_waited_for(show):
            raise queue.OrderStands


def _say(show: Roadshow, *, title: Pair, summary: Pair, zone: str, opens: datetime, closes: datetime, **who) -> list:
    """``opens`` and ``closes`` are local times of ``zone``."""
    if show.days and zone != show.zone:
        raise rules.NotNow
    show.title, show.summary, show.zone = title, summary, zone
    show.registration_opens_at = agenda.instant(opens.date(), opens.time(), zone)
    show.registration_closes_at = agenda.instant(closes.date(), closes.time(), zone)
    if show.registration_opens_at >= show.registration_closes_at:
        raise rules.WindowReversed
    invited = who.pop("invited", [])
    for name, value in who.items():
        setattr(show, name, value)
    return invited


def _invite(show: Roadshow, emails: list[str]) -> None:
    db.session.execute(delete(Invitation).where(Invitation.roadshow_id == show.id))
    folded = dict.fromkeys(email.casefold() for email in emails)
    db.session.add_all(Invitation(roadshow_id=show.id, email=email) for email in folded)


def missing(show: Roadshow) -> list[str]:
    """What a roadshow lacks before it can be published, as codes: days, sessions, places, clashes."""
    checks = {
        "days": not show.days,
        "sessions": any(not day.shown for day in show.days),
        "places": any(not any(places.capacity for places in day.places) for day in show.days),
        "clashes": any(_colliding(day) for day in show.days),
        "window": bool(show.days) and show.registration_opens_at >= show.begins_at,
    }
    return [code for code, lacks in checks.items() if lacks]


def _colliding(day) -> set[int]:
    return agenda.colliding(queries.slots(day), begins=day.begins_at, ends=day.ends_at)


def publish(*, show: Roadshow, actor: Actor | System, now: datetime) -> Roadshow:
    """Show a roadshow to everybody. Raises NotNow, NotReady."""
    queries.held(show)
    state = rules.after(show.state, "publish")
    if missing(show) or show.ends_at <= now:
        raise rules.NotReady
    show.state, show.state_at, show.version = state, now, show.version + 1
    db.session.add(Change(roadshow_id=show.id, version=show.version, at=now, lines=[{"code": "published"}]))
    noted("published", show, actor, now)
    return show


def cancel(*, show: Roadshow, reason: Pair, actor: Actor, now: datetime) -> Roadshow:
    """Call a roadshow off; everybody registered is told, and no reminder goes out any more. Raises NotNow, NoReason."""
    if not reason.complete:
        raise rules.NoReason
    queries.held(show)
    queries.lock_places(show.days)
    before = schedule(show)
    show.state, show.state_at = rules.after(standing(show, now), "cancel"), now
    show.reason = reason
    changed(show, before, now)
    letters.stop_reminders(show, now)
    letters.cancelled(show, now)
    companies.everybody(show, companies.CANCELLED, now)
    noted("cancelled", show, actor, now)
    return show


def archive(*, show: Roadshow, actor: Actor, now: datetime) -> Roadshow:
    """Put a roadshow that is over away for good. Raises NotNow, MaterialOwed while a material answer is unpublished."""
    queries.held(show)
    state = rules.after(standing(show, now), "archive")
    if queries.owed(show):
        raise rules.MaterialOwed
    show.state, show.state_at = state, now
    noted("archived", show, actor, now)
    return show


def standing(show: Roadshow, now: datetime) -> str:
    """How a roadshow stands at an instant."""
    return rules.standing(show.state, begins=show.begins_at, ends=show.ends_at, now=now)


def check_editable(show: Roadshow, *parts: Day | Session | Reminder) -> Schedule:
    """Hold a roadshow that is about to be changed; return its schedule as it stands before.

    Raises NotNow where it is over, or one of its ``parts`` is gone.
    """
    queries.held(show)
    there = {*show.days, *show.reminders, *(session for day in show.days for session in day.sessions)}
    if show.state not in (rules.DRAFT, rules.PUBLISHED) or not there.issuperset(parts):
        raise rules.NotNow
    return schedule(show)


def changed(show: Roadshow, before: Schedule, now: datetime) -> None:
    """Count a change that everybody sees, so that calendars take it over, and keep what it changed."""
    if not show.version:
        return
    show.version += 1
    lines = changes.between(before, schedule(show))
    if lines:
        db.session.add(Change(roadshow_id=show.id, version=show.version, at=now, lines=lines))


def noted(event: str, show: Roadshow, actor: Actor | System, now: datetime, **data) -> None:
    """Log a step of a roadshow."""
    subject = ("roadshow", show.id, show.organisation_id)
    journal.append(code=f"roadshow.{event}", data=data, actor=actor, subject=subject, now=now)
