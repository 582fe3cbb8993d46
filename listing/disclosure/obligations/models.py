"""Which tier a company asked for, what happened to it, and what it filed; in which it is stands in ``tenures``.

What it owes is in no table: it follows from these rows, the standard and the day (``rules``). Nothing here is deleted.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model


class Request(Model):
    """An enterprise asks for a tier; somebody else decides. ``open_of`` until then, so that one waits at a time."""

    __tablename__ = "disclosure_request"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        CheckConstraint("(open_of IS NULL) = (decided_at IS NOT NULL)", name="open"),
        CheckConstraint("granted IS NULL OR reason <> ''", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    open_of: Mapped[int | None] = mapped_column(ForeignKey("company.id"), unique=True)
    tier: Mapped[str] = mapped_column(String(30))
    version: Mapped[str] = mapped_column(String(20))
    year_end: Mapped[int]
    note: Mapped[str] = mapped_column(Text)  # where that stands which the tier asks for with the application
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_label: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    granted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_label: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)


class Event(Model):
    """Something happened to a company that makes an item due; a round or a roadshow makes several, and names none."""

    __tablename__ = "disclosure_event"
    __table_args__ = (Index(None, "company_id", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    every: Mapped[str] = mapped_column(String(10))  # change | event | round | roadshow
    item: Mapped[str] = mapped_column(String(3), default="")
    code: Mapped[str] = mapped_column(String(30), default="")  # of a major event
    on_day: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    noted_at: Mapped[datetime] = mapped_column(Instant)


class Filing(Model):
    """What a company filed for one obligation (``key``), under which standard; when it did so is the clock's to say."""

    __tablename__ = "disclosure_filing"
    __table_args__ = (UniqueConstraint("company_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    key: Mapped[str] = mapped_column(String(60))
    standard: Mapped[str] = mapped_column(String(60))
    due: Mapped[date]
    dated: Mapped[date]  # the day the document itself bears
    note: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(60))  # number of a published announcement
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    filed_label: Mapped[str] = mapped_column(Text)
    filed_at: Mapped[datetime] = mapped_column(Instant)


class Waiver(Model):
    """A reviewer lets an obligation wait until a day, and says why."""

    __tablename__ = "disclosure_waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    given_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    given_label: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(Instant)


class Measure(Model):
    """What people decided of one step of the ladder, for one obligation that was to be met by one day.

    The lighter step is taken by one person; the others wait for a second one (``verdict``: waits, taken, declined).
    """

    __tablename__ = "disclosure_measure"
    __table_args__ = (
        UniqueConstraint("company_id", "key", "step", "by"),
        CheckConstraint("verdict IN ('waits', 'taken', 'declined')", name="verdict"),
        CheckConstraint("second_by IS NULL OR second_by <> first_by", name="two_people"),
        CheckConstraint("verdict <> 'taken' OR step = 'off_roadshow' OR second_by IS NOT NULL", name="second"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    key: Mapped[str] = mapped_column(String(60))
    step: Mapped[str] = mapped_column(String(20))
    by: Mapped[date]
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    first_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    first_label: Mapped[str] = mapped_column(Text)
    first_at: Mapped[datetime] = mapped_column(Instant)
    second_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    second_label: Mapped[str] = mapped_column(Text, default="")
    second_at: Mapped[datetime | None] = mapped_column(Instant)


class Mark(Model):
    """The mark on the public page that something is late, from its beginning to its end: two entries of the log.

    ``stands`` until it is lifted, so that there is one at a time for an obligation; ``by`` is the day that was missed.
    """

    __tablename__ = "disclosure_mark"
    __table_args__ = (
        UniqueConstraint("company_id", "key", "stands"),
        CheckConstraint("stands IS NULL OR stands", name="stands"),
        CheckConstraint("(stands IS NULL) = (lifted_at IS NOT NULL)", name="lifted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    key: Mapped[str] = mapped_column(String(60))
    by: Mapped[date]
    stands: Mapped[bool | None]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    begun_entry: Mapped[int | None] = mapped_column(BigInteger)  # index in the log, set in the same transaction
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)
    lifted_entry: Mapped[int | None] = mapped_column(BigInteger)
    lifted_for: Mapped[str] = mapped_column(String(6), default="")  # ladder.LIFTED_FOR


class Scored(Model):
    """What the scores of a company on display stood on when last counted; it only repeats filings and releases.

    ``tier`` is empty for a company in none. The page of the market adds these rows up.
    """

    __tablename__ = "disclosure_scored"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), primary_key=True, autoincrement=False)
    market: Mapped[str] = mapped_column(String(12))
    tier: Mapped[str] = mapped_column(String(30))
    in_time: Mapped[int]
    due: Mapped[int]
    corrected: Mapped[int]
    announced: Mapped[int]
    agreeing: Mapped[int]
    places: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(Instant)
