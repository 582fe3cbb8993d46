"""The one place that asks the operating system for the time.

Everything else is told the instant as ``now``. What a day is, in which market's zone, is decided elsewhere.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever can say which instant it is."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the current instant, UTC, cut to whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)


class FixedClock:
    """A clock that stands still until someone moves it by hand."""

    def __init__(self, instant: datetime):
        self.set(instant)

    def now(self) -> datetime:
        """Return the instant last set, UTC."""
        return self.instant

    def set(self, instant: datetime) -> None:
        """Put the hands to ``instant``; a naive one raises ValueError."""
        if instant.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self.instant = instant.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move the hands by ``by``, backwards when it is negative."""
        self.instant += by
