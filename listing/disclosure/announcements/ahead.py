"""What comes after the next signature and before the release, in its order, and how that ends: said on the pages.

Pure. No page promises more than the hand it asks for can do: with others to come, nobody knows which window it will be.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from . import rules
from .windows import Window

COMPANIES, INTERMEDIARIES = "companies", "intermediaries"  # that sign with whoever signs next
HELD, FREE, OPEN, NEXT = "held", "free", "open", "next"


class Ahead(NamedTuple):
    """Who still signs or reads it, and what it waits for in the end; that is None where the calendar ends."""

    hands: tuple[str, ...]
    ending: str | None


def ahead(
    state: str,
    asked: Collection[str],
    *,
    others: bool,
    window: Window | None,
    at: datetime,
    at_once: bool,
    not_before: datetime | None,
) -> Ahead:
    """What follows once somebody did what ``state`` waits for.

    ``others`` of the same kind sign beside the person who looks: further companies, or intermediaries of theirs.
    """
    state = rules.SENT if state == rules.DRAFT else state
    beside = INTERMEDIARIES if state == rules.SPONSOR else COMPANIES
    later = [station for station in rules.READ[rules.READ.index(state) + 1 :] if station in asked]
    return Ahead((*([beside] if others else ()), *later), _ending(window, at, at_once, not_before))


def _ending(window: Window | None, at: datetime, at_once: bool, not_before: datetime | None) -> str | None:
    if window is None:
        return None
    if not_before and not_before > at:
        return HELD
    if at_once:
        return FREE
    return OPEN if window.holds(at) else NEXT
