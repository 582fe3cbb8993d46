"""Whether two unequal values are one value in two roundings or two units: 1.23亿 and about 120 million, hectares and
acres.

Decides the tolerance. A value of one significant digit is no rounding of anything, or 14 would pass for 10.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from listing.bilingual.agreement.facets import base
from listing.bilingual.figures import Figure
from listing.bilingual.figures.figure import EXACT
from listing.bilingual.figures.plain import plain

_POINT = re.compile(r"\d[\d,]*\.\d+")
_LIKE = frozenset(("number", "count", "money", "percent"))
NEAR = Decimal("0.02")  # of a converted quantity
CELSIUS = Decimal("0.6")


def significant(value: Decimal) -> int:
    """Return the number of significant digits: 120,000,000 has two."""
    return len("".join(map(str, value.normalize().as_tuple().digits)).lstrip("0")) or 1


@lru_cache(maxsize=4_000)
def shown(figure: Figure) -> int:
    """Return the number of digits a figure shows: with a point its last zeros are meant, 16.60 shows four."""
    point = _POINT.search(plain(figure.text))
    return len(point.group().replace(",", "").replace(".", "").lstrip("0")) if point else significant(figure.value)


def rounded(first: Figure, second: Figure) -> bool:
    """Return whether the coarser of two unequal values is the finer one, rounded or cut to the digits it shows."""
    if not first.value or not second.value or first.value.is_signed() != second.value.is_signed():
        return False
    if first.value.adjusted() != second.value.adjusted():
        return False
    least, most = sorted((first, second), key=shown)
    digits, coarse, fine = shown(least), least.value, most.value
    if digits < 2 or digits == shown(most):
        return False
    step = Decimal(1).scaleb(coarse.adjusted() - digits + 1)
    cut = EXACT.divide(fine, step)
    return coarse in (
        EXACT.multiply(cut.quantize(Decimal(1), ROUND_HALF_UP), step),
        EXACT.multiply(cut.to_integral_value("ROUND_FLOOR"), step),
    )


def converted(first: Figure, second: Figure) -> bool:
    """Return whether two quantities are about the same amount in two units of one dimension."""
    one, other = base(first), base(second)
    if one and other:
        if first.unit == second.unit or {one[0], other[0]} == {"temperature", "fahrenheit"}:
            return _temperature(first, second)
        near = one[0] == other[0] and abs(one[1] - other[1]) <= NEAR * max(abs(one[1]), abs(other[1]))
        return near or _temperature(first, second)
    return _temperature(first, second)


def _temperature(first: Figure, second: Figure) -> bool:
    for celsius, fahrenheit in ((first, second), (second, first)):
        other = celsius.unit == "°C" and fahrenheit.unit in ("°F", "°", None) and isinstance(fahrenheit.value, Decimal)
        if other and abs((fahrenheit.value - 32) * 5 / 9 - celsius.value) <= CELSIUS:
            return True
    return False


def one_value(first: Figure, second: Figure) -> bool:
    """Return whether two figures of one kind differ by rounding alone."""
    if not (isinstance(first.value, Decimal) and isinstance(second.value, Decimal)):
        return False
    kinds = {first.kind, second.kind}
    if not (len(kinds) == 1 or kinds <= _LIKE - {"percent"}):
        return False
    return rounded(first, second)
