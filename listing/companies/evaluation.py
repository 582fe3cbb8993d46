"""How surely the names of companies find them: each name of each company is searched, and must return it first.

Counts a company as first also where only companies of exactly the same name, folded as the index folds it, stand
before it. Reads only.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import func, select

from listing.access.actor import Tier
from listing.bilingual import script, tokens
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Kind

from .models import Company
from .queries import displayed

KINDS = ("chinese", "short", "other_script", "english")
MOST_TIES = 25
MOST_SHOWN = 50

_COLUMNS = (
    Company.id,
    Company.market,
    Company.code,
    Company.name_zh,
    Company.name_script,
    Company.name_zh_alt,
    Company.name_en,
    Company.short_zh,
    Company.short_en,
)


class Result(NamedTuple):
    """How many names of a kind were searched, how many came first, and some that did not: query and company."""

    asked: int
    first: int
    missed: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """The share that came first, 0 to 1; 1 where there was nothing to ask."""
        return self.first / self.asked if self.asked else 1.0


def size() -> int:
    """How many companies ``evaluate`` will go through."""
    return db.session.scalar(select(func.count()).select_from(Company).where(displayed))


def evaluate(step: Callable[[], None] = lambda: None, *, every: int = 1) -> dict[str, Result]:
    """Search each company on display, or each ``every``-th, by each of its names; ``step`` is called after each."""
    companies = db.session.execute(select(*_COLUMNS).where(displayed).order_by(Company.id)).all()
    keys = {row.id: _keys(row) for row in companies}
    asked = dict.fromkeys(KINDS, 0)
    missed: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for row in companies[::every]:
        for kind, query in _names(row):
            asked[kind] += 1
            if not _comes_first(query, row.id, keys):
                missed[kind].append((query, f"{row.market} {row.code}"))
        step()
    return {
        kind: Result(asked[kind], asked[kind] - len(missed[kind]), tuple(missed[kind][:MOST_SHOWN])) for kind in KINDS
    }


def _names(row) -> Iterator[tuple[str, str]]:
    if row.name_zh:
        convert = script.to_hans if row.name_script == "Hant" else script.to_hant_characters
        yield "chinese", row.name_zh
        yield "other_script", row.name_zh_alt or convert(row.name_zh)
    for short in filter(None, (row.short_zh, row.short_en)):
        yield "short", short
    if row.name_en:
        yield "english", row.name_en


def _key(name: str) -> str:
    return "".join(tokens.runs(name))


def _keys(row) -> frozenset[str]:
    names = (row.name_zh, row.name_zh_alt, row.name_en, row.short_zh, row.short_en)
    return frozenset(_key(name) for name in names if name)


def _comes_first(query: str, row_id: int, keys: dict[int, frozenset[str]]) -> bool:
    """Whether the company is found before every one that does not bear exactly this name."""
    wanted = _key(query)
    for hit in fulltext.best(db.session, query, kind=Kind.COMPANY, tier=Tier.PUBLIC, limit=MOST_TIES):
        if hit.row_id == row_id:
            return True
        if wanted not in keys.get(hit.row_id, ()):
            return False
    return False
