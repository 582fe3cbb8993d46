"""What a figure is: its place in a text, its exact value, its kind and unit.

Decides the shape only. Reading is in the modules beside this one; comparing two sides is in
listing/bilingual/agreement.
"""

from dataclasses import dataclass, replace
from decimal import Context, Decimal

# Thirds and sevenths have no exact decimal: a quotient has fifteen significant digits, the only inexact value here.
QUOTIENT = Context(prec=15)
EXACT = Context(prec=120)

MOST_DIGITS = 60  # a longer run of digits is a code, not a quantity


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: ``words`` when no digit stands in it, ``hedge`` when it says more or about within itself."""

    start: int
    end: int
    value: Decimal
    words: bool = False
    hedge: str | None = None
    also: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text.

    ``start`` and ``end`` count characters of the text as given, end exclusive. ``value`` is an exact Decimal, or text:
    a date as 2025-06-30, 2025-06, XXXX-06-30, 2025-Q3, 198X; a time of day as 19:30; an identifier as written. Money is
    in major units, percent in hundredths (``%``), tenths of them (``‰``), ``bp`` or percentage points (``pp``);
    a quantity in its own unit. ``currency`` is an ISO code, None where a sign such as $ does not tell.
    """

    text: str
    start: int
    end: int
    kind: str
    value: Decimal | str
    unit: str | None = None
    currency: str | None = None
    hedge: str | None = None
    words: bool = False  # spelled out, hence easily lost in a free translation
    also: tuple[Decimal, ...] = ()  # other values the same writing may have
    number: tuple[int, int] | None = None  # where the bare number stands, without its unit

    def record(self) -> dict[str, object]:
        """Return the fields of the JSON contract; the value as text, so that no digit is lost."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "value": written(self.value),
            "unit": self.unit,
            "currency": self.currency,
            "hedge": self.hedge,
        }

    def hedged(self, hedge: str | None) -> "Figure":
        """Return the figure with a hedge, unless it has one already."""
        return replace(self, hedge=hedge) if hedge and not self.hedge else self


def written(value: Decimal | str) -> str:
    """Return a value in plain notation without trailing zeros: 1.20E+8 is 120000000."""
    if isinstance(value, str):
        return value
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Return the quotient to fifteen significant digits, None for a denominator of zero."""
    return QUOTIENT.divide(numerator, denominator) if denominator else None
