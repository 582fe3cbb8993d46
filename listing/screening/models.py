"""Lists in their versions, what was checked against them, and each hit with the person who resolved it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.store.columns import Instant
from listing.store.db import Model

from . import rules


class ScreeningList(Model):
    """One version of a list; of several with one ``code`` the one imported last is in force."""

    __tablename__ = "screening_list"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(rules.CODE_LONGEST))
    version: Mapped[str] = mapped_column(String(rules.VERSION_LONGEST))
    source: Mapped[str] = mapped_column(String(rules.SOURCE_LONGEST))
    digest: Mapped[str] = mapped_column(String(64))
    count: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[str] = mapped_column(String(200))


class ListedName(Model):
    """Somebody on a list, under every name it gives them."""

    __tablename__ = "listed_name"
    __table_args__ = (
        UniqueConstraint("list_id", "reference"),
        CheckConstraint(f"kind IN {rules.KINDS}", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("screening_list.id"))
    reference: Mapped[str] = mapped_column(String(rules.VERSION_LONGEST))
    kind: Mapped[str] = mapped_column(String(6))
    names: Mapped[list[str]] = mapped_column(JSON)
    detail: Mapped[str] = mapped_column(Text)
    list: Mapped[ScreeningList] = relationship()


class Screening(Model):
    """The names of a case checked at one instant against the lists in force; ``lists`` are their code and version."""

    __tablename__ = "screening"
    __table_args__ = (Index(None, "case_kind", "case_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_kind: Mapped[str] = mapped_column(String(20))
    case_number: Mapped[int]
    lists: Mapped[list[list[str]]] = mapped_column(JSON)
    subjects: Mapped[list[dict]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)
    hits: Mapped[list["ScreeningHit"]] = relationship(order_by="ScreeningHit.id", back_populates="screening")


class ScreeningHit(Model):
    """A listed name that may mean a subject of the case, until a person says with a reason whether it does."""

    __tablename__ = "screening_hit"
    __table_args__ = (
        UniqueConstraint("screening_id", "listed_id", "subject"),
        CheckConstraint(f"outcome IN {rules.OUTCOMES}", name="outcome"),
        CheckConstraint(
            "outcome = 'open' OR (reason <> '' AND resolved_by <> '' AND resolved_at IS NOT NULL)", name="resolved"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"), index=True)
    listed_id: Mapped[int] = mapped_column(ForeignKey("listed_name.id"))
    subject: Mapped[int]  # its place among the subjects of the screening
    name: Mapped[str] = mapped_column(String(rules.MOST_NAME))  # as the case gives it
    listed_as: Mapped[str] = mapped_column(String(rules.MOST_NAME))
    likeness: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(9), default=rules.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    resolved_by: Mapped[str] = mapped_column(String(200), default="")
    resolver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    screening: Mapped[Screening] = relationship(back_populates="hits")
    listed: Mapped[ListedName] = relationship()
