"""Deletes what is over and kept for nobody: ended sessions and links, answers to repeated forms, nameless content."""

from collections.abc import Callable
from datetime import datetime

from listing.accounts.operations import sessions
from listing.admission import retention
from listing.admission.operations import applying
from listing.admission.profile import operations as investor_profiles
from listing.companies.operations import counting
from listing.files import operations as files
from listing.store import keeping, repeats
from listing.store.db import db
from listing.webhooks import operations as webhooks

WORK = (
    sessions.sweep,
    repeats.purge,
    files.sweep,
    keeping.sweep,
    webhooks.sweep,
    applying.sweep,
    retention.run,
    counting.sweep,
    investor_profiles.sweep,
)


def tidy(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Run each deletion in a transaction of its own; return how many rows and files went."""
    gone = 0
    for work in WORK:
        if stopping():
            break
        gone += work(now=now)
        db.session.commit()
    return gone
