"""F1 to F5, F10 and F12: killed workers, several schedulers, poison, broken mail servers, down times, moved clocks."""

import contextlib
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from listing.notifications import operations
from listing.notifications.rules import MOST_DEFECT_TRIES, Address
from listing.store.db import db
from tests.notifications.sink import DATA, RCPT, Sink

from .finding import Finding, at_most, equal
from .load import Reader
from .place import Failed, Place, Process, Server, installed, wait_for

BATCH = 1_000
LEASE = 20  # seconds; as short as a pass stays useful, so that rows of a dead worker come free within the trial
FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


@contextlib.contextmanager
def _post_office(server: Server | None, **settings) -> Iterator[tuple[Place, Sink]]:
    with Sink() as sink:
        mail = {"MAIL_BACKEND": "smtp", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": sink.port, "REMINDER_LEASE": LEASE}
        with installed(server, **{**mail, **settings}) as place:
            yield place, sink


def _queue(place: Place, count: int, *, message: str = "no_account", name: str = "batch", **changes) -> set[str]:
    """That many messages, due now unless told otherwise; their keys."""
    keys = {f"{name}:{n}:due" for n in range(count)}
    with place.app.app_context():
        now = place.app.extensions["clock"].now()
        for key in sorted(keys):
            to = Address(
                name="陳大文",
                email=f"{key.replace(':', '-')}@fund.example",
                user_id=None,
                language="en",
                zone="Asia/Hong_Kong",
            )
            operations.queue(key=key, message=message, to=to, data={"path": "/en/register"}, now=now, **changes)
        db.session.commit()
    return keys


def _states(place: Place) -> Counter:
    return Counter(place.column("SELECT state FROM notice"))


def _all_sent(place: Place, count: int, seconds: float) -> float:
    return wait_for(lambda: time.sleep(0.2) or _quietly(place)["sent"] == count, seconds, f"{count} messages sent")


def _quietly(place: Place) -> Counter:
    """The states; none while the database is away."""
    with contextlib.suppress(SQLAlchemyError):
        return _states(place)
    return Counter()


def _sums(sink: Sink, keys: set[str], most: int) -> list[Finding]:
    taken = sink.keys()
    copies = {key: times for key, times in taken.items() if times > 1}
    ids = {key: {mail["Message-ID"] for mail in sink.taken if mail["X-Reminder-Key"] == key} for key in copies}
    return [
        equal("lost", len(keys - set(taken)), 0),
        at_most("doubled", sum(times - 1 for times in copies.values()), most),
        equal("copies with another Message-ID", sum(len(each) > 1 for each in ids.values()), 0),
    ]


def killed(server: Server | None, kills: int = 12, batch: int = BATCH) -> list[Finding]:
    """F1: two schedulers; whichever leads is killed, again and again, in one batch."""
    with _post_office(server) as (place, sink):
        keys = _queue(place, batch)
        leading, standing_by = place.scheduler(), place.scheduler()
        for kill in range(1, kills + 1):
            wait_for(lambda: len(sink.taken) >= kill * batch // (kills + 2), 90, "mails")  # noqa: B023
            _leader(place, (leading, standing_by)).kill()
            alive = [each for each in (leading, standing_by) if each.is_alive()]
            leading, standing_by = alive[0], place.scheduler()
        took = _all_sent(place, batch, 120)
        return [
            Finding(f"SIGKILL in a batch of {batch:,}, lease {LEASE} s", f"{kills}"),
            *_sums(sink, keys, kills),
            Finding("all sent by itself after the last kill", f"{took:.0f} s", True),
        ]


def _leader(place: Place, processes: tuple[Process, ...]) -> Process:
    """The process that holds the lock beside the database, or the advisory lock's connection."""
    if place.kind == "sqlite":
        lock = os.stat(f"{place.folder / 'baybridge.sqlite'}.scheduler.lock").st_ino
        held = [line.split() for line in Path("/proc/locks").read_text().splitlines() if f":{lock} " in line]
        pids = {int(words[4]) for words in held if words[1] == "FLOCK"}
        return next((each for each in processes if each.pid in pids), processes[0])
    return processes[0]


def several(server: Server | None) -> list[Finding]:
    """F2: four passes at once, which no lock keeps apart, beside two scheduler processes."""
    with _post_office(server, REMINDER_LEASE=120) as (place, sink):
        keys = _queue(place, BATCH)
        for _ in range(2):
            place.scheduler()
        for number in range(4):
            place.start("flask", "reminders", "run-once", name=f"once-{number}")
        _all_sent(place, BATCH, 120)
        return [Finding("conversations with the mail server", str(sink.connections)), *_sums(sink, keys, 0)]


def poison(server: Server | None) -> list[Finding]:
    """F3: one message that cannot be made among 999; hours are passed by libfaketime."""
    with _post_office(server, REMINDER_LEASE=120) as (place, sink):
        _queue(place, 1, message="security_changed", name="poison")
        keys = _queue(place, BATCH - 1)
        place.flask("reminders", "run-once")
        first = len(set(sink.keys()) & keys)
        for hour in range(1, 12):
            if _states(place)["failed"] and set(sink.keys()) == keys:
                break
            place.flask("reminders", "run-once", check=False, **_ahead(hours=hour))
        [(tries, why)] = place.rows("SELECT attempts, last_error FROM notice WHERE state = 'failed'") or [(0, "")]
        return [
            equal("others sent in the same pass (which begins no message after 20 s)", first, BATCH - 1),
            *_sums(sink, keys, 0),
            equal("tries before it is given up", tries, MOST_DEFECT_TRIES),
            Finding("its reason", why, "Error: " in why),
        ]


def _ahead(**span: float) -> dict[str, str]:
    """The environment in which the clock is ahead by that much."""
    if not FAKETIME:
        raise Failed("libfaketime is missing: apt-get install libfaketime")
    seconds = int(timedelta(**span).total_seconds())
    return {"LD_PRELOAD": str(FAKETIME[0]), "FAKETIME": f"+{seconds}s", "DONT_FAKE_MONOTONIC": "1"}


SERVERS = {
    "hangs in the message": lambda at, to, n: "hang" if at == DATA else None,
    "421": lambda at, to, n: "421 closing" if at == RCPT else None,
    "451": lambda at, to, n: "451 later" if at == RCPT else None,
    "550 for one": lambda at, to, n: "550 no such user" if to.startswith("batch-3-") else None,
    "drops in the message": lambda at, to, n: "drop" if at == DATA else None,
    "drops after the message": lambda at, to, n: "drop after" if at == DATA else None,
}


def broken_servers(server: Server | None) -> list[Finding]:
    """F4: each fault of a mail server for one pass of 20 messages, web pages meanwhile, then recovery."""
    return [_one_broken(server, name) for name in (*SERVERS, "never greets", "down")]


def _one_broken(server: Server | None, name: str) -> Finding:
    with _post_office(server, REMINDER_LEASE=120) as (place, sink):
        place.web()
        keys = _queue(place, 20)
        good, sink.silent = sink.fault, name == "never greets"
        sink.fault = SERVERS.get(name, good)
        down = {"SMTP_PORT": "1"} if name == "down" else {}
        with Reader(place.port) as reader:
            began = time.monotonic()
            place.flask("reminders", "run-once", check=False, **down)
            took = time.monotonic() - began
        sink.fault, sink.silent = good, False
        asked = sink.asked["batch-3-due@fund.example"]
        if name == "550 for one":
            sink.fault = SERVERS[name]
            keys -= {"batch:3:due"}
        for hour in range(1, 3):
            place.flask("reminders", "run-once", check=False, **_ahead(hours=hour))
        lost = len(keys - set(sink.keys()))
        copies = sum(sink.keys().values()) - len(sink.keys())
        again = f", asked again {sink.asked['batch-3-due@fund.example'] - asked}×" if name == "550 for one" else ""
        holds = took < 32 and not lost and reader.p95() < 1 and (not again or again.endswith(" 0×"))
        told = f"pass {took:.1f} s with start-up, lost {lost}, copies {copies}, web p95 {reader.p95():.2f} s{again}"
        return Finding(name, told, holds)


def down_time(server: Server | None) -> list[Finding]:
    """F5: no scheduler runs while two reminders become due, and the event of one begins."""
    with _post_office(server) as (place, sink):
        now = place.app.extensions["clock"].now()
        in_time = _queue(place, 1, name="later", due_at=now + timedelta(seconds=1), until=now + timedelta(hours=1))
        _queue(place, 1, name="begun", due_at=now + timedelta(seconds=1), until=now + timedelta(seconds=2))
        time.sleep(3)
        process = place.scheduler()
        unsettled = ("pending", "claimed")
        wait_for(lambda: time.sleep(0.2) or not any(map(_states(place).get, unsettled)), 40, "both to be settled")
        process.kill()
        place.scheduler()
        time.sleep(6)
        return [
            equal("reminders after the restart", sink.keys(), Counter(in_time)),
            equal("of the event that had begun", _states(place)["lapsed"], 1),
        ]


def restarted_database(server: Server | None, times: int = 4) -> list[Finding]:
    """F10: the server ends without a checkpoint in the middle of a batch, and starts again."""
    with _post_office(server) as (place, sink):
        keys = _queue(place, BATCH)
        workers = [place.scheduler(), place.scheduler()]
        for restart in range(1, times + 1):
            wait_for(lambda: len(sink.taken) >= restart * BATCH // (times + 1), 90, "mails")  # noqa: B023
            server.crash()
        took = _all_sent(place, BATCH, 150)
        return [
            Finding(f"immediate restarts in a batch of {BATCH:,}", str(times)),
            *_sums(sink, keys, times * len(workers)),
            equal("schedulers that are still the same processes", sum(each.is_alive() for each in workers), 2),
            Finding("all sent by itself after the last restart", f"{took:.0f} s", True),
        ]


def clocks(server: Server | None) -> list[Finding]:
    """F12: the scheduler's clock goes forward 48 h, then back 3 h, by libfaketime while it runs."""
    with _post_office(server, REMINDER_LEASE=120) as (place, sink):
        offset = place.folder / "offset"
        offset.write_text("+0")
        fake = {**_ahead(), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1"}
        del fake["FAKETIME"]
        now: datetime = place.app.extensions["clock"].now()
        keys = _queue(place, 20, name="now") | _queue(place, 20, name="tomorrow", due_at=now + timedelta(hours=40))
        place.scheduler(**fake)
        wait_for(lambda: len(sink.taken) >= 20, 60, "what is due now")
        offset.write_text("+172800")
        forward = wait_for(lambda: len(sink.taken) >= 40, 60, "what is due in 40 h")
        offset.write_text("-10800")
        time.sleep(3)
        keys |= _queue(place, 20, name="past", due_at=now - timedelta(hours=4))
        back = wait_for(lambda: len(sink.taken) >= 60, 60, "what is due after the clock went back")
        time.sleep(3)
        return [
            Finding("sent after the clock went forward 48 h", f"within {forward:.0f} s", True),
            Finding("ticks on after it went back 51 h", f"within {back:.0f} s", True),
            *_sums(sink, keys, 0),
        ]
