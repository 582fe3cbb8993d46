"""Many companies at once: rows, revisions and search documents in batches; for imports and for load tests.

Journals nothing: whoever adds many says so in one entry of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from listing.store import fulltext
from listing.store.db import db

from .. import rules
from ..models import Company, Revision
from ..reading.prepared import Entry
from .publishing import documents

BATCH = 500


def batches(entries: Sequence) -> Iterator[Sequence]:
    """Yield the entries in stretches of BATCH."""
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]


def add(entries: Sequence[Entry], *, origin: str, now: datetime, progress: Callable[[int], None]) -> None:
    """Put companies on display that are not yet there; ``progress`` is told how many are searchable so far."""
    added: list[tuple[int, Entry]] = []
    for batch in batches(entries):
        added += _add(batch, origin, now)
    fulltext.put_many(db.session, _documents(added, progress))


def publish(numbered: Sequence[tuple[int, Entry, int]], now: datetime) -> None:
    """Add a revision to each company (id, what it shows, number) and point the company at it."""
    rows = [
        {"company_id": key, "number": number, "content": entry.content, "digest": entry.digest, "published_at": now}
        for key, entry, number in numbered
    ]
    added = db.session.execute(insert(Revision).returning(Revision.company_id, Revision.id), rows)
    db.session.execute(update(Company), [{"id": company_id, "revision_id": key} for company_id, key in added])


def _documents(added: Sequence[tuple[int, Entry]], progress: Callable[[int], None]) -> Iterator[fulltext.Document]:
    for done, (key, entry) in enumerate(added, start=1):
        yield from documents(key, entry.facts, entry.market, entry.code)
        if done % 100 == 0 or done == len(added):
            progress(done)


def _add(entries: Sequence[Entry], origin: str, now: datetime) -> list[tuple[int, Entry]]:
    shown = {"status": rules.DISPLAYED, "status_at": now, "displayed_at": now, "origin": origin}
    rows = [
        {"market": entry.market, "code": entry.code, "slug": slug, **shown, **entry.facts.columns()}
        for entry, slug in zip(entries, _slugs(entries), strict=True)
    ]
    added = db.session.execute(insert(Company).returning(Company.market, Company.code, Company.id), rows)
    ids = {(market, code): key for market, code, key in added}
    numbered = [(ids[entry.market, entry.code], entry) for entry in entries]
    publish([(key, entry, 1) for key, entry in numbered], now)
    return numbered


def _slugs(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the address of each: the readable one unless another company has it, here or already displayed."""
    wanted = [rules.slug(entry.facts.name_en, entry.market, entry.code) for entry in entries]
    taken = set(db.session.scalars(select(Company.slug).where(Company.slug.in_(wanted))))
    for entry, slug in zip(entries, wanted, strict=True):
        free = rules.slug_by_code(entry.market, entry.code) if slug in taken else slug
        taken.add(free)
        yield free
