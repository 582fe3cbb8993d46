"""The first answer to each form that creates something, so that sending it again creates nothing.

Decides who is first when copies of one form arrive at once; knows neither forms nor addresses. The row is claimed in
the same transaction as the record it stands for: both are there, or neither. A second copy waits until the first has
committed, on PostgreSQL at the primary key, on SQLite at BEGIN IMMEDIATE.
"""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import String, Text, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Instant
from .db import Model, db
from .inserting import insert

KEEP = timedelta(hours=48)  # at least 24 h are promised
KEY_MAX = 64


class OtherContent(Exception):
    """The key was used before for something else."""


class FirstAnswer(Model):
    """What was answered first. ``who`` is part of the key, so that knowing a key alone reads nobody else's answer.

    ``status`` and ``location`` are empty only inside the transaction that creates the record.
    """

    __tablename__ = "first_answer"

    who: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_MAX), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    location: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)


def claim(*, who: str, key: str, digest: str, now: datetime) -> tuple[int, str] | None:
    """Take ``key`` for this transaction and return None, or return the (status, location) answered first.

    ``digest`` stands for the content. Raises OtherContent when the key was used for other content.
    """
    values = {"who": who, "key": key, "digest": digest, "created_at": now}
    add = insert(FirstAnswer).values(values)
    if db.session.scalar(add.on_conflict_do_nothing().returning(FirstAnswer.key)):
        return None
    first = db.session.get_one(FirstAnswer, (who, key))
    if not hmac.compare_digest(first.digest, digest):
        raise OtherContent
    return first.status, first.location


def answer(*, who: str, key: str, status: int, location: str) -> None:
    """Note what the claimed ``key`` is answered with."""
    mine = (FirstAnswer.who == who, FirstAnswer.key == key)
    db.session.execute(update(FirstAnswer).where(*mine).values(status=status, location=location))


def purge(*, now: datetime) -> int:
    """Delete the answers older than KEEP and return how many there were; the caller commits."""
    old = delete(FirstAnswer).where(FirstAnswer.created_at < now - KEEP)
    return db.session.execute(old.execution_options(synchronize_session=False)).rowcount
