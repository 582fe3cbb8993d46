"""Tells institutions that their admission nears its end; what is due is read from the database."""

from collections.abc import Callable
from datetime import datetime

from listing.admission import letters, queries, rules
from listing.store.db import db


def remind(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Queue the reminder that holds now for each admission; return how many admissions are near their end.

    The outbox keeps one message for each admission, person and day, so that running twice tells nobody twice. Whoever
    starts late sends the one that holds now and none of those before it.
    """
    told = 0
    for admission in queries.ending(now):
        if stopping():
            break
        days = rules.reminder(since=admission.since, until=admission.until, now=now)
        if days is not None:
            letters.ending(admission, days, now)
            told += 1
            db.session.commit()
    return told
