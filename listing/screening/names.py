"""Whether two names may mean the same person or institution, in whatever script, order and spelling they are written.

Decides what is compared with what, and from which likeness on somebody has to look. A Chinese name is compared by its
characters in Simplified form and by its pinyin; a Latin name by its words in any order and, where they can be pinyin,
by their syllables. Not covered: a Chinese name against a romanisation other than pinyin (Wong Siu Ming for 王小明),
which is why both names of everybody are asked for and both are compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from listing.bilingual import sound, tokens
from listing.later import rapidfuzz

LEAST = 85  # of 100; from here on a person has to look
_SOUNDS_ALIKE = 5  # equal sound is less than equal writing by this much

# Legal forms, in the one spelling that the tokeniser gives each, and what stands between the words of a name.
_LEGAL_FORMS = frozenset(
    ("ag", "and", "bhd", "bv", "co", "corp", "gmbh", "group", "hldg", "hldgs", "inc", "intl", "llc", "llp", "lp")
    + ("ltd", "nv", "of", "plc", "pte", "pty", "sa", "sdn", "the")
)
_LEGAL_ENDINGS = ("有限责任公司", "股份有限公司", "有限公司", "集团", "公司")
_MOST_READINGS = 4


@dataclass(frozen=True, slots=True)
class Forms:
    """What is compared of one name: its characters, its Latin words and its syllables, both of these sorted."""

    han: str
    latin: str
    sounds: tuple[str, ...]


def forms(name: str) -> Forms:
    """Cut a name into what is compared; parts too short to mean anybody are empty."""
    cut = list(tokens.runs(name))
    han = _without_ending("".join(run for run in cut if not run.isascii()))
    words = [run for run in cut if run.isascii() and run not in _LEGAL_FORMS]
    latin = " ".join(sorted(words))
    spoken = [_spoken(sound.syllables(han))] if len(han) > 1 else _read(words)
    return Forms(
        han=han if len(han) > 1 else "",
        latin=latin if len(latin) > 2 else "",
        sounds=tuple(one for one in spoken if " " in one),
    )


def _without_ending(han: str) -> str:
    for ending in _LEGAL_ENDINGS:
        if len(han) > len(ending) + 1:
            han = han.removesuffix(ending)
    return han


def _spoken(syllables: Iterable[str]) -> str:
    return " ".join(sorted(syllables))


def _read(words: Sequence[str]) -> list[str]:
    """The syllables of a Latin name, when each of its words can be pinyin: Xiaoming WANG as ming wang xiao."""
    each = [sound.readings(word) for word in words]
    ways = islice(product(*each), _MOST_READINGS) if each and all(each) else ()
    return list(dict.fromkeys(_spoken(syllable for word in way for syllable in word) for way in ways))


class Index:
    """Names that are searched many times, each under the key of whom it belongs to."""

    def __init__(self, named: Iterable[tuple[str, str]]):
        self._named = [(key, name, forms(name)) for key, name in named]
        self._han = [each.han for _key, _name, each in self._named]
        self._latin = [each.latin for _key, _name, each in self._named]
        self._sounds = [(at, spoken) for at, (_key, _name, each) in enumerate(self._named) for spoken in each.sounds]
        self._spoken = [spoken for _at, spoken in self._sounds]

    def like(self, name: str) -> dict[str, tuple[int, str]]:
        """Return {key: (likeness 85 to 100, the listed name that is most like)} of all that somebody has to look at."""
        best: dict[str, tuple[int, str]] = {}
        for at, likeness in self._found(forms(name)):
            key, listed, _forms = self._named[at]
            if likeness > best.get(key, (0, ""))[0]:
                best[key] = (likeness, listed)
        return best

    def _found(self, asked: Forms) -> Iterator[tuple[int, int]]:
        if asked.han:
            yield from ((at, round(score)) for _text, score, at in _near(asked.han, self._han))
        if asked.latin:
            yield from ((at, round(score)) for _text, score, at in _near(asked.latin, self._latin))
        for spoken in asked.sounds:
            for _text, score, at in _near(spoken, self._spoken, LEAST + _SOUNDS_ALIKE):
                yield self._sounds[at][0], round(score) - _SOUNDS_ALIKE


def _near(asked: str, among: Sequence[str], least: int = LEAST):
    return rapidfuzz.process.extract(asked, among, scorer=rapidfuzz.fuzz.ratio, score_cutoff=least, limit=None)
