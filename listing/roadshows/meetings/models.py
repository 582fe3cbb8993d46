"""The one-to-ones of a day, what each party wishes, the timetables worked out, and their meetings."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.roadshows.models import Day, Registration
from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class Round(Model):
    """The one-to-ones of one day: slots that begin ``after`` minutes from its beginning, rooms, and limits.

    Slots move with their day, because only their distance from its beginning is kept.
    """

    __tablename__ = "meeting_round"
    __table_args__ = (CheckConstraint("minutes > 0 AND pause >= 0 AND count > 0 AND after >= 0", name="slots"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("roadshow_day.id"), unique=True)
    after: Mapped[int]
    minutes: Mapped[int]
    pause: Mapped[int]
    count: Mapped[int]
    rooms: Mapped[list[str]] = mapped_column(JSON)
    interpreters: Mapped[int]
    investor_most: Mapped[int]
    company_most: Mapped[int]
    min_gap: Mapped[int]
    closes_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    day: Mapped[Day] = relationship()

    @property
    def slots(self) -> rules.Slots:
        """When its meetings take place."""
        return rules.Slots(self.day.begins_at, self.after, self.minutes, self.pause, self.count)

    @property
    def limits(self) -> rules.Limits:
        """What there is to give."""
        shared = (self.interpreters, self.investor_most, self.company_most, self.min_gap)
        return rules.Limits(self.count, len(self.rooms), *shared)


class Party(Model):
    """What an investor with a place, or a company on the agenda, wishes; one of the two is named.

    ``wishes`` and ``refused`` are companies of an investor and registrations of a company, the first wish first.
    """

    __tablename__ = "meeting_party"
    __table_args__ = (
        UniqueConstraint("round_id", "registration_id"),
        UniqueConstraint("round_id", "company_id"),
        CheckConstraint("(registration_id IS NULL) <> (company_id IS NULL)", name="one_side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("meeting_round.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("roadshow_registration.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    available: Mapped[list[int]] = mapped_column(JSON)
    wishes: Mapped[list[int]] = mapped_column(JSON)
    refused: Mapped[list[int]] = mapped_column(JSON)
    interpretation: Mapped[bool]
    sent_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(Instant)


class Run(Model):
    """A timetable worked out: what it is worth, what none can exceed, and why wishes are not met.

    ``digest`` is that of the wishes and limits it was made from. ``unmet`` holds [registration, company, reason]
    and, where it was worked out, the points that meeting the wish would cost, None where no timetable meets it, and the
    meetings that would fall away for it. One that repairs what was published says how many meetings it moves, and how
    few had to be.
    """

    __tablename__ = "meeting_run"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.STATES}", name="state"),
        CheckConstraint("(published_at IS NOT NULL) = (state = 'published')", name="published"),
        CheckConstraint("weight <= bound", name="bound"),
        CheckConstraint("(moved IS NULL) = (least_moved IS NULL)", name="moved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("meeting_round.id"), index=True)
    state: Mapped[str] = mapped_column(String(9))
    digest: Mapped[str] = mapped_column(String(64))
    weight: Mapped[int]
    bound: Mapped[int]
    unmet: Mapped[list[list]] = mapped_column(JSON)
    moved: Mapped[int | None]
    least_moved: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    round: Mapped[Round] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(back_populates="run", order_by="(Meeting.slot, Meeting.room)")


class Meeting(Model):
    """A meeting of one timetable; ``room`` is the place of its room in the list of the round."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("run_id", "registration_id", "slot"),
        UniqueConstraint("run_id", "company_id", "slot"),
        UniqueConstraint("run_id", "slot", "room"),
        UniqueConstraint("run_id", "registration_id", "company_id"),
        CheckConstraint(f"cancelled_by IN {rules.SIDES}", name="cancelled_by"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled"),
        Index(None, "registration_id"),
        Index(None, "company_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("meeting_run.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("roadshow_registration.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    slot: Mapped[int]
    room: Mapped[int]
    locked: Mapped[bool] = mapped_column(default=False)
    cancelled_by: Mapped[str | None] = mapped_column(String(8))
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    run: Mapped[Run] = relationship(back_populates="meetings")
    registration: Mapped[Registration] = relationship()

    @property
    def begins_at(self) -> datetime:
        """When it begins."""
        return self.run.round.slots.times()[self.slot][0]

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.run.round.slots.times()[self.slot][1]

    @property
    def room_name(self) -> str:
        """The room as it stands at the door."""
        return self.run.round.rooms[self.room]
