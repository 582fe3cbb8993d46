"""Key figures by period: what holds for them, what is derived from them, and who sees which part.

Pure. Amounts are whole minor units of one currency. Derived figures are exact fractions rounded once, half up; where
one would mislead (a base of zero or less, periods of unlike length) it says why instead. How figures read is decided
in ``figure_tables``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

from listing.access.actor import Tier
from listing.money import CURRENCIES, Money
from listing.refusal import N_, Refusal

from . import catalogue

LENGTHS = (3, 6, 9, 12, 15, 18)  # months; a first period or a change of year end may pass twelve
YEAR = 12
REFUSED, WARNING = "refused", "warning"

_EXACT = Context(prec=80)


class TwoOfOneEnd(Refusal):
    message = N_("Two periods end on %(end)s; keep one.")


class OddLength(Refusal):
    message = N_("The period to %(end)s is %(months)s months long; choose a length from the list.")


class Overlap(Refusal):
    message = N_("The period to %(end)s begins before the one of the same length before it ends.")


class MoreAssetsThanAll(Refusal):
    message = N_("The net assets at %(end)s are larger than the total assets. Look again.")


class MoreResearchersThanStaff(Refusal):
    message = N_("There cannot be more research staff than staff (%(end)s).")


class Negative(Refusal):
    message = N_("Only the net profit and the net assets can be negative (%(end)s).")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of months that ends on ``end``, and its values by id; what is not known is absent."""

    end: date
    months: int
    audited: bool
    document: int | None
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The periods of a company, the earliest first, in one currency."""

    currency: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or odd about the figures typed: a refusal keeps them out, a warning is told."""

    gravity: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Ratio:
    """A derived figure (per cent, or money a head), or None and the reason why there is none."""

    value: Decimal | Money | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` up to but not including ``high``; None where there is no bound."""

    low: int | None
    high: int | None


def read(content: Mapping | None) -> Figures | None:
    """The figures that a revision keeps, in order; None where there are none."""
    if not content or not content.get("periods"):
        return None
    ordered = sorted(periods(content), key=lambda period: (period.end, period.months))
    return Figures(content["currency"], tuple(ordered))


def periods(content: Mapping) -> list[Period]:
    """The periods of a content, also of a draft: those whose end and length are known, as they were typed."""
    return [
        Period(
            end=date.fromisoformat(row["end"]),
            months=int(row["months"]),
            audited=bool(row.get("audited")),
            document=row.get("document"),
            values={key: value for key, value in row.get("values", {}).items() if value is not None},
        )
        for row in content.get("periods", ())
        if row.get("end") and row.get("months")
    ]


def of_revision(content: Mapping | None) -> Figures | None:
    """The figures among what a company published; None where there are none."""
    return read(content.get("sheets", {}).get("figures")) if content else None


def check(known: Iterable[Period]) -> list[Finding]:
    """What is wrong with figures, in whatever order they were typed: refusals first, then warnings."""
    ordered = sorted(known, key=lambda period: period.end)
    found = [*_of_the_order(ordered), *(finding for period in ordered for finding in _of_one(period))]
    return sorted(found, key=lambda finding: finding.gravity != REFUSED)


def _of_the_order(ordered: list[Period]) -> Iterable[Finding]:
    ends = [period.end for period in ordered]
    for end in sorted({end for end in ends if ends.count(end) > 1}):
        yield Finding(REFUSED, TwoOfOneEnd(end=end.isoformat()))
    for before, after in pairwise(ordered):
        if before.end < after.end and before.months == after.months and _months_between(before, after) < after.months:
            yield Finding(REFUSED, Overlap(end=after.end.isoformat()))


def _of_one(period: Period) -> Iterable[Finding]:
    end, has = period.end.isoformat(), period.values
    if period.months not in LENGTHS:
        yield Finding(REFUSED, OddLength(end=end, months=period.months))
    if any(value < 0 for key, value in has.items() if key not in ("net_profit", "net_assets")):
        yield Finding(REFUSED, Negative(end=end))
    if "headcount" in has and has.get("rd_staff", 0) > has["headcount"]:
        yield Finding(REFUSED, MoreResearchersThanStaff(end=end))
    if "total_assets" in has and has.get("net_assets", 0) > has["total_assets"]:
        yield Finding(WARNING, MoreAssetsThanAll(end=end))


def _months_between(before: Period, after: Period) -> int:
    return (after.end.year - before.end.year) * 12 + after.end.month - before.end.month


def ratios(figures: Figures) -> dict[str, tuple[Ratio, ...]]:
    """Every derived figure by id, one for each period, in their order."""
    found = {row["id"]: [] for row in catalogue.source("figures")["ratios"]}
    for at, period in enumerate(figures.periods):
        before = figures.periods[at - 1] if at else None
        for row in catalogue.source("figures")["ratios"]:
            found[row["id"]].append(_ratio(row, period, before, figures.currency))
    return {key: tuple(values) for key, values in found.items()}


def _ratio(row: Mapping, period: Period, before: Period | None, currency: str) -> Ratio:
    if row["id"] == "growth":
        return _growth(row["of"], period, before)
    above, below = period.values.get(row["of"]), period.values.get(row["by"])
    if above is None or below is None:
        return Ratio(None, "missing")
    if below <= 0:
        return Ratio(None, "base")
    if row["id"] == "revenue_per_head":
        return _a_head(above, below, period, currency)
    return Ratio(percent(Fraction(above, below)))


def _growth(item: str, period: Period, before: Period | None) -> Ratio:
    if before is None:
        return Ratio(None, "first")
    now, then = period.values.get(item), before.values.get(item)
    if now is None or then is None:
        return Ratio(None, "missing")
    if before.months != period.months:
        return Ratio(None, "length")
    if not _adjacent(before, period):
        return Ratio(None, "gap")
    return Ratio(percent(Fraction(now, then) - 1)) if then > 0 else Ratio(None, "base")


def _adjacent(before: Period, after: Period) -> bool:
    """Whether the one ends where the other begins; years may end on the last day of another length of February."""
    return _months_between(before, after) == after.months and _month_end(before.end) == _month_end(after.end)


def _month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _a_head(amount: int, people: int, period: Period, currency: str) -> Ratio:
    if period.months != YEAR:
        return Ratio(None, "year")
    return Ratio(Money(int(_half_up(Fraction(amount, people), Decimal(1))), currency))


def percent(share: Fraction) -> Decimal:
    """A share in per cent with one decimal, half up, away from zero."""
    return _half_up(share * 100, Decimal("0.1"))


def _half_up(exact: Fraction, step: Decimal) -> Decimal:
    quotient = _EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return quotient.quantize(step, ROUND_HALF_UP, _EXACT) + 0  # no negative zero


@cache
def bounds(currency: str | None) -> tuple[int, ...]:
    """The bounds of the bands: minor units of a currency, or people where there is none."""
    bands = catalogue.source("figures")["bands"]
    if currency is None:
        return tuple(bands["people"])
    one = 1_000_000 * bands["times"].get(currency, 1) * 10 ** CURRENCIES[currency]
    return tuple(bound * one for bound in bands["amount"])


def band(value: int, currency: str | None) -> Band:
    """The band a value lies in: an amount of a currency, or a number of people."""
    edges = bounds(currency)
    below = [edge for edge in edges if edge <= value]
    above = [edge for edge in edges if edge > value]
    return Band(below[-1] if below else None, above[0] if above else None)


def banded(figures: Figures) -> dict[str, Band]:
    """Revenue and headcount of the last full year as bands: all that somebody sees who is not admitted."""
    years = [period for period in figures.periods if period.months == YEAR]
    last = years[-1].values if years else {}
    return {
        key: band(last[key], currency)
        for key, currency in (("revenue", figures.currency), ("headcount", None))
        if key in last
    }


def last_year(figures: Figures) -> Period | None:
    """The last period of twelve months."""
    return next((period for period in reversed(figures.periods) if period.months == YEAR), None)


def seen(figures: Figures | None, tier: Tier) -> Figures | dict[str, Band] | None:
    """What somebody of ``tier`` sees: all of it when admitted, bands with an account, nothing without one."""
    if figures is None or tier < Tier.REGISTERED:
        return None
    return figures if tier >= Tier.ADMITTED else banded(figures) or None
