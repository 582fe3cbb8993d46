"""Who waits for a place on a day and in which order, and who registered together.

Changes nothing; queue.py says who gets a place next. The order stands here alone: places, offers and the number that
somebody is told follow it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_

from listing.journal import queries as journal
from listing.store.db import db

from . import rules
from .models import Registration, Roadshow

ORDER = (Registration.rank, Registration.turn, Registration.id)


def of_day(day_id: int, *, before: Registration | None = None) -> Sequence[Registration]:
    """Everybody on the waiting lists of a day, in their order; only those who stand ``before`` somebody."""
    found = select(Registration).where(Registration.day_id == day_id, Registration.state == rules.WAITLISTED)
    ahead = [_ahead(before)] if before else []
    return db.session.scalars(found.where(*ahead).order_by(*ORDER)).all()


def position(row: Registration) -> int:
    """The place of somebody on the waiting list of their way, from 1."""
    same = Registration.day_id == row.day_id, Registration.mode == row.mode, Registration.state == rules.WAITLISTED
    return db.session.scalar(select(func.count()).where(*same, _ahead(row))) + 1


def _ahead(row: Registration):
    """Who stands before somebody; no two on a day have one turn."""
    return tuple_(*ORDER[:2]) < tuple_(row.rank, row.turn)


def count(day_id: int) -> int:
    """How many wait for a place on a day."""
    found = select(func.count()).where(Registration.day_id == day_id, Registration.state == rules.WAITLISTED)
    return db.session.scalar(found)


def letters(show: Roadshow, *, since: datetime) -> Sequence[journal.Entry]:
    """The letters to the waiting lists of a roadshow since an instant, the last first, as the log has them."""
    found = journal.about("roadshow", show.id, codes=["roadshow.queue_told"])
    return db.session.scalars(found.where(journal.Entry.at >= since)).all()


def is_waited_for(show: Roadshow) -> bool:
    """Whether somebody waits for a place on one of its days, or for the organizer's answer."""
    found = select(Registration.id).where(Registration.day_id.in_([day.id for day in show.days]))
    waits = found.where(Registration.state.in_((rules.APPLIED, rules.WAITLISTED)))
    return db.session.scalar(waits.limit(1)) is not None


def together(row: Registration, *states: str) -> list[Registration]:
    """Those who registered together with somebody, themselves included, in their order; of these states only."""
    if row.party is None:
        return [row]
    found = select(Registration).where(Registration.day_id == row.day_id, Registration.party == row.party)
    rows = found.where(Registration.state.in_(states)).order_by(*ORDER)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))
