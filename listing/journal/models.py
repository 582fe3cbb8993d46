"""The rows of the log. None refers to another table by key: the log outlives what it speaks of."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Integer, LargeBinary, SmallInteger, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from . import canonical, guards, merkle

HEAD_ID = 1
_Whole = BigInteger().with_variant(Integer, "sqlite")


class Entry(Model):
    """One change. Never altered, never deleted: the guards refuse it and the tree shows it."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index(None, "subject_kind", "subject_id", "index"),)

    index: Mapped[int] = mapped_column(_Whole, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    code: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    actor_label: Mapped[str] = mapped_column(Text)
    subject_kind: Mapped[str | None] = mapped_column(String(64))
    subject_id: Mapped[str | None] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(BigInteger)
    data: Mapped[dict[str, object]] = mapped_column(JSON)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary)


class Node(Model):
    """A complete subtree of ``1 << level`` leaves that ends with leaf ``last``, in the order of its completion."""

    __tablename__ = "journal_node"
    __table_args__ = {"sqlite_with_rowid": False}

    last: Mapped[int] = mapped_column(_Whole, primary_key=True, autoincrement=False)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Model):
    """The one row that says how many entries there are; whoever appends holds its lock.

    ``frontier`` is the hashes of the complete subtrees under the root, left to right, one after the other.
    """

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint(f"id = {HEAD_ID}", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    frontier: Mapped[bytes] = mapped_column(LargeBinary)


def private_part(row) -> dict[str, object]:
    """What an entry (a row or its columns) keeps from strangers, as it was committed to."""
    return {
        "actor_id": row.actor_id,
        "actor": row.actor_label,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "organisation_id": row.organisation_id,
        "data": row.data,
    }


def public_part(row) -> dict[str, object]:
    """What an entry (a row or its columns) shows to everyone, computed from what is stored now."""
    committed = canonical.commitment(row.salt, private_part(row))
    return canonical.public_part(index=row.index, at=row.at, code=row.code, committed=committed)


def leaf_of(row) -> bytes:
    """The leaf hash an entry (a row or its columns) must have."""
    return merkle.leaf_hash(canonical.encoded(public_part(row)))


for _model in (Entry, Node, Head):
    event.listen(_model.__table__, "after_create", guards.put)
