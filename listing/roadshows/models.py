"""Roadshows, their days, sessions and places; who is registered; reminders, invitations and calendar links."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.bilingual.pair import Pair
from listing.store.columns import Instant, pair
from listing.store.db import Model

from . import audiences, queue, rules


class Roadshow(Model):
    """One event of an organizer. ``state`` is what is kept of its life; running and closed are read off the clock.

    ``begins_at`` and ``ends_at`` are those of its days together. ``version`` rises with every published change, and is
    the SEQUENCE of calendars. ``classes`` (ids of rule books), ``markets`` and ``sectors`` say who may attend; empty is
    everybody. ``priority`` is the order of classes of investors in which its waiting lists go; empty is first come.
    ``workplaces`` are markets of the audience in whose working hours sessions should lie. ``colleagues`` is how many
    one person may register along. ``series_id`` is the first one of the series that it goes on with.
    """

    __tablename__ = "roadshow"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.HELD}", name="state"),
        CheckConstraint("registration_opens_at < registration_closes_at", name="window"),
        Index(None, "state", "begins_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(rules.CODE_LONGEST), unique=True)
    title: Mapped[Pair] = pair("title")
    summary: Mapped[Pair] = pair("summary")
    zone: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12), default=rules.DRAFT)
    state_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[Pair | None] = pair("reason", nullable=True)
    version: Mapped[int] = mapped_column(default=0)
    approval: Mapped[bool] = mapped_column(default=False)
    invitation_only: Mapped[bool] = mapped_column(default=False)
    classes: Mapped[list[str]] = mapped_column(JSON, default=list)
    markets: Mapped[list[str]] = mapped_column(JSON, default=list)
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)
    priority: Mapped[list[str]] = mapped_column(JSON, default=list)
    workplaces: Mapped[list[str]] = mapped_column(JSON, default=list)
    colleagues: Mapped[int] = mapped_column(default=queue.USUAL_COLLEAGUES)
    registration_opens_at: Mapped[datetime] = mapped_column(Instant)
    registration_closes_at: Mapped[datetime] = mapped_column(Instant)
    begins_at: Mapped[datetime | None] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("roadshow.id"), index=True)
    days: Mapped[list["Day"]] = relationship(back_populates="roadshow", order_by="Day.date")
    reminders: Mapped[list["Reminder"]] = relationship(order_by="(Reminder.anchor.desc(), Reminder.minutes.desc())")


class Day(Model):
    """One day of a roadshow at one venue; ``link`` is for those with a confirmed place, ``replay`` is its recording."""

    __tablename__ = "roadshow_day"
    __table_args__ = (UniqueConstraint("roadshow_id", "date"), CheckConstraint("begins_at < ends_at", name="time"))

    id: Mapped[int] = mapped_column(primary_key=True)
    roadshow_id: Mapped[int] = mapped_column(ForeignKey("roadshow.id"))
    date: Mapped[date]
    begins_at: Mapped[datetime] = mapped_column(Instant, index=True)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    venue: Mapped[Pair] = pair("venue")
    link: Mapped[str] = mapped_column(Text, default="")
    replay: Mapped[str] = mapped_column(Text, default="")
    roadshow: Mapped[Roadshow] = relationship(back_populates="days")
    sessions: Mapped[list["Session"]] = relationship(back_populates="day", order_by="Session.begins_at, Session.id")
    places: Mapped[list["Places"]] = relationship(order_by="Places.mode.desc()")

    @property
    def shown(self) -> list["Session"]:
        """The sessions that everybody sees."""
        return [session for session in self.sessions if session.named]


class Places(Model):
    """How many take part on a day in one way, on site or online, and how many places are taken or on offer."""

    __tablename__ = "roadshow_places"
    __table_args__ = (
        UniqueConstraint("day_id", "mode"),
        CheckConstraint(f"mode IN {rules.MODES}", name="mode"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="never_oversold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("roadshow_day.id"))
    mode: Mapped[str] = mapped_column(String(6))
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class Session(Model):
    """One slot of the agenda. Without a title it bears the name of its company.

    ``company_id`` is a company that has agreed (presenting/models.py). One with neither is nobody's business yet.
    """

    __tablename__ = "roadshow_session"
    __table_args__ = (CheckConstraint("begins_at < ends_at", name="time"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("roadshow_day.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    room: Mapped[Pair] = pair("room")
    title: Mapped[Pair] = pair("title")
    text: Mapped[Pair] = pair("text")
    begins_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    language: Mapped[str] = mapped_column(String(3))
    interpreted: Mapped[bool] = mapped_column(default=False)
    day: Mapped[Day] = relationship(back_populates="sessions")
    speakers: Mapped[list["Speaker"]] = relationship(
        back_populates="session", order_by="Speaker.id", cascade="all, delete-orphan"
    )

    @property
    def named(self) -> bool:
        """Whether there is something to show of it."""
        return bool(self.company_id) or self.title.complete


class Speaker(Model):
    """Somebody who speaks in a session, named in both languages, and the language they speak there.

    ``company_id`` is the company that named them, where it was not the organizer; they leave with it.
    """

    __tablename__ = "roadshow_speaker"
    __table_args__ = (CheckConstraint("name_zh <> '' AND name_en <> ''", name="both_names"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("roadshow_session.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[Pair] = pair("name")
    role: Mapped[Pair] = pair("role")
    language: Mapped[str] = mapped_column(String(3))
    session: Mapped[Session] = relationship(back_populates="speakers")


class Registration(Model):
    """A person's registration for one day, one row for good.

    ``rank`` and ``turn`` are the place in the queue of this way (queue.py). ``party`` is the same number for colleagues
    of this day who registered together. ``sectors`` are those in which the institution says that it invests, where the
    roadshow asks.
    """

    __tablename__ = "roadshow_registration"
    __table_args__ = (
        UniqueConstraint("day_id", "account_id"),
        CheckConstraint(f"state IN {rules.REGISTRATIONS}", name="state"),
        CheckConstraint(f"mode IN {rules.MODES}", name="mode"),
        CheckConstraint("(offered_until IS NOT NULL) = (state = 'offered')", name="offer"),
        CheckConstraint("attended_at IS NULL OR state = 'confirmed'", name="attended"),
        Index(None, "day_id", "mode", "state", "rank", "turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("roadshow_day.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    mode: Mapped[str] = mapped_column(String(6))
    state: Mapped[str] = mapped_column(String(10))
    state_at: Mapped[datetime] = mapped_column(Instant)
    rank: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int]
    offered_until: Mapped[datetime | None] = mapped_column(Instant, index=True)
    party: Mapped[int | None]
    sessions: Mapped[list[int]] = mapped_column(JSON, default=list)
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)
    interpretation: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[str] = mapped_column(Text, default="")
    applied_at: Mapped[datetime] = mapped_column(Instant)
    attended_at: Mapped[datetime | None] = mapped_column(Instant)
    day: Mapped[Day] = relationship()


class Question(Model):
    """What somebody asked a company: as typed, and as the organizer published it, in both languages, with its answer.

    ``aloud`` says that it was answered in the room. Without an answer both sides of ``answer`` are empty; one that is
    ``material`` has both; ``material_owed`` says that one is known to be material and is still to be published.
    ``reply`` is what the company wrote, for the organizer to publish. Who asked an ``anonymous``
    one it is not told.
    """

    __tablename__ = "roadshow_question"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.QUESTIONS}", name="state"),
        CheckConstraint("state <> 'published' OR (question_zh <> '' AND question_en <> '')", name="both_languages"),
        CheckConstraint("(answer_zh <> '') = (answer_en <> '')", name="answer_in_both"),
        CheckConstraint("(reply_zh <> '') = (reply_en <> '')", name="reply_in_both"),
        CheckConstraint("(reply_zh <> '') = (replied_at IS NOT NULL)", name="replied"),
        CheckConstraint("NOT (material AND material_owed)", name="owed"),
        CheckConstraint("NOT material OR (state = 'published' AND answer_zh <> '')", name="material_in_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("roadshow_session.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    typed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(9))
    question: Mapped[Pair] = pair("question")
    answer: Mapped[Pair] = pair("answer")
    reply: Mapped[Pair] = pair("reply")
    anonymous: Mapped[bool] = mapped_column(default=False)
    aloud: Mapped[bool] = mapped_column(default=False)
    material: Mapped[bool] = mapped_column(default=False)
    material_owed: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    session: Mapped[Session] = relationship()


class Vote(Model):
    """Somebody with a place who wants a question answered; taken back, the row goes."""

    __tablename__ = "roadshow_vote"

    question_id: Mapped[int] = mapped_column(ForeignKey("roadshow_question.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)


class Change(Model):
    """A version of a roadshow that everybody saw, and what it changed (``lines`` as changes.py makes them)."""

    __tablename__ = "roadshow_change"

    roadshow_id: Mapped[int] = mapped_column(ForeignKey("roadshow.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    lines: Mapped[list[dict]] = mapped_column(JSON)


class Invitation(Model):
    """An address that may register for a roadshow by invitation; whether somebody has it here is not looked at."""

    __tablename__ = "roadshow_invitation"

    roadshow_id: Mapped[int] = mapped_column(ForeignKey("roadshow.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), primary_key=True)


class Reminder(Model):
    """When whom to tell (audiences.py); ``late`` says that who comes to belong to them later is told as well."""

    __tablename__ = "roadshow_reminder"
    __table_args__ = (
        UniqueConstraint("roadshow_id", "audience", "anchor", "minutes"),
        CheckConstraint(f"anchor IN {audiences.ANCHORS}", name="anchor"),
        CheckConstraint(f"audience IN {audiences.AUDIENCES}", name="audience"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roadshow_id: Mapped[int] = mapped_column(ForeignKey("roadshow.id"))
    audience: Mapped[str] = mapped_column(String(10), default=audiences.CONFIRMED)
    anchor: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int]
    late: Mapped[bool] = mapped_column(default=False)


class Feed(Model):
    """A person's own calendar link; deleting the row ends it. ``nonce`` is half of what the link is made from."""

    __tablename__ = "roadshow_feed"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
