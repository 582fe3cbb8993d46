"""The outbox beside the bare SMTP conversation, and how late the last of ten thousand mails is that are due at once.

The floor sends prebuilt bytes over one connection to the same server, which stands in a process of its own. What is
ours on top: claiming rows, making each mail in its recipient's language, a durable commit for each. Wall clock.
"""

import contextlib
import gc
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from faults.place import Place, installed, wait_for
from listing.notifications import dispatch, operations
from listing.notifications.models import Notice
from listing.notifications.rules import Address
from listing.store.db import db

from .databases import on_both
from .measure import ROOT
from .report import Figure

MAILS = 300  # in one round
ROUNDS = 5
DUE_AT_ONCE = 10_000
AHEAD = 60  # seconds until they are due, in which they are queued and the scheduler begins
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def mails() -> list[Figure]:
    """The figures on SQLite, and on PostgreSQL where its programs are."""
    return on_both(_on, connections=50)


def _on(name: str, postgres) -> list[Figure]:
    with _sink() as port:
        settings = {"MAIL_BACKEND": "smtp", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "REMINDER_LEASE": 120}
        with installed(postgres, **settings) as place:
            ours, least = _beside_the_floor(place, port)
        with installed(postgres, **settings) as place:
            late = _lateness(place)
    ratio = statistics.median(mine / bare for mine, bare in zip(ours, least, strict=True))
    rate = MAILS / statistics.median(ours)
    told = f"{1 / ratio:.2f} of its rate, {rate:.0f} a second"
    return [
        Figure(f"{name}: a mail / SMTP floor", ratio, most=1 / 0.35, note=told),
        Figure(f"{name}: lateness p99 of {DUE_AT_ONCE:,} due at once", late, "s", most=60),
    ]


@contextlib.contextmanager
def _sink() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-m", "bench.sink"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def _beside_the_floor(place: Place, port: int) -> tuple[list[float], list[float]]:
    ours, least = [], []
    gc.freeze()  # as the scheduler process does
    with place.app.app_context():
        clock = place.app.extensions["clock"]
        for number in range(ROUNDS):
            _queue(MAILS, f"round-{number}", clock.now())
            begun = time.perf_counter()
            sent = dispatch.run(now=clock.now()).sent
            ours.append(time.perf_counter() - begun)
            if sent != MAILS:
                raise RuntimeError(f"{sent} of {MAILS} mails sent")
            least.append(_floor(port))
    return ours, least


def _floor(port: int) -> float:
    content = (b"From: a@market.example\r\nTo: b@fund.example\r\nSubject: x\r\n\r\n" + b"x" * 70 + b"\r\n") * 20
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="market.example") as road:
        road.ehlo()
        for number in range(MAILS):
            road.mail("a@market.example")
            road.rcpt(f"b{number}@fund.example")
            road.data(content)
    return time.perf_counter() - begun


def _queue(count: int, name: str, now: datetime, **changes) -> None:
    for number in range(count):
        to = Address(
            name="陳大文",
            email=f"{name}-{number}@fund.example",
            user_id=None,
            language=LANGUAGES[number % len(LANGUAGES)],
            zone="Asia/Hong_Kong",
        )
        said = {"message": "no_account", "data": {"path": "/en/register"}}
        operations.queue(key=f"{name}:{number}:due", to=to, now=now, **said, **changes)
    db.session.commit()


def _lateness(place: Place) -> float:
    """Seconds after which all but one in a hundred are sent, by the scheduler process as shipped."""
    with place.app.app_context():
        due_at = place.app.extensions["clock"].now() + timedelta(seconds=AHEAD)
        _queue(DUE_AT_ONCE, "batch", due_at - timedelta(seconds=AHEAD), due_at=due_at)
    place.scheduler()
    waiting = "SELECT count(*) FROM notice WHERE state <> 'sent'"
    wait_for(lambda: time.sleep(1) or not place.number(waiting), 900, "all mails")
    with place.app.app_context():
        sent = db.session.scalars(select(Notice.sent_at).order_by(Notice.sent_at)).all()
        db.session.remove()
    return (sent[len(sent) * 99 // 100 - 1] - due_at).total_seconds()
