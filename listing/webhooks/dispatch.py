"""One pass: make deliveries of what the journal says, claim those due, send them, note what became of each.

The discipline of the mail's outbox: a row is claimed with a lease before it is sent, each result is committed by
itself before the next row of that address leaves, nothing is sent inside a transaction. Addresses are called side by
side, each with one delivery at a time; one that fails keeps its other rows for the next pass. Owns its transactions.
"""

import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from cryptography.fernet import InvalidToken
from flask import current_app
from sqlalchemy import Row, func, select, update

from listing.notifications.dispatch import never
from listing.store.db import db, reading

from . import derive, operations, queries, road, rules
from .models import Delivery, Webhook
from .seal import opened

BATCH = 40
SIDE_BY_SIDE = 8
LAST_START = 15.0  # seconds after which a pass begins no further delivery; with road.SECONDS it stays under 30

_FIELDS = (Delivery.id, Delivery.webhook_id, Delivery.key, Delivery.body, Delivery.attempts)
log = structlog.get_logger()


@dataclass(slots=True)
class Told:
    """What one pass did."""

    entries: int = 0
    delivered: int = 0
    later: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try: the status of the answer, or why there was none that counts."""

    status: int | None = None
    reason: str | None = None


def run(*, now: datetime, stopping: Callable[[], bool] = never) -> Told:
    """Deliver what is due at ``now`` for at most 30 seconds, and return what became of it."""
    done = Told()
    with reading():
        behind, waiting = derive.behind(), queries.is_any_free(now)
        db.session.rollback()
    while behind and not stopping() and (read := derive.read_on(now=now)):
        done.entries += read
    if waiting or done.entries:
        _Worker(now, stopping, done).work()
    return done


def claim(*, worker: str, now: datetime, lease: timedelta, limit: int = BATCH) -> list[Row]:
    """Take up to ``limit`` free rows, the longest due first, for ``lease``; commits."""
    chosen = select(Delivery.id).where(queries.is_free(now)).order_by(Delivery.due_at, Delivery.id).limit(limit)
    ids = db.session.scalars(chosen.with_for_update(skip_locked=True)).all()
    values = {"state": rules.CLAIMED, "claimed_by": worker, "tried_at": now, "lease_until": now + lease}
    taking = update(Delivery).where(Delivery.id.in_(ids)).values(values).returning(*_FIELDS)
    taken = db.session.execute(taking.execution_options(synchronize_session=False)).all()
    db.session.commit()
    return sorted(taken, key=lambda row: row.id)


class _Worker:
    """One pass of one process: its name on the rows, its clock."""

    def __init__(self, now: datetime, stopping: Callable[[], bool], done: Told):
        self.name = secrets.token_hex(8)
        self._now, self._stopping, self._done = now, stopping, done
        self._lease = timedelta(seconds=current_app.config["REMINDER_LEASE"])
        self._began = time.monotonic()
        self._last_start = min(LAST_START, 0.4 * self._lease.total_seconds())
        self._allowed = operations.allowed()
        self._failing: set[int] = set()

    def work(self) -> None:
        """Claim and send until nothing is due or the time is over."""
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            while not self._over():
                batch = claim(worker=self.name, now=self._at(), lease=self._lease)
                if not batch:
                    break
                self._send_all(pool, batch)
        self._give_back()

    def _send_all(self, pool: ThreadPoolExecutor, batch: list[Row]) -> None:
        queues: dict[int, deque[Row]] = defaultdict(deque)
        for row in batch:
            queues[row.webhook_id].append(row)
        hooks = self._hooks(list(queues))
        running: dict[Future, Row] = {}
        for webhook_id in queues:
            self._next(pool, running, hooks, queues[webhook_id])
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                row, outcome = running.pop(future), future.result()
                if self._settle(row, outcome):
                    self._next(pool, running, hooks, queues[row.webhook_id])

    def _hooks(self, ids: list[int]) -> dict[int, Row]:
        with reading():
            found = select(Webhook.id, Webhook.address, Webhook.secret).where(Webhook.id.in_(ids))
            rows = {row.id: row for row in db.session.execute(found)}
            db.session.rollback()
        return rows

    def _next(self, pool: ThreadPoolExecutor, running: dict, hooks: dict[int, Row], queue: deque[Row]) -> None:
        """Let the next row of an address leave, unless the time is over; what stays is given back at the end."""
        if not queue or self._over() or queue[0].webhook_id not in hooks:
            return
        row = queue.popleft()
        hook = hooks[row.webhook_id]
        try:
            secret = opened(hook.secret, current_app.secret_key)
        except (InvalidToken, ValueError) as error:
            log.error("delivery cannot be signed", key=row.key, error=type(error).__name__)
            running[pool.submit(Outcome, None, rules.DEFECT)] = row
            return
        running[pool.submit(_send, hook.address, secret, row.key, row.body, self._at(), self._allowed)] = row

    def _settle(self, row: Row, outcome: Outcome) -> bool:
        """Note what became of a row and commit; return whether its address may be called on in this pass."""
        if outcome.status is not None and rules.is_delivered(outcome.status):
            self._delivered(row, outcome.status)
            return True
        self._failed(row, outcome)
        if outcome.reason == rules.DEFECT:
            return True
        self._failing.add(row.webhook_id)
        return False

    def _delivered(self, row: Row, status: int) -> None:
        self._done.delivered += 1
        values = {"state": rules.DELIVERED, "delivered_at": self._at(), "status": status, "reason": None}
        # Whoever holds the claim by now: what arrived must not be sent again.
        arrived = update(Delivery).where(Delivery.id == row.id, Delivery.state != rules.DELIVERED)
        db.session.execute(arrived.values(**values, attempts=row.attempts + 1, lease_until=None, claimed_by=None))
        well = update(Webhook).where(Webhook.id == row.webhook_id, Webhook.failing_since.is_not(None))
        db.session.execute(well.values(failing_since=None))
        db.session.commit()

    def _failed(self, row: Row, outcome: Outcome) -> None:
        tries, now = row.attempts + 1, self._at()
        over = outcome.status == 410 or rules.is_exhausted(tries, outcome.reason)
        self._done.failed += over
        self._done.later += not over
        values = {"attempts": tries, "status": outcome.status, "reason": outcome.reason, "lease_until": None}
        state = {"state": rules.FAILED} if over else {"state": rules.PENDING, "due_at": now + rules.pause(tries)}
        mine = update(Delivery).where(Delivery.id == row.id, Delivery.claimed_by == self.name)
        db.session.execute(mine.values(**values, **state, claimed_by=None))
        self._judge(row.webhook_id, outcome, now)
        db.session.commit()

    def _judge(self, webhook_id: int, outcome: Outcome, now: datetime) -> None:
        """Note that an address fails, and stop it when it says it is gone or has failed for days."""
        failing = update(Webhook).where(Webhook.id == webhook_id)
        since = func.coalesce(Webhook.failing_since, now, type_=Webhook.failing_since.type)
        db.session.execute(failing.values(failing_since=since).execution_options(synchronize_session=False))
        hook = db.session.get(Webhook, webhook_id, populate_existing=True)
        if hook is not None and (outcome.status == 410 or rules.is_given_up(hook.failing_since, now)):
            reason = rules.GONE if outcome.status == 410 else rules.FAILING
            operations.give_up(webhook=hook, reason=reason, now=now)

    def _give_back(self) -> None:
        """Free what was claimed and not tried; no try is counted. What follows a failure waits as long as that."""
        mine = update(Delivery).where(Delivery.claimed_by == self.name, Delivery.state == rules.CLAIMED)
        values = {"state": rules.PENDING, "claimed_by": None, "lease_until": None}
        behind = mine.where(Delivery.webhook_id.in_(self._failing))
        db.session.execute(behind.values(**values, due_at=self._at() + rules.pause(1)))
        db.session.execute(mine.values(values))
        db.session.commit()

    def _at(self) -> datetime:
        return self._now + timedelta(seconds=int(time.monotonic() - self._began))

    def _over(self) -> bool:
        return time.monotonic() - self._began >= self._last_start or self._stopping()


def _send(address: str, secret: bytes, key: str, body: str, at: datetime, allowed: frozenset[str]) -> Outcome:
    """One try, in a thread of its own."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Baybridge-Webhooks/1",
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": rules.signature(secret, key, at, body),
    }
    try:
        status = road.post(address, headers, body.encode(), allowed=allowed)
    except road.Unreached as unreached:
        return Outcome(reason=unreached.reason)
    except Exception as defect:  # whatever is wrong with one must not hold up the others
        log.error("delivery cannot be made", key=key, error=type(defect).__name__)
        return Outcome(reason=rules.DEFECT)
    if rules.is_delivered(status):
        return Outcome(status)
    return Outcome(status, rules.REDIRECT if 300 <= status <= 399 else rules.STATUS)
