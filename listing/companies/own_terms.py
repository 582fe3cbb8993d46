"""The terms of one company as the check of texts takes them, and what its published texts leave of them."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from listing.bilingual.agreement.finding import HINT
from listing.bilingual.terms import CompanyTerm, TermFinding, check
from listing.store.db import db

from .models import Company, OwnTerm, Revision


class Deviation(NamedTuple):
    """A finding on one section of what a company shows."""

    section: str
    finding: TermFinding


def of(company_id: int) -> list[OwnTerm]:
    """The rows of a company's terms, in the order in which they were kept."""
    return list(db.session.scalars(select(OwnTerm).where(OwnTerm.company_id == company_id).order_by(OwnTerm.id)))


def one(company_id: int, term_id: int) -> OwnTerm | None:
    """One term of this company; None where it has no such term."""
    return db.session.scalar(select(OwnTerm).where(OwnTerm.company_id == company_id, OwnTerm.id == term_id))


def for_checking(rows: Iterable[OwnTerm]) -> tuple[CompanyTerm, ...]:
    """The terms as ``bilingual.terms.check`` takes them."""
    return tuple(CompanyTerm(row.zh, row.en, tuple(row.zh_also), tuple(row.en_also), row.kind) for row in rows)


def deviations(company: Company, rows: Iterable[OwnTerm]) -> list[Deviation]:
    """What the texts a company shows leave of its terms and of the term list; hints are passed over."""
    revision = db.session.get(Revision, company.revision_id) if company.revision_id else None
    own = for_checking(rows)
    passages = revision.content["passages"] if revision else []
    return [
        Deviation(passage["section"], finding)
        for passage in passages
        if passage["zh"] and passage["en"]
        for finding in check(passage["zh"], passage["en"], own)
        if finding.severity != HINT
    ]
