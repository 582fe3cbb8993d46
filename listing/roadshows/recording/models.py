"""What somebody who took part thought of the company of a session."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.roadshows.models import Registration, Session
from listing.store.columns import Instant
from listing.store.db import Model


class Feedback(Model):
    """One person's word on one session; the last one holds until the roadshow is archived."""

    __tablename__ = "roadshow_feedback"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("roadshow_session.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("roadshow_registration.id"), index=True)
    score: Mapped[int]
    follow_up: Mapped[bool]
    remark: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(Instant)
    session: Mapped[Session] = relationship()
    registration: Mapped[Registration] = relationship()
