"""Working days and trading days of the mainland, Hong Kong and Macao, counted exactly and with their reasons.

Decides whether an office or an exchange is open on a day, and on which day a count of open days ends. The days off are
data (calendars.yaml); a year that is not there is refused, never guessed. Days are local days of the region: which day
it is at an instant is decided with ``clock``. Says nothing of hours, except that an exchange may close at noon.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

import yaml

from .refusal import N_, Refusal

REGIONS = ("CN", "HK", "MO")
ZONES = {"CN": ZoneInfo("Asia/Shanghai"), "HK": ZoneInfo("Asia/Hong_Kong"), "MO": ZoneInfo("Asia/Macau")}
EXCHANGES = ("CN", "HK")  # Macao has no exchange for shares
FULL, MORNING, CLOSED = "full", "morning", "closed"

_DAY = timedelta(days=1)
_MOST_STEPS = 3_660  # ten years; a longer count is a mistake


class OutsideCalendar(Refusal):
    """The count needs a year whose days off are not known."""

    message = N_("The holidays of %(year)s in this place are not entered yet.")


class Holiday(NamedTuple):
    """Why a day is off: its id and its name in the three languages."""

    id: str
    zh_hans: str
    zh_hant: str
    en: str


@dataclass(frozen=True, slots=True)
class Year:
    """The days off of one region in one year; ``status`` is verified or memory, as for every rule."""

    region: str
    year: int
    source: str
    status: str
    off: Mapping[date, Holiday]
    work: frozenset[date]
    exchange_closed: frozenset[date]


class Reckoning(NamedTuple):
    """Where a count of days ended, and the named holidays it passed over, so that a due date can explain itself."""

    day: date
    passed: tuple[tuple[date, Holiday], ...]


Years = Mapping[tuple[str, int], Year]
_installed: list[Years] = []  # what an installation extends the usual years to; one at most


def years() -> Years:
    """Every year that is entered, by region and year."""
    return _installed[0] if _installed else usual()


def install(extended: Years | None) -> None:
    """Count by these years from now on; by the usual ones again with None. Called once, at start, before any count."""
    _installed[:] = [extended] if extended is not None else []


@cache
def usual() -> Years:
    """The years that come with the product."""
    data = _data()
    names = usual_names()
    return MappingProxyType({(row["region"], row["year"]): _year(row, names) for row in data["years"]})


@cache
def usual_names() -> Mapping[str, Holiday]:
    """The holidays that come with the product, by id."""
    return MappingProxyType({id_: Holiday(id_, **labels) for id_, labels in _data()["names"].items()})


@cache
def _data() -> Mapping:
    text = resources.files(__package__).joinpath("calendars.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _year(row: Mapping, names: Mapping[str, Holiday]) -> Year:
    off = {day: names[name] for first, last, name in row["days_off"] for day in run(first, last)}
    extra = {key: frozenset(row.get(key, ())) for key in ("work", "exchange_closed")}
    return Year(row["region"], row["year"], row["source"], row["status"], MappingProxyType(off), **extra)


def run(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    while first <= last:
        yield first
        first += _DAY


def year_of(region: str, day: date) -> Year:
    """The year of ``day``. Raises OutsideCalendar."""
    try:
        return years()[region, day.year]
    except KeyError:
        raise OutsideCalendar(year=day.year) from None


def holiday(region: str, day: date) -> Holiday | None:
    """The named holiday on ``day``, whatever the day of the week. Raises OutsideCalendar."""
    return year_of(region, day).off.get(day)


def region_of(domicile: str) -> str:
    """The place whose days count for somebody: their own, Hong Kong's for those from elsewhere."""
    return domicile if domicile in ZONES else "HK"


def is_working_day(region: str, day: date) -> bool:
    """Whether offices work: no holiday, and no weekend unless it is worked instead. Raises OutsideCalendar."""
    year = year_of(region, day)
    return day in year.work or (day.weekday() < 5 and day not in year.off)


def is_trading_day(region: str, day: date) -> bool:
    """Whether the exchange trades, if only in the morning; a weekend worked instead has no trading.

    Raises OutsideCalendar; ValueError for a region without an exchange.
    """
    if region not in EXCHANGES:
        raise ValueError(f"{region} has no exchange")
    year = year_of(region, day)
    return day.weekday() < 5 and day not in year.off and day not in year.exchange_closed


def is_open_in_both(day: date, *, first: str = "CN", second: str = "HK") -> bool:
    """Whether both exchanges trade, as a purchase through Stock Connect needs. Raises OutsideCalendar."""
    return is_trading_day(first, day) and is_trading_day(second, day)


def session(region: str, day: date) -> str:
    """How long the exchange trades: FULL, MORNING or CLOSED.

    Hong Kong trades in the morning only on the eves of Lunar New Year, Christmas and New Year (HKEX Rule 501).
    """
    if not is_trading_day(region, day):
        return CLOSED
    return MORNING if region == "HK" and _is_eve(day) else FULL


def _is_eve(day: date) -> bool:
    if (day.month, day.day) in ((12, 24), (12, 31)):
        return True
    tomorrow = holiday("HK", day + _DAY)
    return tomorrow is not None and tomorrow.id == "lunar_new_year"


def working_days_after(region: str, day: date, count: int) -> Reckoning:
    """The ``count``-th working day after ``day`` (before it, when negative); ``day`` itself is not counted.

    With 0 the first working day from ``day`` on. Raises OutsideCalendar; ValueError beyond ten years.
    """
    return _count(partial(is_working_day, region), (region,), day, count)


def trading_days_after(region: str, day: date, count: int) -> Reckoning:
    """The ``count``-th trading day after ``day``, counted as working_days_after counts."""
    return _count(partial(is_trading_day, region), (region,), day, count)


def both_open_days_after(day: date, count: int) -> Reckoning:
    """The ``count``-th day after ``day`` on which the mainland and Hong Kong both trade."""
    return _count(is_open_in_both, EXCHANGES, day, count)


def _count(is_open: Callable[[date], bool], regions: tuple[str, ...], day: date, count: int) -> Reckoning:
    step, left, passed = (-_DAY if count < 0 else _DAY), abs(count), []
    if not count:
        day -= _DAY
        left = 1
    for _ in range(_MOST_STEPS):
        day += step
        if is_open(day):
            left -= 1
            if not left:
                return Reckoning(day, tuple(passed))
        elif day.weekday() < 5 and (reason := next(filter(None, (holiday(r, day) for r in regions)), None)):
            passed.append((day, reason))
    raise ValueError(f"{count} open days are more than ten years")


def working_days_between(region: str, first: date, last: date) -> int:
    """How many working days lie after ``first`` up to and including ``last``; 0 when ``last`` is not later."""
    return sum(is_working_day(region, day) for day in run(first + _DAY, last))
