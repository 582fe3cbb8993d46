"""One-to-one timetables: valid to a verifier that shares nothing with the solver, and as good as trying everything."""

import json
import math
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing.matching import colouring, gaps, problem, solving, timed
from listing.matching.reasons import REASONS

from .verifier import best, faults

SLOTS = ["09:00", "09:30", "10:00"]


def made(seed, investors, companies, slots, wishes, blocked=0.0, **more):
    """A problem with so many of each; everybody may meet in every slot that is not blocked for them."""
    dice = random.Random(seed)
    names = [f"slot {n}" for n in range(slots)]

    def party(name):
        return {"id": name, "available": [s for s in names if dice.random() >= blocked], "max": slots}

    return {
        "slots": names,
        "rooms": companies,
        "investors": [party(f"i{n}") for n in range(investors)],
        "companies": [party(f"c{n}") for n in range(companies)],
        "requests": [
            {"investor": f"i{i}", "company": f"c{c}", "weight": dice.randint(1, 10)}
            for i in range(investors)
            for c in dice.sample(range(companies), wishes)
        ],
    } | more


def solved(data, **how):
    """The answer as JSON, after the verifier had a look at it."""
    answer = solving.solve(problem.read(data), **how).as_data()
    assert faults(data, json.loads(json.dumps(answer))) == []
    assert {each["reason"] for each in answer["unmet"]} <= set(REASONS)
    return answer


@st.composite
def problems(draw):
    investors, companies = [f"i{n}" for n in range(draw(st.integers(1, 3)))], [f"c{n}" for n in range(2)]
    slots = SLOTS[: draw(st.integers(1, 3))]
    pairs = [(i, c) for i in investors for c in companies]
    wished = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    available = st.lists(st.sampled_from(slots), unique=True)
    data = {
        "slots": slots,
        "rooms": draw(st.integers(0, 2)),
        "investors": [{"id": i, "available": draw(available), "max": draw(st.integers(0, 3))} for i in investors],
        "companies": [{"id": c, "available": draw(available), "max": draw(st.integers(0, 3))} for c in companies],
        "requests": [{"investor": i, "company": c, "weight": draw(st.integers(0, 9))} for i, c in wished],
        "forbidden": draw(st.lists(st.sampled_from([list(p) for p in pairs]), max_size=1)),
        "min_gap": draw(st.integers(0, 1)),
    }
    if draw(st.booleans()):
        data["interpreters"] = {"count": draw(st.integers(0, 1)), "needs": [list(p) for p in wished[:2]]}
    return data


@settings(max_examples=150, deadline=None)
@given(problems())
def test_small_timetables_are_as_good_as_trying_everything(data):
    answer, hasty = solved(data), solved(data, seconds=0)
    assert answer["weight"] == answer["bound"] == best(data)
    assert hasty["weight"] <= answer["weight"] <= hasty["bound"]


def test_nothing_is_printed_beside_the_answer():
    code = f"from listing.matching import problem, solving; solving.solve(problem.read({made(1, 2, 2, 2, 1)!r}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("", "")


def test_no_step_is_begun_once_the_time_is_over(monkeypatch):
    monkeypatch.delattr(timed.Timetable, "refill")
    answer = solved(made(4, 60, 30, 10, 12, blocked=0.2), seconds=0)
    assert 0 < answer["weight"] < answer["bound"]


@pytest.mark.parametrize("seed", range(3))
def test_where_every_slot_suits_everybody_the_answer_is_an_optimum(seed):
    answer = solved(made(seed, 40, 20, 8, 9, rooms=17))
    assert answer["weight"] == answer["bound"]


@pytest.mark.slow
def test_blocked_slots_come_within_half_a_percent_of_the_bound():
    answer = solved(made(4, 60, 30, 10, 12, blocked=0.2), seconds=4)
    assert answer["gap"] <= 0.005


def test_looking_after_the_worst_off_costs_little_and_gives_them_more():
    data = made(7, 40, 20, 8, 9)
    plain, fair = (solved(data, fair=fair) for fair in (False, True))

    def fewest(answer):
        names = [party["id"] for key in ("investors", "companies") for party in data[key]]
        return min(sum(name in (m["investor"], m["company"]) for m in answer["meetings"]) for name in names)

    assert fewest(fair) >= fewest(plain)
    assert fair["weight"] >= 0.99 * plain["weight"]
    assert fair["bound"] == plain["bound"]


def test_among_the_best_where_slots_do_not_suit_everybody_nobody_is_left_out():
    data = {
        "slots": SLOTS,
        "rooms": 2,
        "investors": [
            {"id": "a", "available": SLOTS, "max": 2},
            {"id": "b", "available": SLOTS[:1], "max": 1},
        ],
        "companies": [{"id": "x", "available": SLOTS, "max": 1}, {"id": "y", "available": SLOTS, "max": 1}],
        "requests": [{"investor": i, "company": c, "weight": 5} for i, c in ("ax", "ay", "bx")],
    }
    answer = solved(data)
    assert (answer["weight"], {m["investor"] for m in answer["meetings"]}) == (10, {"a", "b"})
    data["requests"][1]["weight"] = 1
    data["requests"][0]["weight"] = 500
    assert {m["investor"] for m in solved(data)["meetings"]} == {"a"}


