"""Whether the scheduler is alive, and what its ticks did last."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from listing.store.db import db

from .models import Heartbeat


def heartbeat_age(now: datetime) -> timedelta | None:
    """How long ago any tick last ended well; None when none ever did. Zero when the clock was set back since."""
    last = db.session.scalar(select(func.max(Heartbeat.at)))
    return None if last is None else max(now - last, timedelta())


def heartbeats() -> Sequence[Heartbeat]:
    """Every tick that ever ran, by name."""
    return db.session.scalars(select(Heartbeat).order_by(Heartbeat.tick)).all()
