"""Dates as values: a day, month, year, quarter, half, decade, and a time of day; what both languages share.

A value is text with XX for what is not said: 2025-06-30, 2025-06, XXXX-06-30, XXXX-XX-30, 2025, 2025-Q3, FY2025, 198X.
Decides nothing about the calendar beyond possible months and days: 30 February is read as written.
"""

import re
from dataclasses import dataclass

_ISO = re.compile(
    r"(?<![\d.:/])(?<!\d-)(?P<y>1\d{3}|20\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d:/]|[.-]\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.:/-])(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>1\d{3}|20\d\d|\d{1,2})(?![\d:/]|[.-]\d)"
)
_COMPACT = re.compile(
    r"(?<![\d.A-Za-z,$£€¥])(?P<y>19\d\d|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d,A-Za-z])"
)
_CLOCK = re.compile(r"(?<![\d:.])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])")


@dataclass(frozen=True, slots=True)
class Moment:
    """What was found: where it stands, ``date``, ``time`` or ``duration``, and its value, of the last in months."""

    start: int
    end: int
    kind: str
    value: str


def day(year: str | None, month: int | None, date: int | None) -> str | None:
    """Return the value of a date, None where month or day cannot be."""
    if month is not None and not 1 <= month <= 12 or date is not None and not 1 <= date <= 31:
        return None
    if month is None and date is None:
        return year
    text = f"{year or 'XXXX'}-{'XX' if month is None else f'{month:02d}'}"
    return text if date is None else f"{text}-{date:02d}"


def full_year(digits: str) -> str:
    """Return a year of four digits; of two digits, 00 to 39 are this century's."""
    if len(digits) == 2:
        return ("20" if digits < "40" else "19") + digits
    return digits.zfill(4)


def _numeric(found: re.Match[str], *, month_first: bool) -> str | None:
    first, second = int(found["a"]), int(found["b"])
    year = found["y"]
    if len(year) < 3 and not month_first and len(found["a"]) == 2:  # Chinese writes 12-11-10 with the year first
        return day(full_year(found["a"]), second, int(year))
    if len(year) == 1:
        return None
    month, date = (first, second) if month_first else (second, first)
    return day(full_year(year), month, date) or day(full_year(year), date, month)


def numeric(text: str, *, month_first: bool) -> list[Moment]:
    """Return the dates written in digits with two equal separators, and 20250630.

    Where both orders are possible, 3-7-2017 is 7 March when ``month_first``, otherwise 3 July.
    """
    moments = []
    for pattern in (_ISO, _COMPACT):
        for found in pattern.finditer(text):
            value = day(found["y"], int(found["m"]), int(found["d"]))
            if value:
                moments.append(Moment(*found.span(), "date", value))
    for found in _DAY_FIRST.finditer(text):
        if len(found["y"]) < 3 and found["s"] == ".":  # 10.11.12 is as likely a section
            continue
        value = _numeric(found, month_first=month_first)
        if value:
            moments.append(Moment(*found.span(), "date", value))
    return moments


def clock(text: str) -> list[Moment]:
    """Return the times written with a colon, as HH:MM."""
    return [Moment(*found.span(), "time", time(int(found["h"]), int(found["m"]))) for found in _CLOCK.finditer(text)]


def time(hour: int, minute: int) -> str:
    """Return the value of a time of day."""
    return f"{hour:02d}:{minute:02d}"


def afternoon(hour: int, marks: str) -> int:
    """Return the hour of 24 for an hour of 12 marked as of the afternoon or evening."""
    return hour + 12 if marks and 1 <= hour <= 11 else hour
