"""What is on now and what comes next on a day, and how somebody stands there. Pure.

Several sessions are on at once where there are several rooms; next are those that begin first after now.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol


class Timed(Protocol):
    """A session as far as it has a time."""

    begins_at: datetime
    ends_at: datetime


class Programme(NamedTuple):
    """The sessions that are on, and those that begin next."""

    on: list
    next: list


def at(sessions: Sequence[Timed], now: datetime) -> Programme:
    """What is on at an instant and what begins next."""
    coming = min((s.begins_at for s in sessions if s.begins_at > now), default=None)
    return Programme(
        [s for s in sessions if s.begins_at <= now < s.ends_at], [s for s in sessions if s.begins_at == coming]
    )
