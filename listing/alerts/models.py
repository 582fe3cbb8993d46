"""What somebody asked to be told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class Alert(Model):
    """A saved search, or the companies a person watches; ``query`` is the query string of the directory.

    What happened up to ``checked_at`` has been told, or was there before. Without ``next_at`` nobody is to be told.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("account_id", "subject", "query"),
        CheckConstraint(f"subject IN {rules.SUBJECTS}", name="subject"),
        CheckConstraint(f"cadence IN {rules.CADENCES}", name="cadence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(8))
    query: Mapped[str] = mapped_column(String(rules.QUERY_LONGEST), default="")
    cadence: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(Instant)
    checked_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
