"""Closing the request to release an announcement outside the windows where nothing is left to answer.

Whoever calls holds the announcement and writes the log after it, whose entry says what happened.
"""

from datetime import datetime

from sqlalchemy import select

from listing.disclosure.announcements import letters, rules
from listing.disclosure.announcements.models import Announcement, Override
from listing.store.db import db


def moot(announcement: Announcement, why: str, now: datetime) -> None:
    """Close what was asked for it and not answered yet, if anything was, and tell who asked.

    ``why`` is one of rules.CLOSED_FOR.
    """
    waiting = select(Override).where(Override.open_of == announcement.id)
    asked = db.session.scalar(waiting.with_for_update().execution_options(populate_existing=True))
    if asked is not None:
        asked.verdict, asked.closed_for, asked.open_of, asked.answered_at = rules.MOOT, why, None, now
        db.session.flush()
        letters.request_closed(announcement, asked, now)
