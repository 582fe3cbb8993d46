"""F2, F3, F4, F5 and F12 in short; each guard is shown to matter by switching it off."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from listing.notifications import dispatch, queries, rules
from listing.notifications.models import Notice
from listing.store.db import db

from .conftest import ON_A_SERVER
from .notices import NOW, many, queued, row, states
from .sink import DATA, MAIL, RCPT


def _together(app, count):
    """``count`` workers over the same outbox at the same time; what went wrong in them."""
    wrong, start = [], threading.Barrier(count)

    def work():
        with app.app_context():
            start.wait()
            try:
                dispatch.run(now=NOW)
            except Exception as error:
                wrong.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_f2_four_workers_send_each_message_once(app, sink):
    keys = many(120)
    assert _together(app, 4) == []
    assert sink.keys() == Counter(keys)
    assert states() == {"sent": 120}


def test_f2_without_the_claim_messages_are_doubled(app, sink, monkeypatch):
    looked, all_have_looked = set(), threading.Barrier(4)

    def look(*, worker, now, lease, limit=50):
        rows = db.session.execute(
            db.select(*dispatch._FIELDS).where(Notice.state != rules.SENT).order_by(Notice.id).limit(limit)
        ).all()
        db.session.commit()
        if worker not in looked:
            looked.add(worker)
            all_have_looked.wait(timeout=60)
        return rows

    monkeypatch.setattr(dispatch, "claim", look)
    many(40)
    _together(app, 4)
    assert max(sink.keys().values()) > 1


def test_two_claims_share_no_row(app):
    many(30)
    lease = timedelta(seconds=60)
    first = dispatch.claim(worker="a", now=NOW, lease=lease, limit=20)
    second = dispatch.claim(worker="b", now=NOW, lease=lease, limit=20)
    assert (len(first), len(second)) == (20, 10)
    assert not {r.id for r in first} & {r.id for r in second}


@ON_A_SERVER
def test_a_claim_passes_over_rows_that_another_is_taking(app):
    many(3)
    taking = db.select(Notice.id).order_by(Notice.id).limit(2).with_for_update()
    with db.engine.connect() as other:
        other.execute(taking)
        claimed = dispatch.claim(worker="b", now=NOW, lease=timedelta(seconds=60))
    assert [r.key for r in claimed] == ["batch:2:due"]


def test_a_lease_that_ended_frees_the_row(app, sink):
    queued()
    dispatch.claim(worker="dead", now=NOW, lease=timedelta(seconds=120))
    assert dispatch.run(now=NOW + timedelta(seconds=119)) == dispatch.Pass()
    assert dispatch.run(now=NOW + timedelta(seconds=120)) == dispatch.Pass(sent=1)


def test_f3_a_message_that_cannot_be_made_fails_alone_with_its_reason(app, sink):
    many(30)
    queued(99, message="broken", due_at=NOW - timedelta(hours=1))
    assert dispatch.run(now=NOW) == dispatch.Pass(sent=30, later=1)
    at, tries = NOW, 1
    while row("roadshow:7:99:day-before").state == rules.PENDING:
        at += rules.pause(tries)
        tries += 1
        dispatch.run(now=at)
    failed = row("roadshow:7:99:day-before")
    assert (failed.state, failed.attempts, failed.last_error) == (
        rules.FAILED,
        rules.MOST_DEFECT_TRIES,
        "UndefinedError: 'absent' is undefined",
    )


def _until_sent(count, *, limit=40):
    """Passes until everything is sent, each a pause later; how many it took."""
    at = NOW
    for number in range(1, limit):
        dispatch.run(now=at)
        if states()["sent"] == count:
            return number
        at += timedelta(minutes=5)
    raise AssertionError(states())


@pytest.mark.parametrize("answer", ["421 closing", "451 later", "452 full"])
@pytest.mark.parametrize("stage", [RCPT, DATA])
def test_f4_a_temporary_answer_is_tried_again(app, sink, stage, answer):
    sink.fault = lambda at, recipient, number: answer if at == stage and number == 1 else None
    many(6)
    _until_sent(6)
    assert sink.keys() == Counter(f"batch:{n}:due" for n in range(6))


def test_f4_550_is_never_tried_again(app, sink):
    sink.fault = lambda stage, recipient, number: "550 no such user" if recipient == "p3@fund.example" else None
    many(6)
    assert dispatch.run(now=NOW) == dispatch.Pass(sent=5, failed=1)
    dispatch.run(now=NOW + timedelta(days=3))
    assert sink.asked["p3@fund.example"] == 1
    assert row("batch:3:due").last_error == "550 no such user"


def test_f4_without_the_rule_550_is_tried_again(app, sink, monkeypatch):
    monkeypatch.setattr("listing.notifications.transports.is_final", lambda code: False)
    sink.fault = lambda stage, recipient, number: "550 no such user" if stage == RCPT else None
    queued()
    dispatch.run(now=NOW)
    dispatch.run(now=NOW + timedelta(days=3))
    assert sink.asked["p1@fund.example"] == 2


def test_f4_an_answer_about_the_sender_fails_no_message(app, sink):
    sink.fault = lambda stage, recipient, number: "550 you are not welcome" if stage == MAIL else None
    queued()
    assert dispatch.run(now=NOW) == dispatch.Pass(later=1)


def test_f4_421_ends_the_conversation_and_the_next_message_has_another(app, sink):
    sink.fault = lambda stage, recipient, number: "421 closing" if (stage, number) == (RCPT, 1) else None
    many(2)
    assert dispatch.run(now=NOW).later == 2
    assert sink.connections == 3


def test_f4_a_server_that_drops_every_message_is_left_alone(app, sink):
    sink.fault = lambda stage, recipient, number: "drop" if stage == DATA else None
    many(6)
    closed = "3 conversations broke one after another"
    assert dispatch.run(now=NOW) == dispatch.Pass(later=3, closed=closed)
    assert [row(f"batch:{n}:due").attempts for n in range(6)] == [1, 1, 1, 0, 0, 0]


def test_f4_a_drop_in_the_message_breaks_that_one_only(app, sink):
    sink.fault = lambda stage, recipient, number: (
        "drop" if (stage, recipient, number) == (DATA, "p2@fund.example", 1) else None
    )
    many(6)
    assert dispatch.run(now=NOW) == dispatch.Pass(sent=5, later=1)
    assert dispatch.run(now=NOW + timedelta(minutes=1)) == dispatch.Pass(sent=1)
    assert sink.keys() == Counter(f"batch:{n}:due" for n in range(6))


def test_f4_a_drop_after_the_message_makes_one_copy_with_the_same_id(app, sink):
    sink.fault = lambda stage, recipient, number: (
        "drop after" if (recipient, number) == ("p2@fund.example", 1) and stage == DATA else None
    )
    many(4)
    _until_sent(4)
    assert sink.keys() == Counter({"batch:0:due": 1, "batch:1:due": 1, "batch:2:due": 2, "batch:3:due": 1})
    copies = {mail["Message-ID"] for mail in sink.taken if mail["X-Reminder-Key"] == "batch:2:due"}
    assert copies == {row("batch:2:due").message_id}


def test_f4_a_server_that_is_down_uses_up_no_try(app, sink):
    many(3)
    port, app.config["SMTP_PORT"] = app.config["SMTP_PORT"], 1
    for hour in range(50):
        assert dispatch.run(now=NOW + timedelta(hours=hour)).closed.startswith("ConnectionRefusedError")
    app.config["SMTP_PORT"] = port
    assert [row(f"batch:{n}:due").attempts for n in range(3)] == [0, 0, 0]
    assert dispatch.run(now=NOW + timedelta(hours=50)) == dispatch.Pass(sent=3)


def test_f4_a_server_that_never_greets_ends_the_pass(app, sink):
    app.config["SMTP_TIMEOUT"] = 0.3
    sink.silent = True
    many(3)
    began = time.monotonic()
    closed = dispatch.run(now=NOW).closed
    assert ("timed out" in closed, time.monotonic() - began < dispatch.LAST_WORD / 2) == (True, True)
    assert states() == {"pending": 3}


def test_f4_a_server_that_hangs_in_every_message_ends_the_pass_in_time(app, sink, monkeypatch):
    monkeypatch.setattr(dispatch, "LAST_START", 3.0)
    monkeypatch.setattr(dispatch, "LAST_WORD", 3.2)
    app.config["SMTP_TIMEOUT"] = 60
    sink.fault = lambda stage, recipient, number: "hang" if stage == DATA and number == 1 else None
    many(3)
    began = time.monotonic()
    done = dispatch.run(now=NOW)
    assert (done.sent, done.later, time.monotonic() - began < 30) == (0, 1, True)
    sink.fault = lambda stage, recipient, number: None
    _until_sent(3)


def test_f4_without_the_guard_a_hanging_server_holds_the_pass(app, sink, monkeypatch):
    monkeypatch.setattr(dispatch, "LAST_START", 3.0)
    monkeypatch.setattr(dispatch, "LAST_WORD", 3.2)
    monkeypatch.setattr("listing.notifications.transports.Smtp._guard", lambda *_: None)
    app.config["SMTP_TIMEOUT"] = 5
    monkeypatch.setattr("listing.notifications.transports.min", lambda timeout, _seconds: timeout, raising=False)
    sink.fault = lambda stage, recipient, number: "hang"
    queued()
    began = time.monotonic()
    dispatch.run(now=NOW)
    assert time.monotonic() - began > 4.5


def test_the_whole_pass_stays_under_thirty_seconds():
    farewell = 1
    assert dispatch.LAST_START < dispatch.LAST_WORD < 30 - farewell


def test_a_stop_gives_back_what_was_not_tried(app, sink):
    many(20)
    done = dispatch.run(now=NOW, stopping=lambda: len(sink.taken) >= 6)
    assert 0 < done.sent < 20
    assert states() == {"sent": done.sent, "pending": 20 - done.sent}


def test_f5_one_reminder_after_a_down_time_and_none_once_the_event_began(app, sink):
    begins = NOW + timedelta(hours=2)
    queued(1, until=begins)
    queued(2, due_at=NOW + timedelta(hours=1), until=begins)
    assert dispatch.run(now=begins - timedelta(minutes=1)) == dispatch.Pass(sent=2)
    queued(3, until=begins)
    assert dispatch.run(now=begins) == dispatch.Pass(lapsed=1)
    assert dispatch.run(now=begins + timedelta(days=1)) == dispatch.Pass()
    assert sink.keys() == Counter(["roadshow:7:1:day-before", "roadshow:7:2:day-before"])


def test_f5_without_the_limit_the_reminder_comes_too_late(app, sink):
    queued(1)
    assert dispatch.run(now=NOW + timedelta(days=9)) == dispatch.Pass(sent=1)


def test_f12_clock_forward_and_back_sends_each_once(app, sink, clock):
    many(3)
    queued(50, due_at=NOW + timedelta(hours=40))
    clock.advance(timedelta(hours=48))
    assert dispatch.run(now=clock.now()) == dispatch.Pass(sent=4)
    clock.advance(timedelta(hours=-51))
    assert dispatch.run(now=clock.now()) == dispatch.Pass()
    assert max(sink.keys().values()) == 1


def _set_back(clock):
    """A message that pauses and one whose worker died, then the clock goes back three hours."""
    queued(1, message="broken")
    dispatch.run(now=clock.now())
    queued(2)
    dispatch.claim(worker="dead", now=clock.now(), lease=timedelta(seconds=120))
    db.session.execute(
        db.update(Notice).where(Notice.id > 0).values(message="greeting", due_at=NOW - timedelta(days=1))
    )
    db.session.commit()
    clock.advance(timedelta(hours=-3))


def test_f12_a_pause_and_a_lease_do_not_wait_for_the_clock_to_catch_up(app, sink, clock):
    _set_back(clock)
    assert dispatch.run(now=clock.now()) == dispatch.Pass(sent=2)


def test_f12_without_the_look_at_the_last_try_they_wait(app, sink, clock, monkeypatch):
    monkeypatch.setattr(queries, "SKEW", timedelta(days=9))
    _set_back(clock)
    assert dispatch.run(now=clock.now()) == dispatch.Pass()


def test_an_idle_pass_writes_nothing(app, sink, monkeypatch):
    monkeypatch.setattr(dispatch, "claim", None)
    queued(due_at=NOW + timedelta(seconds=1))
    assert dispatch.run(now=NOW) == dispatch.Pass()


def test_no_transaction_is_open_while_a_mail_is_under_way(app, sink):
    class Looking:
        def open(self, **_):
            pass

        def send(self, _envelope):
            open_transactions.append(db.session().in_transaction())

        def close(self):
            pass

    open_transactions = []
    many(3)
    dispatch.run(now=NOW, transport=Looking())
    assert open_transactions == [False, False, False]
