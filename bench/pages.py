"""Directory, search, company page and feed: against the floors, over growing numbers of companies, in bytes."""

import re
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from .measure import Worker, alternated
from .report import Figure

HOME = "/en/companies"
DIRECTORY = {
    "first page": HOME,
    "last page": f"{HOME}?page=last",
    "first page in Chinese": "/zh-Hant/companies",
    "by name": f"{HOME}?sort=name",
    "by name, last page": f"{HOME}?sort=name&page=last",
    "by Chinese name": "/zh-Hans/companies?sort=name",
    "of one market": f"{HOME}?market=HKEX",
    "of one market, last page": f"{HOME}?market=HKEX&page=last",
    "of one city and sector": f"{HOME}?place=shenzhen&sector=health",
    "of one city and sector, by name": f"{HOME}?place=shenzhen&sector=health&sort=name",
}
SEARCH = {
    "two characters": f"{HOME}?q={quote('科技')}",
    "four characters": f"{HOME}?q={quote('生物科技')}",
    "English": f"{HOME}?q=semiconductor+equipment",
    "mixed": f"{HOME}?q={quote('深圳 technology')}",
    "two characters, newest first": f"{HOME}?q={quote('科技')}&sort=newest",
}
FEED = "/en/companies/feed"
FLAT = ("first page", "last page")
_HREF = re.compile(r'<h[23][^>]*>\s*<a href="(/en/companies/[^"?]+)"')
_PART = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script src=|img )[^>]*')
_ADDRESS = re.compile(r'(?:href|src)="(/[^"]+)"')


def a_company(worker: Worker) -> str:
    """The address of a company with text, as the directory links it."""
    return links(worker)[0]


def links(worker: Worker) -> list[str]:
    """The addresses of the companies on the first page of the directory."""
    return _HREF.findall(worker.look(HOME)["body"])


def against_floors(database: Path, *, rounds: int, times: int) -> list[Figure]:
    """Directory and company page beside the plain pages over the same companies."""
    with Worker("plain", database, "/empty") as plain, Worker("product", database, HOME) as product:
        page = a_company(product)
        slug = page.rsplit("/", 1)[1]
        subjects = {
            "empty": (plain, "/empty"),
            "raw": (plain, "/raw"),
            "orm": (plain, "/orm"),
            "plain company": (plain, f"/company/{slug}"),
            "directory": (product, HOME),
            "company": (product, page),
            "feed": (product, FEED),
            "health": (product, "/healthz"),
        }
        cost = alternated(subjects, rounds=rounds, times=times)
    return [
        Figure("directory / ORM floor", cost.ratio("directory", "orm"), most=1.5),
        Figure("directory / raw sqlite3 floor", cost.ratio("directory", "raw"), most=2.4),
        Figure("company page / floor", cost.ratio("company", "plain company"), most=3),
        Figure("directory", cost.ms("directory"), "ms"),
        Figure("company page", cost.ms("company"), "ms"),
        Figure("Atom feed of 25", cost.ms("feed"), "ms"),
        Figure("our smallest answer, /healthz", cost.ms("health"), "ms", note="gate, headers and log included"),
        Figure("floor: ORM list", cost.ms("orm"), "ms"),
        Figure("floor: raw sqlite3 list", cost.ms("raw"), "ms"),
        Figure("floor: company page", cost.ms("plain company"), "ms"),
        Figure("floor: empty route", cost.ms("empty"), "ms"),
    ]


def growth(databases: dict[int, Path], *, rounds: int, times: int) -> list[Figure]:
    """Each page over the largest number of companies beside the smallest, and the statements of both."""
    small, large = min(databases), max(databases)
    figures = []
    with ExitStack() as stack:
        few, many = (stack.enter_context(Worker("product", databases[size], HOME)) for size in (small, large))
        company = {size: a_company(worker) for size, worker in ((small, few), (large, many))}
        paths = {f"directory, {name}": (path, path) for name, path in DIRECTORY.items()}
        paths |= {f"search, {name}": (path, path) for name, path in SEARCH.items()}
        paths |= {"company page": (company[small], company[large]), "Atom feed": (FEED, FEED)}
        for name, (path, other) in paths.items():
            cost = alternated({"few": (few, path), "many": (many, other)}, rounds=rounds, times=times)
            sent = few.look(path)["statements"], many.look(other)["statements"]
            flat = name.removeprefix("directory, ") in FLAT
            note = f"{cost.ms('many'):.2f} ms, {sent[0]} statements" + (
                f", then {sent[1]}" if sent[0] != sent[1] else ""
            )
            figures.append(Figure(name, cost.ratio("many", "few"), most=1.15 if flat else None, note=note))
            if flat:
                figures.append(Figure(f"{name}: statements more", sent[1] - sent[0], "", most=0))
    return figures


def weight(database: Path) -> list[Figure]:
    """Compressed bytes and requests of a first visit to a page, with everything it loads."""
    figures = []
    with Worker("product", database, HOME) as product:
        for name, path in {"directory": HOME, "company page": a_company(product), "home": "/en/"}.items():
            page = product.look(path)
            parts = {_ADDRESS.search(tag).group(1) for tag in _PART.findall(page["body"]) if _ADDRESS.search(tag)}
            total = page["gzip"] + sum(product.look(part)["gzip"] for part in parts)
            note = f"page itself {page['bytes'] / 1024:.1f} KB, {page['gzip'] / 1024:.1f} KB compressed"
            figures.append(Figure(f"{name}: all it loads, compressed", total / 1024, "KB", most=60, note=note))
            figures.append(Figure(f"{name}: requests", 1 + len(parts), "", most=6))
    return figures
