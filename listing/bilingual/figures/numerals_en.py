"""Numbers as English writes them: 1.2 billion, 10k, US$1.5bn, one hundred and six, two thirds, one and a half.

Decides where a number stands and its exact value; what it counts is read elsewhere. Input is the plain form in lower
case.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from listing.bilingual.figures.figure import EXACT, MOST_DIGITS, Numeral, quotient
from listing.bilingual.figures.numerals_zh import ARABIC, arabic

_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_ONES = {name: Decimal(value) for value, name in enumerate((_NAMES + " eighteen nineteen").split())}
_ONES |= {"nought": Decimal(0), "naught": Decimal(0)}
_TENS = {
    name: Decimal(value * 10)
    for value, name in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}
_SCALES = {name: Decimal(10) ** power for name, power in SCALES.items()} | {
    "dozen": Decimal(12),
    "doz": Decimal(12),
    "lakh": Decimal(10) ** 5,
    "crore": Decimal(10) ** 7,
}
_LETTERS = {
    "k": 3,
    "m": 6,
    "mm": 6,
    "mn": 6,
    "mil": 6,
    "mln": 6,
    "b": 9,
    "bn": 9,
    "bln": 9,
    "t": 12,
    "trn": 12,
    "tn": 12,
}
_LETTERS |= {"g": 9}
_PARTS = dict(
    zip(
        [
            "half",
            "quarter",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "fifteenth",
            "twentieth",
            "thirtieth",
            "hundredth",
            "thousandth",
            "millionth",
            "billionth",
            "trillionth",
        ],
        (2, 4, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 100, 1000, 10**6, 10**9, 10**12),
        strict=True,
    )
)
_PLAIN_PARTS = {f"{name}s": value for name, value in _PARTS.items()} | {"halves": 2, "tenths": 10} | _PARTS

_CARDINAL = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_PART = "|".join(sorted(_PLAIN_PARTS, key=len, reverse=True))
_GAP = "(?:[ \\t]{1,3}|[ ]?-[ ]?)"
_WORD = rf"(?:{_CARDINAL})(?![a-z])|(?:{_SCALE})s?(?![a-z])|(?<=hundred and )\d{{1,2}}(?![\d.,/%a-z]| hundred)"
_CODE = "(?:usd|eur|gbp|hkd|cny|rmb|mop|jpy|sgd)"
NUMERAL = re.compile(
    rf"(?P<sign>(?:(?:minus|negative) |(?:(?<![\w.)%+\]-])|(?<={_CODE}))- {{0,2}}(?=[\d.]))?)"
    rf"(?:(?P<digits>{ARABIC})(?:(?P<vulgar>[½¼¾⅓⅔])"
    rf"|(?P<letter> {{0,2}}(?:{'|'.join(sorted(_LETTERS, key=len, reverse=True))})"
    rf"(?:(?![a-z0-9]|\.c)|(?={_CODE}(?![a-z]))))"
    rf"|(?: (?P<mixed>\d{{1,2}}))?(?<!\d\d\d)/(?P<slash>\d{{1,3}})(?![\d/]))?"
    rf"|(?P<fraction>(?<![a-z])(?:an? )?(?:half|quarter)(?: of)?(?: an?)? {{1,2}}(?=(?:{_SCALE})(?![a-z])))"
    rf"|(?P<article>(?<![a-z])an? (?=(?:{_SCALE})(?![a-z])|(?:half|quarter)(?![a-z])"
    rf"|(?:third|fourth|fifth|sixth|eighth|tenth|twentieth|(?:{_SCALE})th)(?: of (?!an?ll)| *(?:[.,;:)]|$))))"
    rf"|(?<![a-z])(?={_WORD})|(?P<sole>[½¼¾⅓⅔]))"
    rf"(?P<words>(?:{_GAP}?(?:{_WORD})(?:{_GAP}(?:and{_GAP})?(?:{_WORD})){{0,24}})?)"
    rf"(?P<point> point(?: (?:{_CARDINAL})(?![a-z])(?:-(?:{_CARDINAL})(?![a-z]))?){{1,20}})?"
    rf"(?P<tail>{_GAP}?(?:and{_GAP})?(?:an?{_GAP})?(?P<part>{_PART})(?![a-z])(?: of an? (?P<of>million|billion"
    rf"|trillion)(?![a-z]))?(?P<more> (?:hundred|thousand|million|billion|trillion)(?![a-z]))?)?"
)
_TOKEN = re.compile(rf"(?<![a-z])(?:{_CARDINAL}|{_SCALE})(?=s?(?![a-z]))|\d{{1,2}}|(?<![a-z])and(?![a-z])")
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_HALVES |= {"⅓": quotient(Decimal(1), Decimal(3)), "⅔": quotient(Decimal(2), Decimal(3))}


class _Sum:
    """Adds up words from left to right; refuses a word that begins another number (two three)."""

    def __init__(self, number: Decimal | None) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0) if number is None else number
        self.room = Decimal(10) ** 30 if number is None else Decimal(0)  # the next word must be smaller than this
        self.any = number is not None
        self.scaled = Decimal(10) ** 30

    def takes(self, word: str) -> bool:
        """Add a word, or return False where it cannot go on with this number."""
        if word in _SCALES:
            return self._scale(_SCALES[word])
        if word == "and":
            return True
        value = Decimal(word) if word.isdigit() else _ONES.get(word, _TENS.get(word, Decimal(0)))
        if value >= self.room or (self.any and not value):
            return False
        self.section += value
        self.room = Decimal(10) if word in _TENS else Decimal(0)
        self.any = True
        return True

    def _scale(self, unit: Decimal) -> bool:
        if unit >= self.scaled and unit > 100:
            return False
        section = self.section if self.section or self.any and not self.total else Decimal(1)
        if unit == 100 or unit == 12:
            self.section = EXACT.multiply(section, unit)
        else:
            self.total = EXACT.add(self.total, EXACT.multiply(section, unit))
            self.section, self.scaled = Decimal(0), unit
        self.room = unit
        self.any = True
        return True

    @property
    def value(self) -> Decimal:
        return EXACT.add(self.total, self.section)


def _tokens(text: str, start: int) -> list[tuple[str, int, int]]:
    return [(found.group(), start + found.start(), start + found.end()) for found in _TOKEN.finditer(text)]


def _words(number: Decimal | None, tokens: list[tuple[str, int, int]]) -> tuple[Decimal, int]:
    """The value of the first number among the words, and how many of them it took."""
    reader = _Sum(number)
    for count, (word, _, _) in enumerate(tokens):
        if number is not None and word in _ONES | _TENS:  # 1.7 million four years ago
            return reader.value, count - (tokens[count - 1][0] == "and")
        if not reader.takes(word):
            return reader.value, count - (tokens[count - 1][0] == "and")
    return reader.value, len(tokens)


def _scaled(found: re.Match[str], cased: str) -> int:
    """The power of ten of the letter behind digits; 2mm, 6g and 100t are measures, 2MM, 10G and 3T are not."""
    letter = found["letter"].strip()
    small = letter in ("mm", "g", "t") and cased[found.end("letter") - 1].islower()
    return 0 if small else _LETTERS[letter]


def _leading(found: re.Match[str], cased: str) -> Decimal | None:
    """The value of what stands before the words: digits, a, half, ½; None when words open the number."""
    if found["digits"]:
        value = arabic(found["digits"])
        if found["vulgar"]:
            value += _HALVES[found["vulgar"]]
        elif found["letter"]:
            value = EXACT.scaleb(value, _scaled(found, cased))
        elif found["mixed"]:
            value = EXACT.add(value, quotient(Decimal(found["mixed"]), Decimal(found["slash"])) or 0)
        elif found["slash"]:
            value = quotient(value, Decimal(found["slash"])) or Decimal(0)
        return value
    if found["article"]:
        return Decimal(1)
    if found["fraction"]:
        return Decimal("0.5") if "half" in found["fraction"] else Decimal("0.25")
    return _HALVES[found["sole"]] if found["sole"] else None


def _mixed(tokens: list[tuple[str, int, int]], size: Decimal, part: int) -> Decimal | None:
    """The value of twenty and three fifths or two million and three fifths: the last ``and`` joins whole and part."""
    last = max((place for place, token in enumerate(tokens) if token[0] == "and"), default=0)
    count, _ = _words(None, tokens[last + 1 :])
    if not last or count >= part:
        return None
    whole, _ = _words(None, tokens[:last])
    return EXACT.add(whole, EXACT.multiply(EXACT.multiply(count, size), _scale_of(tokens[last - 1][0])))


def _scale_of(word: str) -> Decimal:
    """The unit that a fraction after ``and`` counts in: two million and a half is half of a million more."""
    return _SCALES[word] if word in _SCALES and _SCALES[word] > 100 else Decimal(1)


def _below(count: Decimal, tokens: list[tuple[str, int, int]], part: str) -> Decimal | None:
    """The value of one twenty-fifth or one one hundred fifth, whose denominator takes several words."""
    whole, taken = _words(None, tokens)
    if taken < len(tokens) or whole % 10 or _PLAIN_PARTS[part] > 9 or part.startswith(("half", "quarter", "halves")):
        return None
    return quotient(count, whole + _PLAIN_PARTS[part])


def _of_more(found: re.Match[str], tokens: list[tuple[str, int, int]]) -> bool:
    """Whether a unit follows the fraction and counts it: one and a half million; not one billion and a half million."""
    return bool(found["more"]) and not any(token[0] in _SCALES for token in tokens)


def _tail_end(found: re.Match[str], tokens: list[tuple[str, int, int]]) -> int:
    counted = found["more"] and not ("and" in found["tail"] and _of_more(found, tokens))
    return found.start("more") if counted else found.end("tail")


def _tail(value: Decimal, found: re.Match[str], tokens: list[tuple[str, int, int]]) -> Decimal | None:
    """The value with its fraction: two thirds, one and a half, a tenth; None where the ending is an ordinal."""
    name, tail = found["part"], found["tail"]
    part = _PLAIN_PARTS[name]
    size = quotient(Decimal(1), Decimal(part))
    if "and" in tail:
        if not re.search(r"and\s+an?\s", tail) and name not in ("half", "quarter"):
            return None
        whole = EXACT.add(value, EXACT.multiply(size, _scale_of(tokens[-1][0] if tokens else "")))
        return EXACT.scaleb(whole, SCALES[found["more"].strip()]) if _of_more(found, tokens) else whole
    mixed = _mixed(tokens, size, part)
    if mixed is not None:
        return mixed
    if name in _PARTS and name not in ("half", "quarter") and value != 1:
        return None
    scaled = quotient(value, Decimal(part))
    return EXACT.scaleb(scaled, SCALES[found["of"]]) if found["of"] else scaled


def _point(value: Decimal, text: str | None) -> Decimal:
    if not text:
        return value
    digits = "".join(f"{_TENS.get(word) or _ONES.get(word)}" for word, _, _ in _tokens(text, 0))
    if re.search(r"ty[- ]", text):  # point seventy-one
        digits = f"{_words(None, _tokens(text, 0))[0]}"
    return EXACT.add(value, Decimal(f"0.{digits}"))


def _ended(found: re.Match[str], lead: Decimal | None, tokens: list[tuple[str, int, int]]) -> tuple[Decimal, int, bool]:
    """The value at a match, where it ends, and whether any of its words were taken."""
    value, taken = _words(lead, tokens)
    if taken < len(tokens):
        end = _plural(found.string, tokens[taken - 1][2]) if taken else found.start("words")
        part = _below(value, tokens[taken:], found["part"]) if found["tail"] else None
        return (value, end, bool(taken)) if part is None else (part, _tail_end(found, tokens), True)
    value, end = _point(value, found["point"]), found.end("point" if found["point"] else "words")
    tail = _tail(value, found, tokens) if found["tail"] else None
    return (value, end, bool(taken)) if tail is None else (tail, _tail_end(found, tokens), True)


def _numeral(found: re.Match[str], cased: str) -> tuple[Numeral | None, int]:
    """The number at a match, and where reading goes on."""
    if found["digits"] and len(found["digits"]) > MOST_DIGITS:
        return None, found.end()
    lead = _leading(found, cased)
    start, sign = found.start(), -1 if found["sign"] else 1
    if found["letter"] and not _scaled(found, cased):
        return Numeral(start, found.end("digits"), lead * sign), found.end("digits")
    tokens = _tokens(found["words"], found.start("words"))
    value, end, any_words = _ended(found, lead, tokens)
    if end <= start + len(found["sign"]) or (found["article"] and not any_words):
        return None, max(end, start + 1)
    words = not found["digits"] and not found["sole"]
    vague = "about" if words and lead is None and tokens[0][0] in _SCALES else None
    also = (value / 10**6,) if (found["letter"] or "").strip() == "m" else ()
    end = start + len(found.string[start:end].rstrip())
    return Numeral(start, end, value * sign, words, vague, also), end


def _plural(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == "s" else end


def numerals(text: str, cased: str | None = None) -> Iterator[Numeral]:
    """Yield the numbers of a plain lower-case English text in order; ``cased`` keeps the letter case."""
    position = 0
    cased = text if cased is None else cased
    while found := NUMERAL.search(text, position):
        numeral, end = _numeral(found, cased)
        if numeral is not None:
            yield numeral
        position = max(end, found.start() + 1)
