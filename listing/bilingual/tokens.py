"""The one tokeniser of index and query: what counts as the same word, in Chinese and in English.

Decides folding (compatibility forms, case, accents, script), the cutting of Chinese into overlapping pairs of
characters, and what a query asks for. Knows no database: a query is a value that the index renders. Any text is a
valid query; no character of it is an operator.

Marked tokens never meet the words of a text, because folding turns every mark into a separator.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from listing.bilingual import sound
from listing.bilingual.script import simplified_forms

WHOLE = "＝"  # opens the token that stands for a whole name
SOUND = "～"  # opens a syllable of pinyin
INITIALS = "＾"  # opens the pinyin initials of a name

QUERY_CHARACTERS = 200  # the rest of a longer query is not read
QUERY_CLAUSES = 24
KEY_CHARACTERS = 120  # of a whole name
INDEXED_CHARACTERS = 15_000  # the rest of a longer field is not indexed; PostgreSQL numbers 16,383 places
NAME_CHARACTERS = 200

# Chinese, and the other scripts written without blanks; the supplementary planes whole, ahead of Python's own tables.
_HAN = "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd"
_CHUNK = re.compile(f"[\\w{_HAN}]+")
_RUN = re.compile(f"[{_HAN}]+|[^{_HAN}]+")
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# Where letters with accents are; most Chinese and English texts have none, and are spared the work.
_ACCENTED = re.compile("[\u00c0-\u1fff\u20d0-\u20ff\u2c60-\u2dff\ua640-\uabff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u180e]")
_SEPARATOR = re.compile("[_\0\ud800-\udfff]")
_JOINERS = (
    (re.compile(r"(?<=[a-z])['’](?=[a-z])"), ""),  # int'l, people’s
    (re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?", re.ASCII), lambda found: found.group().replace(".", "") + " "),
    (re.compile(r"\b([a-z]{1,2})&([a-z]{1,2})\b", re.ASCII), r"\1\2"),  # R&D, S&P, AT&T
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),  # 1,000
)
_RUN_START = re.compile(f"[{_HAN}]")
# One legal form, many spellings.
FORMS = {
    "limited": "ltd",
    "company": "co",
    "companies": "cos",
    "corporation": "corp",
    "incorporated": "inc",
    "international": "intl",
    "holdings": "hldgs",
    "holding": "hldg",
}
_LEGAL = frozenset(FORMS.values())
# Characters that one script writes in two ways, beyond what OpenCC folds one by one.
_SAME = str.maketrans(
    "衞敍敘枱揹瞭馀暱甦锺侭讬迳藉麹谘覆著薰座像妳牠祂钜",
    "卫叙叙台背了余昵苏钟尽托径借曲咨复着熏坐象你它他巨",
)
_PLACE = re.compile("^[^省市区州]{2,4}(?:省|市|自治区|特别行政区)(?:[^省市区州]{2,3}市)?")


@cache
def _script_folding() -> dict[int, int]:
    forms = simplified_forms()
    folded = {char: _SAME.get(form, form) for char, form in forms.items()}
    return _SAME | folded


def fold(text: str) -> str:
    """Return the text in the form in which equal words are equal strings: lower case, no accents, Simplified.

    Han characters are folded one by one, so a part of a text folds as it does in the whole.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
        if _ACCENTED.search(text):
            text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
        text = text.translate(_script_folding())
    text = _SEPARATOR.sub(" ", text.lower())
    for pattern, replacement in _JOINERS:
        text = pattern.sub(replacement, text)
    return text


def runs(text: str) -> Iterator[str]:
    """Yield the folded words and unbroken stretches of Chinese of a text, in order."""
    for chunk in _CHUNK.findall(fold(text)):
        if chunk.isascii():
            yield FORMS.get(chunk, chunk)
        else:
            yield from _RUN.findall(chunk)


def _is_han(run: str) -> bool:
    return not run.isascii() and _RUN_START.match(run) is not None


def _padded(number: str) -> tuple[str, ...]:
    """The other ways to write a number that has leading zeros: bare, and in four digits as codes in Hong Kong are."""
    bare = number.lstrip("0") or "0"
    return tuple(form for form in dict.fromkeys((bare, bare.zfill(4))) if form != number)


def _pairs(run: str) -> list[str]:
    return list(map("".join, zip(run, run[1:], strict=False)))


def words(cut: Iterable[str]) -> str:
    """Return the tokens of the runs of a text for the index, separated by blanks.

    A stretch of n Han characters gives its n-1 pairs and then its last character: every character opens a token, so
    one alone is found as a prefix, and two stretches never read as one. Numbers that open with zeros follow once more
    at the end, without them.
    """
    tokens: list[str] = []
    numbers: dict[str, None] = {}
    for run in cut:
        if not _is_han(run):
            tokens.append(run)
            if run[0] == "0" and run.isdigit():
                numbers.update(dict.fromkeys(_padded(run)))
        else:
            tokens.extend(_pairs(run))
            tokens.append(run[-1])
    return " ".join((*tokens, *numbers))


def name_forms(cut: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of a name: whole, and without the province or city it opens with (深圳市…)."""
    key = "".join(cut)
    rest = _PLACE.sub("", key)
    return (key, rest) if len(rest) >= 4 and rest != key else (key,)


def name_words(names: Iterable[Iterable[str]]) -> str:
    """Return the tokens of names for the index: their words, and each whole name as one token."""
    parts: list[str] = []
    for cut in names:
        if cut:
            parts.append(words(cut))
            parts.extend(WHOLE + form[:KEY_CHARACTERS] for form in name_forms(cut))
    return " ".join(parts)


def name_sounds(names: Iterable[Iterable[str]]) -> str:
    """Return the pinyin of the Chinese in names for the index: syllables in order, then the initials.

    The initials stand once for the whole name and once without the place it opens with.
    """
    parts: list[str] = []
    for cut in names:
        read = sound.syllables("".join(filter(_is_han, cut)))
        parts.extend(SOUND + syllable for syllable in read)
        initials = "".join(syllable[0] for syllable in read)
        if len(initials) > 1:
            parts.extend(INITIALS + initials[-len(form) :] for form in name_forms(cut))
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow one another; with ``prefix`` the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for: every clause through one of its phrases, or ``name``, the whole name of a row."""

    clauses: tuple[tuple[Phrase, ...], ...]
    name: str

    def __bool__(self) -> bool:
        return bool(self.clauses)


def _clause(run: str) -> tuple[Phrase, ...]:
    if run in _LEGAL:
        return (Phrase((run,)),)
    if not _is_han(run):
        spelt = [Phrase(tuple(SOUND + s for s in reading)) for reading in sound.readings(run)]
        if sound.may_be_initials(run):
            spelt.append(Phrase((INITIALS + run,), prefix=len(run) > 2))
        return (Phrase((run,)), *spelt)
    return (Phrase(tuple(_pairs(run))) if run[1:] else Phrase((run,), prefix=True),)


def query(text: str) -> Query:
    """Return what a typed text asks for; false where it holds nothing to look for.

    All words must occur; a stretch of Chinese must occur unbroken. A Latin word may also be the pinyin or the initials
    of a name. Operators and quotes are separators like any other punctuation.
    """
    found = tuple(runs(text[:QUERY_CHARACTERS]))
    clauses = tuple(map(_clause, dict.fromkeys(found[:QUERY_CLAUSES])))
    return Query(clauses, WHOLE + "".join(found)[:KEY_CHARACTERS] if found else "")
