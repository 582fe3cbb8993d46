"""At the door: who came, a slip undone, a session that begins late, and one that takes longer."""

from datetime import datetime, timedelta

from listing.access.actor import Actor
from listing.admission import queries as admissions
from listing.roadshows import agenda, letters, queries, rules
from listing.roadshows.models import Day, Registration, Session

from .planning import changed, check_editable, noted, standing
from .scheduling import MINUTE, check_seen
from .seating import held


def check_in(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Note that somebody with a confirmed place has come. Raises NotToday, NoPlace, CameAlready, EndedAdmission."""
    held(row)
    day = row.day
    if not day.begins_at - rules.DOOR_OPENS <= now < day.ends_at + rules.DOOR_NOTED:
        raise rules.NotToday
    if row.state != rules.CONFIRMED or day.roadshow.state != rules.PUBLISHED:
        raise rules.NoPlace
    if row.attended_at:
        raise rules.CameAlready
    if not admissions.open_among({row.organisation_id}, now):
        raise rules.EndedAdmission
    row.attended_at = now
    noted("arrived", day.roadshow, actor, now, registration=row.id)
    return row


def undo(*, row: Registration, actor: Actor, now: datetime) -> Registration:
    """Take a check-in back that was a slip. Raises NotNow."""
    held(row)
    if row.attended_at is None or row.day.roadshow.state != rules.PUBLISHED:
        raise rules.NotNow
    row.attended_at = None
    noted("arrival_undone", row.day.roadshow, actor, now, registration=row.id)
    return row


def delay(*, session: Session, minutes: int, seen: datetime | None, actor: Actor, now: datetime) -> Session:
    """Let a session and all after it on that day begin later, and tell everybody with a place.

    ``seen`` is when it began on the page that was read. The day ends later where it must. Raises NotNow,
    MovedMeanwhile, and Reversed where it would reach over midnight.
    """
    day, show, by = session.day, session.day.roadshow, timedelta(minutes=minutes)
    before = check_editable(show, session)
    check_seen(session, seen)
    queries.lock_places([day])
    if standing(show, now) not in (rules.PUBLISHED, rules.RUNNING) or session.ends_at <= now:
        raise rules.NotNow
    _later(day, session.begins_at, by)
    _reach(day)
    changed(show, before, now)
    letters.delayed(session, now)
    noted("delayed", show, actor, now, session=session.id, minutes=minutes)
    return session


def prolong(*, session: Session, minutes: int, seen: datetime | None, actor: Actor, now: datetime) -> Session:
    """Let a session that is going on take longer and all after it on that day begin later, and tell of the next one.

    ``seen`` is when it ended on the page that was read. The day ends later where it must. Raises NotNow, EndsMeanwhile,
    and Reversed where it would reach over midnight.
    """
    day, show, by = session.day, session.day.roadshow, timedelta(minutes=minutes)
    before = check_editable(show, session)
    if seen != session.ends_at:
        raise rules.EndsMeanwhile(ends=agenda.clock(session.ends_at, show.zone))
    queries.lock_places([day])
    if standing(show, now) != rules.RUNNING or not session.begins_at <= now < session.ends_at:
        raise rules.NotNow
    following = _later(day, session.ends_at, by)
    session.ends_at += by
    _reach(day)
    changed(show, before, now)
    if following:
        letters.delayed(min(following, key=lambda row: row.begins_at), now)
    noted("prolonged", show, actor, now, session=session.id, minutes=minutes)
    return session


def _later(day: Day, first: datetime, by: timedelta) -> list[Session]:
    """Move all sessions of a day that begin then or after it, and return them."""
    moved = [row for row in day.sessions if row.begins_at >= first]
    for row in moved:
        row.begins_at, row.ends_at = row.begins_at + by, row.ends_at + by
    return moved


def _reach(day: Day) -> None:
    """Let a day last until its sessions are over. Raises Reversed where that is after midnight."""
    show = day.roadshow
    day.ends_at = max(day.ends_at, *(row.ends_at for row in day.sessions))
    if agenda.local(day.ends_at - MINUTE, show.zone).date() != day.date:
        raise agenda.Reversed
    show.ends_at = max(show.ends_at, day.ends_at)
