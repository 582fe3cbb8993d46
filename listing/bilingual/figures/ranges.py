"""Figures that belong together: the ends of a range, the sides of a ratio, one in five.

Decides what one figure lends the other (unit, currency, magnitude), after every figure has been read by itself.
"""

import re
from dataclasses import replace
from decimal import Decimal

from listing.bilingual.figures.figure import EXACT, Figure, quotient
from listing.bilingual.figures.plain import lower

_JOINT = re.compile(r" ?(?:-{1,2}|~|至|到|或|、|to|and|or|through|至少|/) ?(?:约|逾|超过|近)? ?")
_TIMES_JOINT = re.compile(r" ?(?:比|:) ?")
_LIKE = ("number", "count")


def _shared(first: Figure, second: Figure) -> Figure:
    """The first end of a range, with the unit and the magnitude that stand at the second end only (3至5亿元)."""
    value, also = first.value, first.also
    if isinstance(value, Decimal) and isinstance(second.value, Decimal) and not first.words:
        scale = _magnitude(second)
        if scale > 1 and value < scale:
            also = (*also, value)
            value = EXACT.multiply(value, scale)
    return replace(first, kind=second.kind, unit=second.unit, currency=second.currency, value=value, also=also)


def _month_or_day(first: Figure, second: Figure) -> Figure:
    """The first end of 3至6月 or 10至12日, which is a month or day as the second is."""
    value = str(second.value)
    if (
        first.kind != "number"
        or not re.fullmatch("(?:XXXX|\\d{4})-(?:XX|\\d\\d)(?:-\\d\\d)?", value)
        or first.value % 1
    ):
        return first
    number, month = int(first.value), len(value) == 7
    if not 1 <= number <= (12 if month else 31):
        return first
    return replace(first, kind="date", value=f"XXXX-{number:02d}" if month else f"XXXX-XX-{number:02d}")


_MAGNITUDE = re.compile(
    r"[\d.](?P<zh>[百千]?[万亿]+|[百千])|(?P<en>thousand|million|billion|trillion|(?<=\d)(?:bn|m|k)(?![a-z]))"
)
_SIZES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "m": 6, "k": 3}
_HAN = {"百": 2, "千": 3, "万": 4, "亿": 8}


def _magnitude(figure: Figure) -> Decimal:
    """The 万, 亿 or million written behind the digits of a figure, 1 without."""
    found = _MAGNITUDE.search(lower(figure.text))
    if not found:
        return Decimal(1)
    power = _SIZES[found["en"]] if found["en"] else sum(_HAN[char] for char in found["zh"])
    return Decimal(10) ** power


_TO = ("-", "~", "to", "至", "到")


def _low_end(first: Figure, second: Figure, between: str, after_between: bool) -> Figure:
    """The first end of a range of numbers or amounts, with what only the second end says."""
    if first.kind in _LIKE and second.kind not in ("ordinal", "identifier"):
        return _shared(first, second) if after_between or between not in ("and", "、", "/") else first
    joined = between in _TO or after_between
    if first.kind == second.kind == "money" and joined and _magnitude(first) == 1 < _magnitude(second):
        return replace(_shared(first, second), currency=first.currency, unit=first.unit)
    return first


def _high_end(first: Figure, second: Figure, between: str, after_between: bool) -> Figure:
    """The second end of a range, with what only the first end says (百分之30至43, $3-5 million, US$1 to $2)."""
    bare = first.kind == second.kind == "money" and second.unit == "$" and str(first.currency).endswith("D")
    if bare and (between in _TO or after_between):
        return replace(second, currency=first.currency, unit=None)
    if second.kind not in _LIKE:
        return second
    if first.kind == "percent" and first.text.startswith("百") and not second.unit:
        return replace(second, kind="percent", unit=first.unit)
    if first.kind == "money" and (between in _TO or after_between):
        return replace(second, kind="money", currency=first.currency, unit=first.unit)
    return second


def ranges(figures: list[Figure], low: str) -> list[Figure]:
    """Return the figures in order, each end of a range with the unit that stands at the other end only."""
    for place in range(len(figures) - 2, -1, -1):
        first, second = figures[place], figures[place + 1]
        between = low[first.end : second.start] if second.start - first.end <= 8 else "\n"
        if not _JOINT.fullmatch(between):
            continue
        if second.kind == "date":
            figures[place] = _month_or_day(first, second)
        elif isinstance(second.value, Decimal):
            between = between.strip()
            after_between = between == "and" and low[max(0, first.start - 8) : first.start].endswith("between ")
            second = figures[place + 1] = _high_end(first, second, between, after_between)
            figures[place] = _low_end(first, second, between, after_between)
    return figures


def ratios(figures: list[Figure], low: str, text: str) -> list[Figure]:
    """Return the figures with every a:b and 三比一 made one ratio."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind in _LIKE
            and figure.kind in _LIKE
            and figure.start - last.end <= 3
            and _TIMES_JOINT.fullmatch(low[last.end : figure.start])
        ):
            value = f"{last.value:f}:{figure.value:f}"
            words = last.words and figure.words
            joined[-1] = Figure(text[last.start : figure.end], last.start, figure.end, "ratio", value, words=words)
        else:
            joined.append(figure)
    return joined


_PARTS_OF = re.compile(r"(?: |-)(?:in|out of|of)(?: |-)(?:every )?")


def _part(first: Figure, second: Figure) -> Decimal | None:
    """The quotient of two numbers in words, None of anything else."""
    worded = first.words and second.words and first.kind == second.kind == "number"
    return quotient(first.value, second.value) if worded else None


def out_of(figures: list[Figure], low: str, text: str) -> list[Figure]:
    """Return the figures with two out of three, in words, made one fraction."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        value = _part(last, figure) if last and low[last.end : figure.start] == " out of " else None
        if last and value is not None:
            span = last.start, figure.end
            joined[-1] = Figure(text[slice(*span)], *span, "number", value, words=True, number=span)
        else:
            joined.append(figure)
    return joined


def proportions(figures: list[Figure], low: str) -> list[Figure]:
    """Return the figures with one in five also worth a fifth, and the five no longer a figure to be missed."""
    for place, (first, second) in enumerate(zip(figures, figures[1:], strict=False)):
        if first.kind == second.kind == "number" and _PARTS_OF.fullmatch(low[first.end : second.start][:16]):
            part = quotient(first.value, second.value) if 0 < first.value < second.value <= 100 else None
            if part is not None:
                figures[place] = replace(first, also=(*first.also, part))
                figures[place + 1] = replace(second, words=True)
    return figures
