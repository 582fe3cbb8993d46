"""In which tier a company is and was; ``obligations`` writes the rows. Nothing here is deleted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model


class Tenure(Model):
    """A company in a tier of one version of the standard, from one instant to another; ``live_of`` while it lasts."""

    __tablename__ = "disclosure_tenure"
    __table_args__ = (
        CheckConstraint("year_end BETWEEN 1 AND 12", name="year_end"),
        CheckConstraint("(live_of IS NULL) = (until IS NOT NULL)", name="live"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    live_of: Mapped[int | None] = mapped_column(ForeignKey("company.id"), unique=True)
    tier: Mapped[str] = mapped_column(String(30))
    version: Mapped[str] = mapped_column(String(20))
    year_end: Mapped[int]  # the month with whose last day the financial year ends
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def name(self) -> str:
        """The tier and version as a standard is named: growth@2026."""
        return f"{self.tier}@{self.version}"
