"""Which sentences of one side stand for which of the other: by length, figures and names, after Gale and Church.

Decides the cheapest way through both texts in steps of up to three sentences against one. A link made by hand stands as
long as all its sentences do; between such links the rest is aligned anew. The work grows with the length, not its
square: a step strays no further than ``STRAY`` sentences from the expected place.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from math import erfc, exp, inf, log, sqrt
from typing import NamedTuple

from listing.bilingual.agreement.facets import facets
from listing.bilingual.figures import figures
from listing.bilingual.sentences.splitting import Sentence

STRETCH = 3.0  # English characters to a Chinese one
VARIANCE = 35.0
STRAY = 14
MOST = 600  # sentences of either side; longer passages are not aligned
# Sentences of either side in one step: how often translators do so.
STEPS = {
    (1, 1): 0.85,
    (1, 2): 0.05,
    (2, 1): 0.05,
    (1, 0): 0.02,
    (0, 1): 0.02,
    (2, 2): 0.01,
    (1, 3): 0.01,
    (3, 1): 0.01,
}
AGREES, ALONE, NAMED = 4.0, 1.1, 2.5  # a figure with its like; a figure without; a name in Latin letters on both sides

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9&+-]{1,30}")


class Link(NamedTuple):
    """Ids of sentences that stand for each other; one side may be empty. ``by_hand``: an editor said so."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    by_hand: bool = False


class _Weight(NamedTuple):
    length: int
    figures: tuple[frozenset[str], ...]
    names: frozenset[str]


def _weight(sentence: Sentence, lang: str) -> _Weight:
    found = [facets(figure) for figure in figures(sentence.text, lang) if not figure.words]
    names = frozenset(name.lower() for name in _NAME.findall(sentence.text))
    return _Weight(len(sentence.text), tuple(found), names)


def _length_cost(zh: int, en: int) -> float:
    if not zh or not en:
        return 0.0  # its rarity is cost enough
    deviation = (en - zh * STRETCH) / sqrt((zh + en / STRETCH) / 2 * VARIANCE)
    return -log(max(erfc(abs(deviation) / sqrt(2)), exp(-25)))


def _likeness(zh: Sequence[_Weight], en: Sequence[_Weight]) -> float:
    """What figures and names speak against these sentences belonging together; negative where they speak for it."""
    here, there = [f for w in zh for f in w.figures], [f for w in en for f in w.figures]
    matched = 0
    rest = list(there)
    for figure in here[:20]:
        partner = next((other for other in rest[:20] if not figure.isdisjoint(other)), None)
        if partner is not None:
            rest.remove(partner)
            matched += 1
    names = frozenset().union(*(w.names for w in zh)) & frozenset().union(*(w.names for w in en))
    alone = len(here) + len(there) - 2 * matched
    return ALONE * alone - AGREES * matched - NAMED * min(len(names), 3)


def _cost(zh: Sequence[_Weight], en: Sequence[_Weight]) -> float:
    usual = -log(STEPS[len(zh), len(en)])
    return usual + _length_cost(sum(w.length for w in zh), sum(w.length for w in en)) + _likeness(zh, en)


def _path(zh: Sequence[_Weight], en: Sequence[_Weight]) -> list[tuple[int, int]]:
    """The cheapest steps from the beginning of both texts to their end."""
    rows, columns = len(zh), len(en)
    slope = columns / rows if rows else 0.0
    stray = STRAY + abs(rows - columns) // 4
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(rows + 1):
        expected = int(i * slope)
        first, last = (0, columns) if rows < 2 else (max(0, expected - stray), min(columns, expected + stray))
        for j in range(first, last + 1):
            for step in STEPS:
                before = (i - step[0], j - step[1])
                if before in best:
                    cost = best[before][0] + _cost(zh[before[0] : i], en[before[1] : j])
                    if cost < best.get((i, j), (inf,))[0]:
                        best[i, j] = (cost, step)
    return _walked(best, rows, columns)


def _walked(best: dict, rows: int, columns: int) -> list[tuple[int, int]]:
    steps, place = [], (rows, columns)
    while place != (0, 0):
        step = best[place][1]
        steps.append(step)
        place = (place[0] - step[0], place[1] - step[1])
    return steps[::-1]


def _standing(kept: Iterable[Link], zh: dict[str, int], en: dict[str, int]) -> list[Link]:
    """The links made by hand whose sentences all stand, each sentence in one link only."""
    taken: set[tuple[str, str]] = set()
    standing = []
    for link in kept:
        ends = {("zh", name) for name in link.zh} | {("en", name) for name in link.en}
        if link.by_hand and ends and taken.isdisjoint(ends) and zh.keys() >= {*link.zh} and en.keys() >= {*link.en}:
            taken |= ends
            standing.append(link)
    return standing


def _cuts(links: Sequence[Link], zh: dict[str, int], en: dict[str, int]) -> list[tuple[int, int]]:
    """The places of those links that follow one another in both texts: nothing is aligned across them."""
    cuts: list[tuple[int, int]] = []
    for link in sorted((link for link in links if link.zh and link.en), key=lambda link: zh[link.zh[0]]):
        place = (max(zh[name] for name in link.zh), max(en[name] for name in link.en))
        if not cuts or (place[0] > cuts[-1][0] and place[1] > cuts[-1][1]):
            cuts.append(place)
    return cuts


def _between(zh: Sequence[Sentence], en: Sequence[Sentence], weigh: Callable) -> Iterable[Link]:
    if max(len(zh), len(en)) > MOST:
        yield from (Link((s.id,), ()) for s in zh)
        yield from (Link((), (s.id,)) for s in en)
        return
    i = j = 0
    for step in _path([weigh(s, "zh") for s in zh], [weigh(s, "en") for s in en]):
        yield Link(tuple(s.id for s in zh[i : i + step[0]]), tuple(s.id for s in en[j : j + step[1]]))
        i, j = i + step[0], j + step[1]


def align(zh: Sequence[Sentence], en: Sequence[Sentence], kept: Iterable[Link] = ()) -> list[Link]:
    """Return the links of two texts in the order of the Chinese, each sentence in exactly one.

    Of ``kept``, the links of an earlier version, those made by hand stand whose sentences are unchanged.
    """
    places_zh, places_en = {s.id: n for n, s in enumerate(zh)}, {s.id: n for n, s in enumerate(en)}
    by_hand = _standing(kept, places_zh, places_en)
    held_zh, held_en = ({name for link in by_hand for name in link[side]} for side in (0, 1))
    links, i, j = list(by_hand), 0, 0
    for cut in [*_cuts(by_hand, places_zh, places_en), (len(zh), len(en))]:
        here = [s for s in zh[i : cut[0] + 1] if s.id not in held_zh]
        there = [s for s in en[j : cut[1] + 1] if s.id not in held_en]
        links += _between(here, there, _weight)
        i, j = cut[0] + 1, cut[1] + 1
    return sorted(links, key=lambda link: _order(link, places_zh, places_en))


def _order(link: Link, zh: dict[str, int], en: dict[str, int]) -> tuple[float, int]:
    if link.zh:
        return zh[link.zh[0]], 0
    stretch = len(zh) / len(en)
    return en[link.en[0]] * stretch - 0.5, 1
