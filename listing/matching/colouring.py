"""Giving the meetings of a bipartite graph their slots: every party at most once in a slot, no slot over the rooms.

König: the edges of a bipartite graph whose vertices have at most k edges can be coloured with k colours. Two classes of
such a colouring can be levelled until they differ by one at most (Folkman and Fulkerson 1969), so that a number of
rooms that suffices on average suffices in every slot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

Pair = tuple[str, str]
_Vertex = tuple[int, str]  # the side, and the party


def coloured(pairs: Iterable[Pair], colours: int, rooms: int) -> dict[Pair, int]:
    """A colour from 0 to ``colours`` for each pair, no more than ``rooms`` pairs of one colour.

    Nobody may have more pairs than there are colours, and there may be ``colours`` times ``rooms`` pairs at most.
    """
    at: dict[_Vertex, dict[int, Pair]] = defaultdict(dict)
    for pair in pairs:
        _add(pair, at, colours)
    found = {pair: colour for (side, _party), own in at.items() if side == 0 for colour, pair in own.items()}
    _level(found, at, colours, rooms)
    return found


def _ends(pair: Pair) -> tuple[_Vertex, _Vertex]:
    return (0, pair[0]), (1, pair[1])


def _free(own: dict[int, Pair], colours: int) -> int:
    return next(colour for colour in range(colours) if colour not in own)


def _add(pair: Pair, at: dict, colours: int) -> None:
    left, right = _ends(pair)
    mine, theirs = _free(at[left], colours), _free(at[right], colours)
    if mine != theirs and mine in at[right]:
        _swap(_path(right, mine, theirs, at), mine, theirs, at)
    at[left][mine] = at[right][mine] = pair


def _path(start: _Vertex, first: int, second: int, at: dict) -> list[tuple[Pair, int]]:
    """The pairs, with their colours, of the path that leaves ``start`` by ``first`` and goes on alternating."""
    found, vertex, colour = [], start, first
    while colour in at[vertex]:
        pair = at[vertex][colour]
        found.append((pair, colour))
        vertex = next(end for end in _ends(pair) if end != vertex)
        colour = second if colour == first else first
        if vertex == start:
            break
    return found


def _swap(path: list[tuple[Pair, int]], one: int, other: int, at: dict) -> None:
    for pair, colour in path:
        for end in _ends(pair):
            if at[end].get(colour) == pair:
                del at[end][colour]
    for pair, colour in path:
        for end in _ends(pair):
            at[end][other if colour == one else one] = pair


def _level(found: dict[Pair, int], at: dict, colours: int, rooms: int) -> None:
    sizes = Counter(found.values())
    while True:
        large, small = (choose(range(colours), key=lambda colour: sizes[colour]) for choose in (max, min))
        if sizes[large] <= rooms:
            return
        for pair, colour in _longer(found, at, large, small):
            found[pair] = small if colour == large else large
        sizes = Counter(found.values())


def _longer(found: dict[Pair, int], at: dict, large: int, small: int) -> list[tuple[Pair, int]]:
    """A path of the two classes with one pair more of the larger; swapped in ``at`` already."""
    starts = (end for pair, colour in found.items() if colour == large for end in _ends(pair) if small not in at[end])
    for start in starts:
        path = _path(start, large, small, at)
        if len(path) % 2:
            _swap(path, large, small, at)
            return path
    raise AssertionError("the larger of two classes has a longer path")
