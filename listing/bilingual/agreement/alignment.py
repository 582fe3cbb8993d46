"""Which figure of one side stands for which of the other.

Decides pairs by value first and by place second, best pairs first, each figure once. The work grows with the number of
figures, not with its square: a figure looks at a few candidates of equal value only.
"""

from bisect import bisect_left
from dataclasses import dataclass

from listing.bilingual.agreement.facets import agreement, facets
from listing.bilingual.figures import Figure

NEAREST = 4  # candidates of one facet on either side of the expected place


@dataclass(frozen=True, slots=True)
class Match:
    """Two figures that stand for each other, and how well they agree."""

    zh: Figure
    en: Figure
    score: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The matches of two texts, what is left on either side in order of the text, and all the facets of a side."""

    matches: tuple[Match, ...]
    zh: tuple[Figure, ...]
    en: tuple[Figure, ...]
    known_zh: frozenset[str] = frozenset()
    known_en: frozenset[str] = frozenset()


def _index(known: list[frozenset[str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, figure in enumerate(known):
        for facet in figure:
            index.setdefault(facet, []).append(place)
    return index


def _near(places: list[int], expected: int) -> list[int]:
    middle = bisect_left(places, expected)
    return places[max(0, middle - NEAREST) : middle + NEAREST]


def align(zh: list[Figure], en: list[Figure]) -> Alignment:
    """Return the alignment of the figures of two texts."""
    known_zh, known_en = [facets(figure) for figure in zh], [facets(figure) for figure in en]
    index = _index(known_en)
    stretch = len(en) / len(zh) if zh else 1.0
    pairs = []
    for place, figure in enumerate(zh):
        expected = int(place * stretch)
        candidates = {other for facet in known_zh[place] for other in _near(index.get(facet, []), expected)}
        for other in candidates:
            score = agreement(figure, en[other])
            if score:
                pairs.append((-score, abs(other - place * stretch), place, other))
    pairs.sort()
    taken_zh: dict[int, int] = {}
    taken_en: set[int] = set()
    matches = []
    for score, _, place, other in pairs:
        if place not in taken_zh and other not in taken_en:
            taken_zh[place] = other
            taken_en.add(other)
            matches.append((place, Match(zh[place], en[other], -score)))
    return Alignment(
        tuple(match for _, match in sorted(matches, key=lambda entry: entry[0])),
        tuple(figure for place, figure in enumerate(zh) if place not in taken_zh),
        tuple(figure for place, figure in enumerate(en) if place not in taken_en),
        frozenset().union(*known_zh),
        frozenset().union(*known_en),
    )
