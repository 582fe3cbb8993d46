"""How long something that was sent has waited for an answer, and when it is due: in working days of the sender's place.

Pure. What is sent, and within how many days it is answered, is for whoever asks.
"""

from datetime import date, datetime
from typing import NamedTuple

from . import calendars


class Clock(NamedTuple):
    """Working days waited in ``region``, and the day it is due; None where the holidays are not known."""

    region: str
    waited: int | None
    due: date | None
    late: bool


def clock(*, sent_at: datetime, now: datetime, domicile: str, limit: int) -> Clock:
    """The clock at ``now`` of what somebody from ``domicile`` sent, to be answered within ``limit`` working days."""
    where = calendars.region_of(domicile)
    sent, today = (instant.astimezone(calendars.ZONES[where]).date() for instant in (sent_at, now))
    try:
        due = calendars.working_days_after(where, sent, limit).day
        return Clock(where, calendars.working_days_between(where, sent, today), due, today > due)
    except calendars.OutsideCalendar:
        return Clock(where, None, None, False)
