"""Numbers as Chinese writes them: 1.2亿, 四千三百亿, 3万4000, 两千四百五, 三分之一, 3又1/2, 十几万.

Decides where a number stands and its exact value; what it counts is read elsewhere. Input is the plain form of a text.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from listing.bilingual.figures.figure import EXACT, MOST_DIGITS, Numeral, quotient

_SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_LARGE = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "兆": Decimal(10) ** 12}
_VALUE = dict(zip("零一二三四五六七八九", map(Decimal, range(10)), strict=True)) | {"两": Decimal(2)}
LETTERS = {"k": 3, "m": 6, "b": 9, "g": 9, "bn": 9, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}

# Groups are bounded: a long row of 12,34,56 would otherwise be read to its end from each of its numbers.
ARABIC = (
    r"(?:\d{1,3}(?:,\d{3}){1,40}(?!\d)|\d{1,2}(?:,\d{2}){1,20},\d{3}(?!\d)|\d{1,3}(?: \d{3}){2,40}(?![\d,])"
    r"|\d{1,3} 000(?![\d,])|\d+)"
    r"(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?![\w.]))?|(?<![A-Za-z\d.])\.\d+"
)
_H = "一二三四五六七八九两"
_UNIT = "(?:[十万亿]|千(?!(?<=[万亿]千)[瓦伏帕卡克米赫])|百(?! {0,2}分 {0,2}[点位])|兆(?! ?[瓦赫比字帕欧歐焦伏]))"
_MORE = "[多余几来]"
# After a digit a unit may stand apart; a numeral goes on after a unit, 零 or, as in 二〇二五, after a Han digit.
_RUN = (
    rf"(?:{ARABIC}|[零{_H}]|十|[百千](?=[{_H}十百千万亿])"
    rf"|(?<![{_H}十百千])[百千万亿](?=[名户元人家亩吨年余多字台件辆只头份])|[数几](?=[十百千万亿]))"
    rf"(?:(?<![零]) {{0,3}}(?:{_MORE} {{0,2}})?{_UNIT}|(?<=[十百千万亿兆]) {{0,3}}(?:[零{_H}]|\d(?= ?[十百千万]))"
    rf"|(?<=[十百千万亿兆零]){_MORE}(?= ?[十百千万亿])"
    rf"|(?<=[零{_H}])[零{_H}]|(?<=零)十|(?<=[万亿千百零])(?:{ARABIC}))*"
    rf"(?:(?<=[零{_H}十百千万亿兆]) {{0,3}}点 {{0,2}}[零{_H}]+)?"
)
_SIGN = r"(?:(?<![\d胜])负|(?<![A-Za-z\d.)\-+%十百千万亿元年月日])-)? {0,2}"
_OVER = rf"(?: {{0,3}}分 {{0,3}}之 {{0,3}}(?P<over>负?{_RUN}))"
_SLASH = r"(?:(?<!\d\d\d)/(?P<slash>\d{1,3})(?![\d/]))"
_MIXED = rf"(?: {{0,3}}又 {{0,3}}(?P<mixed>{_RUN}|[百千万亿]{{1,2}}(?= ?分)))"
NUMERAL = re.compile(
    rf"(?P<sign>{_SIGN})(?P<run>{_RUN}|[百千万]{{1,2}}(?= ?分 ?之))(?P<half>½|¼|¾)?"
    rf"(?: (?P<parts>\d{{1,2}}/\d{{1,2}})(?![\d/]))?(?P<letter> ?(?:bn|[kKmMbBG]|[tmb]r?illion"
    rf"|thousand)(?![A-Za-z0-9]))?(?:{_MIXED}?(?:{_OVER}|{_SLASH}))?|[½¼¾⅓⅔]"
)
SHARE = re.compile(
    rf"(?<![{_H}十百千万亿\d])(?P<of>百(?= {{0,3}}分 {{0,3}}[之{_H}百])|千|万 ?万|万"
    rf"|亿) {{0,3}}[分份] {{0,3}}(?:之|(?<=百分)) {{0,3}}"
    rf"(?P<run>{_SIGN}{_RUN}|百(?!分))(?P<letter> ?[kK](?![A-Za-z]))?"
)
_TOKEN = re.compile(rf"{ARABIC}|.")
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_VULGAR |= {"⅓": quotient(Decimal(1), Decimal(3)), "⅔": quotient(Decimal(2), Decimal(3))}


def arabic(text: str) -> Decimal:
    """Return the value of digits with commas or blanks between groups."""
    return Decimal(text.replace(",", "").replace(" ", ""))


class _Reader:
    """Adds up one run of numeral characters from left to right."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.number: Decimal | None = None
        self.last = Decimal(0)  # the last unit, which a single digit at the end is a tenth of
        self.large = Decimal(0)
        self.zero = self.written = False
        self.digits = 0
        self.vague = False

    def digit(self, value: Decimal) -> None:
        if self.number is None:
            self.zero = self.zero or (value == 0 and bool(self.last))
            self.number = value if value or not self.last else None
            self.digits = 1
        else:
            self.number = self.number * 10 + value
            self.digits += 1
        self.written = False

    def small(self, unit: Decimal) -> None:
        self.vague = self.vague or self.digits > 1
        number = Decimal(1) if self.number is None else self.number
        if self.digits > 1 and number < 100 and not self.written:
            number = number // 10  # 二三十: twenty or thirty
        self.section += EXACT.multiply(number, unit)
        self.number, self.last, self.zero, self.digits = None, unit, False, 0

    def big(self, unit: Decimal) -> None:
        section = EXACT.add(self.section, self.number or 0)
        if self.large and unit >= self.large or (self.large and not section):
            self.total = EXACT.multiply(EXACT.add(self.total, section), unit)
        else:
            self.total = EXACT.add(self.total, EXACT.multiply(section or Decimal(1), unit))
        self.section, self.number, self.digits = Decimal(0), None, 0
        self.large = self.last = unit
        self.zero = False

    def value(self) -> Decimal:
        number = self.number or Decimal(0)
        if self.digits == 1 and self.last >= 100 and not self.zero and not self.written:
            number = EXACT.multiply(number, self.last) / 10
        return EXACT.add(EXACT.add(self.total, self.section), number)


