"""What the releases of companies say of them: how many were corrected, and how many places of both texts agree.

Counted anew from what was released; nobody types any of it in. An announcement counts once, whatever corrected it; its
places count in each of its versions. What several companies announced counts for each of them.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from listing.store.db import db

from .derived_models import Parity
from .models import Announcer, Release
from .searching import midnight

_LATER = aliased(Release)
_CORRECTIONS = (
    select(Announcer.company_id, func.count(_LATER.id), func.count(Release.id))
    .join(Announcer, Announcer.release_id == Release.id)
    .outerjoin(_LATER, _LATER.corrects_id == Release.id)
    .where(Release.corrects_id.is_(None))
)
_PARITY = (
    select(Announcer.company_id, func.sum(Parity.places) - func.sum(Parity.doubtful), func.sum(Parity.places))
    .join(Release, Release.id == Announcer.release_id)
    .join(Parity, Parity.release_id == Release.id)
)


class Counted(NamedTuple):
    """So many of so many."""

    part: int
    of: int


def corrections(since: date, company_ids: Collection[int] | None = None) -> dict[int, Counted]:
    """By company, of what it announced from a day on (Hong Kong's) how much was corrected since; all without ids."""
    return _counted(_CORRECTIONS, since, company_ids)


def agreement(since: date, company_ids: Collection[int] | None = None) -> dict[int, Counted]:
    """By company, in how many places of what it released from a day on the check of both texts found no doubt."""
    return _counted(_PARITY, since, company_ids)


def _counted(asked: Select, since: date, company_ids: Collection[int] | None) -> dict[int, Counted]:
    asked = asked.where(Release.released_at >= midnight(since)).group_by(Announcer.company_id)
    if company_ids is not None:
        asked = asked.where(Announcer.company_id.in_(company_ids))
    return {company_id: Counted(int(part), int(of)) for company_id, part, of in db.session.execute(asked)}
