"""Finding known words in a text: Chinese in either script, English in any inflection.

Decides what counts as the same word, and finds all known words in time linear in the text. Places are those of the text
as given: folding keeps one character for each. What is found means nothing here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from listing.bilingual.script import simplified_forms

LONGEST_WORD = 40  # letters of an English word that are looked at
_ENGLISH = re.compile(r"[A-Za-z]+(?:&[A-Za-z]+)?(?:['’][A-Za-z]+)?|[0-9]+|%")
_POSSESSIVE = re.compile("'s?$")
_SAME = {"帐": "账", "帳": "账", "佔": "占", "裡": "里", "启": "启", "啓": "启", "敍": "叙", "衞": "卫"}
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a known word stands in a text, and which: ``form`` is its key in the lexicon."""

    start: int
    end: int
    form: str

    def within(self, other: "Place") -> bool:
        """Whether the other place covers this one."""
        return other.start <= self.start and self.end <= other.end


@cache
def _folding() -> dict[int, int | str]:
    simple = simplified_forms()
    wide = {wide: _LOWER.get(plain, plain) for wide, plain in _FULL_WIDTH.items()}
    return {**simple, **{ord(a): b for a, b in _SAME.items()}, **wide, **_LOWER}


def fold(text: str) -> str:
    """Return the text in Simplified characters and lower case, character for character."""
    return text.translate(_folding())


_PLURALS = (("ies", "y", 5), ("sses", "ss", 5), ("xes", "x", 5), ("ches", "ch", 6), ("shes", "sh", 6))
_SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("ence", "ense"),
    ("our", "or"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("amme", "am"),
)


def _singular(word: str) -> str:
    for ending, instead, shortest in _PLURALS:
        if word.endswith(ending) and len(word) >= shortest:
            return word.removesuffix(ending) + instead
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=20_000)
def strict(word: str) -> str:
    """Return an English word without plural, possessive and the difference of British and American spelling."""
    word = _singular(_POSSESSIVE.sub("", word[:LONGEST_WORD].lower().replace("’", "'")))
    for ending, instead in _SPELLINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word


@lru_cache(maxsize=20_000)
def generous(word: str) -> str:
    """Return an English word without its inflection: listed, listing and lists are list."""
    word = strict(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an English text: each one's place and its key."""

    keys: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def words(text: str, key=strict) -> Words:
    """Cut an English text into words."""
    found = list(_ENGLISH.finditer(text))
    return Words(tuple(key(m.group()) for m in found), tuple(m.span() for m in found))


class Chinese:
    """A lexicon of Chinese words of two characters or more, found in either script."""

    def __init__(self, forms: Iterable[str]):
        self._by_start: dict[str, list[str]] = {}
        for form in sorted({fold(form) for form in forms}, key=len, reverse=True):
            self._by_start.setdefault(form[:2], []).append(form)

    def places(self, folded: str) -> Iterator[Place]:
        """Yield every place of every known word of a folded text, at each place the longest first."""
        for start in range(len(folded) - 1):
            for form in self._by_start.get(folded[start : start + 2], ()):
                if folded.startswith(form, start):
                    yield Place(start, start + len(form), form)


class English:
    """A lexicon of English words and phrases; ``key`` says which words count as the same."""

    def __init__(self, forms: Iterable[str], key=strict):
        self._key = key
        self._by_start: dict[str, list[tuple[str, ...]]] = {}
        for keys in sorted({self.of(form) for form in forms}, key=len, reverse=True):
            self._by_start.setdefault(keys[0], []).append(keys)

    def of(self, form: str) -> tuple[str, ...]:
        """The keys of the words of a phrase."""
        return words(form, self._key).keys

    def places(self, text: Words) -> Iterator[Place]:
        """Yield every place of every known phrase, at each place the longest first."""
        for at, first in enumerate(text.keys):
            for keys in self._by_start.get(first, ()):
                if text.keys[at : at + len(keys)] == keys:
                    yield Place(text.places[at][0], text.places[at + len(keys) - 1][1], " ".join(keys))


def longest(places: Iterable[Place]) -> list[Place]:
    """Return the places that do not overlap, from the left, the longest first."""
    chosen: list[Place] = []
    end = 0
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if place.start >= end:
            chosen.append(place)
            end = place.end
    return chosen
