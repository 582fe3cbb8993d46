"""What a wish that was not met would cost is what trying everything says, and only what is proven is said."""

from hypothesis import given, settings

from listing.matching import forcing, problem, solving
from listing.matching.forcing import Forced
from listing.matching.reasons import FORBIDDEN, NO_SLOT

from .test_solving import made, problems
from .verifier import best

MUCH = 1_000  # more than all other wishes of these problems together


def forced_weight(data, pair):
    """The most that any timetable with this pair is worth, or None, by trying everything with the wish made dear."""
    requests = [
        each | {"weight": each["weight"] + MUCH * ((each["investor"], each["company"]) == pair)}
        for each in data["requests"]
    ]
    found = best(data | {"requests": requests})
    return found - MUCH if found >= MUCH else None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problems())
def test_a_wish_costs_what_trying_everything_says(data):
    answer = solving.solve(problem.read(data))
    found = forcing.costs(answer, seconds=10)
    reasons = {(each["investor"], each["company"]): each["reason"] for each in answer.as_data()["unmet"]}
    assert found.keys() == {pair for pair, why in reasons.items() if why not in (FORBIDDEN, NO_SLOT)}
    for pair, one in found.items():
        weight = forced_weight(data, pair)
        assert one.cost == (None if weight is None else answer.weight - weight)


def test_the_meetings_that_would_fall_away_are_no_more_than_have_to():
    data = made(
        1,
        2,
        2,
        2,
        2,
        requests=[
            {"investor": "i0", "company": "c0", "weight": 5},
            {"investor": "i1", "company": "c0", "weight": 7},
            {"investor": "i1", "company": "c1", "weight": 9},
        ],
    )
    data["companies"][0]["max"] = 1
    answer = solving.solve(problem.read(data))
    assert forcing.costs(answer, seconds=10) == {("i0", "c0"): Forced(2, [("i1", "c0")])}
    locked = solving.solve(problem.read(data | {"locked": [["i1", "c0", "slot 0"]]}))
    assert forcing.costs(locked, seconds=10) == {("i0", "c0"): Forced(None)}
    assert forcing.costs(answer, seconds=0) == {}
