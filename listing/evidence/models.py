"""Evidence, the grants upon it, and the log of who came near it.

A file's key lies here wrapped; its sealed content lies with all other files, as a content nobody can read. Destroying
the key destroys the file, also in the places nobody remembers. The log is only ever added to (guards.py).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model

from . import guards, rules


class Evidence(Model):
    """One file of one case. ``uid`` is what an address names it by: it cannot be guessed.

    ``digest`` is the HMAC-SHA-256 of the plain content under ``salt``. Destroying empties name and issuer.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),
        CheckConstraint("held_since IS NULL OR destroyed_at IS NULL", name="held"),
        Index(None, "case_kind", "case_id"),
        Index(None, "key_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    case_kind: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(40))
    document_type: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(Text)
    dated: Mapped[date | None] = mapped_column(Date)
    expires: Mapped[date | None] = mapped_column(Date)
    language: Mapped[str] = mapped_column(String(10))
    region: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    digest: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary(128))
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    retention: Mapped[str] = mapped_column(String(32))
    counts_from: Mapped[date | None] = mapped_column(Date)  # empty while what the class counts from has not happened
    held_since: Mapped[datetime | None] = mapped_column(Instant)
    held_why: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime] = mapped_column(Instant)
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    destroyed_at: Mapped[datetime | None] = mapped_column(Instant)
    destroyed_why: Mapped[str] = mapped_column(String(32), default="")

    @property
    def case(self) -> rules.Case:
        """What it was sent for."""
        return rules.Case(self.case_kind, self.case_id)

    def bound(self) -> bytes:
        """What the wrapped key is bound to: whose file this is, for what, and what it was kept as."""
        parts = (self.uid, self.organisation_id, *self.case, self.document_type, self.dated, self.expires, self.region)
        return "\x1f".join(map(str, (*parts, self.media_type, self.size, self.digest))).encode()


class Grant(Model):
    """That a person, or the members of an organisation, may open the files of a case, or one of them.

    ``purpose`` is the code of what it rests on (a consent, a review), by which it can be ended.
    """

    __tablename__ = "evidence_grant"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (to_organisation_id IS NULL)", name="recipient"),
        Index(None, "case_kind", "case_id"),
        Index(None, "organisation_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    case_kind: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(40))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    to_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    given_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_why: Mapped[str] = mapped_column(String(40), default="")


class Access(Model):
    """That somebody listed, opened, downloaded or was refused a file. Never altered, never deleted."""

    __tablename__ = "evidence_access"
    __table_args__ = (CheckConstraint(f"act IN {rules.ACTS}", name="act"), Index(None, "evidence_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    act: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    for_holder: Mapped[bool]  # whether the person acted for the holder of the file


event.listen(Access.__table__, "after_create", guards.put)
