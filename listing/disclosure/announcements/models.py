"""Announcements being written, what was released of them and never changes, digests to be found by, and a counter.

What is public is read from ``Release`` alone, so that a draft cannot leak.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from listing.bilingual.pair import Pair
from listing.store.columns import Instant, pair
from listing.store.db import Model

from . import rules, visibility
from .figures import Given


class Announcement(Model):
    """What a company is about to announce; ``state`` is one of rules.STATES.

    ``version`` counts its saves: who saves names the one she began from. ``writers`` are the accounts that wrote any of
    it and so do not sign it. ``signed_digest`` is that of both texts and all days as they were signed; ``endorsed_by``
    signed the same for the agent ``endorsed_for``, which is ``intermediary_id`` where its company chose one of its own
    accord, ``reviewed_by`` read it for the platform. Queued, it is released in
    the window from ``window_opens`` on, after ``not_before``; ``missed`` is the first in which the platform could not.
    Where ``not_before`` was moved after the signature, ``moved_from`` is the instant that was signed.
    """

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.STATES}", name="state"),
        CheckConstraint(f"prevailing IN {rules.SIDES}", name="prevailing"),
        CheckConstraint(f"visibility IN {visibility.VISIBILITIES}", name="visibility"),
        Index(None, "state", "window_opens"),
        Index(None, "company_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=rules.DRAFT)
    state_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    category: Mapped[str] = mapped_column(String(40))
    headline: Mapped[str | None] = mapped_column(String(40))
    period_end: Mapped[date | None]
    event_on: Mapped[date | None]
    prevailing: Mapped[str] = mapped_column(String(2))
    visibility: Mapped[str] = mapped_column(String(8), default=visibility.PUBLIC, server_default=visibility.PUBLIC)
    title: Mapped[Pair] = pair("title")
    body: Mapped[Pair] = pair("body")
    note: Mapped[Pair | None] = pair("note", nullable=True)  # what a correction changes
    fresh: Mapped[dict] = mapped_column(JSON, default=dict)
    files: Mapped[list | None] = mapped_column(JSON)  # [{"side", "id", "name", "size", "sha256"}]
    figures: Mapped[dict | None] = mapped_column(JSON)  # as figures.Given keeps them
    form: Mapped[dict | None] = mapped_column(JSON)  # the standard form it says, as standard.filled.Filled keeps it
    corrects_id: Mapped[int | None]  # a release; no foreign key, because releases have one to this table
    intermediary_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    writers: Mapped[list] = mapped_column(JSON, default=list)
    hands: Mapped[dict | None] = mapped_column(JSON)
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    checked_by_label: Mapped[str | None] = mapped_column(Text)
    checked_digest: Mapped[str | None] = mapped_column(String(64))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_label: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text, default="")  # why it was returned or withdrawn
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    signed_by_label: Mapped[str] = mapped_column(Text, default="")
    signed_digest: Mapped[str] = mapped_column(String(64), default="")
    endorsed_at: Mapped[datetime | None] = mapped_column(Instant)
    endorsed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    endorsed_by_label: Mapped[str | None] = mapped_column(Text)
    endorsed_for: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reviewed_by_label: Mapped[str | None] = mapped_column(Text)
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    not_before_zone: Mapped[str | None] = mapped_column(String(40))  # by whose clocks that was typed
    moved_from: Mapped[datetime | None] = mapped_column(Instant)
    moved_why: Mapped[str | None] = mapped_column(Text)
    window_opens: Mapped[datetime | None] = mapped_column(Instant)
    window_closes: Mapped[datetime | None] = mapped_column(Instant)
    missed: Mapped[datetime | None] = mapped_column(Instant)


class Release(Model):
    """What was announced: one number, one instant, both texts; never changed, only followed by a correction.

    ``content`` is ``{"prevailing", "passages": [{"zh", "en"}], "note": {"zh", "en"} or null,
    "files": [{"side", "id", "name", "size", "sha256"}]}``, ``"urgent": {"zh", "en", "script"}`` where it was
    released outside the windows, ``"held"``, the instant until which its company held it back after the platform had
    ``missed`` its window, ``"intermediaries"`` as endorsers.signed_by gives them, ``"standard"`` as answering.answered
    does, and ``"form"`` as standard.filled.Filled keeps it. Its id rises with the instant, because numbers are given
    one after the other. ``first_id`` is the first of the versions it belongs to. Not everybody reads each: what is
    shown to somebody comes from ``readers``.
    """

    withheld: ClassVar[bool] = False  # as readers.Withheld is

    __tablename__ = "announcement_release"
    __table_args__ = (
        CheckConstraint(f"visibility IN {visibility.VISIBILITIES}", name="visibility"),
        Index(None, "company_id", "id"),
        Index(None, "category", "id"),
        Index(None, "headline", "id"),
        Index(None, "released_at"),
        # Few correct anything. By an index of all, where most have nothing, SQLite would rather read the table.
        Index(None, "corrects_id", sqlite_where=text("corrects_id IS NOT NULL")),
        Index(None, "first_id", sqlite_where=text("first_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    category: Mapped[str] = mapped_column(String(40))
    headline: Mapped[str | None] = mapped_column(String(40))  # none of what was released before there were codes
    period_end: Mapped[date | None]
    event_on: Mapped[date | None]
    released_at: Mapped[datetime] = mapped_column(Instant)
    title: Mapped[Pair] = pair("title")
    content: Mapped[dict] = mapped_column(JSON)
    digest_zh: Mapped[str] = mapped_column(String(64))
    digest_en: Mapped[str] = mapped_column(String(64))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("announcement_release.id"), unique=True)
    first_id: Mapped[int | None] = mapped_column(ForeignKey("announcement_release.id"))
    visibility: Mapped[str] = mapped_column(String(8), default=visibility.PUBLIC, server_default=visibility.PUBLIC)
    missed: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def passages(self) -> list[Pair]:
        """The passages of the body."""
        return [Pair(part["zh"], part["en"], self.title.script) for part in self.content["passages"]]

    @property
    def note(self) -> Pair | None:
        """What a correction says that it changes."""
        said = self.content["note"]
        return Pair(said["zh"], said["en"], self.title.script) if said else None

    @property
    def urgent(self) -> Pair | None:
        """Why it was released outside the windows, if it was."""
        said = self.content.get("urgent")
        return Pair(said["zh"], said["en"], said["script"]) if said else None

    @property
    def held(self) -> datetime | None:
        """Until when its company held it back after the platform had missed its window."""
        said = self.content.get("held")
        return datetime.fromisoformat(said) if said else None

    @property
    def figures(self) -> Given | None:
        """The figures of a report, if it gave any."""
        return Given.from_json(self.content.get("figures"))

    @property
    def files(self) -> list[dict]:
        """The attachments of both languages."""
        return self.content.get("files", [])

    @property
    def intermediaries(self) -> list[dict]:
        """Who signed it as an intermediary, by name; of what was released before they were named, nobody."""
        return self.content.get("intermediaries", [])

    @property
    def form(self) -> dict | None:
        """The standard form whose words it says: id, version and the values of its fields."""
        return self.content.get("form")

    @property
    def prevailing(self) -> str:
        """The language that prevails where the two texts differ: zh or en."""
        return self.content["prevailing"]


class Party(Model):
    """A further company of a joint announcement: invited, then signed for by its own people, unless it ``left``.

    ``endorsed_by`` signed for the agent ``endorsed_for`` where its tier asks for an intermediary.
    """

    __tablename__ = "announcement_party"
    __table_args__ = (UniqueConstraint("announcement_id", "company_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(Instant)
    invited_by_label: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    signed_by_label: Mapped[str | None] = mapped_column(Text)
    signed_digest: Mapped[str | None] = mapped_column(String(64))
    endorsed_at: Mapped[datetime | None] = mapped_column(Instant)
    endorsed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    endorsed_by_label: Mapped[str | None] = mapped_column(Text)
    endorsed_for: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    left_by_label: Mapped[str | None] = mapped_column(Text)


class Announcer(Model):
    """That a company announced a release, alone or with others; ``place`` is 0 for the one that prepared it."""

    __tablename__ = "announcement_announcer"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), primary_key=True, autoincrement=False)
    release_id: Mapped[int] = mapped_column(
        ForeignKey("announcement_release.id"), primary_key=True, autoincrement=False, index=True
    )
    place: Mapped[int] = mapped_column(default=0)


class Mandate(Model):
    """That an agent prepares a company's announcements; ``live`` is None once it ended, so that one is live at most."""

    __tablename__ = "announcement_mandate"
    __table_args__ = (UniqueConstraint("company_id", "agent_id", "live"), Index(None, "agent_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    live: Mapped[bool | None]
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_by_label: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Override(Model):
    """Somebody of the platform asks to release what waits for its window, and somebody else answers (``verdict``).

    ``open_of`` is the announcement as long as nobody has, so that one waits at a time. Where there was nothing left to
    answer, it is moot from ``answered_at`` on, ``closed_for`` one of rules.CLOSED_FOR.
    """

    __tablename__ = "announcement_override"
    __table_args__ = (
        CheckConstraint("answered_by IS NULL OR answered_by <> asked_by", name="two_people"),
        CheckConstraint(f"(open_of IS NOT NULL) = (verdict = '{rules.WAITS}')", name="open"),
        CheckConstraint(f"(answered_by IS NOT NULL) = (verdict IN {(rules.TAKEN, rules.DECLINED)})", name="answered"),
        CheckConstraint(f"(closed_for IS NOT NULL) = (verdict = '{rules.MOOT}')", name="moot"),
        CheckConstraint(f"closed_for IN {rules.CLOSED_FOR}", name="closed_for"),
        CheckConstraint(f"verdict IN {rules.VERDICTS}", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), index=True)
    open_of: Mapped[int | None] = mapped_column(unique=True)
    verdict: Mapped[str] = mapped_column(String(8), default=rules.WAITS)
    closed_for: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[Pair] = pair("reason")
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_label: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_label: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


class Print(Model):
    """A digest under which something released is found again; ``what`` says which text or file it is."""

    __tablename__ = "announcement_print"

    digest: Mapped[str] = mapped_column(String(65), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("announcement_release.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(8))


class Year(Model):
    """How many announcements of a year were released; whoever releases one holds its row."""

    __tablename__ = "announcement_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    released: Mapped[int] = mapped_column(default=0)
