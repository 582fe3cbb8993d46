"""Whole profiles: the full page beside a plain page of the same content, comparing, and saving with its checks."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from .data import market
from .measure import CACHE, Rounds, Worker, alternated
from .pages import HOME, a_company, links
from .report import Figure

COMPARED = 5
_MORE = "rates to convert by and a roadshow to come add theirs"


def showcase(*, rounds: int, times: int) -> list[Figure]:
    """Pages as an admitted investor reads them, then the saving of passages in the studio."""
    return _pages(market(), rounds=rounds, times=times) + _saving(market(), rounds=rounds)


def _pages(database: Path, *, rounds: int, times: int) -> list[Figure]:
    with Worker("plain", database, "/empty") as plain, Worker("product", database, HOME) as product:
        page = a_company(product)
        product.ask("become", tier="ADMITTED", at=page)
        pages = links(product)
        compared = [("c", each.rsplit("/", 1)[1]) for each in pages[:COMPARED]]
        subjects = {
            "floor": (plain, f"/detail/{page.rsplit('/', 1)[1]}"),
            "page": (product, page),
            "compared": (product, f"{HOME}/compare?{urlencode(compared)}"),
        }
        cost = alternated(subjects, rounds=rounds, times=times)
        sent = [product.look(each)["statements"] for each in pages]
    return [
        Figure("full company page / detail floor", cost.ratio("page", "floor"), most=3, note="as an admitted investor"),
        Figure(f"compare of {COMPARED} companies / full company page", cost.ratio("compared", "page"), most=2),
        Figure("full company page", cost.ms("page"), "ms", note=f"{sent[0]} statements"),
        Figure(
            "the most statements of any of the pages", max(sent), "", most=8, note=f"the fewest {min(sent)}; {_MORE}"
        ),
        Figure(f"compare of {COMPARED} companies", cost.ms("compared"), "ms"),
        Figure("floor: the same content, plainly", cost.ms("floor"), "ms"),
    ]


def _copy(database: Path, folder: str) -> Path:
    """What is written may be written here."""
    return Path(shutil.copy(database, folder))


def _saving(database: Path, *, rounds: int) -> list[Figure]:
    with TemporaryDirectory(dir=CACHE) as folder, Worker("product", _copy(database, folder), HOME) as product:
        taken: dict[str, list[float]] = {"checked": [], "plain": []}
        for _ in range(rounds):
            for name, cost in product.ask("saving").items():
                taken[name].append(cost)
    cost = Rounds(taken)
    note = "the save and the page that shows it, with and without the checks"
    return [
        Figure("saving passages with figure and term check / plain", cost.ratio("checked", "plain"), most=3, note=note),
        Figure("saving passages, checked", cost.ms("checked"), "ms"),
        Figure("saving passages, plain", cost.ms("plain"), "ms"),
    ]
