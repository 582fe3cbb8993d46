"""Days and sessions of a roadshow: added, changed, put in another order, moved as a whole."""

from datetime import date, datetime, time, timedelta

from listing.access.actor import Actor, System
from listing.bilingual.pair import Pair
from listing.companies import presentable
from listing.roadshows import agenda, letters, queries, rules
from listing.roadshows.agenda import Slot
from listing.roadshows.meetings import queries as meetings
from listing.roadshows.meetings.rules import MeetingsOpen
from listing.roadshows.models import Day, Places, Roadshow, Session
from listing.roadshows.presenting import letters as companies
from listing.roadshows.presenting import queries as presenting
from listing.roadshows.presenting.operations import inviting
from listing.roadshows.recording import queries as recording
from listing.roadshows.recording.rules import SessionRated
from listing.store.db import db

from . import seating
from .planning import changed, check_editable, noted

MINUTE = timedelta(minutes=1)


def add_day(
    *,
    show: Roadshow,
    date: date,
    begins: time,
    ends: time,
    venue: Pair,
    link: str,
    onsite: int,
    online: int,
    actor: Actor | System,
    now: datetime,
) -> Day:
    """Add a day at one venue; ``onsite`` and ``online`` are its places. Raises NotNow, TooMany, DayTaken, Reversed."""
    before = check_editable(show)
    if len(show.days) >= rules.MOST_DAYS:
        raise rules.TooMany(days=rules.MOST_DAYS, sessions=rules.MOST_SESSIONS)
    if any(day.date == date for day in show.days):
        raise rules.DayTaken
    begins_at, ends_at = _hours(date, begins, ends, show.zone)
    day = Day(roadshow=show, date=date, begins_at=begins_at, ends_at=ends_at, venue=venue, link=link)
    day.places = [Places(mode=rules.ONSITE, capacity=onsite), Places(mode=rules.ONLINE, capacity=online)]
    db.session.add(day)
    span(show)
    db.session.flush()
    changed(show, before, now)
    noted("day_added", show, actor, now, day=day.id)
    return day


