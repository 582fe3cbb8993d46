"""Giving the meetings of a bipartite graph their slots: every party at most once in a slot, no slot over the rooms.

König: the edges of a bipartite graph whose vertices have at most k edges can be coloured with k colours. Two classes of
such a colouring can be levelled until they differ by one at most (Folkman and Fulkerson 1969), so that a number of
rooms that suffices on average suffices in every slot.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

Pair = tuple[str, str]


def coloured(pairs: Iterable[Pair], colours: int, rooms: int) -> dict[Pair, int]:
    """A colour from 0 to ``colours`` for each pair, no more than ``rooms`` pairs of one colour.

    Nobody may have more pairs than there are colours, and there may be ``colours`` times ``rooms`` pairs at most.
    """
    colouring = _Colouring(list(pairs), colours)
    for edge in range(len(colouring.pairs)):
        colouring.add(edge)
    colouring.level(rooms)
    return {colouring.pairs[edge]: colour for edge, colour in colouring.edges()}


class _Colouring:
    """Edges by number, vertices by number: which edge each vertex has of a colour, and as bits which it has none of."""

    def __init__(self, pairs: list[Pair], colours: int):
        self.pairs, self._colours = pairs, colours
        numbers: dict[tuple[int, str], int] = {}
        self._ends = [tuple(numbers.setdefault(end, len(numbers)) for end in enumerate(pair)) for pair in pairs]
        self._at: list[dict[int, int]] = [{} for _ in numbers]
        self._free = [(1 << colours) - 1] * len(numbers)

    def edges(self) -> Iterator[tuple[int, int]]:
        """Each edge with its colour, as its left end knows it."""
        lefts = dict.fromkeys(left for left, _right in self._ends)
        return ((edge, colour) for left in lefts for colour, edge in self._at[left].items())

    def add(self, edge: int) -> None:
        """Colour one more edge; where its ends lack no colour together, a path makes room for one."""
        left, right = self._ends[edge]
        both = self._free[left] & self._free[right]
        if not both:
            mine, theirs = _lowest(self._free[left]), _lowest(self._free[right])
            self._turn(self._path(right, mine, theirs), mine, theirs)  # it never comes to the left end, which lacks it
            both = 1 << mine
        colour = _lowest(both)
        for end in (left, right):
            self._at[end][colour] = edge
            self._free[end] ^= 1 << colour

    def level(self, rooms: int) -> None:
        """Move edges from large classes to small ones until none has more than ``rooms``."""
        sizes = Counter(colour for _edge, colour in self.edges())
        while True:
            large, small = (choose(range(self._colours), key=lambda each: sizes[each]) for choose in (max, min))
            if sizes[large] <= rooms:
                return
            self._turn(self._longer(large, small), large, small)
            sizes[large] -= 1
            sizes[small] += 1

    def _longer(self, large: int, small: int) -> list[int]:
        """A path with one edge more of the larger class: there is one, or the class would not be larger."""
        starts = (vertex for vertex, own in enumerate(self._at) if large in own and small not in own)
        return next(path for path in (self._path(start, large, small) for start in starts) if len(path) % 2 == 0)

    def _path(self, start: int, first: int, second: int) -> list[int]:
        """The vertices of the path that leaves ``start`` by the first colour and goes on alternating."""
        found, vertex, colour, other = [start], start, first, second
        while (edge := self._at[vertex].get(colour)) is not None:
            left, right = self._ends[edge]
            vertex = right if vertex == left else left
            found.append(vertex)
            colour, other = other, colour
        return found

    def _turn(self, path: list[int], first: int, second: int) -> None:
        """Exchange two colours along a whole path; only its two ends lack one of them, and then lack the other."""
        for vertex in path:
            own = self._at[vertex]
            one, two = own.pop(first, None), own.pop(second, None)
            if one is not None:
                own[second] = one
            if two is not None:
                own[first] = two
        for vertex in (path[0], path[-1]):
            self._free[vertex] ^= 1 << first | 1 << second


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
