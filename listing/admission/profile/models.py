"""The part of an investor's profile that is typed, and how often enterprises looked at it."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from listing.bilingual.pair import Pair
from listing.money import Money
from listing.store.columns import Instant, pair
from listing.store.db import Model


class InvestorProfile(Model):
    """What an institution says of itself; ``version`` counts the saves, so that none overwrites another unseen."""

    __tablename__ = "investor_profile"
    __table_args__ = (
        CheckConstraint("(text_zh = '') = (text_en = '')", name="both_languages"),
        CheckConstraint("least_minor > 0 AND most_minor > 0 AND least_minor <= most_minor", name="size"),
        CheckConstraint("currency <> '' OR (least_minor IS NULL AND most_minor IS NULL)", name="currency"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    version: Mapped[int]
    sectors: Mapped[list[str]] = mapped_column(JSON)
    stages: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    currency: Mapped[str] = mapped_column(String(3), default="")
    least_minor: Mapped[int | None] = mapped_column(BigInteger)
    most_minor: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[Pair] = pair("text")
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))

    @property
    def least(self) -> Money | None:
        """The least that is invested in one company."""
        return None if self.least_minor is None else Money(self.least_minor, self.currency)

    @property
    def most(self) -> Money | None:
        """The most that is invested in one company."""
        return None if self.most_minor is None else Money(self.most_minor, self.currency)


class ProfileOpening(Model):
    """How often people of a company opened the profile of an institution on one day; names no person."""

    __tablename__ = "investor_profile_opening"
    __table_args__ = (Index(None, "day"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
