"""What a company owes: derived from its tenures, what happened to it, what it filed, and the standard. Pure.

Days are those of the company's place. A tier asks for what its period ends or events fall within the time the company
is in it; somebody new owes also what earlier periods make due from then on. What an earlier tier asked for stays owed,
and so does what an earlier version of the standard did: the one that holds when a period ends or an event happens.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from listing.disclosure.tenures.rules import Held

AHEAD = timedelta(days=184)  # how far ahead the ends of periods are looked for
BEFORE_JOINING = timedelta(days=190)  # no deadline is longer
A_YEAR = timedelta(days=366)
ADMISSION, REFRESH, ROUND, ROADSHOW, CHANGE, EVENT = ("admission", "refresh", "round", "roadshow", "change", "event")


class Stage(NamedTuple):
    """A tier under one version, with that version."""

    held: Held
    standard: Standard


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
    standard: Standard
    base: date
    obligation: Obligation

    @property
    def is_event(self) -> bool:
        """Whether its day is one on which something happened, rather than the end of a period."""
        return self.obligation.occasion.due.base == deadlines.EVENT


def owed(
    tenures: Sequence[Held],
    events: Iterable[Happened],
    filings: Sequence[Filed],
    *,
    today: date,
    region: str,
    published: Mapping[str, Standard] | None = None,
) -> list[Owed]:
    """Everything a company has owed since it took its first tier, and what the next half year makes due.

    ``published`` are the versions of the standard where others count than those that are.
    """
    events, known = list(events), published or standards.published()
    found: dict[str, Owed] = {}
    stages = [Stage(held, known[held.version]) for held in tenures]
    for before, stage in pairwise((None, *stages)):
        for one in (
            *_with_admission(stage, before, region),
            *_of_periods(stage, before, events, today, region),
            *_of_events(stage, events, region),
            *_refreshed(stage, filings, region),
        ):
            found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda one: (one.obligation.due.day, one.key))


def _key(obligation: Obligation, origin: str) -> str:
    occasion = obligation.occasion
    return f"{obligation.item.id}.{occasion.every}.{occasion.due.base.lower()}.{origin}"


def _with_admission(stage: Stage, before: Stage | None, region: str) -> Iterator[Owed]:
    """What comes with the application, unless the tier before asked for it too."""
    had = {item.id for item in before.standard.of_tier(before.held.tier)} if before else set()
    begins = stage.held.begins
    for one in _after(stage.standard, stage.held.tier, ADMISSION, begins, region):
        if one.item.id not in had:
            yield Owed(_key(one, begins.isoformat()), *stage, begins, one)


def _of_periods(
    stage: Stage, before: Stage | None, events: Collection[Happened], today: date, region: str
) -> Iterator[Owed]:
    held = stage.held
    first = held.begins - BEFORE_JOINING if before is None else held.begins
    last = today + AHEAD if held.ends is None else min(today + AHEAD, held.ends - timedelta(days=1))
    for end in _period_ends(first, last, held.year_end):
        for one in _after_period(stage.standard, held.tier, end, region, held.year_end):
            if one.due and one.due.day >= held.begins and _is_needed(one, end, events):
                yield Owed(_key(one, end.isoformat()), *stage, end, one)


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


def _of_events(stage: Stage, events: Iterable[Happened], region: str) -> Iterator[Owed]:
    for event in events:
        if not stage.held.holds(event.on):
            continue
        for one in _after(stage.standard, stage.held.tier, event.every, event.on, region):
            if event.item in ("", one.item.id) and one.need != OPTIONAL:
                yield Owed(_key(one, f"e{event.id}"), *stage, event.on, one)


def _refreshed(stage: Stage, filings: Sequence[Filed], region: str) -> Iterator[Owed]:
    """What is stated anew some days after it was last stated."""
    for filing in filings:
        if not stage.held.holds(filing.on):
            continue
        for one in _after(stage.standard, stage.held.tier, REFRESH, filing.on, region):
            if filing.key.startswith(f"{one.item.id}."):
                yield Owed(_key(one, f"f{filing.id}"), *stage, filing.on, one)


def standard_of(held: Held) -> Standard:
    """The version of the standard a company holds its tier under."""
    return standards.published()[held.version]


@lru_cache(maxsize=4096)
def _after_period(standard: Standard, tier: str, end: date, region: str, year_end: int) -> tuple[Obligation, ...]:
    """Kept, because many companies share them; none where the calendars do not reach."""
    try:
        found = disclosure.after_period(standard, tier, end, region, year_end=year_end)
    except OutsideCalendar:
        return ()
    return tuple(found)


@lru_cache(maxsize=4096)
def _after(standard: Standard, tier: str, every: str, on: date, region: str) -> tuple[Obligation, ...]:
    try:
        return tuple(disclosure.after_event(standard, tier, every, on, region))
    except OutsideCalendar:
        return ()
