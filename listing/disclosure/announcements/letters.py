"""Whom an announcement tells what: those who sign, that it waits for them; those who wrote it, what became of it.

Only queues, in the transaction of what happened; templates/mail/<message>/ holds the words. Nothing typed stands in a
letter: it leads to the page.
"""

from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.notifications import operations as outbox

from .models import Announcement

SIGN = frozenset({people.OWNER, people.APPROVER})
SENT, RETURNED, RELEASED = "sent", "returned", "released"


def to_sign(row: Announcement, now: datetime) -> None:
    """Tell those who may sign it, and have written none of it, that it waits."""
    members = accounts.members(accounts.organisation(row.organisation_id))
    signers = [m.user for m in members if m.role in SIGN and m.user_id not in row.writers]
    _tell("announcement_to_sign", SENT, signers, row, now)


def returned(row: Announcement, now: datetime) -> None:
    """Tell its writers that it came back."""
    _tell("announcement_returned", RETURNED, _writers(row), row, now)


def released(row: Announcement, now: datetime) -> None:
    """Tell its writers that everybody reads it."""
    _tell("announcement_released", RELEASED, _writers(row), row, now)


def _writers(row: Announcement) -> list:
    return list(accounts.people(row.writers).values())


def _tell(message: str, event: str, users: list, row: Announcement, now: datetime) -> None:
    for user in users:
        if user.active:
            to = letters.address(user)
            told = {"path": f"/{to.language}/studio/announcements/{row.id}", "at": now.isoformat()}
            key = f"announcement:{row.id}:{row.version}:{event}:{now.isoformat()}:{user.id}"
            outbox.queue(key=key, message=message, to=to, data=told, now=now)
