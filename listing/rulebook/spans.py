"""Lengths of time in months and days, as ISO 8601 writes them, and the day on which one ends.

A month ends on the day of the same number, or on the last day of a month that has none: sixteen months from 28 February
2025 end on 28 June 2026. One direction only, forwards, so that what was accepted until a day is refused the day after.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"P(?=\d)(?:(\d{1,3})M)?(?:(\d{1,4})D)?")


@dataclass(frozen=True, slots=True)
class Span:
    """So many months, then so many days."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read P16M, P20D or P1M15D. Raises ValueError."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(f"{text} is not a length such as P12M or P20D")
        return cls(int(found[1] or 0), int(found[2] or 0))

    def __str__(self) -> str:
        months = f"{self.months}M" if self.months else ""
        days = f"{self.days}D" if self.days or not self.months else ""
        return f"P{months}{days}"

    def end(self, start: date) -> date:
        """The last day of the length that began on ``start``; the last day of the calendar where it passes that."""
        years, month = divmod(start.month - 1 + self.months, 12)
        if start.year + years >= date.max.year:
            return date.max
        year = start.year + years
        day = min(start.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + timedelta(days=self.days)
