"""What waits for a window and could be released before it in an emergency, who asked for that, and why that closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import or_, select

from listing.access.actor import Actor
from listing.companies import rows as companies
from listing.store.db import db

from . import queries, rules, under_review
from .models import Announcement, Override

SHOWN = 100
CLOSED_SHOWN = timedelta(days=30)


class Line(NamedTuple):
    """One line of the list; ``asked`` is who asked for its release now, ``apart`` whether the reader has no part."""

    row: Announcement
    company: object
    asked: Override | None
    apart: bool


class Closed(NamedTuple):
    """A request that nobody has to answer any more; ``number`` is that of the release, where it came to one."""

    request: Override
    company: object
    number: str | None


def lines(actor: Actor, now: datetime) -> list[Line]:
    """What waits for a window, the next to be released first; nothing that its company holds back."""
    free = or_(Announcement.not_before.is_(None), Announcement.not_before <= now)
    waiting = select(Announcement).where(Announcement.state == rules.QUEUED, free)
    rows = list(db.session.scalars(waiting.order_by(Announcement.window_opens, Announcement.id).limit(SHOWN)))
    named = {company.id: company for company in companies.of_ids([row.company_id for row in rows])}
    asked = select(Override).where(Override.open_of.in_([row.id for row in rows]))
    by_row = {each.announcement_id: each for each in db.session.scalars(asked)}
    return [Line(row, named[row.company_id], by_row.get(row.id), under_review.is_apart(row, actor)) for row in rows]


def open_of(announcement_id: int) -> Override | None:
    """What was asked for one announcement and not answered yet."""
    return db.session.scalars(select(Override).where(Override.open_of == announcement_id)).one_or_none()


def waits(row: Announcement, now: datetime) -> bool:
    """Whether it waits for a window and nothing but the window holds it back."""
    return row.state == rules.QUEUED and not is_held_back(row, now)


def closed_of(row: Announcement) -> Closed | None:
    """The last request for one announcement, if it was closed before anybody answered."""
    last = select(Override).where(Override.announcement_id == row.id).order_by(Override.id.desc()).limit(1)
    found = db.session.scalars(last).one_or_none()
    return _closed([found])[0] if found and found.verdict == rules.MOOT else None


def own_closed(actor: Actor, now: datetime) -> list[Closed]:
    """What a person asked for lately and nobody has to answer any more, the last closed first."""
    moot = select(Override).where(Override.asked_by == actor.user_id, Override.verdict == rules.MOOT)
    since = moot.where(Override.answered_at > now - CLOSED_SHOWN)
    return _closed(db.session.scalars(since.order_by(Override.answered_at.desc(), Override.id.desc())).all())


def _closed(requests: Sequence[Override]) -> list[Closed]:
    rows = {each: queries.by_id(each) for each in {request.announcement_id for request in requests}}
    named = {company.id: company for company in companies.of_ids({row.company_id for row in rows.values()})}
    numbers = queries.numbers(rows)
    return [
        Closed(one, named[rows[one.announcement_id].company_id], numbers.get(one.announcement_id)) for one in requests
    ]


def is_held_back(row: Announcement, now: datetime) -> bool:
    """Whether its company holds it back until a time of its own."""
    return row.not_before is not None and row.not_before > now
