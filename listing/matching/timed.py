"""Timetables where slots do not suit everybody: solved whole while small, else slot by slot, again and again.

Some slots are emptied and filled anew as well as possible with everything else standing still; that is a programme of
its own, solved exactly. With all slots emptied at once it is the problem itself. No step makes a timetable worse.
"""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, combinations

from .problem import Meeting, Problem
from .programme import Programme, Solved
from .reasons import OUTWEIGHED, Full

WHOLE = 6_000  # columns up to which the problem is solved at once
AT_ONCE = 2  # slots emptied together
LEAST = 0.05  # seconds worth beginning something for
SEED = 20_261_127  # the same answer for the same problem


class Timetable:
    """The meetings so far, and what they leave room for."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self.met: dict[tuple[str, str], int] = {}
        self.locked = {meeting.pair for meeting in problem.locked}
        for meeting in problem.locked:
            self.met[meeting.pair] = meeting.slot

    @property
    def weight(self) -> int:
        """What the meetings are worth."""
        weights = self.problem.weights
        return sum(weights.get(pair, 0) for pair in self.met)

    def meetings(self) -> list[Meeting]:
        """The meetings, slot by slot."""
        return sorted(
            (Meeting(*pair, slot) for pair, slot in self.met.items()), key=lambda m: (m.slot, m.investor, m.company)
        )

    def refill(self, emptied: Collection[int], *, until: float) -> Solved:
        """Empty these slots but for locked meetings and fill them as well as possible; kept where it is no worse."""
        standing = {p: slot for p, slot in self.met.items() if slot not in emptied or p in self.locked}
        columns = list(self.columns(frozenset(emptied), standing))
        programme = Programme([weight for _pair, _slot, weight in columns])
        rows(programme, columns, standing, self.problem)
        solved = programme.solve(whole=True, seconds=until - time.monotonic())
        before = self.weight
        if solved.chosen is not None:
            was, self.met = self.met, {**standing, **{columns[n][0]: columns[n][1] for n in solved.chosen}}
            if self.weight < before:
                self.met = was
        return solved

    def evened(self, least: int, *, wanted: float, until: float) -> bool:
        """Let everybody have ``least`` meetings, or what they could have at all, if that leaves ``wanted``."""
        standing = {pair: slot for pair, slot in self.met.items() if pair in self.locked}
        columns = list(self.columns(frozenset(range(len(self.problem.slots))), standing))
        programme = Programme([weight for _pair, _slot, weight in columns])
        rows(programme, columns, standing, self.problem, least)
        solved = programme.solve(whole=True, seconds=until - time.monotonic())
        weights = self.problem.weights
        if solved.chosen is None or solved.weight + sum(weights.get(pair, 0) for pair in standing) < wanted - 1e-6:
            return False
        self.met = {**standing, **{columns[n][0]: columns[n][1] for n in solved.chosen}}
        return True

    def fill(self) -> None:
        """Add wishes where there is room, the weightiest first: what stands when there is no time for better."""
        full = Full(self.problem, self.meetings())
        for pair, _weight in sorted(self.problem.weights.items(), key=lambda each: -each[1]):
            if pair not in self.met and full.reason(pair) == OUTWEIGHED:
                self.met[pair] = full.place(pair)

    def columns(self, emptied: frozenset[int], standing: dict) -> Iterator[tuple[tuple[str, str], int, int]]:
        """Pair, slot and weight of everything that could be put into the emptied slots."""
        gap, busy = self.problem.min_gap, defaultdict(set)
        for (investor, company), slot in standing.items():
            near = range(slot - gap, slot + gap + 1)
            busy[0, investor].update(near)
            busy[1, company].update(near)
        for pair, weight in self.problem.weights.items():
            if pair not in standing:
                taken = busy[0, pair[0]] | busy[1, pair[1]]
                yield from ((pair, slot, weight) for slot in sorted((self.problem.open_slots(pair) & emptied) - taken))


def size(problem: Problem) -> int:
    """How many columns the whole problem has."""
    return sum(len(problem.open_slots(pair)) for pair in problem.weights)


def rows(programme: Programme, columns: list, standing: dict, problem: Problem, least: int = 0) -> None:
    """Write down everything that a timetable has to keep to beside the meetings that stand.

    Everybody has ``least`` meetings, or as many as they could have at all.
    """
    by_pair, by_slot, spoken = defaultdict(list), defaultdict(list), defaultdict(list)
    by_party: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for number, (pair, slot, _weight) in enumerate(columns):
        by_pair[pair].append(number)
        by_slot[slot].append(number)
        if pair in problem.interpreted:
            spoken[slot].append(number)
        for side in (0, 1):
            by_party[side, pair[side]].append((slot, number))
    programme.groups(by_pair, 1)
    _parties(programme, by_party, standing, problem, least)
    rooms = Counter(standing.values())
    for slot, numbers in by_slot.items():
        programme.between(numbers, 0, problem.rooms - rooms[slot])
    if problem.interpreters is not None:
        busy = Counter(slot for pair, slot in standing.items() if pair in problem.interpreted)
        for slot, numbers in spoken.items():
            programme.between(numbers, 0, problem.interpreters - busy[slot])


def _parties(programme: Programme, by_party: dict, standing: dict, problem: Problem, least: int) -> None:
    """Nobody more often than they may, and once at most within any stretch of slots that is too close."""
    sides = (problem.investors, problem.companies)
    count = Counter((side, pair[side]) for pair in standing for side in (0, 1))
    for (side, name), held in by_party.items():
        own, most = [n for _slot, n in held], sides[side][name].most - count[side, name]
        programme.between(own, max(0, min(least - count[side, name], most, _apart(held, problem))), most)
        for start in sorted({slot for slot, _n in held}):
            close = [n for slot, n in held if start <= slot <= start + problem.min_gap]
            programme.between(close, 0, 1)


def _apart(held: Iterable[tuple[int, int]], problem: Problem) -> int:
    """How many meetings fit into these slots with the pause between them."""
    number, free = 0, 0
    for slot in sorted({slot for slot, _n in held}):
        if slot >= free:
            number, free = number + 1, slot + problem.min_gap + 1
    return number


def even(timetable: Timetable, *, wanted: float, until: float) -> None:
    """Give the party with the fewest meetings as many as leave a weight of ``wanted``, while there is time."""
    low, high = 0, len(timetable.problem.slots)
    while low < high and until - time.monotonic() > LEAST:
        middle = (low + high + 1) // 2
        if timetable.evened(middle, wanted=wanted, until=until):
            low = middle
        else:
            high = middle - 1


def improve(timetable: Timetable, *, enough: int, until: float) -> None:
    """Fill every slot once, then pairs of slots in changing order, until ``enough`` is reached or the time is over.

    Nothing is begun that, taking as long as the step before, would not end in time: the solver looks at its own limit
    only now and then.
    """
    slots, took, at = range(len(timetable.problem.slots)), LEAST, time.monotonic()
    for emptied in chain(((slot,) for slot in slots), _turns(slots)):
        if until - at <= took or timetable.weight >= enough:
            break
        timetable.refill(emptied, until=until)
        at, before = time.monotonic(), at
        took = max(LEAST, at - before)
    timetable.fill()


def _turns(slots: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """All choices of slots to empty together, shuffled anew each time round; ends where there is only one."""
    every = list(combinations(slots, AT_ONCE)) or [tuple(slots)]
    order = random.Random(SEED)
    for _round in range(1 if len(every) == 1 else 1_000):
        order.shuffle(every)
        yield from every
