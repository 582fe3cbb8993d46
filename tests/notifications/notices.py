"""Messages for the tests of the outbox, and what became of them."""

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import select

from listing.notifications import operations
from listing.notifications.models import Notice
from listing.notifications.rules import Address
from listing.store.db import db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
STARTS = "2026-12-08T06:10:00+00:00"


def an_address(number: int = 1, **changes) -> Address:
    given = {"name": f"陈{number}", "email": f"p{number}@fund.example", "user_id": number}
    return Address(**{**given, "language": "en", "zone": "Asia/Hong_Kong", **changes})


def queued(number: int = 1, *, to: Address | None = None, **changes) -> Notice:
    """One message in the outbox, committed."""
    given = {"key": f"roadshow:7:{number}:day-before", "message": "greeting", "now": NOW}
    data = {"path": "/en/roadshows/7", "title": "Quantum sensing day", "starts_at": STARTS}
    given |= {"to": to or an_address(number), "data": data, **changes}
    operations.queue(**given)
    notice = db.session.scalars(select(Notice).where(Notice.key == given["key"])).one()
    db.session.commit()
    return notice


def many(count: int) -> set[str]:
    """``count`` messages in one commit; their keys."""
    data = {"path": "/en/roadshows/7", "title": "Quantum sensing day", "starts_at": STARTS}
    for n in range(count):
        operations.queue(key=f"batch:{n}:due", message="greeting", to=an_address(n), data=data, now=NOW)
    db.session.commit()
    return {f"batch:{n}:due" for n in range(count)}


def row(key: str) -> Notice:
    """The row as it stands, in no transaction."""
    found = db.session.scalars(
        db.select(Notice).where(Notice.key == key).execution_options(populate_existing=True)
    ).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


def states() -> Counter:
    counted = Counter(dict(db.session.execute(db.select(Notice.state, db.func.count()).group_by(Notice.state)).all()))
    db.session.rollback()
    return counted