def _hours(on: date, begins: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    begins_at, ends_at = agenda.instant(on, begins, zone), agenda.instant(on, ends, zone)
    if begins_at >= ends_at:
        raise agenda.Reversed
    return begins_at, ends_at


def span(show: Roadshow) -> None:
    """Let a roadshow last from the beginning of its first day until the end of its last one."""
    show.begins_at = min((day.begins_at for day in show.days), default=None)
    show.ends_at = max((day.ends_at for day in show.days), default=None)


def change_day(
    *,
    day: Day,
    date: date,
    begins: time,
    ends: time,
    venue: Pair,
    link: str,
    onsite: int,
    online: int,
    actor: Actor,
    now: datetime,
) -> Day:
    """Change a day. Its time stands once people are registered. Raises NotNow, DayInUse, DayTaken, BelowTaken."""
    show = day.roadshow
    before = check_editable(show, day)
    queries.lock_places([day])
    hours = _hours(date, begins, ends, show.zone)
    if (date, *hours) != (day.date, day.begins_at, day.ends_at):
        if queries.live_of_day(day.id):
            raise rules.DayInUse
        if any(other.date == date for other in show.days if other is not day):
            raise rules.DayTaken
        day.date, day.begins_at, day.ends_at = date, *hours
        span(show)
    day.venue, day.link = venue, link
    seating.resize(day=day, capacities={rules.ONSITE: onsite, rules.ONLINE: online}, now=now)
    changed(show, before, now)
    noted("day_changed", show, actor, now, day=day.id, onsite=onsite, online=online)
    return day


def remove_day(*, day: Day, actor: Actor, now: datetime) -> Roadshow:
    """Take a day out for which nobody ever registered. Raises NotNow, DayInUse, SessionAsked."""
    show = day.roadshow
    before = check_editable(show, day)
    queries.lock_places([day])
    if any(queries.is_asked_about(session.id) for session in day.sessions):
        raise rules.SessionAsked
    if meetings.of_day(day.id):
        raise MeetingsOpen
    if queries.turns(day.id).highest or (show.version and len(show.days) == 1):
        raise rules.DayInUse
    for session in day.sessions:
        inviting.leave(session, actor, now)
    for row in (*day.sessions, *day.places):
        db.session.delete(row)
    number = day.id
    db.session.flush()
    db.session.delete(day)
    db.session.flush()
    db.session.refresh(show)
    span(show)
    changed(show, before, now)
    noted("day_removed", show, actor, now, day=number)
    return show


def keep_session(
    *,
    day: Day,
    session: Session | None = None,
    begins: time,
    minutes: int,
    actor: Actor | System,
    now: datetime,
    **said,
) -> Session:
    """Add a session to a day, or change one. Raises NotNow, TooMany, UnfitCompany, Untitled and those of agenda.

    ``company_id`` is planned, to be asked; where it ``agreed`` already, outside this platform, it presents at once.
    """
    show = day.roadshow
    before = check_editable(show, day, *([session] if session else []))
    if session is None and len(day.sessions) >= rules.MOST_SESSIONS:
        raise rules.TooMany(days=rules.MOST_DAYS, sessions=rules.MOST_SESSIONS)
    company, agreed = said.pop("company_id"), said.pop("agreed", True)
    _check_company(session, company, said["title"])
    begins_at = agenda.instant(day.date, begins, show.zone)
    speakers = tuple(speaker.name for speaker in session.speakers) if session else ()
    slot = Slot(session and session.id, said["room"], begins_at, begins_at + minutes * MINUTE, company, speakers)
    _check(day, slot)
    session = session or Session(day=day, begins_at=begins_at)
    began = session.begins_at
    for name, value in said.items():
        setattr(session, name, value)
    session.begins_at, session.ends_at = slot.begins_at, slot.ends_at
    db.session.add(session)
    db.session.flush()
    inviting.place(session=session, company_id=company, agreed=agreed, actor=actor, now=now)
    inviting.moved(session, began, now)
    changed(show, before, now)
    noted("session_kept", show, actor, now, session=session.id)
    return session


def _check_company(session: Session | None, company: int | None, title: Pair) -> None:
    """A company is one that may appear; a session without one has a title, unless it waits for another company."""
    held = presenting.standing_in(session) if session else None
    kept = held.company_id if held else session and session.company_id
    if company and company != kept and not presentable.is_fit(company):
        raise rules.UnfitCompany
    waits = session and not kept and not session.title.complete
    if not company and not title.complete and not waits:
        raise rules.Untitled


def _check(day: Day, slot: Slot, *besides: Slot) -> None:
    ids = {slot.id, *(other.id for other in besides)}
    others = [other for other in queries.slots(day) if other.id not in ids] + list(besides)
    agenda.check(slot, others, begins=day.begins_at, ends=day.ends_at, zone=day.roadshow.zone)


def remove_session(*, session: Session, actor: Actor, now: datetime) -> None:
    """Take a session out; a day on show keeps one. Raises NotNow, SessionAsked."""
    day, show = session.day, session.day.roadshow
    before = check_editable(show, session)
    if show.version and len(day.sessions) == 1:
        raise rules.NotNow
    if queries.is_asked_about(session.id):
        raise rules.SessionAsked
    if recording.is_said_of(session.id):
        raise SessionRated
    number = session.id
    inviting.leave(session, actor, now)
    db.session.delete(session)
    db.session.flush()
    db.session.refresh(day)
    changed(show, before, now)
    noted("session_removed", show, actor, now, session=number)


def check_seen(session: Session, seen: datetime | None) -> None:
    """Refuse to move a session that began at another time on the page that was read: a step sent twice is made once.

    Raises MovedMeanwhile.
    """
    if seen != session.begins_at:
        raise rules.MovedMeanwhile(begins=agenda.clock(session.begins_at, session.day.roadshow.zone))


def swap(*, session: Session, earlier: bool, seen: datetime | None, actor: Actor, now: datetime) -> Session:
    """Change places with the session before (or after) in the same room. Raises NotNow and those of agenda.

    ``seen`` is when it began on the page that was read.
    """
    day, show = session.day, session.day.roadshow
    before = check_editable(show, session)
    check_seen(session, seen)
    kept = {slot.id: slot for slot in queries.slots(day)}
    other = agenda.neighbour(kept[session.id], kept.values(), earlier=earlier)
    if other is None:
        raise rules.NotNow
    pair = sorted((kept[session.id], other), key=lambda slot: slot.begins_at)
    first, second = agenda.swapped(*pair)
    _check(day, first, second)
    _check(day, second, first)
    rows = {row.id: row for row in day.sessions}
    for slot in (first, second):
        began = rows[slot.id].begins_at
        rows[slot.id].begins_at, rows[slot.id].ends_at = slot.begins_at, slot.ends_at
        inviting.moved(rows[slot.id], began, now)
    changed(show, before, now)
    noted("session_moved", show, actor, now, session=session.id)
    return session


def move(*, show: Roadshow, days: int, minutes: int, tell: bool, actor: Actor, now: datetime) -> Roadshow:
    """Move a whole roadshow on the clocks of its zone; reminders follow, and with ``tell`` everybody registered hears.

    Raises NotNow, ByNothing, IntoThePast, Reversed where a day would reach over midnight, Skipped, Repeated.
    """
    before = check_editable(show)
    queries.lock_places(show.days)
    if not (days or minutes):
        raise rules.ByNothing
    began = show.begins_at
    for day in sorted(show.days, key=lambda d: d.date, reverse=days * 1440 + minutes > 0):
        for row in (day, *day.sessions):
            row.begins_at, row.ends_at = (moved(at, days, minutes, show.zone) for at in (row.begins_at, row.ends_at))
        day.date = agenda.local(day.begins_at, show.zone).date()
        if agenda.local(day.ends_at, show.zone).date() != day.date:
            raise agenda.Reversed
        db.session.flush()
    span(show)
    if show.begins_at < began and show.begins_at <= now:
        raise rules.IntoThePast
    changed(show, before, now)
    if tell:
        letters.moved(show, began, now)
        companies.everybody(show, companies.MOVED, now)
    noted("moved", show, actor, now, days=days, minutes=minutes, told=tell)
    return show


def moved(at: datetime, days: int, minutes: int, zone: str) -> datetime:
    """The instant so much later on the clocks of ``zone``. Raises Skipped, Repeated."""
    shifted = agenda.local(at, zone).replace(tzinfo=None) + timedelta(days=days, minutes=minutes)
    return agenda.instant(shifted.date(), shifted.time(), zone)
