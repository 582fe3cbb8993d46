"""What a company owes: derived from its tenures, what happened to it, what it filed, and the standard. Pure.

Days are those of the company's place. A tier asks for what its period ends or events fall within the time the company
is in it; somebody new owes also what earlier periods make due from then on. What an earlier tier asked for stays owed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from listing.calendars import OutsideCalendar
from listing.disclosure import deadlines, standards
from listing.disclosure import rules as disclosure
from listing.disclosure.rules import Obligation
from listing.disclosure.standards import IF_RAISING, OPTIONAL, Standard

AHEAD = timedelta(days=184)  # how far ahead the ends of periods are looked for
BEFORE_JOINING = timedelta(days=190)  # no deadline is longer
A_YEAR = timedelta(days=366)
ADMISSION, REFRESH, ROUND, ROADSHOW, CHANGE, EVENT = ("admission", "refresh", "round", "roadshow", "change", "event")


class Held(NamedTuple):
    """A tenure as a value; ``ends`` is the first day on which it holds no more."""

    tier: str
    version: str
    year_end: int
    begins: date
    ends: date | None


class Happened(NamedTuple):
    """An event as a value; ``item`` is empty where every item with such an occasion is meant."""

    id: int
    every: str
    item: str
    on: date


class Filed(NamedTuple):
    """A filing as a value: the obligation it meets, and the day on which it came."""

    id: int
    key: str
    on: date


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation of one company: which, under which tier and version, and since which day it stands."""

    key: str
    held: Held
    base: date
    obligation: Obligation

    @property
    def is_event(self) -> bool:
        """Whether its day is one on which something happened, rather than the end of a period."""
        return self.obligation.occasion.due.base == deadlines.EVENT

    @property
    def standard(self) -> Standard:
        """The standard that asks for it."""
        return standards.published()[self.held.version]


def owed(
    tenures: Sequence[Held], events: Iterable[Happened], filings: Sequence[Filed], *, today: date, region: str
) -> list[Owed]:
    """Everything a company has owed since it took its first tier, and what the next half year makes due."""
    events = list(events)
    found: dict[str, Owed] = {}
    for before, held in pairwise((None, *tenures)):
        for one in (
            *_with_admission(held, before, region),
            *_of_periods(held, before, events, today, region),
            *_of_events(held, events, region),
            *_refreshed(held, filings, region),
        ):
            found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda one: (one.obligation.due.day, one.key))


def _key(obligation: Obligation, origin: str) -> str:
    occasion = obligation.occasion
    return f"{obligation.item.id}.{occasion.every}.{occasion.due.base.lower()}.{origin}"


def _with_admission(held: Held, before: Held | None, region: str) -> Iterator[Owed]:
    """What comes with the application, unless the tier before asked for it too."""
    had = {item.id for item in standard_of(before).of_tier(before.tier)} if before else set()
    for one in _after(held.version, held.tier, ADMISSION, held.begins, region):
        if one.item.id not in had:
            yield Owed(_key(one, held.begins.isoformat()), held, held.begins, one)


def _of_periods(
    held: Held, before: Held | None, events: Collection[Happened], today: date, region: str
) -> Iterator[Owed]:
    first = held.begins - BEFORE_JOINING if before is None else held.begins
    last = today + AHEAD if held.ends is None else min(today + AHEAD, held.ends - timedelta(days=1))
    for end in _period_ends(first, last, held.year_end):
        for one in _after_period(held.version, held.tier, end, region, held.year_end):
            if one.due and one.due.day >= held.begins and _is_needed(one, end, events):
                yield Owed(_key(one, end.isoformat()), held, end, one)


def _is_needed(one: Obligation, end: date, events: Collection[Happened]) -> bool:
    """Nothing optional is owed; what only a round of financing asks for, where there was one."""
    if one.need == OPTIONAL:
        return False
    return one.need != IF_RAISING or any(e.every == ROUND and end - A_YEAR <= e.on <= one.due.day for e in events)


def _period_ends(first: date, last: date, year_end: int) -> Iterator[date]:
    """The ends of quarters of a financial year within two days, both included."""
    end = deadlines.months_after(date(first.year - 1, year_end, 1), 0)
    while end <= last:
        if end >= first:
            yield end
        end = deadlines.months_after(end, 3)


def _of_events(held: Held, events: Iterable[Happened], region: str) -> Iterator[Owed]:
    for event in events:
        if event.on < held.begins or (held.ends and event.on >= held.ends):
            continue
        for one in _after(held.version, held.tier, event.every, event.on, region):
            if event.item in ("", one.item.id) and one.need != OPTIONAL:
                yield Owed(_key(one, f"e{event.id}"), held, event.on, one)


def _refreshed(held: Held, filings: Sequence[Filed], region: str) -> Iterator[Owed]:
    """What is stated anew some days after it was last stated."""
    for filing in filings:
        if filing.on < held.begins or (held.ends and filing.on >= held.ends):
            continue
        for one in _after(held.version, held.tier, REFRESH, filing.on, region):
            if filing.key.startswith(f"{one.item.id}."):
                yield Owed(_key(one, f"f{filing.id}"), held, filing.on, one)


def standard_of(held: Held) -> Standard:
    """The version of the standard a company holds its tier under."""
    return standards.published()[held.version]


@lru_cache(maxsize=4096)
def _after_period(version: str, tier: str, end: date, region: str, year_end: int) -> tuple[Obligation, ...]:
    """Kept, because many companies share them; none where the calendars do not reach."""
    try:
        found = disclosure.after_period(standards.published()[version], tier, end, region, year_end=year_end)
    except OutsideCalendar:
        return ()
    return tuple(found)


@lru_cache(maxsize=4096)
def _after(version: str, tier: str, every: str, on: date, region: str) -> tuple[Obligation, ...]:
    try:
        return tuple(disclosure.after_event(standards.published()[version], tier, every, on, region))
    except OutsideCalendar:
        return ()
