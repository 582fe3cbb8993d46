"""The factsheet: set anew by a process that has set one before, and taken from the shelf."""

import os
from pathlib import Path

from .measure import Worker, alternated
from .pages import HOME, a_company
from .report import Figure

NOWHERE = "/dev/null/factsheets"  # a shelf on which nothing can lie


def factsheets(database: Path, *, rounds: int, times: int) -> list[Figure]:
    """Processor time of a factsheet, with and without a shelf, and its size."""
    with Worker("product", database, HOME) as shelved, _without_a_shelf(database) as bare:
        path = f"{a_company(shelved)}/factsheet.pdf"
        cost = alternated({"kept": (shelved, path), "new": (bare, path)}, rounds=rounds, times=times)
        size = shelved.look(path)["bytes"]
    return [
        Figure("factsheet set anew, warm process", cost.ms("new"), "ms", most=1_000),
        Figure("factsheet from the shelf", cost.ms("kept"), "ms"),
        Figure("factsheet", size / 1024, "KB", most=2_048),
    ]


def _without_a_shelf(database: Path) -> Worker:
    before = os.environ.get("FACTSHEET_CACHE")
    os.environ["FACTSHEET_CACHE"] = NOWHERE
    try:
        return Worker("product", database, HOME)
    finally:
        os.environ.pop("FACTSHEET_CACHE")
        if before is not None:
            os.environ["FACTSHEET_CACHE"] = before
