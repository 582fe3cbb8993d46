"""Versions of rule books tried on past cases, and what came of each case."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from .simulating import SIDES


class RuleTrial(Model):
    """One version tried on the decisions made up to number ``upto``, of which those up to ``through`` are done.

    ``content`` is the text of its file, which need not be published. The counts are of institutions.
    """

    __tablename__ = "rule_trial"

    id: Mapped[int] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    upto: Mapped[int]
    through: Mapped[int] = mapped_column(default=0)
    unrecorded: Mapped[int] = mapped_column(default=0)
    gain: Mapped[int] = mapped_column(default=0)
    lose: Mapped[int] = mapped_column(default=0)
    otherwise: Mapped[int] = mapped_column(default=0)
    stay: Mapped[int] = mapped_column(default=0)

    @property
    def cases(self) -> int:
        """How many institutions were decided anew so far."""
        return sum(getattr(self, side) for side in SIDES)


class RuleTrialLine(Model):
    """What the version makes of one decision; ``rules`` are those that turned."""

    __tablename__ = "rule_trial_line"
    __table_args__ = (
        CheckConstraint(f"side IN {SIDES}", name="side"),
        Index(None, "trial_id", "side", "decision_id"),
    )

    trial_id: Mapped[int] = mapped_column(ForeignKey("rule_trial.id", ondelete="CASCADE"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("admission_decision.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(9))
    admitted: Mapped[bool]
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    rules: Mapped[list[str]] = mapped_column(JSON)
