"""What waits for a window and could be released before it in an emergency, and who asked for that."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from listing.access.actor import Actor
from listing.companies import rows as companies
from listing.store.db import db

from . import rules, under_review
from .models import Announcement, Override

SHOWN = 100


class Line(NamedTuple):
    """One line of the list; ``asked`` is who asked for its release now, ``apart`` whether the reader has no part."""

    row: Announcement
    company: object
    asked: Override | None
    apart: bool


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


def is_held_back(row: Announcement, now: datetime) -> bool:
    """Whether its company holds it back until a time of its own."""
    return row.not_before is not None and row.not_before > now
