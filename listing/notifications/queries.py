"""Which messages a person has, and how the outbox stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from listing.store.db import db

from . import rules
from .models import Notice

# Clocks of several machines may differ by less than this; a try further ahead shows that the clock was set back.
SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Standing:
    """The outbox at one instant. ``overdue`` is how long the oldest unsent message has been due; None without one."""

    counts: dict[str, int]
    overdue: timedelta | None


def is_free(now: datetime) -> ColumnElement[bool]:
    """What a pass may claim: due and not pausing, or claimed by a worker that has not come back in time."""
    set_back = Notice.tried_at > now + SKEW
    pausing_ended = or_(Notice.retry_at.is_(None), Notice.retry_at <= now, set_back)
    return or_(
        and_(Notice.state == rules.PENDING, Notice.due_at <= now, pausing_ended),
        and_(Notice.state == rules.CLAIMED, or_(Notice.lease_until <= now, set_back)),
    )


def is_any_free(now: datetime) -> bool:
    """Whether a pass would find anything to do."""
    return db.session.scalar(select(Notice.id).where(is_free(now)).limit(1)) is not None


def standing(now: datetime) -> Standing:
    """The number of messages in each state, and the wait of the oldest one due and not sent."""
    counted = dict(db.session.execute(select(Notice.state, func.count()).group_by(Notice.state)).all())
    oldest = db.session.scalar(
        select(func.min(Notice.due_at)).where(
            Notice.state.in_((rules.PENDING, rules.CLAIMED)),
            Notice.due_at <= now,
            or_(Notice.until.is_(None), Notice.until > now),
        )
    )
    return Standing({state: counted.get(state, 0) for state in rules.STATES}, now - oldest if oldest else None)


def failed(limit: int = 100) -> Sequence[Notice]:
    """Messages given up, the newest first, each with its ``last_error``."""
    return db.session.scalars(
        select(Notice).where(Notice.state == rules.FAILED).order_by(Notice.due_at.desc(), Notice.id.desc()).limit(limit)
    ).all()


def _in_inbox(user_id: Any, now: Any) -> ColumnElement[bool]:
    return and_(Notice.recipient_id == user_id, Notice.sensitive.is_(False), Notice.due_at <= now)


def inbox(user_id: int, now: datetime, *, before: int | None = None, limit: int = 25) -> Sequence[Notice]:
    """A page of a person's messages, the newest first; ``before`` is the id of the last one of the page before.

    Messages whose link is a secret are never among them. Their words come from render.telling. After a ``before``
    that is no message of this person, nothing follows.
    """
    rows = select(Notice).where(_in_inbox(user_id, now))
    if before is not None:
        last = select(Notice.due_at, Notice.id).where(Notice.id == before, _in_inbox(user_id, now)).subquery()
        rows = rows.join(
            last,
            or_(Notice.due_at < last.c.due_at, and_(Notice.due_at == last.c.due_at, Notice.id < last.c.id)),
        )
    return db.session.scalars(rows.order_by(Notice.due_at.desc(), Notice.id.desc()).limit(limit)).all()


def in_inbox(user_id: int, notice_id: int, now: datetime) -> Notice | None:
    """A message of that person's inbox by its number; anybody else's is none."""
    return db.session.scalar(select(Notice).where(Notice.id == notice_id, _in_inbox(user_id, now)))


def unread(user_id: int, now: datetime) -> int:
    """How many messages of the inbox the person has not read."""
    return db.session.scalar(_UNREAD, {"person": user_id, "now": now})


# Built once: it stands before every page of somebody who is signed in.
_UNREAD = (
    select(func.count())
    .select_from(Notice)
    .where(_in_inbox(bindparam("person"), bindparam("now")), Notice.read_at.is_(None))
)


def by_keys(keys: Collection[str]) -> dict[str, Notice]:
    """The messages with these keys, by key."""
    found: dict[str, Notice] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        several = select(Notice).where(Notice.key.in_(ordered[start : start + 500]))
        found.update((row.key, row) for row in db.session.scalars(several))
    return found
