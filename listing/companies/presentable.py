"""Which companies may appear at a roadshow, and why others may not.

On display, not held back, and complete in both languages: visitors of either language read the same of each company
that presents.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Row, select

from listing.bilingual.pair import Pair
from listing.store.db import db

from . import rules
from .models import Company
from .queries import on_baybridge

_TABLE = Company.__table__.c
BOTH = "both"
MOST = 500


class Candidate(NamedTuple):
    """A company of ours; ``reason`` is why it may not appear: suspended, held back, languages, or empty."""

    id: int
    slug: str
    name: Pair
    reason: str


def _reason(row: Row) -> str:
    if row.status != rules.DISPLAYED:
        return "suspended"
    if row.held_back_at:
        return "held back"
    return "" if row.languages == BOTH else "languages"


def _candidate(row: Row) -> Candidate:
    return Candidate(row.id, row.slug, Pair(row.name_zh, row.name_en, row.name_script), _reason(row))


_COLUMNS = (
    _TABLE.id,
    _TABLE.slug,
    _TABLE.name_zh,
    _TABLE.name_en,
    _TABLE.name_script,
    _TABLE.status,
    _TABLE.held_back_at,
    _TABLE.languages,
)


def candidates() -> list[Candidate]:
    """Our own companies that were not withdrawn, by name."""
    rows = select(*_COLUMNS).where(on_baybridge, _TABLE.status != rules.WITHDRAWN)
    return [_candidate(row) for row in db.session.execute(rows.order_by(_TABLE.sort_en, _TABLE.id).limit(MOST))]


def is_fit(company_id: int) -> bool:
    """Whether that company may appear."""
    row = db.session.execute(select(*_COLUMNS).where(on_baybridge, _TABLE.id == company_id)).one_or_none()
    return row is not None and not _reason(row)


def of(ids: Collection[int]) -> dict[int, Candidate]:
    """The companies of these numbers by number, as they stand now."""
    rows = db.session.execute(select(*_COLUMNS).where(_TABLE.id.in_(ids))) if ids else ()
    return {row.id: _candidate(row) for row in rows}


def of_organisations(ids: Collection[int]) -> dict[int, Candidate]:
    """The companies of these organisations that are not withdrawn, by number."""
    own = _TABLE.organisation_id.in_(ids), _TABLE.status != rules.WITHDRAWN
    return {row.id: _candidate(row) for row in db.session.execute(select(*_COLUMNS).where(*own))} if ids else {}
