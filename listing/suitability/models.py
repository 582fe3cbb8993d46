"""A questionnaire answered anew; and the two acts about a company whose risk is above the level, with their basis."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.bilingual.pair import Pair
from listing.store.columns import Instant, pair
from listing.store.db import Model


class Questionnaire(Model):
    """The risk questionnaire answered anew by an admitted institution; ``number`` counts them, so that none is lost."""

    __tablename__ = "suitability_questionnaire"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    content: Mapped[dict] = mapped_column(JSON)
    points: Mapped[int]
    level: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(8))
    answered_at: Mapped[datetime] = mapped_column(Instant)


class SetLevel(Model):
    """A level that a person set for a company, and until when; ``live_of`` names the company while it holds."""

    __tablename__ = "suitability_level"
    __table_args__ = (CheckConstraint("(live_of IS NULL) = (ended_at IS NOT NULL)", name="live"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    live_of: Mapped[int | None] = mapped_column(unique=True)
    level: Mapped[str] = mapped_column(String(2))
    reason: Mapped[Pair] = pair("reason")
    set_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_label: Mapped[str] = mapped_column(String(120))
    set_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_label: Mapped[str | None] = mapped_column(String(120))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Confirmation(Model):
    """One person's two acts for one institution and one company.

    It counts for what it names and for nothing else: another version, another level or another questionnaire asks anew.
    ``language`` is that of the page on which the statement was read.
    """

    __tablename__ = "suitability_confirmation"
    __table_args__ = (
        UniqueConstraint(
            *("organisation_id", "company_id", "account_id", "matrix", "statement"),
            *("regime", "investor_level", "risk_level", "answered_at"),
            name="uq_suitability_confirmation_basis",
        ),
        CheckConstraint("confirmed_at IS NULL OR confirmed_at >= read_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    matrix: Mapped[str] = mapped_column(String(20))
    statement: Mapped[str] = mapped_column(String(20))
    regime: Mapped[str] = mapped_column(String(20))
    investor_level: Mapped[str] = mapped_column(String(4))  # C1 to C5, or none
    risk_level: Mapped[str] = mapped_column(String(2))
    answered_at: Mapped[datetime] = mapped_column(Instant)  # the questionnaire that the level came from
    language: Mapped[str] = mapped_column(String(8))
    read_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
