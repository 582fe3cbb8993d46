"""The companies a query finds, best first, for the command line and for measuring how well they are found."""

from typing import NamedTuple

from sqlalchemy import select

from listing.access.actor import Tier
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Kind

from .models import Company
from .queries import also_displayed


class Match(NamedTuple):
    """A company that a query finds; ``score`` is of meaning only within one answer, higher is better."""

    market: str
    code: str
    name_zh: str
    name_en: str
    score: float


def best(query: str, *, tier: Tier, limit: int) -> list[Match]:
    """The companies on display that a query finds, best first."""
    hits = fulltext.best(db.session, query, kind=Kind.COMPANY, tier=tier, limit=limit)
    columns = (Company.id, Company.market, Company.code, Company.name_zh, Company.name_en)
    wanted = Company.id.in_([hit.row_id for hit in hits])
    rows = {row.id: row for row in db.session.execute(select(*columns).where(wanted, also_displayed))}
    return [Match(*rows[hit.row_id][1:], round(hit.score, 4)) for hit in hits if hit.row_id in rows]
