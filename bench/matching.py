"""One-to-one timetables: the time of an optimum, how near the bound blocked slots come, what fairness costs."""

import random
import statistics
import time

from listing.matching import problem, solving

from .report import Figure

INVESTORS, COMPANIES, SLOTS, WISHES, BLOCKED = 200, 100, 16, 20, 0.2


def _problem(blocked: float) -> problem.Problem:
    dice = random.Random(1)
    slots = [f"slot {n}" for n in range(SLOTS)]

    def parties(letter: str, count: int) -> list[dict]:
        return [
            {"id": f"{letter}{n}", "available": [s for s in slots if dice.random() >= blocked]} for n in range(count)
        ]

    return problem.read(
        {
            "slots": slots,
            "rooms": COMPANIES,
            "investors": parties("i", INVESTORS),
            "companies": parties("c", COMPANIES),
            "requests": [
                {"investor": f"i{i}", "company": f"c{c}", "weight": dice.randint(1, 10)}
                for i in range(INVESTORS)
                for c in dice.sample(range(COMPANIES), WISHES)
            ],
        }
    )


def matching() -> list[Figure]:
    """The figures of one problem, with every slot open and with a fifth of them blocked."""
    plain, blocked = _problem(0), _problem(BLOCKED)
    solving.solve(plain)  # the library is loaded
    taken = []
    for _ in range(9):
        begun = time.perf_counter()
        answer = solving.solve(plain)
        taken.append(time.perf_counter() - begun)
    fair = solving.solve(plain, fair=True)
    begun = time.perf_counter()
    near = solving.solve(blocked, seconds=9.5)
    whole = time.perf_counter() - begun
    size = f"{INVESTORS} × {COMPANIES} × {SLOTS}, {WISHES} wishes each"
    return [
        Figure("optimum, every slot open", statistics.median(taken), "s", 0.1, size),
        Figure("bound / weight", answer.bound / answer.weight, most=1.0, note="of that optimum"),
        Figure("weight that fairness costs", 100 * (1 - fair.weight / answer.weight), "%", 1),
        Figure("bound / weight, a fifth of the slots blocked", near.bound / near.weight, most=1 / 0.995),
        Figure("its time", whole, "s", 10),
    ]
