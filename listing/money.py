"""Amounts of money, rates, and the one function that converts.

Whole minor units with an ISO 4217 code, never a float. How an amount reads is decided in listing/web/formats.py; which
rate applies on which day, and who entered it, by whoever asks for the conversion.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import total_ordering

from listing.refusal import N_, Refusal

# ISO 4217 list one: code and number of decimal places of the minor unit.
CURRENCIES = {
    "CNY": 2,
    "HKD": 2,
    "MOP": 2,
    "USD": 2,
    "SGD": 2,
    "EUR": 2,
    "GBP": 2,
    "JPY": 0,
    "KRW": 0,
    "TWD": 2,
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "AED": 2,
    "KWD": 3,
}
MOST_MINOR = 2**63 - 1  # what a BIGINT column holds

_EXACT = Context(prec=80)
# Not NFKC, which would read 10² as 102 and ① as 1.
_PLAIN = str.maketrans("０１２３４５６７８９．，＋－\u2212", "0123456789.,+--")
_FIGURES = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")


class UnknownCurrency(Refusal, ValueError):
    """The code is not one of ``CURRENCIES``."""

    message = N_("Choose a currency from the list.")


class NotAnAmount(Refusal, ValueError):
    """The text is not a plain decimal numeral."""

    message = N_("Enter the amount in figures, such as 1,200,000.50.")


class TooFine(Refusal, ValueError):
    """The amount has a fraction of the smallest unit of its currency."""

    message = N_("Enter an amount without fractions of the smallest unit of %(currency)s.")


class TooLarge(Refusal, ValueError):
    """The amount passes what the database holds, about 92 quadrillion in a currency of two decimals."""

    message = N_("Enter a smaller amount.")


class UnlikeCurrencies(ValueError):
    """Amounts of two currencies were added or compared."""


class WrongRate(ValueError):
    """The rate does not join the two currencies, or is no rate at all."""


def exponent(currency: str) -> int:
    """Return the number of decimal places of ``currency``; raises UnknownCurrency."""
    try:
        return CURRENCIES[currency]
    except (KeyError, TypeError):
        raise UnknownCurrency from None


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (fen, cents, yen). Raises UnknownCurrency, TooLarge; TypeError for a float."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are an int, not {type(self.minor).__name__}")
        exponent(self.currency)
        if not -MOST_MINOR <= self.minor <= MOST_MINOR:
            raise TooLarge

    @classmethod
    def of(cls, amount: Decimal | int, currency: str) -> "Money":
        """Make Money from an exact amount in major units; raises TooFine, TooLarge, NotAnAmount (not a number)."""
        if not isinstance(amount, Decimal | int) or isinstance(amount, bool):
            raise TypeError(f"an amount is a Decimal or an int, not {type(amount).__name__}")
        places, exact = exponent(currency), Decimal(amount)
        if not exact.is_finite():
            raise NotAnAmount
        if exact and exact.adjusted() > 20:  # before any power of ten is written out
            raise TooLarge
        if exact and exact.adjusted() < -places:
            raise TooFine(currency=currency)
        minor = Fraction(exact) * 10**places
        if minor.denominator != 1:
            raise TooFine(currency=currency)
        return cls(int(minor), currency)

    @classmethod
    def parse(cls, text: str, currency: str, *, unit: int = 1) -> "Money":
        """Read a plain numeral, counted in ``unit`` major units (10,000 for 万), as an exact amount.

        Thousands commas, full-width digits and both minus signs are read; words, exponents and currency signs are not.
        Raises NotAnAmount, TooFine, TooLarge, UnknownCurrency.
        """
        places = exponent(currency)
        match = _FIGURES.fullmatch(text.strip().translate(_PLAIN)) if len(text) <= 64 else None
        if not match:
            raise NotAnAmount
        sign, whole, fraction = match[1], match[2].replace(",", ""), match[3] or ""
        minor, rest = divmod(int(whole + fraction) * unit * 10**places, 10 ** len(fraction))
        if rest:
            raise TooFine(currency=currency)
        return cls(-minor if sign == "-" else minor, currency)

    @property
    def major(self) -> Decimal:
        """The exact amount in major units, with the decimal places of the currency."""
        return Decimal(self.minor).scaleb(-CURRENCIES[self.currency], _EXACT)

    def _other(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise UnlikeCurrencies(f"{self.currency} and {other.currency}")
        return other.minor

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._other(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._other(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor < self._other(other)

    def __str__(self) -> str:
        return f"{self.currency} {self.major:f}"

    def __composite_values__(self) -> tuple[int, str]:
        """The two columns the database keeps."""
        return self.minor, self.currency


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum, zero of ``currency`` when there are none; raises UnlikeCurrencies, UnknownCurrency."""
    return sum(amounts, Money(0, currency))


@dataclass(frozen=True, slots=True)
class Rate:
    """One ``base`` costs ``value`` of ``quote``, said ``source`` at ``at``. Raises WrongRate, UnknownCurrency."""

    base: str
    quote: str
    value: Decimal
    source: str
    at: datetime

    def __post_init__(self) -> None:
        exponent(self.base)
        exponent(self.quote)
        if self.base == self.quote:
            raise WrongRate(f"{self.base} to itself")
        if not isinstance(self.value, Decimal) or not self.value.is_finite() or not -12 <= self.value.adjusted() < 12:
            raise WrongRate(f"value {self.value!r}")
        if self.value <= 0:
            raise WrongRate("a rate is above zero")
        if not self.source.strip() or self.at.tzinfo is None:
            raise WrongRate("a rate names its source and its aware instant")


def convert(money: Money, rate: Rate, *, rounding: str = ROUND_HALF_UP) -> Money:
    """Return ``money`` in the other currency of ``rate``, multiplied or divided exactly and rounded once.

    ``rounding`` is a mode of the decimal module, by default half up, away from zero (四舍五入), to the minor unit of
    the target. Raises WrongRate when the rate does not hold the currency of ``money``, TooLarge.
    """
    if money.currency == rate.base:
        target, factor = rate.quote, Fraction(rate.value)
    elif money.currency == rate.quote:
        target, factor = rate.base, 1 / Fraction(rate.value)
    else:
        raise WrongRate(f"{money.currency} is neither {rate.base} nor {rate.quote}")
    exact = money.minor * factor * Fraction(10) ** (CURRENCIES[target] - CURRENCIES[money.currency])
    return Money(_rounded(exact, rounding), target)


def _rounded(exact: Fraction, rounding: str) -> int:
    """Round as if the endless expansion stood there: one further digit tells below, at or above a half."""
    whole, rest = divmod(abs(exact), 1)
    digit = 0 if not rest else 2 if rest * 2 < 1 else 5 if rest * 2 == 1 else 7
    size = Decimal(whole * 10 + digit).scaleb(-1, _EXACT)
    return int((-size if exact < 0 else size).quantize(Decimal(1), rounding, _EXACT))
