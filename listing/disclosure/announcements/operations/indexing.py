"""Puts what was released into an index that was emptied; the index only repeats it, so nothing is journaled."""

from collections.abc import Iterator

from sqlalchemy import func, select

from listing.disclosure.announcements import parties
from listing.disclosure.announcements.models import Release
from listing.store import fulltext
from listing.store.db import db

from .releasing import documents

BATCH = 500


def add_all() -> int:
    """Index every release, which must not be indexed yet; return how many there are."""
    fulltext.put_many(db.session, _documents())
    return db.session.scalar(select(func.count(Release.id)))


def _documents() -> Iterator[fulltext.Document]:
    """Walk by id in batches, because a cursor kept open would see the index change under it."""
    last = 0
    while rows := db.session.scalars(select(Release).where(Release.id > last).order_by(Release.id).limit(BATCH)).all():
        behind = parties.behind([row.id for row in rows])
        for row in rows:
            yield from documents(row, parties.in_order(behind[row.id]))
        last = rows[-1].id
