"""Destroying a file by destroying its key, and the hold that forbids it.

A copy of the sealed content in a backup stays sealed; a copy of the row in an older backup still has the key, so
backups are kept no longer than the shortest class of retention allows (docs/evidence.md).
"""

from datetime import date, datetime

from sqlalchemy import update

from listing.access.actor import Actor, System
from listing.files import operations as files
from listing.files import queries as stored
from listing.store.db import db

from .. import rules
from ..models import Evidence
from .keeping import note


def destroy(*, file: Evidence, why: str, actor: Actor | System, now: datetime) -> Evidence:
    """Destroy a file's key, name and issuer; type, days, size and the log of it stay. Raises OnHold."""
    _lock(file)
    if file.held_since is not None:
        raise rules.OnHold
    if file.destroyed_at is not None:
        return file
    sealed = stored.get(file.stored_file_id)
    file.wrapped = file.salt = file.stored_file_id = None
    file.name = file.issuer = ""
    file.destroyed_at, file.destroyed_why = now, why
    db.session.flush()
    if sealed is not None:
        files.forget(file=sealed)
    note("evidence.destroyed", file, {"digest": file.digest, "why": why}, actor=actor, now=now)
    return file


def hold(*, file: Evidence, why: str, actor: Actor | System, now: datetime) -> Evidence:
    """Forbid that a file is destroyed, whatever its retention says; ``why`` is kept beside it."""
    _lock(file)
    if file.held_since is None and file.destroyed_at is None:
        file.held_since, file.held_why = now, why
        note("evidence.held", file, {}, actor=actor, now=now)
    return file


def release(*, file: Evidence, actor: Actor | System, now: datetime) -> Evidence:
    """End a hold."""
    _lock(file)
    if file.held_since is not None:
        file.held_since, file.held_why = None, ""
        note("evidence.released", file, {}, actor=actor, now=now)
    return file


def classify(
    *,
    organisation_id: int,
    case: rules.Case,
    retention: str,
    counts_from: date | None,
    actor: Actor | System,
    now: datetime,
) -> int:
    """Give the files of a case another class of retention, counted from that day or, without one, not yet."""
    mine = (Evidence.organisation_id == organisation_id, Evidence.case_kind == case.kind, Evidence.case_id == case.id)
    values = {"retention": retention, "counts_from": counts_from}
    found = update(Evidence).where(*mine, Evidence.destroyed_at.is_(None)).values(values).returning(Evidence)
    rows = db.session.scalars(found).all()
    for row in rows:
        note("evidence.classified", row, {"retention": retention, "from": str(counts_from or "")}, actor=actor, now=now)
    return len(rows)


def _lock(file: Evidence) -> None:
    db.session.flush()
    db.session.refresh(file, with_for_update=True)
