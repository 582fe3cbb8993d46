"""Measures each release once: its titles, its passages and its note, and in how many of them the check found a doubt.

What is kept only repeats what the released texts say, so nothing is journaled.
"""

from collections.abc import Callable

from sqlalchemy import func, select

from listing.companies import own_terms
from listing.disclosure.announcements import checks
from listing.disclosure.announcements.derived_models import Parity
from listing.disclosure.announcements.models import Release
from listing.store.db import db
from listing.store.inserting import insert

BATCH = 100


def measure_due(*, stopping: Callable[[], bool]) -> int:
    """Measure what was released since the last one measured; commits batch by batch and returns how many there were."""
    measured = 0
    while not stopping() and (rows := _unmeasured()):
        for row in rows:
            values = {"release_id": row.id, **_found(row)}
            db.session.execute(insert(Parity).values(values).on_conflict_do_nothing())
        db.session.commit()
        measured += len(rows)
    return measured


def _unmeasured() -> list[Release]:
    """The next releases; ids rise with the instant, so none before the last one measured is missing."""
    last = select(func.coalesce(func.max(Parity.release_id), 0)).scalar_subquery()
    return list(db.session.scalars(select(Release).where(Release.id > last).order_by(Release.id).limit(BATCH)))


def _found(row: Release) -> dict[str, int]:
    places = [row.title, *row.passages, *([row.note] if row.note else [])]
    own = own_terms.for_checking(own_terms.of(row.company_id))
    return {"places": len(places), "doubtful": sum(checks.doubtful(place, own) for place in places)}
