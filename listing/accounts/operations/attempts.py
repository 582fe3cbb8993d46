"""Counting failed attempts and slowing the next ones; works alike on every database and with any number of workers.

A bucket is a kind (rules.FREE) and a name; only the hash of both is stored. Nothing is ever locked: the pause grows to
minutes and fades by itself, and a browser that has signed the person in before has a bucket of its own, so a stranger's
failures do not keep anybody out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, select

from listing.accounts import devices, rules
from listing.accounts.models import Attempts
from listing.store.db import db
from listing.store.inserting import insert

_ROW = Attempts.__table__.c
# Built once: it stands before every sign-in, and building it costs more than running it.
_STANDING = select(_ROW.kind, _ROW.failures, _ROW.last_at).where(_ROW.key.in_(bindparam("keys", expanding=True)))


class Bucket(NamedTuple):
    """What is counted together."""

    kind: str
    name: str

    @property
    def key(self) -> str:
        return devices.digest(f"{self.kind}:{self.name}")


class Pause(NamedTuple):
    """How long the next attempt has to wait, and the kinds of bucket in which failures are counted."""

    wait: timedelta
    counted: frozenset[str]


def pause(buckets: Iterable[Bucket], now: datetime) -> Pause:
    """What earlier failures mean for the next attempt; one indexed statement, no password hash."""
    rows = db.session.execute(_STANDING, {"keys": [bucket.key for bucket in buckets]}).all()
    waits = [last + rules.delay(kind, rules.faded(failures, last, now)) - now for kind, failures, last in rows]
    return Pause(max((*waits, timedelta(0))), frozenset(kind for kind, _failures, _last in rows))


def failed(buckets: Iterable[Bucket], now: datetime) -> None:
    """Count one more failure in each bucket."""
    for bucket in sorted(buckets):  # in one order, so that two requests never wait for each other
        row = db.session.execute(
            select(Attempts.failures, Attempts.last_at).where(Attempts.key == bucket.key).with_for_update()
        ).one_or_none()
        failures = 1 + (rules.faded(row.failures, row.last_at, now) if row else 0)
        first = insert(Attempts).values(key=bucket.key, kind=bucket.kind, failures=failures, last_at=now)
        again = {"failures": failures if row else Attempts.failures + 1, "last_at": now}
        db.session.execute(first.on_conflict_do_update(index_elements=["key"], set_=again))


def call(bucket: Bucket, now: datetime) -> timedelta:
    """Count a call of a program; how long it has to wait where rules.CALLS were made within the time of one count.

    One statement, so that no two workers count the same call; the count begins anew when its time is over.
    """
    first = insert(Attempts).values(key=bucket.key, kind=bucket.kind, failures=1, last_at=now)
    running = Attempts.last_at > now - rules.CALLS_WITHIN
    again = {
        "failures": case((running, Attempts.failures + 1), else_=1),
        "last_at": case((running, Attempts.last_at), else_=now),
    }
    counted = first.on_conflict_do_update(index_elements=["key"], set_=again).returning(
        Attempts.failures, Attempts.last_at
    )
    made, since = db.session.execute(counted).one()
    return since + rules.CALLS_WITHIN - now if made > rules.CALLS else timedelta(0)


def forgive(buckets: Iterable[Bucket]) -> None:
    """Forget the failures of these buckets: the right answer was given."""
    db.session.execute(delete(Attempts).where(Attempts.key.in_([bucket.key for bucket in buckets])))
