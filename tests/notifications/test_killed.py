"""F1 and F10 in short: workers that are killed, and a database that goes away, in the middle of a batch."""

import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from listing.notifications import dispatch, operations
from listing.store.db import db

from .conftest import ON_A_SERVER
from .notices import STARTS, an_address, many, queued, row, states
from .sink import DATA
from .small import ROOT

KILLS = 3
CUTS = (10, 25, 40)  # mails taken when the database goes away


def _worker(url, sink, ahead=0):
    command = [sys.executable, "-m", "tests.notifications.worker", url, str(sink.port), "passes", str(ahead)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for(count, sink, seconds=60):
    until = time.monotonic() + seconds
    while len(sink.taken) < count:
        assert time.monotonic() < until, f"{len(sink.taken)} of {count} mails"
        time.sleep(0.002)


@pytest.mark.slow
def test_f1_three_kills_lose_nothing_and_double_at_most_three(app, outbox_url, sink):
    keys = many(200)
    for kill in range(1, KILLS + 1):
        worker = _worker(outbox_url, sink)
        _wait_for(kill * 45, sink)
        worker.kill()
        worker.wait()
    # The lease is the shipped one: a short one has the worker cut a slow conversation and send twice without a kill.
    last = _worker(outbox_url, sink, ahead=app.config["REMINDER_LEASE"] + 1)
    assert last.wait(timeout=90) == 0
    doubled = {key: count for key, count in sink.keys().items() if count > 1}
    assert (set(sink.keys()), states()) == (keys, {"sent": 200})
    assert sum(count - 1 for count in doubled.values()) <= KILLS
    ids = {key: {mail["Message-ID"] for mail in sink.taken if mail["X-Reminder-Key"] == key} for key in doubled}
    assert all(len(copies) == 1 for copies in ids.values())


class Dies(BaseException):
    """The worker is gone: nothing of what follows a send happens."""


@pytest.fixture
def dying(monkeypatch):
    """Results are not committed one by one but lost with the worker, as if a pass were one transaction."""
    monkeypatch.setattr(dispatch.Results, "keep", lambda *_: None)


def test_f1_without_a_commit_for_each_result_a_kill_doubles_many(app, sink, dying):
    many(10)
    dispatch.run(now=app.extensions["clock"].now(), stopping=lambda: len(sink.taken) >= 10)
    app.extensions["clock"].advance(timedelta(seconds=121))
    dispatch.run(now=app.extensions["clock"].now(), stopping=lambda: len(sink.taken) >= 20)
    assert sink.keys() == Counter({f"batch:{n}:due": 2 for n in range(10)})


def _cut_connections(engine):
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        )


@ON_A_SERVER
def test_f10_a_database_that_cuts_its_connections_loses_and_doubles_nothing(app, sink):
    keys = many(60)
    other = create_engine(db.engine.url)
    # While a mail is under way: then no statement is.
    sink.fault = lambda stage, *_mail: _cut_connections(other) if stage == DATA and len(sink.taken) in CUTS else None
    dispatch.run(now=app.extensions["clock"].now())
    other.dispose()
    assert (sink.keys(), states()) == (Counter(keys), {"sent": 60})


@ON_A_SERVER
def test_f10_without_patience_the_first_cut_ends_the_pass(app, sink, monkeypatch):
    monkeypatch.setattr(dispatch, "_PATIENCE", ())
    many(20)
    other = create_engine(db.engine.url)
    sink.fault = lambda stage, recipient, number: _cut_connections(other) if len(sink.taken) == 5 else None
    with pytest.raises(OperationalError):
        dispatch.run(now=app.extensions["clock"].now())
    other.dispose()


def test_what_a_worker_queues_while_another_sends_is_seen(app, sink):
    queued(1)
    added = threading.Event()

    def fault(stage, recipient, number):
        if not added.is_set():
            added.set()
            with app.app_context():
                data = {"path": "/en", "title": "t", "starts_at": STARTS}
                operations.queue(
                    key="second", message="greeting", to=an_address(2), data=data, now=app.extensions["clock"].now()
                )
                db.session.commit()

    sink.fault = fault
    assert dispatch.run(now=app.extensions["clock"].now()) == dispatch.Pass(sent=2)
    assert row("second").state == "sent"
