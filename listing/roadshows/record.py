"""What is recorded of a day once it is over: how many had a place, how many came, and how long they stayed. Pure.

Nobody is checked out: minutes run from the check-in, not before the day begins, until its end. Whoever was ticked by
hand afterwards came, and for how long is not known.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

_MINUTE = timedelta(minutes=1)


class Attendance(NamedTuple):
    """How many had a place, came, and came at a known time; ``minutes`` are those of the latter together."""

    places: int
    came: int
    timed: int
    minutes: int

    @property
    def unknown(self) -> bool:
        """Whether people came and nobody knows when any of them did."""
        return bool(self.came) and not self.timed


def minutes(arrived: datetime | None, *, begins: datetime, ends: datetime) -> int | None:
    """How long somebody stayed; None for who did not come, or at a time nobody knows."""
    if arrived is None or arrived >= ends:
        return None
    return (ends - max(arrived, begins)) // _MINUTE


def of(arrivals: Collection[datetime | None], *, begins: datetime, ends: datetime) -> Attendance:
    """The attendance of a day; ``arrivals`` has None for everybody with a place who did not come."""
    stayed = [minutes(at, begins=begins, ends=ends) for at in arrivals]
    known = [each for each in stayed if each is not None]
    return Attendance(len(arrivals), sum(at is not None for at in arrivals), len(known), sum(known))
