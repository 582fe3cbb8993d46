"""What changed between two versions of a text, by word in both languages.

Decides what a word is: a figure with its unit, an English word, a Chinese word as BudouX cuts it, one punctuation mark,
one run of blanks. Chinese is cut on simplified characters, one for one, so both scripts are cut alike. Lone words that
happen to stay between two changes count as changed, because a reader takes in phrases. How it looks is a macro.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from typing import NamedTuple

from budoux import Parser, load_default_simplified_chinese_parser

from listing.bilingual.figures import figures
from listing.bilingual.script import simplified_forms

SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 3_000  # of the changed middle of either version; beyond that it is compared by line

_WORD = re.compile(
    r"[^\W\d_\u3400-\u9fff]+(?:['’&-][^\W\d_\u3400-\u9fff]+)*|[\u3400-\u9fff\U00020000-\U0003fffd]+|\d+|\s+|.", re.S
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffd]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Part(NamedTuple):
    """A stretch of text that both versions have (``same``), or only the old (``gone``) or new one (``new``)."""

    kind: str
    text: str


@cache
def _cutter() -> Parser:
    return load_default_simplified_chinese_parser()


def _chinese(run: str) -> Iterator[str]:
    """Cut a run of Han characters at the places where its simplified form would be cut."""
    place = 0
    for word in _cutter().parse(run.translate(simplified_forms())):
        yield run[place : place + len(word)]
        place += len(word)


def _plain(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        run = found.group()
        if len(run) > 1 and _HAN.match(run):
            yield from _chinese(run)
        else:
            yield run


def words(text: str, lang: str) -> list[str]:
    """Return the words of a text in order, which together are the text; ``lang`` is zh (either script) or en."""
    found, place = [], 0
    for figure in figures(text, lang):
        if figure.start >= place:
            found += [*_plain(text[place : figure.start]), text[figure.start : figure.end]]
            place = figure.end
    return [*found, *_plain(text[place:])]


def _small(parts: Sequence[str]) -> bool:
    """Whether what stayed between two changes is too little to read as unchanged."""
    content = [part for part in parts if any(char.isalnum() for char in part)]
    return len(content) <= 1 and len("".join(content)) <= 3 and "\n" not in "".join(parts)


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(blocks):
        if kind == "equal" and not (0 < place < len(blocks) - 1 and _small(old[a:b])):
            yield SAME, "".join(old[a:b])
        else:
            yield GONE, "".join(old[a:b])
            yield NEW, "".join(new[c:d])


def _joined(pieces: Iterator[tuple[str, str]]) -> Iterator[Part]:
    """Neighbouring changes as one: first what is gone, then what is new."""
    for same, group in groupby(pieces, key=lambda piece: piece[0] == SAME):
        texts: dict[str, str] = {}
        for kind, text in group:
            texts[kind] = texts.get(kind, "") + text
        kinds = (SAME,) if same else (GONE, NEW)
        yield from (Part(kind, texts[kind]) for kind in kinds if texts.get(kind))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def difference(old: str, new: str, lang: str) -> list[Part]:
    """Return the parts of two versions in reading order.

    The same and the gone parts together are the old text; the same and the new ones the new text.
    """
    before, after = words(old, lang), words(new, lang)
    head = _common(before, after)
    tail = _common(before[: head - 1 if head else None : -1], after[: head - 1 if head else None : -1])
    middle = [side[head : len(side) - tail] for side in (before, after)]
    if max(map(len, middle)) > MOST_WORDS:
        middle = [_LINE.findall("".join(side)) for side in middle]
    pieces = [(SAME, "".join(before[:head])), *_compared(*middle), (SAME, "".join(before[len(before) - tail :]))]
    return list(_joined(piece for piece in pieces if piece[1]))
