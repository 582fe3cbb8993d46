"""The answer to a problem of one-to-one meetings: the timetable, its weight, and the proven bound beside it."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from listing.refusal import N_, Refusal

from . import choosing, colouring, gaps, timed
from .problem import Meeting, Problem
from .reasons import clashes, unmet

TIME_LIMIT = 10.0  # seconds
SHARE = 0.15  # of the time for each aim after the weight


class Infeasible(Refusal):
    message = N_("No timetable can keep to this: %(why)s")


@dataclass(frozen=True, slots=True)
class Answer:
    """A timetable. Its weight is at most ``bound``, whatever anybody could find; equal, it is an optimum."""

    problem: Problem
    meetings: tuple[Meeting, ...]
    weight: int
    bound: int

    @property
    def gap(self) -> float:
        """By which part of the bound the weight may fall short of the optimum, at most."""
        return (self.bound - self.weight) / self.bound if self.bound else 0.0

    def as_data(self) -> Mapping[str, object]:
        """The answer as plain JSON, each meeting with a room from 1 on."""
        used: Counter[int] = Counter()
        rows = []
        for meeting in self.meetings:
            used[meeting.slot] += 1
            named = {"investor": meeting.investor, "company": meeting.company}
            rows.append(named | {"slot": self.problem.slots[meeting.slot], "room": used[meeting.slot]})
        reasons = [
            {"investor": pair[0], "company": pair[1], "reason": why} for pair, why in unmet(self.problem, self.meetings)
        ]
        return {"meetings": rows, "weight": self.weight, "bound": self.bound, "gap": self.gap, "unmet": reasons}


def solve(problem: Problem, *, seconds: float = TIME_LIMIT, fair: bool = False, fewest_gaps: bool = False) -> Answer:
    """The best timetable that can be found in so many seconds. Raises Infeasible.

    ``fair``: one percent of the weight may go to the party with the fewest meetings. ``fewest_gaps``: the slots are
    then exchanged, so that parties are less idle between meetings.
    """
    if found := clashes(problem):
        raise Infeasible(why="; ".join(found))
    share, until = seconds * SHARE, time.monotonic() + seconds
    answer = _plain(problem, fair) if problem.is_plain else _timed(problem, until - share * fewest_gaps, share, fair)
    if not fewest_gaps:
        return answer
    return _answer(problem, gaps.closed(problem, answer.meetings, until=until), answer.bound, problem.weights)


def _plain(problem: Problem, fair: bool) -> Answer:
    pairs, optimum = choosing.chosen(problem, fair=fair)
    weights = problem.weights
    slots = colouring.coloured(pairs, len(problem.slots), problem.rooms)
    return _answer(problem, (Meeting(*pair, slot) for pair, slot in slots.items()), optimum, weights)


def _timed(problem: Problem, end: float, share: float, fair: bool) -> Answer:
    until = end - share * fair
    timetable, weights = timed.Timetable(problem), problem.weights
    bound, small = choosing.bound(problem), timed.size(problem) <= timed.WHOLE
    if small and until - time.monotonic() > timed.LEAST:
        solved = timetable.refill(range(len(problem.slots)), until=until)
        locked = sum(weights.get(meeting.pair, 0) for meeting in problem.locked)
        if solved.chosen is not None:
            bound = min(bound, int(solved.bound + locked + choosing.TOLERANCE))
    if timetable.weight < bound:
        timed.improve(timetable, enough=bound, until=until)
    if small:
        wanted = timetable.weight * (1 - choosing.FAIR * fair)
        timed.even(timetable, wanted=wanted, until=min(end, time.monotonic() + share))
    return _answer(problem, timetable.meetings(), bound, weights)


def _answer(problem: Problem, meetings, bound: int, weights: Mapping) -> Answer:
    found = tuple(sorted(meetings, key=lambda m: (m.slot, m.investor, m.company)))
    return Answer(problem, found, sum(weights.get(meeting.pair, 0) for meeting in found), bound)
