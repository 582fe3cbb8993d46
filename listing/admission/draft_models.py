"""What a reviewer found of single rules and has not sent yet: theirs alone, until the findings are sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from listing.rulebook.logic import MET, NOT_MET, REVIEWER
from listing.store.columns import Instant
from listing.store.db import Model

SAID_OF_A_RULE = (MET, NOT_MET, REVIEWER)


class DraftFinding(Model):
    """What one reviewer noted of one rule of a submission; the last word counts."""

    __tablename__ = "admission_draft_finding"
    __table_args__ = (CheckConstraint(f"outcome IN {SAID_OF_A_RULE}", name="outcome"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(80), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    noted_at: Mapped[datetime] = mapped_column(Instant)
