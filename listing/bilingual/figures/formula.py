"""Numbers written as formulas, alike in both languages: 2^5, 6.23x10^-4, 1 over 3.

Decides their exact value, or fifteen significant digits where a negative power or a quotient has no exact decimal.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from listing.bilingual.figures.figure import EXACT, Numeral, quotient
from listing.bilingual.figures.numerals_en import numerals

_POWER = re.compile(
    r"(?P<sign>(?<![\w.)])-)?(?:(?P<times>\d{1,9}(?:\.\d{1,9})?) ?[x*×] ?)?"
    r"(?P<base>\d{1,9}(?:\.\d{1,9})?)\^(?P<power>[+-]{0,3}\d{1,2})(?!\d)"
)
_OVER = re.compile(
    r"(?<![\w.])(?P<sign>(?:negative|minus) |-)?(?:one|1) over (?P<below>[a-z0-9][a-z0-9 -]{0,60})(?=[.,;)]|$)"
)


def _power(found: re.Match[str]) -> Decimal | None:
    power = int(found["power"].lstrip("+-")) * (-1) ** found["power"].count("-")
    if found["power"].startswith("--"):
        power = -abs(power)
    raised = EXACT.power(Decimal(found["base"]), abs(power))
    value = raised if power >= 0 else quotient(Decimal(1), raised)
    if value is None or value.adjusted() > 40:
        return None
    if len(value.as_tuple().digits) > 15:
        value = quotient(value, Decimal(1))
    return EXACT.multiply(value, Decimal(found["times"] or 1))


def formulas(text: str) -> Iterator[Numeral]:
    """Yield powers, and one over a number at the end of a clause, in a plain lower-case text."""
    if "^" in text:
        for found in _POWER.finditer(text):
            value = _power(found)
            if value is not None:
                yield Numeral(*found.span(), -value if found["sign"] else value)
    if " over " in text:
        for found in _OVER.finditer(text):
            below = list(numerals(found["below"]))
            if len(below) == 1 and below[0].end == len(found["below"]) and not below[0].start and below[0].value:
                value = quotient(Decimal(1), below[0].value)
                yield Numeral(*found.span(), -value if found["sign"] else value, words=True)
