"""Companies as whole rows, several at once, for the rooms above that work on them; lists for readers are in queries."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from listing.store.db import db

from . import rules
from .models import Company

_BY_NAME = select(Company).order_by(Company.sort_en, Company.id)


def by_code(code: str, market: str = rules.OWN_MARKET) -> Company | None:
    """The company of that code in a market, whatever its status."""
    return db.session.scalar(select(Company).where(Company.market == market, Company.code == code))


def of_ids(ids: Collection[int]) -> Sequence[Company]:
    """These companies, whatever their status, by name."""
    return db.session.scalars(_BY_NAME.where(Company.id.in_(ids))).all()


def of_organisations(ids: Collection[int]) -> Sequence[Company]:
    """The companies of these organisations that are not withdrawn, by name."""
    own = Company.organisation_id.in_(ids), Company.status != rules.WITHDRAWN
    return db.session.scalars(_BY_NAME.where(*own)).all()
