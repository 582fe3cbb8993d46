"""Fewer idle slots between the meetings of a party, with the same pairs meeting: the third aim, sought, not proven.

Two slots are compared at a time. The meetings in them fall into chains of parties that share one; a chain can change
its two slots without anybody meeting twice at once, and does so where that leaves fewer idle slots.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from .problem import Meeting, Problem

_Party = tuple[int, str]  # the side, and the name


def idle(meetings: Iterable[Meeting]) -> int:
    """How many slots parties spend idle between their first meeting and their last."""
    own = defaultdict(list)
    for meeting in meetings:
        for side in (0, 1):
            own[side, meeting.pair[side]].append(meeting.slot)
    return sum(_idle(slots) for slots in own.values())


def _idle(slots: Sequence[int]) -> int:
    return max(slots) - min(slots) + 1 - len(slots) if slots else 0


def closed(problem: Problem, meetings: Sequence[Meeting], *, until: float) -> list[Meeting]:
    """The same pairs in slots that leave fewer gaps, as far as chains and the time go; locked meetings stay."""
    chains = _Chains(problem, meetings)
    better = True
    while better and time.monotonic() < until:
        better = False
        for slots in combinations(range(len(problem.slots)), 2):
            for chain in list(chains.between(*slots)):
                better |= chains.turn(chain, slots)
            if time.monotonic() >= until:
                break
    return [Meeting(*pair, slot) for pair, slot in chains.slot.items()]


class _Chains:
    """A timetable whose chains can change slots."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]):
        self.problem = problem
        self.slot = {meeting.pair: meeting.slot for meeting in meetings}
        self.locked = {meeting.pair for meeting in problem.locked}
        self.own: dict[_Party, dict[int, tuple[str, str]]] = defaultdict(dict)
        self.rooms: Counter[int] = Counter(self.slot.values())
        self.spoken = Counter(slot for pair, slot in self.slot.items() if pair in problem.interpreted)
        for pair, slot in self.slot.items():
            for side in (0, 1):
                self.own[side, pair[side]][slot] = pair

    def between(self, first: int, second: int) -> Iterator[list[tuple[str, str]]]:
        """The chains of two slots."""
        left = {pair: slot for pair, slot in self.slot.items() if slot in (first, second)}
        while left:
            chain = [left.popitem()[0]]
            for pair in chain:
                near = (self.own[side, pair[side]].get(slot) for side in (0, 1) for slot in (first, second))
                for other in near:
                    if other in left:
                        del left[other]
                        chain.append(other)
            yield chain

    def turn(self, chain: list[tuple[str, str]], slots: tuple[int, int]) -> bool:
        """Let a chain change its two slots if it may and leaves fewer gaps; return whether it did."""
        to = {pair: slots[self.slot[pair] == slots[0]] for pair in chain}
        if not self._suits(to) or not self._fits(to):
            return False
        parties = {(side, pair[side]) for pair in chain for side in (0, 1)}
        after = {party: self._slots(party, to) for party in parties}
        if sum(map(_idle, after.values())) >= sum(_idle(list(self.own[party])) for party in parties):
            return False
        if any(self._close(held) for held in after.values()):
            return False
        self._put(to, parties)
        return True

    def _suits(self, to: dict) -> bool:
        return all(pair not in self.locked and slot in self.problem.open_slots(pair) for pair, slot in to.items())

    def _fits(self, to: dict) -> bool:
        gained = Counter(to.values())
        gained.subtract(self.slot[pair] for pair in to)
        spoken = [pair for pair in to if pair in self.problem.interpreted]
        heard = Counter(to[pair] for pair in spoken)
        heard.subtract(self.slot[pair] for pair in spoken)
        limit = self.problem.interpreters
        roomy = all(self.rooms[slot] + more <= self.problem.rooms for slot, more in gained.items() if more > 0)
        return roomy and (
            limit is None or all(self.spoken[slot] + more <= limit for slot, more in heard.items() if more > 0)
        )

    def _slots(self, party: _Party, to: dict) -> list[int]:
        return [to.get(pair, slot) for slot, pair in self.own[party].items()]

    def _close(self, slots: list[int]) -> bool:
        ordered = sorted(slots)
        return any(b - a <= self.problem.min_gap for a, b in zip(ordered, ordered[1:], strict=False))

    def _put(self, to: dict, parties: set[_Party]) -> None:
        for pair, slot in to.items():
            self.rooms[self.slot[pair]] -= 1
            self.rooms[slot] += 1
            if pair in self.problem.interpreted:
                self.spoken[self.slot[pair]] -= 1
                self.spoken[slot] += 1
            self.slot[pair] = slot
        for party in parties:
            self.own[party] = {self.slot[pair]: pair for pair in self.own[party].values()}
