"""Companies and the immutable revisions of what they show."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listing.bilingual.pair import Pair
from listing.store.columns import Instant
from listing.store.db import Model

from . import rules

FINANCING = "financing"  # the section and the sheet of the financing need


class Company(Model):
    """An enterprise on display, or one whose public facts were imported.

    ``market`` and ``code`` name it for good: the exchange and its stock code where it came with imported facts, also
    after the enterprise took that page over, else ``GBA`` and our own code. Legal names are kept as registered and
    never converted; ``name_zh_alt`` is the name in the other script where a source gives it.
    """

    __tablename__ = "company"
    __table_args__ = (
        UniqueConstraint("market", "code"),
        CheckConstraint("name_zh <> '' OR name_en <> ''", name="has_a_name"),
        Index("ix_company_newest", "status", "displayed_at", "id"),
        Index("ix_company_by_name_en", "status", "sort_en", "id"),
        Index("ix_company_by_name_zh", "status", "sort_zh", "id"),
        # A filter that few companies pass would otherwise look through all of them, for the page and for the count.
        Index("ix_company_of_market", "status", "market", "displayed_at", "id"),
        Index("ix_company_of_city", "status", "city", "displayed_at", "id"),
        Index("ix_company_of_group", "status", "sector_group", "displayed_at", "id"),
        Index("ix_company_of_sector", "status", "sector", "displayed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    market: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(12))  # imported | participant | demo
    status: Mapped[str] = mapped_column(String(12))  # displayed | suspended | withdrawn
    status_at: Mapped[datetime] = mapped_column(Instant)
    displayed_at: Mapped[datetime] = mapped_column(Instant)
    announced_at: Mapped[datetime | None] = mapped_column(Instant)  # when it last announced something, for who watches

    name_zh: Mapped[str] = mapped_column(Text, default="")
    name_script: Mapped[str] = mapped_column(String(4), default="Hans")
    name_zh_alt: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    short_zh: Mapped[str] = mapped_column(Text, default="")
    short_en: Mapped[str] = mapped_column(Text, default="")
    former_names: Mapped[list] = mapped_column(JSON, default=list)  # [{"zh", "en", "until"}]
    sort_en: Mapped[str] = mapped_column(Text, default="")
    sort_zh: Mapped[str] = mapped_column(Text, default="")  # pinyin, so that Chinese names sort as readers expect

    domicile: Mapped[str] = mapped_column(String(5), default="")  # CN | HK | MO | other | "" when not known
    province: Mapped[str] = mapped_column(Text, default="")
    city: Mapped[str] = mapped_column(Text, default="")  # an id of places.yaml, or as the source has it
    registration_scheme: Mapped[str] = mapped_column(String(8), default="")  # USCC | HKCR | HKBR | MOCR
    registration_number: Mapped[str] = mapped_column(String(32), default="")
    lei: Mapped[str] = mapped_column(String(20), default="")
    sector_group: Mapped[str] = mapped_column(String(32), default="")
    sector: Mapped[str] = mapped_column(String(32), default="")
    stage: Mapped[str] = mapped_column(String(16), default="")
    founded: Mapped[int | None]
    listed_on: Mapped[date | None]
    website: Mapped[str] = mapped_column(Text, default="")
    prevailing: Mapped[str] = mapped_column(String(2), default="zh")
    languages: Mapped[str] = mapped_column(String(4), default="")  # both | zh | en | "" when there is no text at all
    source: Mapped[str] = mapped_column(Text, default="")  # where imported facts come from
    held_back_at: Mapped[datetime | None] = mapped_column(Instant)  # since then no roadshow, no financing need shown

    # No foreign key: the revision already has one to the company, and a circle of two is hard to drop and to copy.
    revision_id: Mapped[int | None]
    revision: Mapped["Revision | None"] = relationship(primaryjoin="foreign(Company.revision_id) == Revision.id")

    @property
    def name(self) -> Pair:
        """The legal names."""
        return Pair(self.name_zh, self.name_en, self.name_script)


class Revision(Model):
    """What a company showed from one instant on; never changed afterwards, only followed by the next number.

    ``content`` is ``{"facts": {…}, "passages": [{"section", "zh", "en", "script"}]}``, beside them ``"sheets"`` and
    what was ``"verified"`` on which day, where there are any; ``digest`` is the SHA-256 of its canonical form.
    """

    __tablename__ = "company_revision"
    __table_args__ = (UniqueConstraint("company_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    number: Mapped[int]
    content: Mapped[dict] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Instant)
    company: Mapped[Company] = relationship(viewonly=True)

    @property
    def shown(self) -> dict:
        """The content as readers get it: without the financing need while the company is held back."""
        return without_financing(self.content) if self.company.held_back_at else self.content


def without_financing(content: dict) -> dict:
    """A content without what it says of the financing need."""
    passages = [passage for passage in content["passages"] if passage["section"] != FINANCING]
    sheets = {key: sheet for key, sheet in content.get("sheets", {}).items() if key != FINANCING}
    return {**content, "passages": passages, "sheets": sheets}


class Watch(Model):
    """A person who follows a company; whoever else may see it sees a number only."""

    __tablename__ = "company_watch"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(Instant)


class Reading(Model):
    """How often one thing of a company was opened on one day by readers of one tier; names no person.

    ``institution_id`` is the admitted institution they came from, or 0: everybody else, and who asked not to be named.
    """

    __tablename__ = "company_reading"
    __table_args__ = (CheckConstraint(f"what IN {rules.READ}", name="what"), Index(None, "day"))

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    tier: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    institution_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


class Upload(Model):
    """A file of companies between its dry run and its import; gone once taken, replaced by the next, or expired."""

    __tablename__ = "company_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class OwnTerm(Model):
    """How a company writes one name of its own in both languages; the check of texts holds its texts to it."""

    __tablename__ = "company_term"
    __table_args__ = (UniqueConstraint("company_id", "zh"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    zh: Mapped[str] = mapped_column(String(120))
    en: Mapped[str] = mapped_column(String(120))
    zh_also: Mapped[list] = mapped_column(JSON, default=list)
    en_also: Mapped[list] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(Instant)
