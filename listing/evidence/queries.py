"""Finding evidence, what is granted upon it, and who came near it. Changes nothing and opens nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from listing.store.db import db

from .models import Access, Evidence, Grant
from .rules import Case, Sought

PAGE = 25


def get(uid: str) -> Evidence | None:
    """The file of that name that was not destroyed."""
    found = select(Evidence).where(Evidence.uid == uid, Evidence.destroyed_at.is_(None))
    return db.session.scalars(found).one_or_none()


def of_case(case: Case, *, organisation_id: int) -> Sequence[Evidence]:
    """The files of a case of that holder, in the order they came; without those destroyed."""
    mine = (Evidence.case_kind == case.kind, Evidence.case_id == case.id, Evidence.organisation_id == organisation_id)
    found = select(Evidence).where(*mine, Evidence.destroyed_at.is_(None))
    return db.session.scalars(found.order_by(Evidence.id)).all()


def ever_of_case(case: Case, *, organisation_id: int) -> Sequence[Evidence]:
    """The same with those destroyed, of which little is left."""
    mine = (Evidence.case_kind == case.kind, Evidence.case_id == case.id, Evidence.organisation_id == organisation_id)
    return db.session.scalars(select(Evidence).where(*mine).order_by(Evidence.id)).all()


def of_kind(kind: str, *, after: int, most: int) -> Sequence[Evidence]:
    """The files of all cases of a kind that are there, ``most`` of them after that id, in the order they came."""
    found = select(Evidence).where(Evidence.case_kind == kind, Evidence.destroyed_at.is_(None), Evidence.id > after)
    return db.session.scalars(found.order_by(Evidence.id).limit(most)).all()


def of_holders(organisations: Collection[int], *, below: int | None = None) -> Sequence[Evidence]:
    """A page of the files of these holders and one more, newest first; of those destroyed little is left.

    ``below`` is the last number of the page before.
    """
    found = select(Evidence).where(Evidence.organisation_id.in_(organisations), *_below(Evidence.id, below))
    return db.session.scalars(found.order_by(Evidence.id.desc()).limit(PAGE + 1)).all()


def access_log_of(file: Evidence, *, below: int | None = None) -> Sequence[Access]:
    """A page of who came near a file and one more line, newest first; ``below`` as in ``of_holders``."""
    found = select(Access).where(Access.evidence_id == file.id, *_below(Access.id, below))
    return db.session.scalars(found.order_by(Access.id.desc()).limit(PAGE + 1)).all()


def _below(key, number: int | None) -> tuple:
    return () if number is None else (key < number,)


def accesses_to(files: Collection[int]) -> Sequence[Access]:
    """Who came near any of these files, the first one first."""
    return db.session.scalars(select(Access).where(Access.evidence_id.in_(files)).order_by(Access.id)).all()


def grants_on(file: Evidence, *, now: datetime) -> Sequence[Grant]:
    """The grants by which a file is open at this instant."""
    this = (
        Grant.organisation_id == file.organisation_id,
        Grant.case_kind == file.case_kind,
        Grant.case_id == file.case_id,
        or_(Grant.evidence_id.is_(None), Grant.evidence_id == file.id),
    )
    holds = (Grant.since <= now, Grant.until > now, Grant.ended_at.is_(None))
    return db.session.scalars(select(Grant).where(*this, *holds).order_by(Grant.id)).all()


def sought(file: Evidence, *, now: datetime) -> Sought:
    """To whom a file is open at this instant, for rules.opens."""
    grants = grants_on(file, now=now)
    return Sought(
        organisation_id=file.organisation_id,
        people=frozenset(g.account_id for g in grants if g.account_id),
        organisations=frozenset(g.to_organisation_id for g in grants if g.to_organisation_id),
    )
