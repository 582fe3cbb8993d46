"""Brings a backup back into an empty database of the same migration, whole or not at all.

Everything happens in one transaction that is committed only after the rows were counted and the log was verified
against the state the backup signed. Contents are put first: should the rest fail, the sweep takes them away.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flask import current_app

from listing.files import storage
from listing.journal.checkpoint import BadCheckpoint, BadKey, Signer, parse
from listing.journal.checkpoint import verify as verify_note
from listing.journal.verification import verify as verify_log
from listing.store.db import db

from . import archive, reindexing, rows, tables
from .archive import Manifest, NotABackup, Reader

BATCH = 1_000


class NotHere(RuntimeError):
    """This database cannot take the backup in."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back; ``own`` tells whether this installation's key signed the backup's state of the log."""

    rows: int
    files: int
    entries: int
    missing: list[str]
    own: bool


def bring_back(path: Path) -> Restored:
    """Put everything of the archive back and commit. Raises NotABackup, NotHere, leaving the database as it was."""
    with archive.reading(path) as source, _all_or_nothing():
        manifest = source.manifest()
        _check_place(manifest)
        source.check(manifest)
        for digest in manifest.files:
            _put_content(source, digest)
        for table in tables.kept():
            _put_rows(source, table, manifest)
        reindexing.rebuild()
        entries = _check_result(manifest)
    total = sum(content.rows for content in manifest.tables.values())
    return Restored(total, len(manifest.files), entries, manifest.missing, _is_own(manifest.checkpoint))


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    db.session.rollback()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _check_place(manifest: Manifest) -> None:
    code, head = tables.heads()
    if not manifest.head == head == code:
        raise NotHere(
            f"the backup is of migration {manifest.head}, the database at {head or 'nothing'}, this version at {code}"
        )
    if sorted(manifest.tables) != sorted(table.name for table in tables.kept()):
        raise NotABackup("it holds other tables than this version knows")
    full = [table.name for table in tables.kept() if tables.count(table)]
    if full:
        raise NotHere(f"the database is not empty: {', '.join(full)}")


def _put_content(source: Reader, digest: str) -> None:
    with source.file(digest) as content:
        found, _size = storage.place().put(content)
    if found != digest:
        raise NotABackup(f"the content {digest} was changed")


def _put_rows(source: Reader, table, manifest: Manifest) -> None:
    content = manifest.tables[table.name]
    if sorted(content.columns) != sorted(column.name for column in table.columns):
        raise NotABackup(f"the table {table.name} has other columns than this version knows")
    columns = [table.columns[name] for name in content.columns]
    statement = rows.insertion(columns)
    for batch in _batches(source.lines(table.name, content)):
        db.session.connection().execute(statement, [rows.values(columns, text) for text in batch])
    tables.go_on_after(table, content.last)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _check_result(manifest: Manifest) -> int:
    """Count the rows and verify the log where it now lies; returns the number of its entries."""
    wrong = [table.name for table in tables.kept() if tables.count(table) != manifest.tables[table.name].rows]
    if wrong:
        raise NotABackup(f"other numbers of rows than were written: {', '.join(wrong)}")
    try:
        signed = parse(manifest.checkpoint)
    except BadCheckpoint as error:
        raise NotABackup(f"its checkpoint is none: {error}") from error
    verdict = verify_log(signed)
    if not verdict.holds or verdict.size != signed.size:
        raise NotABackup("the log in it does not hold")
    return verdict.size


def _is_own(note: str) -> bool:
    try:
        verify_note(note, Signer.of(current_app.config).verifier())
    except (BadCheckpoint, BadKey):
        return False
    return True
