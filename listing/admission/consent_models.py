"""The ledger of consents: what was answered to which text, in which language, when, and by whom. Only ever added to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from listing.store import append_only
from listing.store.columns import Instant
from listing.store.db import Model

from . import consents


class Consent(Model):
    """One answer of an institution to one purpose; the last ``number`` holds. ``digest`` is that of the text shown."""

    __tablename__ = "admission_consent"
    __table_args__ = (
        UniqueConstraint("organisation_id", "purpose", "number"),
        CheckConstraint(f"act IN {consents.ACTS}", name="act"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)


event.listen(Consent.__table__, "after_create", append_only.put)
