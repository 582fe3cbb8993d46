"""That a named person held a rule of a book against its source."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model


class RuleConfirmation(Model):
    """Who saw which source of a rule, and when; of one content of a book, by its digest. Never changed."""

    __tablename__ = "rule_confirmation"
    __table_args__ = (UniqueConstraint("digest", "rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300))
    seen_on: Mapped[date] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
