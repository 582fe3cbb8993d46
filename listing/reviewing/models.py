"""What reviewers do: who works on what, comments, decisions, conflicts of interest, checks of identity."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class Claim(Model):
    """Who works on a submission, until when; ``note`` says why it was taken over."""

    __tablename__ = "review_claim"

    submission_id: Mapped[int] = mapped_column(ForeignKey("profile_submission.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    until: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="")


class Decision(Model):
    """What one reviewer decided at one stage. Nobody decides twice, nor about what they signed themselves."""

    __tablename__ = "review_decision"
    __table_args__ = (
        UniqueConstraint("submission_id", "stage"),
        UniqueConstraint("submission_id", "account_id"),
        CheckConstraint("account_id <> signed_by", name="not_the_signer"),
        CheckConstraint(f"stage IN {rules.STAGES}", name="stage"),
        CheckConstraint(f"verdict IN {rules.VERDICTS}", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("profile_submission.id"))
    stage: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    verdict: Mapped[str] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime] = mapped_column(Instant)


class Conflict(Model):
    """A reviewer who takes no part in anything of an enterprise, and why."""

    __tablename__ = "review_conflict"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Instant)


class IdentityCheck(Model):
    """That the operator compared an enterprise's identity with its register. ``digest`` is that of names and number:
    when one changes, the check no longer holds. ``takes_over`` is the imported page that is about the enterprise."""

    __tablename__ = "identity_check"
    __table_args__ = (Index(None, "profile_id", "checked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id"))
    digest: Mapped[str] = mapped_column(String(64))
    how: Mapped[str] = mapped_column(Text)
    takes_over: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    checked_at: Mapped[datetime] = mapped_column(Instant)
