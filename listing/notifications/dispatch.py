"""One pass over the outbox: claim what is due, send it, note what became of it.

Safe in any number of workers: a row is claimed with a lease before it is sent, and a worker that dies leaves rows that
become free when the lease ends. Each result is committed by itself, before the next message leaves our hands, so that
a killed worker repeats at most one message. Nothing is sent inside a transaction. Owns its transactions: call it with
nothing pending in the session.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from flask import current_app
from sqlalchemy import Engine, Row, Update, bindparam, select, update
from sqlalchemy.exc import DBAPIError

from listing.store.db import db, reading

from . import queries, render, rules, transports
from .models import Notice
from .transports import Broken, Closed, Refused, Transport

BATCH = 50
LAST_START = 20.0  # seconds after which a pass begins no further message
LAST_WORD = 27.0  # seconds after which a pass cuts a conversation that hangs; with farewells it stays under 30
MOST_BREAKS = 3  # broken conversations in a row that show it is the server, not the message

_TABLE = Notice.__table__
# What a pass keeps of a row while no transaction is open.
_FIELDS = (
    Notice.id,
    Notice.key,
    Notice.message,
    Notice.name,
    Notice.email,
    Notice.language,
    Notice.zone,
    Notice.data,
    Notice.sensitive,
    Notice.due_at,
    Notice.until,
    Notice.attempts,
    Notice.message_id,
)
# A database that restarts is back within this; giving up earlier would send the message again.
_PATIENCE = (0.1, 0.3, 1.0, 2.0, 4.0)

log = structlog.get_logger()


@dataclass(slots=True)
class Pass:
    """What one pass did; ``closed`` says why it could not send at all, or not to the end."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    lapsed: int = 0
    closed: str | None = None


def never() -> bool:
    """The answer of somebody who never asks to stop."""
    return False


def run(*, now: datetime, stopping: Callable[[], bool] = never, transport: Transport | None = None) -> Pass:
    """Send what is due at ``now`` for at most 30 seconds, and return what became of it.

    ``stopping`` is asked before each message and while one is under way. What is claimed and not sent is given back.
    """
    done = Pass()
    with reading():
        waiting = queries.is_any_free(now)
        db.session.rollback()
    if not waiting:
        return done
    road = transport or transports.from_config(current_app.config, current_app.extensions["clock"].now)
    worker = _Worker(road, now, stopping, done)
    try:
        worker.work()
    except Closed as closed:
        done.closed = rules.reason(str(closed))
        log.warning("mail road closed", reason=done.closed)
    finally:
        road.close()
        worker.end()
    return done


def claim(*, worker: str, now: datetime, lease: timedelta, limit: int = BATCH) -> Sequence[Row]:
    """Take up to ``limit`` free rows, the longest due first, for ``lease``; commits.

    PostgreSQL passes over rows another worker is taking; on SQLite the transaction is alone from its first line.
    """
    chosen = select(Notice.id).where(queries.is_free(now)).order_by(Notice.due_at, Notice.id).limit(limit)
    ids = db.session.scalars(chosen.with_for_update(skip_locked=True)).all()
    taken = db.session.execute(
        update(Notice)
        .where(Notice.id.in_(ids))
        .values(state=rules.CLAIMED, claimed_by=worker, tried_at=now, lease_until=now + lease)
        .returning(*_FIELDS)
        .execution_options(synchronize_session=False)
    ).all()
    db.session.commit()
    return sorted(taken, key=lambda row: (row.due_at, row.id))


