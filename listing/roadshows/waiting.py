"""Who waits for a place on a day, and who registered together. Changes nothing; queue.py says who gets one next."""

from collections.abc import Sequence

from sqlalchemy import select

from listing.store.db import db

from . import rules
from .models import Registration


def of_day(day_id: int) -> Sequence[Registration]:
    """Everybody on the waiting lists of a day, in their order."""
    found = select(Registration).where(Registration.day_id == day_id, Registration.state == rules.WAITLISTED)
    return db.session.scalars(found.order_by(Registration.turn, Registration.id)).all()


def together(row: Registration, *states: str) -> list[Registration]:
    """Those who registered together with somebody, themselves included, in their order; of these states only."""
    if row.party is None:
        return [row]
    found = select(Registration).where(Registration.day_id == row.day_id, Registration.party == row.party)
    rows = found.where(Registration.state.in_(states)).order_by(Registration.turn)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))
