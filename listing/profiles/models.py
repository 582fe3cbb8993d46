"""Profiles being written: a row for the whole, one for each sheet, one for each time it was sent, and typing kept.

A profile is no company: nothing that lists, counts, searches or feeds companies reads these tables, so that a draft
cannot leak. It leads to a company once its first revision is published.
"""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class Profile(Model):
    """What an enterprise writes about one company of its own; ``state`` is one of rules.STATES.

    ``registration`` is the register and the number once both are known: no two profiles share one.
    """

    __tablename__ = "profile"
    __table_args__ = (CheckConstraint(f"state IN {rules.STATES}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), unique=True)
    begun_from: Mapped[int | None] = mapped_column(ForeignKey("company.id"))  # a page of imported facts; claims nothing
    registration: Mapped[str | None] = mapped_column(String(60), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=rules.DRAFT)
    state_at: Mapped[datetime] = mapped_column(Instant)
    sent: Mapped[int] = mapped_column(default=0)  # how many times, and so the number of the last submission
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class ProfileSheet(Model):
    """One sheet of a draft. ``version`` counts its saves: who saves names the version she began from."""

    __tablename__ = "profile_sheet"

    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True)
    sheet: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    content: Mapped[dict] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    saved_by_label: Mapped[str] = mapped_column(Text)


class Submission(Model):
    """What was sent for review: an immutable copy of all sheets, its digest, who signed which declaration.

    ``content`` is ``{"sheets": {id: content}, "material": [ids that differ from the last one published]}``; ``digest``
    is the SHA-256 of its canonical form. ``state`` follows that of the profile until a decision.
    """

    __tablename__ = "profile_submission"
    __table_args__ = (
        UniqueConstraint("profile_id", "number"),
        CheckConstraint(f"state IN {rules.STATES}", name="state"),
        Index(None, "state", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=rules.SUBMITTED)
    content: Mapped[dict] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    declaration: Mapped[int]  # version of the words that were signed
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Comment(Model):
    """What a reviewer asks the enterprise to change; ``place`` is a sheet, or sheet and field (business.summary)."""

    __tablename__ = "review_comment"
    __table_args__ = (Index(None, "submission_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("profile_submission.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    place: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
