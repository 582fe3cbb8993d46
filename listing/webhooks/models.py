"""The addresses organisations gave, what is to be delivered there, and how far the journal has been read for it."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules

POSITION_ID = 1


class Webhook(Model):
    """An address and what it is told; ``secret`` is sealed (seal.py), ``since`` the first entry of the journal told."""

    __tablename__ = "webhook"
    __table_args__ = (CheckConstraint(f"state IN {(rules.ACTIVE, rules.STOPPED)}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(rules.ADDRESS_MAX))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default=rules.ACTIVE)
    stopped_for: Mapped[str | None] = mapped_column(String(8))
    since: Mapped[int] = mapped_column(BigInteger)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Delivery(Model):
    """One event for one address; ``body`` is what every copy of it says, to the byte."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "entry"),
        CheckConstraint(f"state IN {rules.STATES}", name="state"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    entry: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=rules.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    claimed_by: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    webhook: Mapped[Webhook] = relationship()

    @property
    def organisation_id(self) -> int:
        """Whose it is, for the permission."""
        return self.webhook.organisation_id


class Position(Model):
    """The one row that says which entry of the journal is looked at next."""

    __tablename__ = "webhook_position"
    __table_args__ = (CheckConstraint(f"id = {POSITION_ID}", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next: Mapped[int] = mapped_column(BigInteger)
