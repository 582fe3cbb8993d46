"""Entries and keys for the tests of the log; everything fixed."""

from datetime import UTC, datetime, timedelta

from listing.access.actor import Actor
from listing.journal import operations
from listing.store.db import db

NOW = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
ORIGIN = "market.example/log"
SECRET = "a secret that only this test knows, 32+"
LIN = Actor(user_id=7, label="林慧敏")


def an_entry(number: int = 0):
    """Append one entry that differs from its neighbours, without committing."""
    return operations.append(
        code="company.published",
        data={"revision": number, "名稱": "湾桥"},
        actor=LIN,
        subject=("company", 100 + number % 3, 40),
        now=NOW + timedelta(minutes=number),
    )


def a_log(size: int) -> None:
    """Commit ``size`` entries."""
    for number in range(size):
        an_entry(number)
    db.session.commit()
