"""What somebody typed and could not send, kept for a day under the digest of who may have it back.

Decides neither whose it is nor what is kept of a form (listing/web/interrupted.py). The rows are in no backup.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Instant
from .db import Model, db
from .inserting import insert

KEPT = timedelta(hours=24)
MOST = 20  # pages of one person, in whatever browsers; the oldest gives way
PATH_MAX = 200
_OWNER = 16  # characters of a key that are the person's


class KeptTyping(Model):
    """What a form held. ``token_hash`` is the digest of the browser's secret, the person and the page together: who
    lacks one of them finds nothing.
    """

    __tablename__ = "kept_typing"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(PATH_MAX))
    typed: Mapped[dict] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


def key(*, owner: str, what: str) -> str:
    """The digest under which something of an owner is kept; it begins alike for all that is theirs."""
    whose, which = (sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in (owner, what))
    return whose[:_OWNER] + which[_OWNER:]


def keep(*, key: str, path: str, typed: Mapping, now: datetime) -> None:
    """Keep what was typed on the page at ``path``; the last of each key, and of each owner the last MOST."""
    values = {"path": path[:PATH_MAX], "typed": dict(typed), "created_at": now, "expires_at": now + KEPT}
    add = insert(KeptTyping).values(token_hash=key, **values)
    db.session.execute(add.on_conflict_do_update(index_elements=["token_hash"], set_=values))
    row, whose = KeptTyping.token_hash, key[:_OWNER]
    others = select(row).where(row.between(whose, whose + "g"), row != key)  # "g" follows every digit of a digest
    older = others.order_by(KeptTyping.expires_at.desc(), row).offset(MOST - 1)
    db.session.execute(delete(KeptTyping).where(row.in_(db.session.scalars(older).all())))


def kept(key: str, now: datetime) -> dict | None:
    """What is kept under that digest."""
    row = db.session.get(KeptTyping, key, populate_existing=True)
    return dict(row.typed) if row and row.expires_at > now else None


def forget(*, key: str | None) -> None:
    """Drop what was kept: it has been taken, or is not wanted."""
    if key:
        db.session.execute(delete(KeptTyping).where(KeptTyping.token_hash == key))


def sweep(*, now: datetime) -> int:
    """Delete what nobody came back for, and return how much that was; the caller commits."""
    return db.session.execute(delete(KeptTyping).where(KeptTyping.expires_at <= now)).rowcount
