"""Keeping an upload and letting go of one.

Neither writes into the journal: what a file is for, and so what happened, only the room that called knows; it writes
its own entry with ``sha256`` in the data.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import structlog
from flask import current_app

from listing.access.actor import Actor, System
from listing.store.db import db

from . import antivirus, queries, rules, sniffing, storage
from .models import StoredFile

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Checked:
    """An upload found fit: its cleaned name, its kind, and the content to keep."""

    name: str
    kind: rules.Kind
    content: BinaryIO


def keep(
    *,
    stream: BinaryIO,
    name: str,
    organisation_id: int,
    visibility: str = rules.OWNER,
    actor: Actor | System,
    now: datetime,
) -> StoredFile:
    """Check an upload, keep its content durably and return its row; the caller commits.

    ``stream`` can be read again from its start, ``name`` is as the sender gave it. Raises rules.Unfit in its many
    forms; what was refused leaves nothing behind.
    """
    found = checked(stream=stream, name=name, organisation_id=organisation_id)
    return put(
        content=found.content,
        name=found.name,
        media_type=found.kind.media_type,
        organisation_id=organisation_id,
        visibility=visibility,
        actor=actor,
        now=now,
    )


def checked(
    *,
    stream: BinaryIO,
    name: str,
    organisation_id: int,
    kinds: Collection[rules.Kind] = rules.KINDS,
    otherwise: type[rules.Unfit] = rules.NotAccepted,
) -> Checked:
    """Look at an upload without keeping it; one that is not of ``kinds`` raises ``otherwise``. Raises rules.Unfit."""
    name = rules.clean_name(name)
    kind = rules.kind_of(name, kinds, otherwise)
    size = stream.seek(0, 2)
    rules.check_size(kind, size)
    rules.check_quota(queries.used(organisation_id), size)
    antivirus.check(stream, current_app.config["CLAMD_SOCKET"])
    return Checked(name, kind, sniffing.checked(stream, kind))


def put(
    *,
    content: BinaryIO,
    name: str,
    media_type: str,
    organisation_id: int,
    visibility: str = rules.OWNER,
    actor: Actor | System,
    now: datetime,
) -> StoredFile:
    """Keep a content that was checked, and return its row. Raises rules.NotKept."""
    try:
        digest, size = storage.place().put(content)
    except OSError as error:
        log.error("files", error=str(error))
        raise rules.NotKept from error
    file = StoredFile(
        sha256=digest,
        size=size,
        media_type=media_type,
        name=name,
        organisation_id=organisation_id,
        visibility=visibility,
        created_at=now,
        created_by=actor.user_id or None,
    )
    db.session.add(file)
    db.session.flush()
    return file


def forget(*, file: StoredFile) -> None:
    """Delete the row; its content goes with the next ``sweep``, unless another row names it."""
    db.session.delete(file)
    db.session.flush()


def sweep(*, now: datetime) -> int:
    """Remove content that no row has named for a day, and return how many files that were.

    Run by the scheduler. Content is put before its row is committed, so what is young may still get one.
    """
    place, before, named = storage.place(), now - rules.ORPHANS_AFTER, set(queries.digests())
    return sum(place.drop(digest, untouched_since=before) for digest in place.digests() if digest not in named)
