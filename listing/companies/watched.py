"""What a person follows, and what changed there since.

Reads for one person only. Of those who follow a company it tells nothing but how many.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, and_, bindparam, func, or_, select

from listing.store.db import db

from . import rules
from .cards import COLUMNS, Card, cards
from .models import Company, Revision, Watch

_TABLE = Company.__table__.c
_SEEN = (rules.DISPLAYED, rules.SUSPENDED, rules.WITHDRAWN)


class Followed(NamedTuple):
    """A company somebody follows: how it looks in a list, its status, when it last changed, since when."""

    card: Card
    status: str
    changed_at: datetime
    since: datetime


def is_watching(user_id: int, company_id: int) -> bool:
    """Whether the person follows the company."""
    return db.session.get(Watch, (user_id, company_id)) is not None


def watchers(company_ids: Sequence[int]) -> dict[int, int]:
    """How many people follow each of these companies; those nobody follows are left out."""
    counted = select(Watch.company_id, func.count()).where(Watch.company_id.in_(company_ids)).group_by(Watch.company_id)
    return dict(db.session.execute(counted).all())


def among(company_ids: Collection[int], user_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """Which of these people follow each of these companies; for counting, never to be shown by name."""
    found = select(Watch.company_id, Watch.account_id).where(
        Watch.company_id.in_(company_ids), Watch.account_id.in_(user_ids)
    )
    following = defaultdict(set)
    for company_id, user_id in db.session.execute(found) if company_ids and user_ids else ():
        following[company_id].add(user_id)
    return following


def of(user_id: int) -> list[Followed]:
    """What the person follows, what changed last first, as cards for the reader of this request."""
    extra = (_TABLE.status, _TABLE.status_at, _TABLE.announced_at, Revision.published_at, Watch.since)
    joined = (
        select(*COLUMNS, *extra)
        .join(Watch, Watch.company_id == _TABLE.id)
        .outerjoin(Revision, Revision.id == _TABLE.revision_id)
        .where(Watch.account_id == user_id)
    )
    rows = db.session.execute(joined).all()
    made = cards(row[: len(COLUMNS)] for row in rows)
    found = [
        Followed(card, row.status, max(filter(None, (row.status_at, row.published_at, row.announced_at))), row.since)
        for card, row in zip(made, rows, strict=True)
    ]
    return sorted(found, key=lambda followed: followed.changed_at, reverse=True)


def _between(column):
    return and_(column > bindparam("after"), column > Watch.since, column <= bindparam("until"))


# Built once: it is asked for everybody who watches, some at a time.
_CHANGED = (
    select(Watch.account_id, _TABLE.slug, _TABLE.name_zh, _TABLE.name_en, _TABLE.status)
    .join(Watch, Watch.company_id == _TABLE.id)
    .outerjoin(Revision, Revision.id == _TABLE.revision_id)
    .where(
        Watch.account_id.in_(bindparam("readers", expanding=True)),
        or_(
            _between(Revision.published_at),
            _between(_TABLE.announced_at),
            and_(_between(_TABLE.status_at), _TABLE.status.in_(_SEEN)),
        ),
    )
    .order_by(func.coalesce(Revision.published_at, _TABLE.status_at).desc(), _TABLE.id.desc())
)


def changes(user_ids: Collection[int], *, after: datetime, until: datetime) -> defaultdict[int, list[Row]]:
    """By person, what changed among the companies they follow, newest first: slug, both names, status.

    A change is a published revision, an announcement or a new status, after one instant up to another and since the
    person follows.
    """
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in db.session.execute(_CHANGED, {"readers": list(user_ids), "after": after, "until": until}):
        found[row.account_id].append(row)
    return found
