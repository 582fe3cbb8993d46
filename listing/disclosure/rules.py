"""What a company has to disclose in a span of days, where each obligation stands, and what follows when it is late.

Pure. What a tier asks for is in ``standards``, how a day is reckoned in ``deadlines``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from listing.refusal import N_, Refusal

from . import deadlines
from .deadlines import Due
from .standards import Item, Occasion, Rung, Standard

UPCOMING, DUE, LATE, MET, WAIVED = STATES = ("upcoming", "due", "late", "met", "waived")
SOON = 30  # days before its day from which an obligation is due rather than upcoming

# Periods that end, by the months between two of them; the last of a financial year ends with it.
PERIODS: Mapping[str, int] = {"annual": 12, "half_year": 6, "quarter": 3}


class UnknownStandard(Refusal):
    message = N_("There is no standard %(name)s. A standard is a tier and a version, such as growth@2026.")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One item due once: for which occasion, and when and why then; ``due`` is none where it comes with another."""

    item: Item
    occasion: Occasion
    need: str
    due: Due | None


def named(name: str, published: Mapping[str, Standard]) -> tuple[Standard, str]:
    """The standard and tier of a name such as growth@2026. Raises UnknownStandard."""
    tier, _at, version = name.partition("@")
    standard = published.get(version)
    if standard is None or tier not in standard.tiers:
        raise UnknownStandard(name=name)
    return standard, tier


def after_period(standard: Standard, tier: str, end: date, region: str, *, year_end: int = 12) -> list[Obligation]:
    """What the end of a period makes due, soonest first, then what comes with it.

    ``end`` ends every period that the month allows: the financial year's last month ends a year, a half and a quarter.
    Raises deadlines.NotAPeriodEnd, calendars.OutsideCalendar.
    """
    if not deadlines.is_period_end(end):
        raise deadlines.NotAPeriodEnd(day=end)
    ending = {every for every, months in PERIODS.items() if (end.month - year_end) % months == 0}
    found = [
        Obligation(item, occasion, item.tiers[tier].need, _due(standard, tier, occasion, end, region))
        for item, occasion in _occasions(standard, tier)
        if occasion.every in ending
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due.day if one.due else end, one.item.id))


def after_event(standard: Standard, tier: str, every: str, on: date, region: str) -> list[Obligation]:
    """What an occasion that is no period makes due (``every`` says which), counted from its day.

    What comes with a document has no day of its own and is left out. Raises calendars.OutsideCalendar.
    """
    return [
        Obligation(item, occasion, item.tiers[tier].need, deadlines.due(occasion.due, on, region))
        for item, occasion in _occasions(standard, tier)
        if occasion.every == every and occasion.due.base != deadlines.WITH
    ]


def _occasions(standard: Standard, tier: str) -> Iterator[tuple[Item, Occasion]]:
    for item in standard.of_tier(tier):
        for occasion in item.tiers[tier].when:
            yield item, occasion


def _due(standard: Standard, tier: str, occasion: Occasion, base: date, region: str) -> Due | None:
    """When it is due; what comes with another item is due when the other is, on the same kind of occasion."""
    deadline = occasion.due
    if deadline.base != deadlines.WITH:
        return deadlines.due(deadline, base, region)
    if not deadline.item:
        return None
    other = next(item for item in standard.of_tier(tier) if item.id == deadline.item)
    lead = next((each for each in other.tiers[tier].when if each.every == occasion.every), None)
    return _due(standard, tier, lead, base, region) if lead else None


def state(due: date, today: date, *, met: date | None = None, waived: bool = False) -> str:
    """Where an obligation stands on a day; what was met late is met, and its lateness is counted elsewhere."""
    if met is not None:
        return MET
    if waived:
        return WAIVED
    if today > due:
        return LATE
    return DUE if (due - today).days <= SOON else UPCOMING


def reached(ladder: tuple[Rung, ...], due: date, today: date) -> tuple[Rung, ...]:
    """The steps that lateness has reached on a day, the last one highest; none before the day has passed."""
    late = (today - due).days
    return tuple(rung for rung in ladder if late >= rung.after)