class _Worker:
    """One pass of one process: its name on the rows, its clock, its patience."""

    def __init__(self, road: Transport, now: datetime, stopping: Callable[[], bool], done: Pass):
        self.name = secrets.token_hex(8)
        self._road, self._now, self._stopping, self._done = road, now, stopping, done
        self._lease = timedelta(seconds=current_app.config["REMINDER_LEASE"])
        # Nothing may be under way when the lease ends and another worker takes over.
        self._last_start = min(LAST_START, 0.4 * self._lease.total_seconds())
        self._last_word = min(LAST_WORD, 0.6 * self._lease.total_seconds())
        self._began = time.monotonic()
        self._breaks = 0
        self._results = Results(db.engine)

    def work(self) -> None:
        """Claim and send until nothing is due or the time is over. Raises Closed."""
        self._open()
        while not self._over():
            batch = claim(worker=self.name, now=self._at(), lease=self._lease)
            if not batch:
                return
            for row in batch:
                if self._over():
                    return
                self._try(row)

    def end(self) -> None:
        """Give back what was claimed and not tried; no try is counted."""
        try:
            self._results.keep(_claimed(self.name).values(state=rules.PENDING, claimed_by=None, lease_until=None))
        finally:
            self._results.close()

    def _try(self, row: Row) -> None:
        if row.until is not None and row.until <= self._at():
            self._done.lapsed += 1
            self._results.keep(self._settled(row, rules.LAPSED, "out of date before it could be sent"))
            return
        try:
            mail = render.envelope(row, self._at())
        except Exception as defect:  # whatever is wrong with one message must not hold up the others
            # Without a traceback, whose local variables may hold a link that is a secret.
            why = f"{type(defect).__name__}: {defect}"
            log.error("message cannot be made", key=row.key, error=why)
            self._put_off(row, why, defect=True, final=isinstance(defect, rules.Unsafe))
            return
        self._send(row, mail)

    def _send(self, row: Row, mail: render.Envelope) -> None:
        try:
            self._road.send(mail)
        except Refused as refused:
            self._breaks = 0
            self._put_off(row, str(refused), final=refused.final)
        except Broken as broken:
            self._put_off(row, str(broken))
            self._mend()
        else:
            self._breaks = 0
            self._done.sent += 1
            self._results.keep(*_sent(row, self._at()))

    def _put_off(self, row: Row, why: str, *, final: bool = False, defect: bool = False) -> None:
        tries = row.attempts + 1
        if final or rules.is_exhausted(tries, defect=defect):
            self._done.failed += 1
            log.warning("message failed", key=row.key, reason=why)
            self._results.keep(self._settled(row, rules.FAILED, why))
            return
        self._done.later += 1
        self._results.keep(
            _claimed(self.name, row.id).values(
                state=rules.PENDING,
                attempts=tries,
                retry_at=self._at() + rules.pause(tries),
                lease_until=None,
                claimed_by=None,
                last_error=rules.reason(why),
            )
        )

    def _settled(self, row: Row, state: str, why: str) -> Update:
        values = {"state": state, "attempts": row.attempts + 1, "last_error": rules.reason(why), "lease_until": None}
        return _claimed(self.name, row.id).values(**values, **_erasure(row))

    def _mend(self) -> None:
        """Begin a new conversation after a broken one. Raises Closed when it is the server that fails."""
        self._breaks += 1
        if self._breaks >= MOST_BREAKS:
            raise Closed(f"{self._breaks} conversations broke one after another")
        if not self._over():
            self._open()

    def _open(self) -> None:
        self._road.open(seconds=self._last_word - self._elapsed(), stopping=self._stopping)

    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _at(self) -> datetime:
        return self._now + timedelta(seconds=int(self._elapsed()))

    def _over(self) -> bool:
        return self._elapsed() >= self._last_start or self._stopping()


def _claimed(worker: str, notice_id: int | None = None) -> Update:
    mine = update(Notice).where(Notice.claimed_by == worker, Notice.state == rules.CLAIMED)
    return mine if notice_id is None else mine.where(Notice.id == notice_id)


# Built once: one is executed for every message, and building it costs more than that.
# Whoever holds the claim by now: a message that went out must not go out again.
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("mine"), _TABLE.c.state != rules.SENT)
    .values(
        state=rules.SENT, sent_at=bindparam("at"), attempts=_TABLE.c.attempts + 1, lease_until=None, last_error=None
    )
)
_SENT_AND_ERASED = _SENT.values(data=None)


def _sent(row: Row, at: datetime) -> tuple[Update, dict]:
    return _SENT_AND_ERASED if row.sensitive else _SENT, {"mine": row.id, "at": at}


def _erasure(row: Row) -> dict:
    return {"data": None} if row.sensitive else {}


class Results:
    """Commits one result at a time over a connection of its own, which is kept for the pass.

    On a server each statement is a transaction by itself: beginning and ending one would be two more journeys to it
    for every message, which take longer than the statement. SQLite is no journey away.
    """

    def __init__(self, engine: Engine):
        self._connection = engine.connect()
        if engine.dialect.name != "sqlite":
            self._connection.execution_options(isolation_level="AUTOCOMMIT")

    def keep(self, statement: Update, values: dict | None = None) -> None:
        """Commit one result, outlasting a database that restarts meanwhile. Raises DBAPIError when it stays away."""
        for wait in (*_PATIENCE, None):
            try:
                with self._connection.begin():
                    self._connection.execute(statement, values)
            except DBAPIError:
                if wait is None:
                    raise
                time.sleep(wait)
            else:
                return

    def close(self) -> None:
        self._connection.close()