def _whole(run: str) -> tuple[Decimal, bool]:
    reader = _Reader()
    for token in _TOKEN.findall(run):
        if token in _VALUE:
            reader.digit(_VALUE[token])
        elif token in _SMALL:
            reader.small(_SMALL[token])
        elif token in _LARGE:
            reader.big(_LARGE[token])
        elif token[0] in ".0123456789":
            reader.number, reader.digits, reader.written = arabic(token), 1, True
        else:
            reader.vague = True
            if token in "数几" and reader.number is None and not reader.last:
                reader.number = Decimal(1)
    return reader.value(), reader.vague


def read(run: str) -> tuple[Decimal, bool]:
    """Return the value of a run of numeral characters, and whether it is vague (十几万, 二三十)."""
    negative = run.startswith(("负", "-"))
    whole, _, fraction = run.lstrip("负- ").partition("点")
    value, vague = _whole(re.sub(r"(?<!\d) | (?!\d)", "", whole))
    digits = "".join(str(_VALUE[char]) for char in fraction if char in _VALUE)
    if digits:
        value = EXACT.add(value, Decimal(f"0.{digits}"))
    return (-value if negative else value), vague


def _near_tens(run: str) -> bool:
    """Whether a run is two neighbouring tens, as in 百分之七八十."""
    return len(run) == 3 and run[2] == "十" and run[0] in _H and run[1] in _H


def shares(text: str) -> Iterator[Numeral]:
    """Yield 百分之五, 千分之三 and 万分之七 with the value in hundredths; a vague one (百分之二三十) has none."""
    for found in SHARE.finditer(text):
        if len(found["run"]) > MOST_DIGITS:
            continue
        run = found["run"].strip()
        value, vague = read(run if run != "百" else "一百")
        listed = vague and found["of"] == "百" and _near_tens(run)
        if not vague or listed:
            value = EXACT.divide(EXACT.multiply(value, 100), denominator(found["of"]))
            value = EXACT.scaleb(value, 3) if found["letter"] else value
            words = not any(char.isdigit() for char in run)
            yield Numeral(*found.span(), value, words, "about" if listed else None, (value + 10,) if listed else ())


def _fraction(found: re.Match[str], whole: Decimal) -> Decimal | None:
    """The value of a quotient or mixed number whose first number is ``whole``; None for a denominator of zero."""
    if found["slash"]:
        return quotient(whole, Decimal(found["slash"]))
    over, _ = read(found["over"])
    if not found["mixed"]:
        return quotient(over, whole)
    part = quotient(over, denominator(found["mixed"]))
    return None if part is None else whole + part


def denominator(run: str) -> Decimal:
    """Return the value of a denominator, where 百, 千, 万 and 万万 stand without a digit before them."""
    if run and not run.strip("百千万亿 "):
        value = Decimal(1)
        for char in run.replace(" ", ""):
            value *= (_SMALL | _LARGE)[char]
        return value
    return read(run)[0]


def _listed(run: str) -> tuple[Decimal, ...]:
    """The digits of 三四五六 one by one: a list, as in 三四五六年级, rather than 3,456."""
    if len(run) < 2 or run not in f"{_H[:-1]}":
        return ()
    return tuple(_VALUE[char] for char in run)


def _numeral(found: re.Match[str]) -> Numeral | None:
    if found["run"] is None:
        return Numeral(*found.span(), _VULGAR[found.group()])
    if len(found["run"]) > MOST_DIGITS * 2 or sum(char.isdigit() for char in found["run"]) > MOST_DIGITS:
        return None
    value, vague = read(found["run"]) if found["run"].strip("百千万") else (denominator(found["run"]), False)
    if found["half"]:
        value += _VULGAR[found["half"]]
    if found["parts"]:
        above, below = map(Decimal, found["parts"].split("/"))
        value = EXACT.add(value, quotient(above, below) or 0)
    if found["letter"]:
        value = EXACT.scaleb(value, LETTERS[found["letter"].strip().lower()])
    start = found.start() + len(found["sign"]) - len(found["sign"].lstrip())
    end = found.end()
    if found["over"] or found["slash"]:
        whole = _fraction(found, value)
        if whole is None:
            return None
        value = whole
    negative = found["sign"].strip() != ""
    words = not any(char.isdigit() for char in found.group())
    return Numeral(start, end, -value if negative else value, words, "about" if vague else None, _listed(found["run"]))


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of a plain Chinese text in order; runs too long to be quantities are passed over."""
    for found in NUMERAL.finditer(text):
        numeral = _numeral(found)
        if numeral is not None:
            yield numeral
