"""Why a wish was not met, and why locked meetings cannot stand together; both read off the constraints."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .problem import Meeting, Problem

FORBIDDEN, NO_SLOT = "forbidden", "no_common_slot"
INVESTOR_FULL, COMPANY_FULL = "investor_full", "company_full"
NO_FREE_SLOT, NO_ROOM, NO_INTERPRETER, OUTWEIGHED = "no_free_common_slot", "no_room", "no_interpreter", "outweighed"
REASONS = (FORBIDDEN, NO_SLOT, INVESTOR_FULL, COMPANY_FULL, NO_FREE_SLOT, NO_ROOM, NO_INTERPRETER, OUTWEIGHED)


def unmet(problem: Problem, meetings: Sequence[Meeting]) -> Iterator[tuple[tuple[str, str], str]]:
    """Each wish that was not met, with the first constraint that stands in its way in this timetable."""
    met = {meeting.pair for meeting in meetings}
    full = Full(problem, meetings)
    for request in problem.requests:
        if request.pair not in met:
            yield request.pair, full.reason(request.pair)


class Full:
    """What a timetable leaves of parties, rooms and interpreters."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]):
        self.problem = problem
        self.count = Counter((side, meeting.pair[side]) for meeting in meetings for side in (0, 1))
        self.rooms = Counter(meeting.slot for meeting in meetings)
        self.spoken = Counter(meeting.slot for meeting in meetings if meeting.pair in problem.interpreted)
        self.busy = defaultdict(set)
        for meeting in meetings:
            self._block(meeting.pair, meeting.slot)

    def _block(self, pair: tuple[str, str], slot: int) -> None:
        near = range(slot - self.problem.min_gap, slot + self.problem.min_gap + 1)
        for side in (0, 1):
            self.busy[side, pair[side]].update(near)

    def place(self, pair: tuple[str, str]) -> int:
        """Give a pair that nothing stands in the way of the first slot it can have."""
        slot = min(self._helped(pair, self._roomy(self._free(pair))))
        self.count.update((side, pair[side]) for side in (0, 1))
        self.rooms[slot] += 1
        self.spoken[slot] += pair in self.problem.interpreted
        self._block(pair, slot)
        return slot

    def reason(self, pair: tuple[str, str]) -> str:
        """The first constraint that keeps this pair from being added as everything stands."""
        open_ = self.problem.open_slots(pair)
        if pair in self.problem.forbidden:
            return FORBIDDEN
        if not open_:
            return NO_SLOT
        if self.count[0, pair[0]] >= self.problem.investors[pair[0]].most:
            return INVESTOR_FULL
        if self.count[1, pair[1]] >= self.problem.companies[pair[1]].most:
            return COMPANY_FULL
        free = self._free(pair)
        if not free:
            return NO_FREE_SLOT
        return self._of_slots(pair, free)

    def _of_slots(self, pair: tuple[str, str], free: frozenset[int]) -> str:
        roomy = self._roomy(free)
        if not roomy:
            return NO_ROOM
        return OUTWEIGHED if self._helped(pair, roomy) else NO_INTERPRETER

    def _free(self, pair: tuple[str, str]) -> frozenset[int]:
        return self.problem.open_slots(pair) - self.busy[0, pair[0]] - self.busy[1, pair[1]]

    def _roomy(self, slots: frozenset[int]) -> frozenset[int]:
        return frozenset(slot for slot in slots if self.rooms[slot] < self.problem.rooms)

    def _helped(self, pair: tuple[str, str], slots: frozenset[int]) -> frozenset[int]:
        if self.problem.interpreters is None or pair not in self.problem.interpreted:
            return slots
        return frozenset(slot for slot in slots if self.spoken[slot] < self.problem.interpreters)


LOCKED_TWICE, PARTY_FULL, TOO_CLOSE = "twice", "party_full", "too_close"
TOO_FEW_ROOMS, TOO_FEW_INTERPRETERS = "rooms", "interpreters"


class Clash(NamedTuple):
    """A constraint that locked meetings break together: which meetings, of whom, and how many it allows."""

    code: str
    meetings: tuple[Meeting, ...]
    party: str = ""
    most: int = 0

    def said(self, problem: Problem) -> str:
        """In a few words naming who and when."""
        first = self.meetings[0]
        pair, slots = " – ".join(first.pair), [problem.slots[meeting.slot] for meeting in self.meetings]
        return {
            FORBIDDEN: f"{pair}, {slots[0]}: locked and forbidden",
            NO_SLOT: f"{pair}, {slots[0]}: locked outside their available slots",
            LOCKED_TWICE: f"{pair}: locked {len(slots)} times",
            PARTY_FULL: f"{self.party}: {len(slots)} locked, at most {self.most}",
            TOO_CLOSE: f"{self.party}: locked in {slots[0]} and {slots[-1]}",
        }.get(self.code, f"{slots[0]}: {len(slots)} locked, {self.most} {self.code}")


def clashes(problem: Problem) -> list[str]:
    """What locked meetings ask for that cannot be, each in a few words naming who and when."""
    return [clash.said(problem) for clash in clashing(problem)]


def clashing(problem: Problem) -> Iterator[Clash]:
    """What locked meetings ask for that cannot be, each with all the meetings it concerns."""
    pairs = defaultdict(list)
    for meeting in problem.locked:
        pairs[meeting.pair].append(meeting)
        if meeting.pair in problem.forbidden:
            yield Clash(FORBIDDEN, (meeting,))
        if meeting.slot not in problem.open_slots(meeting.pair):
            yield Clash(NO_SLOT, (meeting,))
    for several in pairs.values():
        if len(several) > 1:
            yield Clash(LOCKED_TWICE, tuple(several))
    yield from _overfull(problem)


def _overfull(problem: Problem) -> Iterator[Clash]:
    sides = (problem.investors, problem.companies)
    own: dict[tuple[int, str], list[Meeting]] = defaultdict(list)
    for meeting in problem.locked:
        for side in (0, 1):
            own[side, meeting.pair[side]].append(meeting)
    for (side, name), meetings in own.items():
        yield from _of_party(problem, name, sorted(meetings, key=lambda m: m.slot), sides[side][name].most)
    spoken = [meeting for meeting in problem.locked if meeting.pair in problem.interpreted]
    yield from _of_slot(problem.locked, problem.rooms, TOO_FEW_ROOMS)
    if problem.interpreters is not None:
        yield from _of_slot(spoken, problem.interpreters, TOO_FEW_INTERPRETERS)


def _of_party(problem: Problem, name: str, meetings: list[Meeting], most: int) -> Iterator[Clash]:
    if len(meetings) > most:
        yield Clash(PARTY_FULL, tuple(meetings), name, most)
    for before, after in pairwise(meetings):
        if after.slot - before.slot <= problem.min_gap:
            yield Clash(TOO_CLOSE, (before, after), name)


def _of_slot(meetings: Sequence[Meeting], most: int, code: str) -> Iterator[Clash]:
    slots = defaultdict(list)
    for meeting in meetings:
        slots[meeting.slot].append(meeting)
    for several in slots.values():
        if len(several) > most:
            yield Clash(code, tuple(several), most=most)
