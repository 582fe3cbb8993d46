"""Running a tick, and noting that it ran."""

from datetime import datetime

import structlog
from sqlalchemy import Insert
from sqlalchemy.exc import SQLAlchemyError

from listing.store.db import db
from listing.store.inserting import insert

from .models import Heartbeat
from .ticks import Stopping, Tick

REASON_LENGTH = 500

log = structlog.get_logger()


def run(tick: Tick, *, now: datetime, stopping: Stopping, beat: bool = True) -> object | None:
    """Run a tick and note it; commits. A tick that fails is noted, logged and tried again next time: None.

    ``beat`` may be false where nothing but the time would be written, so that an idle scheduler writes seldom.
    """
    try:
        result = tick.work(now=now, stopping=stopping)
        db.session.commit()
    except Exception as error:  # one tick's fault must not end the others
        db.session.rollback()
        log.exception("tick failed", tick=tick.name)
        _note(tick, failed_at=now, error=f"{type(error).__name__}: {error}"[:REASON_LENGTH])
        return None
    if beat:
        _note(tick, at=now)
    return result


def _note(tick: Tick, **values: object) -> None:
    try:
        db.session.execute(_upsert(tick, values))
        db.session.commit()
    except SQLAlchemyError:  # the database is away; that the sign of life is missing says so
        db.session.rollback()
        log.warning("sign of life not written", tick=tick.name)


def _upsert(tick: Tick, values: dict) -> Insert:
    add = insert(Heartbeat).values(tick=tick.name, **values)
    return add.on_conflict_do_update(index_elements=["tick"], set_=values)
