"""The terms that a company keeps of its own: one more, one less.

The log says that a term came or went, never the words: a product may not be announced yet.
"""

from datetime import datetime

from sqlalchemy import func, select

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.store.db import db

from .. import rules
from ..models import Company, OwnTerm


def keep_term(
    *,
    company: Company,
    kind: str,
    zh: str,
    en: str,
    zh_also: str,
    en_also: str,
    actor: Actor | System,
    now: datetime,
) -> OwnTerm:
    """Keep a term; other accepted forms are one a line. Raises TermKept, TooManyTerms, FormTooLong, and those of
    ``rules.name``.
    """
    db.session.execute(select(Company.id).where(Company.id == company.id).with_for_update())  # two at once count both
    own = select(func.count()).select_from(OwnTerm).where(OwnTerm.company_id == company.id)
    if db.session.scalar(own) >= rules.MOST_TERMS:
        raise rules.TooManyTerms(most=rules.MOST_TERMS)
    forms = {"zh": rules.name(zh), "en": rules.name(en)}
    if db.session.scalar(own.where(OwnTerm.zh == forms["zh"])):
        raise rules.TermKept(zh=forms["zh"])
    also = {"zh_also": rules.other_forms(zh_also), "en_also": rules.other_forms(en_also)}
    term = OwnTerm(company_id=company.id, kind=kind, created_at=now, **forms, **also)
    db.session.add(term)
    db.session.flush()
    _log("company.term_kept", company, term, actor, now)
    return term


def drop_term(*, company: Company, term: OwnTerm, actor: Actor | System, now: datetime) -> None:
    """Keep a term no longer."""
    _log("company.term_dropped", company, term, actor, now)
    db.session.delete(term)
    db.session.flush()


def _log(code: str, company: Company, term: OwnTerm, actor: Actor | System, now: datetime) -> None:
    subject = ("company", company.id, company.organisation_id)
    journal.append(code=code, data={"term": term.id}, actor=actor, subject=subject, now=now)
