"""Requests that what is held about a person be erased, as far as the law lets it go."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class Erasure(Model):
    """One request and what became of it; ``open_of`` names the person while nobody has answered, so that one is open.

    A person whose acts are part of a record that is kept is erased once a supervisor, somebody else, has confirmed it.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint(f"outcome IN {('', *rules.OUTCOMES)}", name="outcome"),
        CheckConstraint("(open_of IS NULL) = (outcome <> '')", name="open"),
        CheckConstraint("outcome <> 'declined' OR answered_by <> account_id", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    open_of: Mapped[int | None] = mapped_column(unique=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
