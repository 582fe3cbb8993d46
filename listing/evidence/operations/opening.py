"""Opening a file, and the line that is left of it.

Decides that a content is looked through whole before its first byte is handed over: what was tampered with is refused,
not broken off in the middle. The line is written before the content goes out.
"""

from collections.abc import Iterator
from datetime import datetime

import structlog
from flask import current_app
from sqlalchemy import insert

from listing.access.actor import Actor
from listing.files import queries as stored
from listing.files import storage
from listing.store.db import db, writing

from .. import queries, rules
from ..keyring import Keyring, UnknownKey
from ..models import Access, Evidence
from ..sealing import Tampered, opened
from .keeping import note

log = structlog.get_logger()


def open_file(*, file: Evidence, act: str, actor: Actor, now: datetime) -> Iterator[bytes]:
    """The plain content, piece by piece, for somebody who may have it and gave their password lately.

    ``act`` is OPENED or DOWNLOADED. Raises NotFresh, NotGranted, Unopenable.
    """
    rules.check_fresh(actor, now)
    if not rules.opens(actor, queries.sought(file, now=now)):
        raise rules.NotGranted
    content = plain(file)
    _line(file, act, actor, now)
    note(f"evidence.{act}", file, {"digest": file.digest}, actor=actor, now=now)
    return content


def plain(file: Evidence) -> Iterator[bytes]:
    """The content of a file once it was found whole. Raises Unopenable; who may have it is asked before."""
    sealed = stored.get(file.stored_file_id) if file.stored_file_id else None
    if sealed is None or file.wrapped is None:
        raise rules.Unopenable
    try:
        key = Keyring.of(current_app.config).unwrap(file.wrapped, file.bound(), key_id=file.key_id)
        place = storage.place()
        with place.open(sealed.sha256) as content:
            if sum(map(len, opened(content, key))) != file.size:
                raise Tampered
        return _pieces(place, sealed.sha256, key)
    except (OSError, Tampered, UnknownKey) as error:
        log.error("evidence", error=type(error).__name__, evidence=file.id, key_id=file.key_id)
        raise rules.Unopenable from error


def _pieces(place, digest: str, key: bytes) -> Iterator[bytes]:
    """Opened only when the first piece is asked for: what is never read leaves no file open."""
    with place.open(digest) as content:
        yield from opened(content, key)


def note_listed(*, files: list[Evidence], actor: Actor, now: datetime) -> None:
    """Leave a line that somebody who does not act for the holder saw these files in a list."""
    for file in files:
        _line(file, rules.LISTED, actor, now)


def note_refused(*, file_id: int, actor: Actor, now: datetime) -> None:
    """Leave a line that somebody asked for a file and was refused; in a transaction of its own, which it commits."""
    db.session.rollback()
    with writing(), db.engine.begin() as connection:
        connection.execute(insert(Access).values(**_values(file_id, rules.REFUSED, actor, now), for_holder=False))


def _line(file: Evidence, act: str, actor: Actor, now: datetime) -> None:
    own = actor.membership(file.organisation_id) is not None
    db.session.add(Access(**_values(file.id, act, actor, now), for_holder=own))
    db.session.flush()


def _values(file_id: int, act: str, actor: Actor, now: datetime) -> dict:
    return {"evidence_id": file_id, "at": now, "act": act, "account_id": actor.user_id, "label": actor.label}
