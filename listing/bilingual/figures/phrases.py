"""Figures without a numeral: 一半, 翻一番, 对折, half, doubled, threefold, and the ordinals English writes as words.

Decides their values. All of them count as words, because a free translation may do without.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from listing.bilingual.figures.numerals_zh import read

_ZH = re.compile(
    r"(?P<half>一半|半数|过半|对半|折半)|(?P<off>对折)|(?P<tenth>半成)(?![功为])|翻(?P<doubled>了?[一两二三四五\d]?)番"
    r"|双(?P<sale>十[一二])(?![一-九])|(?P<both>(?<![\d一-龥])双(?=[一-龥])|双(?=[向重边面份语])|两者)"
    r"|(?P<plan>十[一二三四五六]五)(?=[”」’]|规划|期间|时期|开局|以来|末|计划)"
    r"|(?P<hundreds>(?:数|上|成|近|过)(?P<u>[十百千万亿]{1,2}))(?![%里])"
)
_EN = re.compile(
    r"(?<![a-z-])(?:(?P<times>double[sd]?|doubling|twice|twofold|two-fold|triple[sd]?|tripling|trebled?|treble"
    r"|threefold|three-fold"
    r"|quadruple[sd]?|quadrupling|fourfold|four-fold|fivefold|five-fold|sixfold|tenfold|ten-fold)|(?P<half>half"
    r"|halved|halves)|(?P<span>(?:an? |the (?:past|last|next) |over )(?P<unit>decade|century|fortnight))"
    r"|(?P<some>tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
    r"|(?P<ordinal>(?:(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y[ -])?(?:first|second(?!s)|third(?!s)"
    r"|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
    r"|twentieth|thirtieth|fortieth"
    r"|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth))(?![a-z])"
)
_TIMES = {"do": 2, "tw": 2, "tr": 3, "th": 3, "qu": 4, "fo": 4, "fi": 5, "si": 6, "te": 10}
_SOME = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
_SOME |= {"millions": 10**6, "billions": 10**9, "trillions": 10**12}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
)
_ORDINAL = {
    word: place for place, word in enumerate(f"{_ORDINALS} sixteenth seventeenth eighteenth nineteenth".split(), 1)
}
_TENTHS = ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A worded figure: where it stands, its kind, value and unit."""

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str | None = None
    hedge: str | None = None


_FIXED = {
    "half": ("number", Decimal("0.5"), None),
    "off": ("percent", Decimal(50), "%"),
    "tenth": ("percent", Decimal(5), "%"),
    "both": ("number", Decimal(2), None),
}


def _counted(found: re.Match[str]) -> tuple[str, Decimal, str | None]:
    """Kind, value and unit of the phrases with a numeral inside."""
    if found["u"]:  # 数百, 上千
        value = Decimal(1)
        for char in found["u"]:
            value *= read("一" + char)[0]
        return "number", value, None
    if found["sale"]:
        return "number", read(found["sale"])[0], None
    if found["plan"]:  # the five-year plans: 十四五 is the fourteenth
        return "ordinal", read(found["plan"][:2])[0], None
    count = found["doubled"].removeprefix("了") or "一"
    return "multiple", Decimal(2) ** int(read(count)[0]), "×"


def _chinese(found: re.Match[str]) -> Phrase:
    fixed = next((value for name, value in _FIXED.items() if found[name]), None)
    hedge = "over" if found.group() == "过半" else "about" if found["u"] else None
    return Phrase(*found.span(), *(fixed or _counted(found)), hedge)


def ordinal(word: str) -> Decimal:
    """Return the place an English ordinal word stands for: twenty-first is 21."""
    if word.endswith("ieth"):
        return Decimal((_TENTHS.index(word.removesuffix("ieth")) + 2) * 10)
    if word == "hundredth":
        return Decimal(100)
    tens, _, last = re.sub(r"y[ -]", "|", word).rpartition("|")
    return Decimal((_TENTHS.index(tens) + 2) * 10 if tens else 0) + _ORDINAL[last]


def _english(found: re.Match[str]) -> Phrase:
    start, end = found.span()
    if found["times"]:
        return Phrase(start, end, "multiple", Decimal(_TIMES[found["times"][:2]]), "×")
    if found["half"]:
        return Phrase(start, end, "number", Decimal("0.5"))
    if found["span"]:
        return Phrase(start, end, "duration", Decimal(1), found["unit"])
    if found["some"]:
        return Phrase(start, end, "number", Decimal(_SOME[found["some"]]), None, "about")
    return Phrase(start, end, "ordinal", ordinal(found["ordinal"]))


def chinese(text: str) -> Iterator[Phrase]:
    """Yield the worded figures of a plain Chinese text."""
    return map(_chinese, _ZH.finditer(text))


_EARLY = re.compile(
    r"(?<![a-z-])(?:(?P<some>tens of thousands|hundreds of thousands|tens of millions|hundreds of millions"
    r"|tens of billions|hundreds of billions)|an? (?P<unit>year|month|week|day|hour) and a half)(?![a-z])"
)


def ahead(text: str) -> Iterator[Phrase]:
    """Yield the worded figures of a plain lower-case English text that hold words which are numbers by themselves."""
    for found in _EARLY.finditer(text) if "s of " in text or "and a half" in text else ():
        if found["unit"]:
            yield Phrase(*found.span(), "duration", Decimal("1.5"), found["unit"])
        else:
            few, many = found["some"].split(" of ")
            yield Phrase(*found.span(), "number", Decimal(_SOME[few] * _SOME[many]), None, "about")


def english(text: str) -> Iterator[Phrase]:
    """Yield the worded figures of a plain lower-case English text."""
    return map(_english, _EN.finditer(text))
