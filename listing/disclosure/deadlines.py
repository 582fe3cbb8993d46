"""From an expression such as PE+4M to a day, with every step that led there. Pure.

``APPLY`` with the application · ``PE+4M``, ``PE+45D`` after the end of a period · ``EV+3D``, ``EV+2TD``, ``EV+20WD``
after an event · ``PRE-14D`` before a roadshow or round · ``EVERY-90D`` anew that long after it was last stated ·
``FIX(06-30)`` on a day of the year · ``WITH``, ``WITH(D12)`` together with its document or with another item. D are
days of the calendar, WD working days and TD trading days of the place; M are months, from one month's end to another.

The law's day stands as it is, weekend or not: what a reader gets besides is the last working day on which it can be met
at leisure. Which day an event happened on, in which zone, is the caller's.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from listing import calendars
from listing.calendars import Holiday
from listing.refusal import N_, Refusal

APPLY, PERIOD_END, EVENT, BEFORE, EVERY, FIXED, WITH = "APPLY", "PE", "EV", "PRE", "EVERY", "FIX", "WITH"
MONTHS, DAYS, WORKING_DAYS, TRADING_DAYS = "M", "D", "WD", "TD"

# Macao trades no shares; the exchange across the water is the one its companies' investors watch. [our own rule]
EXCHANGE = {"CN": "CN", "HK": "HK", "MO": "HK"}

_FORMS = (
    re.compile(r"(?P<base>APPLY)"),
    re.compile(r"(?P<base>PE)\+(?P<count>[1-9]\d{0,2})(?P<unit>M|D)"),
    re.compile(r"(?P<base>EV)\+(?P<count>[1-9]\d{0,2})(?P<unit>WD|TD|D)"),
    re.compile(r"(?P<base>PRE|EVERY)-(?P<count>[1-9]\d{0,2})(?P<unit>D)"),
    re.compile(r"(?P<base>FIX)\((?P<month>\d\d)-(?P<day>\d\d)\)"),
    re.compile(r"(?P<base>WITH)(?:\((?P<item>D\d\d)\))?"),
)


class NotAPeriodEnd(Refusal):
    message = N_("A period ends on the last day of a month; %(day)s is not one.")


class NoDayYet(Refusal):
    message = N_("No day follows from this deadline alone: it is met together with something else.")


@dataclass(frozen=True, slots=True)
class Deadline:
    """An expression taken apart; ``text`` is how it stands in the standard."""

    text: str
    base: str
    count: int = 0
    unit: str = ""
    day: tuple[int, int] | None = None  # month and day of FIX
    item: str | None = None  # of WITH


@dataclass(frozen=True, slots=True)
class Due:
    """A due day and how it came about: from which day, how far, past which holidays, and when it is met at leisure."""

    day: date
    deadline: Deadline
    base: date
    passed: tuple[tuple[date, Holiday], ...] = ()
    at_leisure: date | None = None  # the last working day before, when ``day`` is none itself, where that is known


def parse(text: str) -> Deadline:
    """Take an expression apart. Raises ValueError for anything else, and for a day that no year has."""
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if found is None:
        raise ValueError(f"{text} is no deadline")
    part = found.groupdict()
    day = (int(part["month"]), int(part["day"])) if part.get("day") else None
    if day:
        date(2001, *day)  # of a common year: 29 February would fail three years in four
    return Deadline(text, part["base"], int(part.get("count") or 0), part.get("unit") or "", day, part.get("item"))


def due(deadline: Deadline, base: date, region: str) -> Due:
    """When it is due, counted from ``base``: the period's end, the event, the roadshow, the day last stated.

    For APPLY ``base`` itself; for FIX the next such day from ``base`` on. Raises NotAPeriodEnd, NoDayYet and
    calendars.OutsideCalendar.
    """
    if deadline.base == WITH:
        raise NoDayYet
    _known(base)
    if deadline.base == PERIOD_END and not is_period_end(base):
        raise NotAPeriodEnd(day=base)
    day, passed = _counted(deadline, base, region)
    return Due(day, deadline, base, passed, _at_leisure(day, region))


def _known(base: date) -> None:
    """Days are counted from the year before the first calendar on, up to the last."""
    years = [year for _region, year in calendars.years()]
    if not min(years) - 1 <= base.year <= max(years):
        raise calendars.OutsideCalendar(year=base.year)


def _counted(deadline: Deadline, base: date, region: str) -> tuple[date, tuple]:
    if deadline.base == APPLY:
        return base, ()
    if deadline.base == FIXED:
        this = date(base.year, *deadline.day)
        return (this if this >= base else date(base.year + 1, *deadline.day)), ()
    if deadline.unit == MONTHS:
        return months_after(base, deadline.count), ()
    if deadline.unit == WORKING_DAYS:
        return calendars.working_days_after(region, base, deadline.count)
    if deadline.unit == TRADING_DAYS:
        return calendars.trading_days_after(EXCHANGE[region], base, deadline.count)
    return base + timedelta(days=-deadline.count if deadline.base == BEFORE else deadline.count), ()


def _at_leisure(day: date, region: str) -> date | None:
    """What a reader gets besides; a day beyond the calendars stands without it."""
    try:
        if calendars.is_working_day(region, day):
            return None
        return calendars.working_days_after(region, day, -1).day
    except calendars.OutsideCalendar:
        return None


def is_period_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return day.day == monthrange(day.year, day.month)[1]


def months_after(end: date, count: int) -> date:
    """The end of the month ``count`` months after the one ending on ``end``: 31 December and two give 28 February."""
    months = end.year * 12 + end.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, monthrange(year, month)[1])
