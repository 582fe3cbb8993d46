"""Repairing a timetable that people know already: few meetings lost, then few moved, then new ones of great weight.

Losing and moving are one integer programme over the meetings there were, so that what it proves holds for every repair.
What is free afterwards is filled while those stand.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import choosing, solving, timed
from .problem import Meeting, Problem
from .programme import Programme
from .reasons import clashes


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired timetable: how many meetings it loses and moves, and how few any repair could.

    ``least_moved`` counts among repairs that lose no more meetings than this one.
    """

    answer: solving.Answer
    lost: int
    moved: int
    least_lost: int
    least_moved: int


def repair(problem: Problem, before: Sequence[Meeting], *, seconds: float = solving.TIME_LIMIT) -> Repaired | None:
    """The timetable for ``problem`` nearest to the meetings of ``before``; None if the time is too short.

    Raises Infeasible.
    """
    if found := clashes(problem):
        raise solving.Infeasible(why="; ".join(found))
    until = time.monotonic() + seconds
    stays = [meeting for meeting in before if meeting not in problem.locked]
    whole = replace(problem, locked=(*problem.locked, *stays))
    if not clashes(whole):
        return Repaired(solving.solve(whole, seconds=seconds), 0, 0, 0, 0)
    nearest = _nearest(problem, before, until)
    if nearest is None:
        return None
    kept, lost, moved = nearest
    answer = solving.solve(replace(problem, locked=tuple(kept)), seconds=max(0.0, until - time.monotonic()))
    return Repaired(answer, lost[0], moved[0], lost[1], moved[1])


def _nearest(problem: Problem, before: Sequence[Meeting], until: float):
    """The meetings that stay or move, and how many are lost and moved, each beside the fewest possible."""
    was = {meeting.pair: meeting.slot for meeting in before}
    again = replace(problem, requests=tuple(each for each in problem.requests if each.pair in was))
    timetable = timed.Timetable(again)
    standing, every = dict(timetable.met), frozenset(range(len(problem.slots)))
    columns = list(timetable.columns(every, standing))
    one = len(was) + 1  # so that no number of moves outweighs one meeting
    programme = Programme([one + (slot == was[pair]) for pair, slot, _weight in columns])
    timed.rows(programme, columns, standing, again)
    solved = programme.solve(whole=True, seconds=until - time.monotonic())
    if solved.chosen is None:
        return None
    held = sum(one + (slot == was[pair]) for pair, slot in standing.items() if pair in was)
    kept, same = divmod(round(solved.weight) + held, one)
    most, most_same = divmod(int(solved.bound + choosing.TOLERANCE) + held, one)
    chosen = [Meeting(*columns[number][0], columns[number][1]) for number in solved.chosen]
    proven = kept - most_same if kept == most else 0
    return [*problem.locked, *chosen], (len(was) - kept, len(was) - most), (kept - same, proven)
