"""What it would cost to meet a wish that was not met: the best timetable that holds it, solved as a whole, beside the
one there is.

Said only of an answer that is proven an optimum, and only what is proven. Of several best timetables with the wish the
one is taken that keeps the most meetings.
"""

import time
from collections.abc import Sequence
from typing import NamedTuple

from . import timed
from .choosing import TOLERANCE
from .programme import Programme
from .reasons import FORBIDDEN, NO_SLOT, unmet
from .solving import Answer

Pair = tuple[str, str]


class Forced(NamedTuple):
    """By how much the weight falls with the wish, and which meetings fall away; no ``cost``: no timetable holds it."""

    cost: int | None
    instead: Sequence[Pair] = ()


def costs(answer: Answer, *, seconds: float) -> dict[Pair, Forced]:
    """What each wish not met would cost, as far as the time suffices and no two parties shut it out by themselves."""
    if answer.weight < answer.bound or timed.size(answer.problem) > timed.WHOLE:
        return {}
    until, found = time.monotonic() + seconds, {}
    wishes = [pair for pair, why in unmet(answer.problem, answer.meetings) if why not in (FORBIDDEN, NO_SLOT)]
    for pair in wishes:
        left = until - time.monotonic()
        one = _forced(answer, pair, left) if left > timed.LEAST else None
        if one:
            found[pair] = one
    return found


def _forced(answer: Answer, pair: Pair, seconds: float) -> Forced | None:
    """None where nothing is proven in time."""
    problem, weights = answer.problem, answer.problem.weights
    met = {meeting.pair for meeting in answer.meetings}
    standing = {meeting.pair: meeting.slot for meeting in problem.locked}
    columns = list(timed.Timetable(problem).columns(frozenset(range(len(problem.slots))), standing))
    own = [number for number, (each, _slot, _weight) in enumerate(columns) if each == pair]
    if not own:
        return Forced(None)
    one = len(met) + 1  # so that no number of meetings kept outweighs a point
    programme = Programme([weight * one + (each in met) for each, _slot, weight in columns])
    timed.rows(programme, columns, standing, problem)
    programme.rows.append((own, 1, 1))
    solved = programme.solve(whole=True, seconds=seconds)
    if solved.proven_infeasible:
        return Forced(None)
    if solved.chosen is None or solved.bound - solved.weight > 1 - TOLERANCE:
        return None
    kept = {*standing, *(columns[number][0] for number in solved.chosen)}
    return Forced(answer.weight - sum(weights.get(each, 0) for each in kept), sorted(met - kept))
