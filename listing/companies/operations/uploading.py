"""A file sent through the operator's pages: kept for an hour, tried, then taken or forgotten.

Decides whose file it is and that what is taken is, byte for byte, what was tried.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, or_, select
from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.refusal import N_, Refusal
from listing.store.db import db

from .. import rules
from ..models import Upload
from ..reading.prepared import prepare
from ..reading.tables import MOST_BYTES, open_table
from .importing import Report, import_companies

LASTS = timedelta(hours=1)
NAME_LONGEST = 120


class RowsRefused(Refusal):
    message = N_("Rows refused: %(count)s. Correct the file and send it again, or pass over the refused rows.")


def keep(*, file: FileStorage, actor: Actor, now: datetime) -> Upload:
    """Keep a file that can be opened, in place of an earlier one of the same person. Raises reading's Unreadable."""
    content = file.stream.read(MOST_BYTES + 1)
    open_table(content)
    db.session.execute(delete(Upload).where(or_(Upload.expires_at <= now, Upload.account_id == actor.user_id)))
    upload = Upload(
        key=secrets.token_urlsafe(24),
        account_id=actor.user_id,
        name=_name(file.filename or ""),
        digest=sha256(content).hexdigest(),
        content=content,
        created_at=now,
        expires_at=now + LASTS,
    )
    db.session.add(upload)
    return upload


def _name(filename: str) -> str:
    try:
        return rules.line(filename.replace("\\", "/").rsplit("/", 1)[-1])[:NAME_LONGEST]
    except rules.HostileCharacters:
        return ""


def kept(*, key: str, actor: Actor, now: datetime) -> Upload | None:
    """The file a person sent within the last hour."""
    own = (Upload.key == key, Upload.account_id == actor.user_id, Upload.expires_at > now)
    return db.session.scalar(select(Upload).where(*own))


def tried(*, upload: Upload, mode: str, source: str, actor: Actor, now: datetime) -> Report:
    """What taking the file would do; changes nothing. Raises reading's Unreadable."""
    return import_companies(file=prepare(upload.content, source=source), mode=mode, dry_run=True, actor=actor, now=now)


def take(*, upload: Upload, mode: str, source: str, actor: Actor, now: datetime) -> Report:
    """Import the file and forget it. Raises RowsRefused, reading's Unreadable.

    ``source`` is stated for the rows that name none.
    """
    report = import_companies(
        file=prepare(upload.content, source=source), mode=mode, dry_run=False, actor=actor, now=now
    )
    if not report.applied:
        raise RowsRefused(count=report.refused)
    db.session.delete(upload)
    return report
