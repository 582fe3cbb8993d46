"""Whom a reminder is for and when it holds. Pure.

A time is so many minutes before the start of a day, before registration closes, or after the end of a day; one that
stands by itself is kept as minutes since 1970. What belongs to the whole roadshow is told with its first day.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from listing.refusal import N_, Refusal

from .rules import THANKED_WITHIN

CONFIRMED, WAITLISTED, INVITED, COMPANIES, ABSENT = AUDIENCES = (
    "confirmed",
    "waitlisted",
    "invited",
    "companies",
    "absent",
)
START, END, CLOSE, FIXED = ANCHORS = ("start", "end", "close", "fixed")
FIT: Mapping[str, tuple[str, ...]] = {
    CONFIRMED: (START, END, FIXED),
    WAITLISTED: (START, CLOSE, FIXED),
    INVITED: (START, CLOSE, FIXED),
    COMPANIES: (START, END, FIXED),
    ABSENT: (END, FIXED),
}
_EPOCH, _MINUTE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(minutes=1)


class Rule(Protocol):
    """A row of the roadshow that says when whom to tell."""

    audience: str
    anchor: str
    minutes: int


class Times(NamedTuple):
    """What times are counted from: beginning and end of a day, and when registration closes."""

    begins: datetime
    ends: datetime
    closes: datetime
    is_first: bool = True  # of the days of its roadshow


class Misfit(Refusal):
    message = N_("These people cannot be told then. Choose another time for them.")


class NoInstant(Refusal):
    message = N_("Enter a day and a time that is still to come, at most 30 days after the end.")


def minutes_of(at: datetime) -> int:
    """An instant as it is kept."""
    return (at - _EPOCH) // _MINUTE


def due(rule: Rule, times: Times) -> datetime:
    """When a rule is due for a day."""
    if rule.anchor == FIXED:
        return _EPOCH + rule.minutes * _MINUTE
    apart = rule.minutes * _MINUTE
    return times.ends + apart if rule.anchor == END else _before(rule, times) - apart


def until(rule: Rule, times: Times) -> datetime:
    """Until when it is sent: until what it is about, or for two days."""
    return due(rule, times) + THANKED_WITHIN if rule.anchor in (END, FIXED) else _before(rule, times)


def _before(rule: Rule, times: Times) -> datetime:
    return times.closes if rule.anchor == CLOSE else times.begins


def is_of(rule: Rule, times: Times) -> bool:
    """Whether a rule is told with this day."""
    whole = rule.audience == INVITED or rule.anchor in (CLOSE, FIXED)
    return times.is_first or not whole


def holding(rules: Iterable[Rule], times: Times, now: datetime) -> list[Rule]:
    """The rules that hold at an instant; of several before the same time, for the same people, the last one reached.

    Who starts late sends the one that holds and none of those before it.
    """
    reached = [r for r in rules if is_of(r, times) and due(r, times) <= now < until(r, times)]
    last = {(r.audience, r.anchor): r for r in sorted(reached, key=lambda r: due(r, times))}
    return [r for r in reached if r.anchor in (END, FIXED) or last[r.audience, r.anchor] is r]
