"""Tells enterprises what falls due and what is late, and keeps the public marks of lateness in the log.

Which reminder holds, and which mark stands, is read from the calendar and the day.
"""

from collections.abc import Callable
from datetime import datetime

from listing.access.actor import SYSTEM
from listing.store.db import db

from .. import ladder, letters, queries
from . import lateness, marking

BATCH = 100


def remind(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Queue the reminder that holds now for each obligation; return how many obligations that are.

    The outbox keeps one message for each obligation, day, rule and person, so that running twice tells nobody twice.
    """
    told = 0
    for calendar in queries.in_tiers(now, batch=BATCH):
        if stopping():
            break
        lateness.ease(company=calendar.company, actor=SYSTEM, now=now)  # an announcement may have met what was late
        if calendar.unmarked or calendar.lifted:
            marking.keep(company=calendar.company, now=now)
        for line in calendar.in_state(*queries.OPEN):
            days = ladder.reminder(line, calendar.today)
            if days is not None:
                letters.due(calendar, line, days, now)
                told += 1
        db.session.commit()
    for company in queries.marked_without_tier():
        marking.keep(company=company, now=now)
        db.session.commit()
    return told
