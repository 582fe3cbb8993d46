"""The process as a whole: memory, cold start, sign-in, each beside the floor application."""

from pathlib import Path

from .measure import Rounds, Worker, starts
from .pages import HOME
from .report import Figure

LIST = "/orm"
MEGABYTE = 1024 * 1024


def memory(database: Path, *, times: int) -> list[Figure]:
    """Resident memory of one process after many pages."""
    with Worker("application", database, LIST) as floor, Worker("product", database, HOME) as product:
        ours = product.ask("memory", path=HOME, times=times)["bytes"]
        least = floor.ask("memory", path=LIST, times=times)["bytes"]
    return [
        Figure(f"memory after {times} list pages / floor application", ours / least, most=1.5),
        Figure("memory", ours / MEGABYTE, "MB"),
        Figure("floor application", least / MEGABYTE, "MB"),
    ]


def cold_start(database: Path, *, rounds: int) -> list[Figure]:
    """From no process to the first list page."""
    wall, busy = starts({"application": (database, LIST), "product": (database, HOME)}, rounds=rounds)
    ratio = busy.ratio("product", "application")
    return [
        Figure("cold start to first page / floor application", ratio, most=2.5, note="processor time"),
        Figure("the same by the clock on the wall", wall.ratio("product", "application")),
        Figure("cold start", busy.ms("product"), "ms", note="processor time"),
        Figure("floor application", busy.ms("application"), "ms", note="processor time"),
    ]


def sign_in(database: Path, *, rounds: int, times: int) -> list[Figure]:
    """Signing in beside the floor's sign-in page, and what slowing costs beside a hash."""
    with Worker("application", database, LIST) as floor, Worker("product", database, HOME) as product:
        taken: dict[str, list[float]] = {"floor": []}
        floor.get("/login", 20)
        for _ in range(rounds):
            for name, cost in product.ask("signing_in", times=times).items():
                taken.setdefault(name, []).append(cost)
            taken["floor"].append(floor.get("/login", 4 * times))
    cost = Rounds(taken)
    return [
        Figure(
            "sign-in POST minus hash / sign-in GET floor", cost.ratio("known", "floor"), most=3, note="browser known"
        ),
        Figure("the same from a new browser", cost.ratio("new", "floor"), most=3, note="with the alert by mail"),
        Figure("throttled attempt / password hash", cost.ratio("throttled", "hash"), most=0.1),
        Figure("sign-in POST without the hash", cost.ms("known"), "ms"),
        Figure("password hash (Argon2)", cost.ms("hash"), "ms"),
        Figure("throttled attempt", cost.ms("throttled"), "ms"),
        Figure("sign-in page", cost.ms("get"), "ms"),
        Figure("floor: sign-in page", cost.ms("floor"), "ms"),
    ]
