"""Tables of people, organisations, memberships, devices, sessions, keys of programs and single-use links.

Secrets are stored as SHA-256 of a long random token, never as the token; passwords as Argon2.
"""

from datetime import datetime

from flask_security import UserMixin, WebAuthnMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class User(Model, UserMixin):
    """A person. Columns with ``fs_``, ``tf_`` and ``mf_`` carry names the account library looks for."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(rules.NAME_MAX))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    language: Mapped[str] = mapped_column(String(10))
    zone: Mapped[str] = mapped_column(String(60), default="Asia/Hong_Kong")
    currency: Mapped[str] = mapped_column(String(3), default="HKD")
    documents: Mapped[str | None] = mapped_column(String(2))  # whose documents come first; none: those of the page
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    totp_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON(none_as_null=True)))
    webauthn: Mapped[list["Passkey"]] = relationship(back_populates="user", cascade="all, delete-orphan")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    tf_phone_number = None
    roles = ()

    def check_tf_required_setup(self) -> bool:
        """Whether this person may not switch the second factor off."""
        return any(rules.must_have_second_factor(m.organisation.kind, m.role) for m in self.memberships)

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Whether sign-in stops after the right password: not confirmed yet, or disabled."""
        return self.confirmed_at is None or not self.active


class Passkey(Model, WebAuthnMixin):
    """A credential of a device or security key; ``usage`` is first (instead of a password) or secondary (after it)."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(Text)
    lastuse_datetime: Mapped[datetime] = mapped_column(Instant)
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(16))
    user: Mapped[User] = relationship(back_populates="webauthn")


class Organisation(Model):
    """A legal person people act for. At least one of the two names is there."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(f"kind IN {rules.KINDS}", name="kind"),
        CheckConstraint("name_zh IS NOT NULL OR name_en IS NOT NULL", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    name_zh: Mapped[str | None] = mapped_column(String(rules.ORGANISATION_MAX))
    name_en: Mapped[str | None] = mapped_column(String(rules.ORGANISATION_MAX))
    name_script: Mapped[str] = mapped_column(String(4), default="Hans")
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())  # from the companies its people read
    created_at: Mapped[datetime] = mapped_column(Instant)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation", cascade="all, delete-orphan")

    @property
    def organisation_id(self) -> int:
        """Its own id, so that a permission reads an organisation like anything an organisation owns."""
        return self.id

    def name(self, language: str) -> str:
        """The name for a reader of ``language``, the other one where that is missing."""
        return (self.name_en or self.name_zh) if language == "en" else (self.name_zh or self.name_en)


class Membership(Model):
    """A person's role in an organisation."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("organisation_id", "user_id"),
        CheckConstraint(f"role IN {rules.ROLES}", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(Instant)
    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")


class Invitation(Model):
    """An offer of a role, good for whoever reads the mail of that address, once, for seven days."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    organisation: Mapped[Organisation] = relationship()


class Link(Model):
    """A single-use link sent by mail: to confirm an address, or to set a password.

    One without a person was made for an address without an account, so that asking takes the same time, and opens
    nothing. ``onward`` is the page of ours that its reader came from.
    """

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint("purpose IN ('confirm', 'reset')", name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(8))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    onward: Mapped[str | None] = mapped_column(String(rules.PATH_MAX))


class Device(Model):
    """A browser that has signed a person in before: no alert for it, and attempts from it are counted apart."""

    __tablename__ = "known_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(80))
    first_seen: Mapped[datetime] = mapped_column(Instant)
    last_seen: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("user_id", "token_hash"),)


class WebSession(Model):
    """What a browser's session cookie stands for; deleting the row ends it at once."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    data: Mapped[dict] = mapped_column(MutableDict.as_mutable(JSON))
    label: Mapped[str] = mapped_column(String(80))
    network: Mapped[str] = mapped_column(String(45))
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class AccessKey(Model):
    """A key by which a person's programs ask, for one organisation or for the person alone.

    ``end`` is its last characters, by which the owner tells it from others; ``used_at`` is the hour of its last use.
    """

    __tablename__ = "access_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(rules.NAME_MAX))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    end: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Attempts(Model):
    """Failed attempts of one bucket; the key is a hash, so the table names nobody."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)
