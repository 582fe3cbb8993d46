"""A repair loses and moves as few meetings as trying everything says, and keeps to all that a timetable keeps to."""

import json
import random
from collections import Counter

import pytest

from listing.matching import problem, repairing, solving
from listing.matching.problem import Meeting

from .test_solving import made
from .verifier import faults


def repaired(data, before, **how):
    """The repair, after the verifier had a look at it."""
    found = repairing.repair(problem.read(data), before, **how)
    assert faults(data, json.loads(json.dumps(found.answer.as_data()))) == []
    was, now = ({m.pair: m.slot for m in meetings} for meetings in (before, found.answer.meetings))
    assert found.lost >= len(was.keys() - now.keys())  # a lost one may come back among those that fill what is free
    assert found.moved >= sum(now[pair] != slot for pair, slot in was.items() if pair in now) - found.lost
    return found


def fewest(data, before):
    """The fewest meetings lost, and then moved, by trying every slot for every meeting there was."""
    names = data["slots"]

    def tried(number, put, score):
        if not _holds(data, put):
            return len(before) + 1, 0
        if number == len(before):
            return score
        one, (lost, moved) = before[number], score
        ways = [tried(number + 1, put, (lost + 1, moved))]
        for slot in names:
            there = [*put, (one.investor, one.company, slot)]
            ways.append(tried(number + 1, there, (lost, moved + (slot != names[one.slot]))))
        return min(ways)

    return tried(0, [], (0, 0))


def _holds(data, put):
    used, rows = Counter(), []
    for investor, company, slot in put:
        used[slot] += 1
        rows.append({"investor": investor, "company": company, "slot": slot, "room": used[slot]})
    found = faults(data, {"meetings": rows, "weight": 0, "bound": 0, "unmet": []})
    return set(found) <= {"weight", "unmet"}


@pytest.mark.parametrize("seed", range(30))
def test_small_repairs_lose_and_move_as_few_as_trying_everything(seed):
    dice = random.Random(seed)
    data = made(seed, 3, 3, 3, 2, blocked=0.2, rooms=2, min_gap=seed % 2)
    before = solving.solve(problem.read(data)).meetings
    for party in dice.sample(data["investors"] + data["companies"], 2):
        party["available"] = [slot for slot in party["available"] if dice.random() < 0.6]
    data["rooms"] = dice.choice([1, 2])
    found = repaired(data, before)
    assert (found.lost, found.moved) == (found.least_lost, found.least_moved) == fewest(data, before)


@pytest.mark.parametrize("seed", range(2))
def test_one_cancellation_among_forty_and_thirty_moves_the_proven_minimum(seed):
    data = made(seed, 40, 30, 10, 9, blocked=0.1, rooms=22)
    before = solving.solve(problem.read(data), seconds=1).meetings
    gone = random.Random(seed).choice(before)
    party = next(each for each in data["investors"] if each["id"] == gone.investor)
    party["available"].remove(data["slots"][gone.slot])
    found = repaired(data, before)
    assert (found.lost, found.moved) == (found.least_lost, found.least_moved)
    assert found.lost + found.moved >= 1


def test_what_can_stay_stays_and_what_is_free_is_filled():
    data = made(3, 3, 3, 3, 3)
    before = [Meeting("i0", "c0", 0), Meeting("i1", "c1", 0)]
    found = repaired(data, before)
    assert (found.lost, found.moved) == (0, 0)
    assert {m.pair: m.slot for m in found.answer.meetings}.items() >= {m.pair: m.slot for m in before}.items()
    assert len(found.answer.meetings) == 9
