"""What somebody typed and could not send, kept for a day under the digest of who may have it back.

Decides neither whose it is nor what is kept of a form (listing/web/interrupted.py). The rows are in no backup; they go
with the person, and stand in the copy of what is held about them (listing/personal).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import JSON, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Instant
from .db import Model, db
from .inserting import insert

KEPT = timedelta(hours=24)
MOST = 20  # forms of one person, in whatever browsers; the oldest gives way
PATH_MAX = 200


class KeptTyping(Model):
    """What a form held. ``page_hash`` is the digest of the browser's secret, the person and the page together: who
    lacks one of them finds nothing. ``token_hash`` is the digest of that and of what tells one form of the page from
    the others, so that each of them keeps its own words.
    """

    __tablename__ = "kept_typing"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    page_hash: Mapped[str] = mapped_column(String(64), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    path: Mapped[str] = mapped_column(String(PATH_MAX))
    typed: Mapped[dict] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


def digest(parts: Iterable) -> str:
    """The digest of several texts or numbers, each told from the next."""
    return sha256(json.dumps(list(parts)).encode()).hexdigest()


def keep(*, key: str, page: str, account_id: int, path: str, typed: Mapping, now: datetime) -> None:
    """Keep what was typed on the page at ``path``; the last of each key, and of each person the last MOST."""
    row, whose = KeptTyping.token_hash, {"page_hash": page, "account_id": account_id, "path": path[:PATH_MAX]}
    values = whose | {"typed": dict(typed), "created_at": now, "expires_at": now + KEPT}
    add = insert(KeptTyping).values(token_hash=key, **values)
    db.session.execute(add.on_conflict_do_update(index_elements=["token_hash"], set_=values))
    others = select(row).where(KeptTyping.account_id == account_id, row != key)
    older = others.order_by(KeptTyping.expires_at.desc(), row).offset(MOST - 1)
    db.session.execute(delete(KeptTyping).where(row.in_(db.session.scalars(older).all())))


def kept(page: str, account_id: int, now: datetime) -> list[tuple[str, dict]]:
    """What is kept of the forms of a page, each with its key, the latest first."""
    row = KeptTyping
    theirs = select(row.token_hash, row.typed).where(
        row.page_hash == page, row.account_id == account_id, row.expires_at > now
    )
    return [tuple(found) for found in db.session.execute(theirs.order_by(row.created_at.desc(), row.token_hash))]


def forget(*, key: str, account_id: int) -> None:
    """Drop what was kept: it has been taken, or is not wanted."""
    db.session.execute(delete(KeptTyping).where(KeptTyping.token_hash == key, KeptTyping.account_id == account_id))


def sweep(*, now: datetime) -> int:
    """Delete what nobody came back for, and return how much that was; the caller commits."""
    return db.session.execute(delete(KeptTyping).where(KeptTyping.expires_at <= now)).rowcount
