"""Which rate holds on a day, and what a chain of rates makes of two currencies that no source joins.

Pure. Reference rates are only ever combined within one day; a rate that a person entered joins in from its own day on.
The one function that converts is ``listing.money.convert``. What was entered, and by whom, is kept elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction

from listing.money import CURRENCIES, Money, Rate, convert
from listing.refusal import N_, Refusal

REFERENCE, MANUAL = "reference", "manual"
KINDS = (REFERENCE, MANUAL)
# No rate is used that is older: eleven days outlast every run of holidays on which the bank states none; a rate entered
# by hand has to be looked at again each quarter.
OLDEST = {REFERENCE: timedelta(days=11), MANUAL: timedelta(days=92)}
CROSS_FIGURES = 8  # significant figures of a rate that was computed from others, rounded half up
SHOWN_FIGURES = 4  # significant figures of an amount that stands behind ≈, rounded half up

_CROSS = Context(prec=CROSS_FIGURES, rounding=ROUND_HALF_UP)
_SHOWN = Context(prec=SHOWN_FIGURES, rounding=ROUND_HALF_UP)
_EXACT = Context(prec=60)


class NoRate(Refusal):
    message = N_("There is no sufficiently recent rate between %(base)s and %(quote)s for %(day)s.")


class NotARate(Refusal):
    message = N_("Enter the rate as a number above zero, such as 1.03.")


class SameCurrency(Refusal):
    message = N_("Choose two different currencies.")


class NotYet(Refusal):
    message = N_("A rate cannot be of a day that is still to come.")


class Covered(Refusal):
    message = N_("The reference rates hold both currencies already; a rate is entered by hand only where they do not.")


class Sourceless(Refusal):
    message = N_("Say where the rate comes from.")


class HiddenCharacters(Refusal):
    message = N_("Remove invisible or direction-changing characters.")


class Already(Refusal):
    message = N_("This rate has just been entered for that day. Look at the list before entering another.")


@dataclass(frozen=True, slots=True)
class Leg:
    """One stated rate: what it says, of which day, and whether a source published it or a person entered it."""

    rate: Rate
    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The rate between two currencies on a day, and the stated rates it was made of: one, or a chain in order."""

    rate: Rate
    legs: tuple[Leg, ...]
    on: date

    @property
    def day(self) -> date:
        """The day of the oldest of its rates."""
        return min(leg.day for leg in self.legs)

    @property
    def age(self) -> int:
        """How many days old the oldest of its rates is."""
        return (self.on - self.day).days

    @property
    def value(self) -> Decimal:
        """The rate without zeros that a computation left behind."""
        return Decimal(plain(self.rate.value))

    @property
    def computed(self) -> bool:
        """Whether no source states this rate, so that it was computed."""
        return len(self.legs) > 1


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount beside what it was converted from: never in place of it."""

    original: Money
    amount: Money
    quoted: Quoted

    @property
    def shown(self) -> Money:
        """The amount as it stands behind ≈, to SHOWN_FIGURES."""
        return rounded(self.amount)


def value(text: str) -> Decimal:
    """The rate that was typed. Raises NotARate."""
    try:
        found = Decimal(text.strip()) if len(text) <= 24 and text.strip().replace(".", "", 1).isdecimal() else None
    except InvalidOperation:
        found = None
    if found is None or not found > 0 or not -9 <= found.adjusted() <= 9 or found.as_tuple().exponent < -12:
        raise NotARate
    return found


def source(text: str) -> str:
    """Where a rate comes from, on one line. Raises Sourceless, HiddenCharacters."""
    line = " ".join(text.split())
    if not line:
        raise Sourceless
    if not line.isprintable():
        raise HiddenCharacters
    return line


def usable(legs: Iterable[Leg], on: date) -> list[Leg]:
    """The rates that may be used on a day: none that is of a later day, none that is older than OLDEST of its kind."""
    return [leg for leg in legs if leg.day <= on and on - leg.day <= OLDEST[leg.kind]]


def quoted(legs: Iterable[Leg], base: str, quote: str, on: date) -> Quoted:
    """The rate from ``base`` to ``quote``: stated where a source states it, else along the shortest chain.

    All reference rates of a chain are of one day, the latest on which there is a chain at all; of the rates entered by
    hand the latest of each pair counts. Raises NoRate, also for two equal currencies.
    """
    known = usable(legs, on)
    stated = {}
    for leg in sorted((leg for leg in known if leg.kind == MANUAL), key=lambda leg: leg.day):
        stated[leg.rate.base, leg.rate.quote] = leg
    by_day: dict[date, list[Leg]] = {on: []}
    for leg in known:
        if leg.kind == REFERENCE:
            by_day.setdefault(leg.day, []).append(leg)
    for day in sorted(by_day, reverse=True):
        if chain := _chain([*by_day[day], *stated.values()], base, quote):
            return Quoted(_joined(chain, base, quote), chain, on)
    raise NoRate(base=base, quote=quote, day=on.isoformat())


def _chain(legs: list[Leg], base: str, quote: str) -> tuple[Leg, ...]:
    """The shortest way from one currency to the other, reference rates before others; empty where there is none."""
    ways: dict[str, tuple[Leg, ...]] = {base: ()}
    ends = [base]
    while ends and quote not in ways:
        reached = []
        for end in ends:
            for leg in legs:
                other = _other(leg.rate, end)
                if other and other not in ways:
                    ways[other] = (*ways[end], leg)
                    reached.append(other)
        ends = reached
    return ways.get(quote, ())


def _other(rate: Rate, currency: str) -> str | None:
    return {rate.base: rate.quote, rate.quote: rate.base}.get(currency)


def _joined(chain: tuple[Leg, ...], base: str, quote: str) -> Rate:
    """One stated rate as it is, in its own direction; a chain multiplied exactly and rounded once to CROSS_FIGURES."""
    if len(chain) == 1:
        return chain[0].rate
    factor, currency = Fraction(1), base
    for leg in chain:
        stated = Fraction(leg.rate.value)
        factor *= stated if leg.rate.base == currency else 1 / stated
        currency = _other(leg.rate, currency)
    crossed = _CROSS.divide(Decimal(factor.numerator), Decimal(factor.denominator))
    sources = dict.fromkeys(leg.rate.source for leg in chain)
    return Rate(base, quote, crossed, " + ".join(sources), min(leg.rate.at for leg in chain))


def conversion(amount: Money, found: Quoted) -> Conversion:
    """The amount in the other currency, rounded half up to its minor unit by ``money.convert``."""
    return Conversion(amount, convert(amount, found.rate, rounding=ROUND_HALF_UP), found)


def rounded(amount: Money) -> Money:
    """The amount to SHOWN_FIGURES, half up; below one of the currency as it is."""
    if abs(amount.minor) < 10 ** CURRENCIES[amount.currency]:
        return amount
    return Money(int(_SHOWN.plus(Decimal(amount.minor))), amount.currency)


def plain(number: Decimal) -> str:
    """A rate as it reads and is kept: without exponent and without zeros that a computation left behind."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def inverse(rate: Decimal) -> Decimal:
    """The same rate the other way round, to CROSS_FIGURES."""
    return _CROSS.divide(1, rate)


def change(before: Decimal, after: Decimal) -> Decimal:
    """By how much per cent a rate differs from the one before, to two decimals, half up."""
    exact = (Fraction(after) / Fraction(before) - 1) * 100
    return _EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
