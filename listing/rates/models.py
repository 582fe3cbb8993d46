"""Rates as they were stated; a row is never changed, only followed by the next number for the same day."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.money import Rate
from listing.store.columns import Exact, Instant
from listing.store.db import Model

from .rules import Leg


class StatedRate(Model):
    """One ``base`` costs ``value`` of ``quote`` on ``day``; of several the highest ``number`` counts."""

    __tablename__ = "stated_rate"
    __table_args__ = (
        UniqueConstraint("base", "quote", "day", "kind", "number"),
        CheckConstraint("base <> quote", name="two_currencies"),
        CheckConstraint("kind IN ('reference', 'manual')", name="known_kind"),
        Index("ix_stated_rate_day", "kind", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    base: Mapped[str] = mapped_column(String(3))
    quote: Mapped[str] = mapped_column(String(3))
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(9))  # reference | manual
    number: Mapped[int] = mapped_column(default=1)
    value: Mapped[Decimal] = mapped_column(Exact)
    source: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)  # when the source states it; of an entry, when it was made
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # none for a command
    entered_by: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def leg(self) -> Leg:
        """The rate as the rules take it."""
        return Leg(Rate(self.base, self.quote, self.value, self.source, self.at), self.day, self.kind)
