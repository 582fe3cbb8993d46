import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from listing.notifications import rules
from listing.reminders import operations, queries, scheduler
from listing.reminders.ticks import Tick
from tests.notifications.notices import NOW, many, queued, states
from tests.notifications.sink import DATA
from tests.notifications.small import ROOT

SOON = 20  # seconds; the promise is two, `make faults` times it: a machine that tests keep busy may stand still


def _process(url, sink):
    command = [sys.executable, "-m", "tests.notifications.worker", url, str(sink.port), "scheduler"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _wait_for(holds, seconds=60):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def _end(process, number=signal.SIGTERM):
    """How long the process took to end, and its exit status."""
    began = time.monotonic()
    process.send_signal(number)
    status = process.wait(timeout=60)
    process.stdout.close()
    return time.monotonic() - began, status


class Running:
    """A scheduler in a thread of this process."""

    def __init__(self, app, *ticks):
        self.runner = scheduler.Runner(app, ticks)
        self._thread = threading.Thread(target=self.runner.run)

    def __enter__(self):
        self._thread.start()
        return self.runner

    def __exit__(self, *_):
        self.runner.stop()
        self._thread.join(30)
        assert not self._thread.is_alive()


def _counting(calls, seconds=1):
    return Tick("count", seconds, lambda *, now, stopping: calls.append(now))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_sends_what_is_due_and_ends_soon(app, outbox_url, sink, number):
    keys = many(20)
    process = _process(outbox_url, sink)
    _wait_for(lambda: states()["sent"] == 20)
    took, status = _end(process, number)
    assert (took < SOON, status, set(sink.keys())) == (True, 0, keys)
    assert sink.keys().total() <= len(keys) + 1  # one more where a busy machine breaks a connection


def test_it_ends_soon_while_the_mail_server_hangs(app, outbox_url, sink):
    sink.fault = lambda stage, recipient, number: "hang" if stage == DATA else None
    many(3)
    process = _process(outbox_url, sink)
    _wait_for(lambda: sink.asked)
    took, status = _end(process)
    assert (took < SOON, status) == (True, 0)
    assert states() == {rules.PENDING: 3}


@pytest.mark.slow
def test_f2_two_processes_send_each_message_once_and_one_takes_over(app, outbox_url, sink):
    first, second = _process(outbox_url, sink), _process(outbox_url, sink)
    keys = many(60)
    _wait_for(lambda: states()["sent"] == 60)
    first.kill()
    first.wait()
    first.stdout.close()
    for n in range(60, 70):
        keys |= {_one_more(n)}
    _wait_for(lambda: states()["sent"] == 70)
    _end(second)
    assert sink.keys() == Counter(keys)


def _one_more(number):
    data = {"path": "/en", "title": "t", "starts_at": "2026-12-08T06:10:00+00:00"}
    return queued(number, key=f"later:{number}", data=data).key


def test_a_stop_before_the_start_is_kept(app):
    runner = scheduler.Runner(app, (_counting([]),))
    runner.stop()
    began = time.monotonic()
    runner.run()
    assert time.monotonic() - began < SOON


def test_the_one_that_does_not_lead_stands_by(app):
    calls = []
    with Running(app, _counting([])) as leading:
        _wait_for(lambda: leading._leads)
        with Running(app, _counting(calls)):
            time.sleep(1.3)
    assert calls == []


def test_a_tick_is_told_the_applications_now(app):
    calls = []
    with Running(app, _counting(calls)):
        _wait_for(lambda: calls)
    assert calls[0] == NOW


def _hours_ahead(runner):
    """What the clock going back by three hours does to a job: it is due three hours later than it should be."""
    runner.scheduler.get_job("count").modify(next_run_time=datetime.now(UTC) + timedelta(hours=3))


def test_f12_it_goes_on_ticking_after_the_clock_was_set_back(app):
    calls = []
    with Running(app, _counting(calls)) as runner:
        _wait_for(lambda: calls)
        _hours_ahead(runner)
        seen = len(calls)
        _wait_for(lambda: len(calls) >= seen + 2)


def test_f12_without_the_watch_it_stops_ticking(app, monkeypatch):
    monkeypatch.setattr(scheduler.Runner, "rearm", lambda self: [])
    calls = []
    with Running(app, _counting(calls)) as runner:
        _wait_for(lambda: calls)
        _hours_ahead(runner)
        seen = len(calls)
        time.sleep(3)
    assert len(calls) <= seen + 1


def test_f12_a_clock_two_days_ahead_makes_one_run_not_many(app):
    calls = []
    with Running(app, _counting(calls)) as runner:
        _wait_for(lambda: calls)
        runner.scheduler.get_job("count").modify(next_run_time=datetime.now(UTC) - timedelta(hours=48))
        seen, began = len(calls), time.monotonic()
        runner.scheduler.wakeup()
        _wait_for(lambda: len(calls) > seen)
        time.sleep(1)
    assert len(calls) - seen <= 2 + (time.monotonic() - began)  # the missed runs as one, and one a second since


def test_a_tick_that_fails_ends_no_other_and_is_noted(app):
    def fail(*, now, stopping):
        raise RuntimeError("no such quota")

    calls = []
    with Running(app, Tick("fail", 1, fail), _counting(calls)):
        _wait_for(lambda: len(calls) >= 2)
    noted = {row.tick: (row.at, row.failed_at, row.error) for row in queries.heartbeats()}
    assert noted == {"count": (NOW, None, None), "fail": (None, NOW, "RuntimeError: no such quota")}


def test_heartbeat_age(app):
    tick = Tick("one", 1, lambda *, now, stopping: "done")
    assert queries.heartbeat_age(NOW) is None
    assert operations.run(tick, now=NOW, stopping=bool) == "done"
    assert queries.heartbeat_age(NOW + timedelta(seconds=70)) == timedelta(seconds=70)
    assert queries.heartbeat_age(NOW - timedelta(hours=3)) == timedelta()
    operations.run(tick, now=NOW - timedelta(hours=3), stopping=bool)
    assert queries.heartbeat_age(NOW - timedelta(hours=2)) == timedelta(hours=1)
