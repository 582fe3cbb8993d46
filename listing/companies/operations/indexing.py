"""Builds the search index anew from what is displayed: after an upgrade that cuts or sounds words differently.

The index only repeats what the revisions hold, so this is no change of the record and journals nothing.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from listing.store import fulltext
from listing.store.db import db

from .. import rules
from ..facts import Facts
from ..models import Company, Revision, without_financing
from .publishing import documents

BATCH = 500


def rebuild(*, progress: Callable[[int], None]) -> int:
    """Empty the index and fill it from the displayed revisions; return how many companies it holds."""
    fulltext.clear(db.session)
    done = 0

    def every() -> Iterator[fulltext.Document]:
        nonlocal done
        for key, market, code, held_back_at, content in _displayed():
            shown = without_financing(content) if held_back_at else content
            yield from documents(key, Facts.of_content(shown), market, code)
            done += 1
            progress(1)

    fulltext.put_many(db.session, every())
    return done


def _displayed() -> Iterator[tuple]:
    """Walk by id in batches, because a cursor kept open would see the index change under it."""
    last = 0
    shown = select(Company.id, Company.market, Company.code, Company.held_back_at, Revision.content).join(
        Revision, Revision.id == Company.revision_id
    )
    while True:
        later = shown.where(Company.status == rules.DISPLAYED, Company.id > last).order_by(Company.id).limit(BATCH)
        rows = db.session.execute(later).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].id
