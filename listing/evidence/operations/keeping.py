"""Taking a file into the vault: checked like any upload, sealed while it is written, its key wrapped."""

import hmac
import secrets
from datetime import datetime
from typing import BinaryIO

from flask import current_app

from listing.access.actor import Actor, System
from listing.accounts.rules import plain_text
from listing.files import operations as files
from listing.files.rules import TooLarge
from listing.journal import operations as journal
from listing.store.db import db

from .. import rules
from ..keyring import Keyring
from ..models import Evidence
from ..sealing import PIECE, Sealed, new_key

SEALED_NAME, SEALED_TYPE = "evidence.sealed", "application/octet-stream"


def keep(
    *,
    stream: BinaryIO,
    name: str,
    organisation_id: int,
    case: rules.Case,
    about: rules.About,
    retention: str,
    actor: Actor | System,
    now: datetime,
) -> Evidence:
    """Check an upload, keep it sealed and return its row; the caller commits.

    ``stream`` is as the web server hands it over: in memory, or in a temporary file only this process can read.
    Raises files.rules.Unfit in its many forms, NotEvidence, accounts.rules.HostileText.
    """
    rules.check_about(about)
    if stream.seek(0, 2) > rules.MOST:
        raise TooLarge(limit=rules.MOST // rules.MB)
    issuer = plain_text(about.issuer)
    accepted = {"kinds": rules.KINDS, "otherwise": rules.NotEvidence}
    found = files.checked(stream=stream, name=name, organisation_id=organisation_id, **accepted)
    key, salt = new_key(), secrets.token_bytes(32)
    size, digest = _measured(found.content, salt)
    sealed = files.put(
        content=Sealed(found.content, key),
        name=SEALED_NAME,
        media_type=SEALED_TYPE,
        organisation_id=organisation_id,
        actor=actor,
        now=now,
    )
    ring = Keyring.of(current_app.config)
    row = Evidence(
        uid=secrets.token_hex(16),
        organisation_id=organisation_id,
        case_kind=case.kind,
        case_id=str(case.id),
        document_type=about.document_type,
        issuer=issuer,
        dated=about.dated,
        expires=about.expires,
        language=about.language,
        region=about.region,
        name=found.name,
        media_type=found.kind.media_type,
        size=size,
        salt=salt,
        digest=digest,
        key_id=ring.current,
        stored_file_id=sealed.id,
        retention=retention,
        counts_from=now.date(),
        kept_at=now,
        kept_by=actor.user_id or None,
    )
    row.wrapped = ring.wrap(key, row.bound())
    db.session.add(row)
    db.session.flush()
    data = {"digest": digest, "type": row.document_type, "case": list(case)}
    note("evidence.kept", row, data, actor=actor, now=now)
    return row


def note(code: str, file: Evidence, data: dict, *, actor: Actor | System, now: datetime) -> None:
    """Put what happened to a file into the log."""
    journal.append(code=code, data=data, actor=actor, subject=("evidence", file.id, file.organisation_id), now=now)


def _measured(content: BinaryIO, salt: bytes) -> tuple[int, str]:
    """Size and salted digest of the plain content."""
    content.seek(0)
    found, size = hmac.new(salt, digestmod="sha256"), 0
    while piece := content.read(PIECE):
        found.update(piece)
        size += len(piece)
    return size, found.hexdigest()
