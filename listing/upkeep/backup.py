"""Writes everything the platform knows into one archive, as it is at one instant, while it goes on working.

Secrets are settings, not data: none is in the archive, and without them its passwords, codes and signatures are worth
nothing (docs/security.md). Reads only.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app

from listing.files import queries as files
from listing.files import storage
from listing.journal import queries as journal
from listing.journal.checkpoint import Signer
from listing.store.db import db
from listing.store.db import reading as reading_only

from . import archive, rows, tables
from .archive import Content, Manifest, Writer

BATCH = 1_000


class NotMigrated(RuntimeError):
    """The database is not at the migration this version expects."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds, and which contents were already lost or changed before it."""

    rows: int
    files: int
    missing: list[str]


def write(path: Path, *, now: datetime) -> Written:
    """Write a backup to ``path``, which must not exist. Raises FileExistsError, NotMigrated."""
    with reading_only():
        tables.snapshot()
        code, head = tables.heads()
        if code != head:
            raise NotMigrated(f"the database is at {head or 'nothing'}, this version expects {code}")
        try:
            with archive.writing(path, int(now.timestamp())) as target:
                manifest = _everything(target, head, now)
                target.manifest(manifest)
        finally:
            db.session.rollback()
    return Written(sum(content.rows for content in manifest.tables.values()), len(manifest.files), manifest.missing)


def _everything(target: Writer, head: str, now: datetime) -> Manifest:
    """Add all tables and contents; the snapshot sees contents that a row names, which nobody sweeps for a day."""
    tip = journal.tip()
    held = {table.name: _table(target, table) for table in tables.kept()}
    states = {digest: _content(target, digest) for digest in files.digests()}
    return Manifest(
        made_at=now.isoformat(),
        head=head,
        checkpoint=Signer.of(current_app.config).sign(size=tip.size, root=tip.root),
        tables=held,
        left_out=list(tables.LEFT_OUT),
        files=[digest for digest, there in states.items() if there],
        missing=[digest for digest, there in states.items() if not there],
    )


def _table(target: Writer, table) -> Content:
    found = db.session.execute(rows.all_of(table), execution_options={"yield_per": BATCH})
    count, digest = target.table(table.name, (rows.line(row) for row in found))
    return Content([column.name for column in table.columns], count, digest, tables.last_given(table))


def _content(target: Writer, digest: str) -> bool:
    """Add a content; False when it is missing or no longer what it was."""
    place = storage.place()
    if storage.state(place, digest) != "ok":
        return False
    with place.open(digest) as content:
        target.file(digest, content)
    return True