@pytest.mark.parametrize(
    "more", [{}, {"interpreters": {"count": 1, "needs": [["i0", "c0"], ["i1", "c1"]]}, "blocked": 0.2}]
)
def test_slots_are_exchanged_so_that_fewer_are_idle(more):
    data = made(5, 16, 10, 6, 5, rooms=8, **more)
    first = solving.solve(problem.read(data)).meetings
    found = gaps.closed(problem.read(data), first, until=math.inf)
    assert {m.pair for m in first} == {m.pair for m in found}
    assert gaps.idle(found) + (not more) <= gaps.idle(first)
    solved(data, fewest_gaps=True)


def test_only_what_is_locked_stays_where_gaps_are_closed():
    data = problem.read(made(0, 1, 2, 4, 2, locked=[["i0", "c0", "slot 0"]]))
    spread = [problem.Meeting("i0", "c0", 0), problem.Meeting("i0", "c1", 3)]
    found = gaps.closed(data, spread, until=math.inf)
    assert (gaps.idle(spread), gaps.idle(found), spread[0] in found) == (2, 0, True)


def test_whoever_may_not_meet_leaves_fairness_to_the_others():
    data = made(7, 12, 6, 4, 4)
    data["companies"][0]["max"] = 0
    counts = [sum(m["investor"] == f"i{n}" for m in solved(data, fair=True)["meetings"]) for n in range(12)]
    assert min(counts) == 1  # twenty meetings for twelve investors


@settings(max_examples=150, deadline=None)
@given(st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), min_size=1), st.integers(0, 2))
def test_as_many_slots_as_the_busiest_has_meetings_suffice_and_so_do_the_rooms_they_need_on_average(pairs, spare):
    busiest = max(sum(pair[side] == pair_of[side] for pair in pairs) for pair_of in pairs for side in (0, 1))
    slots = busiest + spare
    found = colouring.coloured(sorted(pairs), slots, rooms := math.ceil(len(pairs) / slots))
    assert found.keys() == pairs
    assert set(found.values()) <= set(range(slots))
    held = [(side, pair[side], slot) for pair, slot in found.items() for side in (0, 1)]
    assert len(held) == len(set(held)), "somebody meets twice at once"
    assert max(list(found.values()).count(slot) for slot in range(slots)) <= rooms


def test_locked_meetings_stand_and_those_that_clash_are_named():
    data = made(1, 3, 2, 3, 2, locked=[["i0", "c0", "slot 1"]])
    assert {"investor": "i0", "company": "c0", "slot": "slot 1", "room": 1} in solved(data)["meetings"]
    clash = data | {"locked": [["i0", "c0", "slot 1"], ["i1", "c0", "slot 1"]], "rooms": 1}
    with pytest.raises(solving.Infeasible) as refused:
        solving.solve(problem.read(clash))
    assert "c0: locked in slot 1 and slot 1" in str(refused.value)
    assert "slot 1: 2 locked, 1 rooms" in str(refused.value)


def test_every_wish_not_met_has_its_reason():
    data = made(2, 3, 1, 2, 1, forbidden=[["i2", "c0"]])
    told = {each["investor"]: each["reason"] for each in solved(data | {"requests": _all(3)})["unmet"]}
    assert told == {"i2": "forbidden"}
    one = data | {"slots": ["slot 0"], "requests": _all(3), "forbidden": []}
    for key in ("investors", "companies"):
        one[key] = [party | {"available": ["slot 0"], "max": 1} for party in data[key]]
    assert {each["reason"] for each in solved(one)["unmet"]} == {"company_full"}


def _all(count):
    return [{"investor": f"i{n}", "company": "c0", "weight": n + 1} for n in range(count)]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"rooms": -1}, "rooms"),
        ({"rooms": 1.5}, "rooms"),
        ({"slots": ["a", "a"]}, "slots[1]"),
        ({"requests": [{"investor": "i0", "company": "nobody", "weight": 1}]}, "requests[0]"),
        ({"requests": [{"investor": "i0", "company": "c0", "weight": True}]}, "requests[0].weight"),
        ({"requests": {}}, "requests"),
        ({"locked": [["i0", "c0", "noon"]]}, "locked[0]"),
        ({"locked": [["i0", "c0"]]}, "locked[0]"),
        ({"forbidden": [["i0", "c0", "slot 0"]]}, "forbidden[0]"),
        ({"interpreters": {"count": "many"}}, "interpreters.count"),
        ({"interpreters": {"cuont": 1}}, "interpreters"),
        ({"interpreters": []}, "interpreters"),
        ({"interpreters": {"needs": [["i0", "c0", "c0"]]}}, "interpreters.needs[0]"),
        ({"min_gaps": 1}, "the file"),
        ({"min_gap": 3}, "min_gap"),
        ({"investors": [{"id": "i0", "avaliable": []}]}, "investors[0]"),
        ({"investors": [{"id": "i0", "available": ["never"]}]}, "investors[0].available"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(change, place):
    with pytest.raises(problem.BadProblem) as refused:
        problem.read(made(1, 1, 1, 2, 1) | change)
    assert refused.value.params["place"] == place


@pytest.mark.parametrize("nothing", [[], 7, None, "x"])
def test_what_is_no_problem_is_refused(nothing):
    with pytest.raises(problem.BadProblem):
        problem.read(nothing)
