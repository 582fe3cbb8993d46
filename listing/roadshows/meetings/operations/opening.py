"""An organizer opens one-to-ones for a day and sets their slots, rooms and limits, until a timetable is published."""

from datetime import datetime, time, timedelta

from listing.access.actor import Actor, System
from listing.roadshows import agenda
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.meetings import queries, rules
from listing.roadshows.meetings.models import Round
from listing.roadshows.models import Day
from listing.roadshows.operations.planning import noted
from listing.store.db import db


def keep(*, day: Day, begins: time, closes: datetime, actor: Actor | System, now: datetime, **said) -> Round:
    """Open the one-to-ones of a day, or change them; ``begins`` and ``closes`` are times of the roadshow's clocks.

    Slots stand once a party has said when it can meet. Raises NotNow, Published, SlotsInUse, ClosesLate, OutsideDay,
    Skipped, Repeated.
    """
    show = day.roadshow
    roadshows.locked_places(day.id)
    if not roadshows.still_there(day) or show.state != shows.PUBLISHED or now >= day.ends_at:
        raise shows.NotNow
    found = queries.of_day(day.id) or Round(day_id=day.id, day=day, created_at=now)
    if found.id and queries.published(found):
        raise rules.Published
    before = found.id and queries.parties(found) and found.slots
    first = agenda.instant(day.date, begins, show.zone)
    found.after = int((first - day.begins_at) / timedelta(minutes=1))
    found.closes_at = agenda.instant(closes.date(), closes.time(), show.zone)
    for name, value in said.items():
        setattr(found, name, value)
    _check(found, first)
    if before and before != found.slots:
        raise rules.SlotsInUse
    db.session.add(found)
    db.session.flush()
    noted("meetings_kept", show, actor, now, day=day.id, slots=found.count, rooms=len(found.rooms))
    return found


def _check(found: Round, first: datetime) -> None:
    day = found.day
    if first < day.begins_at or found.slots.times()[-1][1] > day.ends_at:
        raise agenda.OutsideDay(**agenda.times(day.begins_at, day.ends_at, day.roadshow.zone))
    if found.closes_at > first:
        raise rules.ClosesLate
