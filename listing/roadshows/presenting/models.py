"""A company's part in a session of a roadshow: planned, asked for, agreed to, declined; and the files it brings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.roadshows.models import Session
from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class Presentation(Model):
    """One company in one session. While it stands ``open_of`` names the session, which so has one company at most.

    ``on_paper`` says that the organizer noted an agreement made elsewhere; ``substitute_id`` is the company that one
    which declined named in its place. The session itself has the company only once it has agreed.
    """

    __tablename__ = "roadshow_presentation"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.STATES}", name="state"),
        CheckConstraint(f"(open_of IS NOT NULL) = (state IN {rules.STANDING})", name="open"),
        CheckConstraint("(asked_at IS NULL) = (answer_by IS NULL)", name="asked"),
        CheckConstraint("state <> 'declined' OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("roadshow_session.id"), index=True)
    open_of: Mapped[int | None] = mapped_column(ForeignKey("roadshow_session.id"), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    state: Mapped[str] = mapped_column(String(9))
    state_at: Mapped[datetime] = mapped_column(Instant)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    on_paper: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    session: Mapped[Session] = relationship(foreign_keys=session_id)


class Material(Model):
    """A file that a company brings for its session, in one language. ``ended_at``: replaced or withdrawn since.

    ``late`` is what was true when it came, whatever day the roadshow moves to. Whether somebody may have it is decided
    by rules.may_have; the file itself is kept as its owner's.
    """

    __tablename__ = "roadshow_material"
    __table_args__ = (
        CheckConstraint(f"visibility IN {rules.VISIBILITIES}", name="visibility"),
        CheckConstraint(f"language IN {rules.WRITTEN}", name="language"),
        CheckConstraint("replaces_id IS NULL OR replaces_id <> id", name="replaces"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("roadshow_session.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    language: Mapped[str] = mapped_column(String(2))
    visibility: Mapped[str] = mapped_column(String(10))
    late: Mapped[bool]
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("roadshow_material.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    session: Mapped[Session] = relationship()
