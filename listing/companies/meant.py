"""Which company a reader means by what they typed where companies are chosen by name: its address, its code, its name.

Names are found in either script, in English, by pinyin and by former names, as in every search; what a company says of
another one names nobody. Only companies that have announced something are meant by a name, among them those that are
not on display any more: what they announced stays.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from listing.access.actor import Tier
from listing.bilingual import tokens
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Kind

from . import queries, rows, rules
from .models import Company

SUGGESTED = 12
_LOOKED_AT = 1_000  # names that match best, imported ones among them


class Meant(NamedTuple):
    """The company that is meant; where there are several or none, what may be chosen from instead."""

    company: Company | None
    others: Sequence[Company] = ()


def by(typed: str) -> Meant:
    """Who is meant by an address, a code or a name; by a whole name before a part of one."""
    if found := queries.by_slug(typed):
        return Meant(found[0])
    if found := rows.by_code(typed) or rows.by_code(typed.strip().upper()):
        return Meant(found)
    called = _called(typed)
    whole = [company for company in called if _key(typed) in map(_key, _names(company))]
    if len(whole or called) == 1:
        return Meant((whole or called)[0])
    return Meant(None, (whole or called)[:SUGGESTED])


def _called(typed: str) -> list[Company]:
    """The companies that announced something and have these words in a name, best first."""
    hits = fulltext.best(db.session, typed, kind=Kind.COMPANY, tier=Tier.PUBLIC, limit=_LOOKED_AT, in_name=True)
    announced = select(Company).where(Company.announced_at.is_not(None))
    shown = announced.where(Company.id.in_([hit.row_id for hit in hits]), Company.status == rules.DISPLAYED)
    known = {company.id: company for company in db.session.scalars(shown)} if hits else {}
    # Enterprises announce, so the index of their companies leads to these few among any number of imports.
    off = announced.where(Company.organisation_id > 0, Company.status.concat("") != rules.DISPLAYED)
    key = _key(typed)
    held = [
        company
        for company in db.session.scalars(off.order_by(Company.sort_en, Company.id))
        if key and any(key in _key(name) for name in _names(company))
    ]
    return [known[hit.row_id] for hit in hits if hit.row_id in known] + held


def _names(company: Company) -> list[str]:
    own = (company.name_zh, company.name_zh_alt, company.name_en, company.short_zh, company.short_en)
    former = (name.get(side, "") for name in company.former_names for side in ("zh", "en"))
    return [name for name in (*own, *former) if name]


def _key(name: str) -> str:
    """A name without what sets equal names apart: case, script, width, blanks and punctuation."""
    return "".join(tokens.runs(name))
