"""The figures of a report: which there are, how they are typed, and whether they agree with each other.

Pure. How they are said in a language, and whether the texts say the same, is decided in ``saying``. Raises
``rulebook.node.Broken`` for a file that is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources

from listing.money import Money, NotAnAmount, TooFine, TooLarge
from listing.refusal import N_, Refusal
from listing.rulebook import pins
from listing.rulebook.node import Section, opened
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label
from listing.typed import amount

MONEY, PERCENT, COUNT = KINDS = ("money", "percent", "count")
NOW, BEFORE = PERIODS = ("now", "before")
TOTAL, RATIO = RULES = ("total", "ratio")
_PLACES = {PERCENT: 2, COUNT: 0}
_MOST = Decimal(10) ** 9  # of what is no money


class TotalDiffers(Refusal):
    message = N_("It is not the sum of its parts, which make %(sum)s.")


class RatioDiffers(Refusal):
    message = N_("The figures it is made of give %(ratio)s%%.")


class NotAFigure(Refusal):
    message = N_("Enter a number in figures, with at most %(places)s decimals.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of a report."""

    id: str
    kind: str
    name: Label


@dataclass(frozen=True, slots=True)
class Check:
    """What one figure is of others: the sum of ``parts``, or the first of them in per cent of the second."""

    rule: str
    of: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures that reports give, which categories give them, and what holds between them."""

    source: str
    status: str
    categories: tuple[str, ...]
    figures: Mapping[str, Asked]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """The figures that were typed, exact and in whole units of ``currency``; ``unit`` is that of typing them."""

    currency: str
    unit: int
    now: Mapping[str, Decimal]
    before: Mapping[str, Decimal]

    def of(self, period: str) -> Mapping[str, Decimal]:
        """Those of this period, or of the one before."""
        return self.now if period == NOW else self.before

    def as_json(self) -> dict:
        """The figures as they are kept, without losing a digit."""
        said = {period: {key: str(value) for key, value in self.of(period).items()} for period in PERIODS}
        return {"currency": self.currency, "unit": self.unit} | said

    @classmethod
    def from_json(cls, kept: Mapping | None) -> "Given | None":
        """The figures as they were kept; None where there are none."""
        if not kept:
            return None
        read = ({key: Decimal(value) for key, value in kept[period].items()} for period in PERIODS)
        return cls(kept["currency"], kept["unit"], *read)


@cache
def sheet() -> Sheet:
    """What the file that comes with the product asks for. Raises Broken."""
    text = pins.held(resources.files(__package__), "figures.yaml")
    return parse(text, "figures.yaml")


def parse(text: str, file: str) -> Sheet:
    """What a file of figures asks for. Raises Broken, also for a check that is not known."""
    root, _tree = opened(text, file)
    figures = {one.id: one for one in map(_asked, root.sections("figures"))}
    found = Sheet(
        source=root.text("source"),
        status=root.one_of("status", (VERIFIED, MEMORY)),
        categories=root.several("categories"),
        figures=figures,
        checks=tuple(_check(each, figures) for each in root.sections("checks")),
    )
    root.close()
    return found


def _asked(section: Section) -> Asked:
    name = Label(section.text("zh_hans"), section.text("zh_hant"), section.text("en"))
    found = Asked(section.text("id"), section.one_of("kind", KINDS), name)
    section.close()
    return found


def _check(section: Section, figures: Mapping[str, Asked]) -> Check:
    found = Check(section.one_of("rule", RULES), section.one_of("of", figures), section.several("parts", figures))
    if found.rule == RATIO and len(found.parts) != 2:
        raise section.refuse("parts: a ratio has two, what is measured and what it is measured by", "parts")
    section.close()
    return found


def typed(kind: str, text: str, *, currency: str, unit: int) -> Decimal | None:
    """A figure as typed; money counts in ``unit``. Raises what ``typed.amount`` raises, NotAFigure."""
    if not text.strip():
        return None
    if kind == MONEY:
        return amount(text, currency, unit=unit).major
    places = _PLACES[kind]
    try:
        found = Money.parse(text, "KWD").major
    except (NotAnAmount, TooFine, TooLarge):
        raise NotAFigure(places=places) from None
    if found != round(found, places) or abs(found) > _MOST:
        raise NotAFigure(places=places)
    return Decimal(f"{found.normalize():f}")


def disagreements(given: Given) -> Iterator[tuple[str, str, Refusal]]:
    """What does not add up: figure, period and why."""
    for check in sheet().checks:
        for period in PERIODS:
            values = given.of(period)
            if check.of in values and all(part in values for part in check.parts):
                refusal = _held(check, values, given.unit if given.unit > 1 else 0)
                if refusal is not None:
                    yield check.of, period, refusal


def _held(check: Check, values: Mapping[str, Decimal], slack: int) -> Refusal | None:
    """``slack`` is what rounding to the unit of typing may make of a sum."""
    stated, parts = values[check.of], [values[part] for part in check.parts]
    if check.rule == TOTAL:
        return None if abs(stated - sum(parts)) <= slack else TotalDiffers(sum=f"{sum(parts):,f}")
    if not parts[1]:
        return None
    ratio = parts[0] * 100 / parts[1]
    step = Decimal(1).scaleb(stated.as_tuple().exponent)
    rounded = ratio.quantize(step, ROUND_HALF_UP)
    return None if rounded == stated else RatioDiffers(ratio=f"{rounded:f}")
