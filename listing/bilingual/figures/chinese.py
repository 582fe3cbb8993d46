"""What a number of a Chinese text counts: a share, money, a multiple, a quantity, an ordinal, or nothing named.

Decides kind, unit and span of the figures that hold a numeral. Dates and identifiers have been taken out before.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from listing.bilingual.figures import money, phrases, units
from listing.bilingual.figures.figure import EXACT, Figure, Numeral
from listing.bilingual.figures.numerals_zh import numerals, read, shares

_SHARE = re.compile(
    r" {0,3}(?:(?P<percent>%)|(?P<mille>‰)|(?P<points>(?:个 {0,2})?百 {0,2}分 {0,2}点)|(?P<bp>(?:个 ?)?基点"
    r"|bps?(?![a-z]))"
    r"|(?P<tenths>成(?P<half>半|[一二三四五六七八九](?![十百千万亿一二三四五六七八九]))?(?![为立功员本年果长交就都品熟分绩人份语型效千的了]))"
    r"|(?P<off>折(?![叠扣射旧合算腾磨返线损现])))"
)
# 四成二 is 42 per cent, 两成半 is 25.
_HALVES = {"半": Decimal(5)} | dict(zip("一二三四五六七八九", map(Decimal, range(1, 10)), strict=True))
_TIMES = re.compile(r" {0,2}倍(?!频|率|数|感|加|受)")
_GREW = re.compile(r"(?:增长|增加|增|上升|提高|扩大|涨|升|多|高)(?:了|近|约|超过|逾|将近)? ?$")
_VERY = re.compile("分(?![钟之])[一-龥]")
_AND_HALF = re.compile("半(?![一-龥])|半(?=[的后前内以左才就，、])")
_DOZEN = re.compile("打(?![一-龥])")
_BOUND = frozenset("是有为共达于至和与、第比")
_AFTER = frozenset("的而却这和与或是乘加减除至到、比")


def _stands_alone(text: str, numeral: Numeral) -> bool:
    """Whether a short Han numeral without a unit is a number here, not part of a word (四川, 十足, 一切)."""
    before = text[numeral.start - 1 : numeral.start]
    after = text[numeral.end : numeral.end + 1]
    free_before = not before or before in _BOUND or not before.isalpha()
    return free_before and (not after or after in _AFTER or not after.isalpha())


def _share(text: str, numeral: Numeral) -> Figure | None:
    found = _SHARE.match(text, numeral.end)
    if not found:
        return None
    value, unit = numeral.value, "%"
    if found["mille"]:
        unit = "‰"
    elif found["points"] or found["bp"]:
        unit = "pp" if found["points"] else "bp"
    elif found["tenths"]:
        value = value * 10 + _HALVES.get(found["half"], Decimal(0))
    elif found["off"]:
        value = value * 10 if value < 10 else value
        if text[numeral.start : numeral.end] in ("十", "10") or not 10 <= value < 100:
            return None
    also = (100 - value,) if found["off"] else ()
    return _figure(text, numeral, "percent", numeral.start, found.end(), value=value, unit=unit, also=also)


def _figure(text: str, numeral: Numeral, kind: str, start: int, end: int, **fields) -> Figure:
    fields = {"value": numeral.value, "hedge": numeral.hedge, "also": numeral.also, **fields}
    return Figure(text[start:end], start, end, kind, words=numeral.words, number=(numeral.start, numeral.end), **fields)


def _cents(text: str, end: int) -> tuple[int, Decimal]:
    """Where the tenths and hundredths behind a currency end, and what they add."""
    found = money.MINOR_ZH.match(text, end)
    if not found:
        return end, Decimal(0)
    part = EXACT.scaleb(read(found["n"])[0], -1 if found["u"] in "毛角" else -2)
    return found.end(), part


def _money(text: str, low: str, numeral: Numeral, floor: int) -> Figure | None:
    ahead = money.before(low, numeral.start, floor)
    behind = money.behind(low, numeral.end, chinese=True)
    if not ahead and not behind:
        return None
    start = ahead[0] if ahead else numeral.start
    end = behind[0] if behind else numeral.end
    code = ahead[1] if ahead and (ahead[1] != money.OPEN or not behind) else behind[1]
    value = numeral.value
    if behind and end < len(text):
        end, cents = _cents(text, end)
        value = EXACT.add(value, cents)
    if code == "HKD/100":
        code, value = "HKD", EXACT.scaleb(value, -2)
    shown = None if code in money.SHARED else code
    bare = behind and not ahead and text[numeral.end : end].strip() in ("元", "块")
    unit = "元" if bare else None if shown else code
    return _figure(text, numeral, "money", start, end, value=value, currency=shown, unit=unit)


def _multiple(text: str, numeral: Numeral) -> Figure | None:
    found = _TIMES.match(text, numeral.end)
    if not found:
        return None
    grew = _GREW.search(text[max(0, numeral.start - 6) : numeral.start])
    return _figure(text, numeral, "multiple", numeral.start, found.end(), unit="+×" if grew else "×")


def _measured(text: str, low: str, numeral: Numeral) -> Figure | None:
    pattern, symbols = units.chinese()
    found = pattern.match(low, numeral.end) or pattern.match(text, numeral.end)
    if not found:
        return None
    if found["more"]:
        numeral = replace(numeral, hedge="over")
    name = found["l"] or found["w"]
    symbol = symbols[name]
    if symbol not in units.UNITS:
        return _figure(text, numeral, "count", numeral.start, numeral.end, unit=symbol)
    end, value = found.end(), numeral.value
    if found["w"] and _AND_HALF.match(text, end):
        end, value = end + 1, EXACT.add(value, Decimal("0.5"))
    kind = "duration" if units.UNITS[symbol].dimension in ("time", "months") else "quantity"
    return _figure(text, numeral, kind, numeral.start, end, value=value, unit=symbol)


def _dozens(text: str, numeral: Numeral) -> Figure | None:
    if not _DOZEN.match(text, numeral.end):
        return None
    return _figure(
        text, numeral, "number", numeral.start, numeral.end + 1, value=EXACT.multiply(numeral.value, Decimal(12))
    )


def _figure_of(text: str, low: str, numeral: Numeral, floor: int) -> Figure | None:
    if text[numeral.start - 1 : numeral.start] == "第":
        return _figure(text, numeral, "ordinal", numeral.start - 1, numeral.end)
    if text.startswith("十分", numeral.start) and _VERY.match(text, numeral.end):
        return None
    figure = _share(text, numeral) or _money(text, low, numeral, floor) or _multiple(text, numeral)
    figure = figure or _dozens(text, numeral) or _measured(text, low, numeral)
    if figure:
        return figure
    written = text[numeral.start : numeral.end]
    short = numeral.words and len(written) < 3 and not (len(written) == 2 and written[1] in "百千万亿")
    if short and not _stands_alone(text, numeral):
        return None
    return _figure(text, numeral, "number", numeral.start, numeral.end)


def figures(text: str, low: str, masked: str) -> Iterator[Figure]:
    """Yield the figures with a numeral, and the worded ones, of a plain Chinese text.

    ``low`` is the text in lower case, ``masked`` the same with what has been read before blotted out.
    """
    for numeral in shares(masked):
        yield _figure(text, numeral, "percent", numeral.start, numeral.end, unit="%")
    for phrase in phrases.chinese(masked):
        span = phrase.start, phrase.end
        yield Figure(
            text[slice(*span)],
            *span,
            phrase.kind,
            phrase.value,
            phrase.unit,
            hedge=phrase.hedge,
            words=True,
            number=span,
        )
    floor = 0
    for numeral in numerals(masked):
        figure = _figure_of(text, low, numeral, floor)
        if figure:
            floor = figure.end
            yield figure
