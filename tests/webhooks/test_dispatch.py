"""What is told, to whom, how often: an address that hangs, errs, is gone, drops or drips; workers that die."""

import base64
import hmac
import json
import subprocess
import sys
import time
from collections import Counter
from contextlib import nullcontext, suppress
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from listing.access.actor import SYSTEM
from listing.accounts.operations import membership as memberships
from listing.companies.operations import publishing
from listing.journal.models import Entry
from listing.notifications.models import Notice
from listing.store.db import db
from listing.webhooks import derive, dispatch, operations, road, rules
from listing.webhooks.models import Delivery, Position, Webhook
from tests.factories import NOW, a_company, a_member, an_organisation
from tests.store.databases import on_one_database

from .sink import DROP, HANG, SLOW, wait_for


def change(company, times=1):
    """Suspend and restore a company; each is an event of its own."""
    for n in range(times):
        verb = publishing.suspend if n % 2 == 0 else publishing.restore
        more = {"reason": "test"} if n % 2 == 0 else {}
        verb(company=company, **more, actor=SYSTEM, now=NOW)
    db.session.commit()


def states():
    return Counter(db.session.scalars(select(Delivery.state)))


def test_an_event_is_told_signed_and_once(sink, hook, run, company):
    _row, secret = hook()
    change(company)
    assert run() == dispatch.Told(entries=2, delivered=1)
    assert run() == dispatch.Told()
    (call,) = sink.calls
    told = json.loads(call.body)
    assert told == {
        "type": "company.suspended",
        "timestamp": NOW.isoformat(),
        "data": {
            "entry": told["data"]["entry"],
            "organisation": company.organisation_id,
            "subject": {"kind": "company", "id": company.id, "slug": "example"},
            "from": "displayed",
            "reason": "test",
        },
    }
    signed = f"{call.key}.{call.headers['webhook-timestamp']}.{call.body}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert call.headers["webhook-signature"] == f"v1,{expected}"
    assert call.headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def test_nobody_is_named(sink, hook, run, owner):
    hook()
    person = a_member(owner.organisation, "editor")
    memberships.change_role(membership=person, role="viewer", actor=SYSTEM, now=NOW)
    memberships.invite(
        organisation=owner.organisation,
        email="secret@example.com",
        role="viewer",
        language="en",
        actor=SYSTEM,
        now=NOW,
    )
    memberships.remove(membership=person, actor=SYSTEM, now=NOW)
    run()
    assert [json.loads(call.body)["type"] for call in sink.calls] == [
        "membership.role_changed",
        "membership.invited",
        "membership.removed",
    ]
    said = "".join(call.body for call in sink.calls)
    assert not any(word in said for word in ("secret@example.com", person.user.name, "account", owner.user.email))


def test_only_ones_own_events_of_the_kinds_asked_for_from_now_on(sink, hook, run, company):
    change(company, 1)  # before anybody asked
    other = a_company(organisation_id=an_organisation().id)
    hook(kinds=["company.suspended"])
    publishing.restore(company=company, actor=SYSTEM, now=NOW)
    change(other)
    change(company)
    assert run().delivered == 1
    assert json.loads(sink.calls[0].body)["data"]["subject"]["slug"] == "example"


def test_what_happened_before_an_address_was_given_is_not_told_there(sink, hook, run, company):
    hook("/first")
    change(company)  # which nobody has looked at yet
    hook("/second")
    run()
    assert [call.path for call in sink.calls] == ["/first"]


def test_a_change_that_does_not_commit_is_told_to_nobody(sink, hook, run, company):
    hook()
    publishing.suspend(company=company, reason="test", actor=SYSTEM, now=NOW)
    db.session.rollback()
    run()
    assert sink.calls == []


def test_each_address_is_told_and_has_its_own_ids(sink, hook, run, company):
    hook("/a"), hook("/b")
    change(company, 3)
    assert run().delivered == 6
    assert len(sink.keys()) == 6
    for path in ("/a", "/b"):
        told = [json.loads(call.body)["data"]["entry"] for call in sink.calls if call.path == path]
        assert told == sorted(told)


FAULTS = {
    500: rules.STATUS,
    503: rules.STATUS,
    404: rules.STATUS,
    302: rules.REDIRECT,
    307: rules.REDIRECT,
    DROP: rules.BROKEN,
    HANG: rules.TIMEOUT,
    SLOW: rules.TIMEOUT,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_arrive_is_tried_again_with_the_same_id(sink, hook, run, company, clock, fault):
    hook()
    change(company)
    sink.fault = lambda call, number: fault if number == 1 else None
    assert run(seconds=3.0 if fault in (HANG, SLOW) else 20.0) == dispatch.Told(entries=2, later=1)
    row = db.session.scalars(select(Delivery)).one()
    assert (row.state, row.reason, row.status) == (
        rules.PENDING,
        FAULTS[fault],
        fault if isinstance(fault, int) else None,
    )
    clock.advance(timedelta(seconds=29))
    assert run() == dispatch.Told()
    clock.advance(timedelta(seconds=31))
    assert run().delivered == 1
    assert list(sink.keys().values()) == [2]
    assert {call.path for call in sink.calls} == {"/hook"}
    assert len({call.body for call in sink.calls}) == 1
    assert len({call.headers["webhook-signature"] for call in sink.calls}) == 2


@on_one_database
def test_without_the_cut_a_server_that_drips_holds_a_thread(sink, monkeypatch):
    """A time-out alone begins anew with each byte."""
    monkeypatch.setattr(road, "SECONDS", 2.5)
    monkeypatch.setattr(road, "_cut_off", lambda *_: nullcontext())
    sink.fault, sink.drips = lambda *_: SLOW, 80
    began = time.monotonic()
    with suppress(road.Unreached):
        road.post(sink.address(), {}, b"{}", allowed=frozenset([sink.host]))
    assert time.monotonic() - began > 3


def test_one_that_fails_holds_up_neither_others_nor_itself_for_long(sink, hook, run, company):
    hook("/bad"), hook("/good")
    change(company, 4)
    sink.fault = lambda call, number: HANG if call.path == "/bad" else None
    done = run(seconds=4.0)
    assert (done.delivered, done.later) == (4, 1)
    assert len([call for call in sink.calls if call.path == "/bad"]) == 1
    assert states() == {rules.DELIVERED: 4, rules.PENDING: 4}
    assert set(db.session.scalars(select(Delivery.attempts).where(Delivery.state == rules.PENDING))) == {0, 1}


def test_gone_stops_the_address_at_once_and_its_owner_is_told(sink, hook, run, company, owner, clock):
    row, _secret = hook()
    a_member(owner.organisation, "viewer")
    change(company, 2)
    sink.fault = lambda *_: 410
    assert run().failed == 1
    db.session.refresh(row)
    assert (row.state, row.stopped_for) == (rules.STOPPED, rules.GONE)
    assert run() == dispatch.Told(entries=1)  # that it was stopped, of which this address is told nothing
    clock.advance(timedelta(hours=1))
    run()
    assert len(sink.calls) == 1, "a stopped address is not called"
    told = db.session.execute(select(Notice.message, Notice.email, Notice.data)).all()
    assert [(m, e) for m, e, _data in told] == [("webhook_stopped", owner.user.email)]
    assert told[0].data["path"].endswith(f"/webhooks/{row.id}")
    assert db.session.scalars(select(Entry.code).order_by(Entry.index.desc()).limit(1)).one() == "webhook.stopped"


def test_days_of_failure_stop_the_address_and_a_success_forgives(sink, hook, run, company, clock, owner):
    row, _secret = hook()
    sink.fault = lambda *_: 500
    change(company)
    run()
    clock.advance(timedelta(days=2))
    sink.fault = lambda *_: None
    run()
    db.session.refresh(row)
    assert row.failing_since is None
    sink.fault = lambda *_: 500
    publishing.restore(company=company, actor=SYSTEM, now=NOW)
    run()
    clock.advance(timedelta(days=3))
    run()
    db.session.refresh(row)
    assert (row.state, row.stopped_for) == (rules.STOPPED, rules.FAILING)
    assert db.session.scalars(select(Notice.message)).all() == ["webhook_stopped"]
    publishing.suspend(company=company, reason="test", actor=SYSTEM, now=NOW)
    assert run().delivered == 0
    sink.fault = lambda *_: None
    operations.start(webhook=row, actor=SYSTEM, now=clock.now())
    assert run().delivered == 2, "what waited and what happened meanwhile"


def test_a_delivery_is_given_up_after_its_tries_with_its_reason(sink, hook, run, company, clock, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TRIES", 3)
    hook()
    change(company)
    sink.fault = lambda *_: 500
    for _ in range(5):
        run()
        clock.advance(timedelta(hours=5))
    row = db.session.scalars(select(Delivery)).one()
    assert (row.state, row.attempts, row.status, len(sink.calls)) == (rules.FAILED, 3, 500, 3)
    operations.resend(delivery=row, actor=SYSTEM, now=clock.now())
    sink.fault = lambda *_: None
    assert run().delivered == 1
    assert list(sink.keys().values()) == [4]


def test_poison_fails_with_its_reason_and_the_others_go(sink, hook, run, company, clock):
    bad, _secret = hook("/bad")
    hook("/good")
    bad.secret = "sealed under another key"
    change(company, 3)
    for _ in range(6):
        run()
        clock.advance(timedelta(hours=1))
    found = db.session.execute(select(Delivery.webhook_id, Delivery.state, Delivery.reason)).all()
    assert Counter(found) == {
        (bad.id, rules.FAILED, rules.DEFECT): 3,
        (bad.id + 1, rules.DELIVERED, None): 3,
    }


def test_a_clock_set_back_holds_nothing_up(sink, hook, run, company, clock):
    hook()
    change(company)
    sink.fault = lambda call, number: 500 if number == 1 else None
    run()
    clock.advance(timedelta(hours=-3))
    assert run().delivered == 1


def test_stopping_gives_everything_back_at_once(sink, hook, run, company):
    hook()
    change(company, 4)
    run(stopping=lambda: len(sink.calls) >= 2)
    assert states()[rules.CLAIMED] == 0
    run()
    assert states() == {rules.DELIVERED: 4}
    assert set(sink.keys().values()) == {1}


# Where it may go.


def test_a_host_of_a_closed_network_is_never_called(app, sink, hook, run, company, monkeypatch):
    hook()
    change(company)
    app.config["WEBHOOK_ALLOW"] = []
    db.session.execute(update(Webhook).values(address=sink.address().replace("http:", "https:")))
    assert run().later == 1
    assert (db.session.scalar(select(Delivery.reason)), sink.calls) == (rules.CLOSED_NETWORK, [])


@pytest.fixture
def reached(monkeypatch):
    """Every address that a connection was tried to."""
    tried = []

    def connect(address, *_rest):
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(road.socket, "create_connection", connect)
    return tried


def _names(monkeypatch, *answers):
    """The name service answers with these lists, one after the other."""
    left = list(answers)

    def lookup(_host, port, **_kwargs):
        return [(2, 1, 6, "", (address, port)) for address in (left.pop(0) if len(left) > 1 else left[0])]

    monkeypatch.setattr(road.socket, "getaddrinfo", lookup)


def _post(address="https://hooks.example.com/"):
    with pytest.raises(road.Unreached) as refused:
        road.post(address, {}, b"{}", allowed=frozenset())
    return refused.value.reason


@pytest.mark.parametrize("private", ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:127.0.0.1", "fe80::1"])
def test_a_public_name_of_a_private_address_is_refused(monkeypatch, reached, private):
    _names(monkeypatch, [private])
    assert (_post(), reached) == (rules.CLOSED_NETWORK, [])
    _names(monkeypatch, ["8.8.8.8", private])
    assert (_post(), reached) == (rules.CLOSED_NETWORK, [])


def test_without_the_guard_the_private_address_would_be_called(monkeypatch, reached):
    monkeypatch.setattr(rules, "is_public", lambda _address: True)
    _names(monkeypatch, ["169.254.169.254"])
    assert (_post(), reached) == (rules.BROKEN, ["169.254.169.254"])


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch, reached):
    """A name that answers differently when asked again (DNS rebinding) is not asked again."""
    _names(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    assert (_post(), reached) == (rules.BROKEN, ["8.8.8.8"])


def test_plain_http_and_unknown_names_are_told_as_such(monkeypatch, reached):
    assert _post("http://hooks.example.com/") == rules.CLOSED_NETWORK

    def unknown(*_args, **_kwargs):
        raise road.socket.gaierror

    monkeypatch.setattr(road.socket, "getaddrinfo", unknown)
    assert _post() == rules.UNKNOWN_NAME


@on_one_database
def test_a_certificate_is_asked_for(sink):
    address = sink.address().replace("http:", "https:")
    with pytest.raises(road.Unreached) as refused:
        road.post(address, {}, b"{}", allowed=frozenset([sink.host]))
    assert refused.value.reason in (rules.BROKEN, rules.CERTIFICATE)
    assert sink.calls == []


# Several workers, and dead ones.


def test_two_workers_never_hold_the_same_row(sink, hook, company, app):
    hook()
    change(company, 6)
    derive.read_on(now=NOW)
    held = [dispatch.claim(worker=name, now=NOW, lease=timedelta(seconds=60), limit=4) for name in ("one", "two")]
    assert [len(rows) for rows in held] == [4, 2]
    assert dispatch.claim(worker="three", now=NOW, lease=timedelta(seconds=60)) == []
    late = NOW + timedelta(seconds=61)
    assert len(dispatch.claim(worker="three", now=late, lease=timedelta(seconds=60))) == 6


def test_the_journal_is_read_once_by_however_many(hook, company, monkeypatch):
    hook()
    change(company, 3)
    reached = db.session.scalar(select(Position.next))
    assert derive.read_on(now=NOW) > 0
    db.session.execute(update(Position).values(next=reached))
    db.session.commit()
    derive.read_on(now=NOW)
    assert states() == {rules.PENDING: 3}


def test_a_long_journal_is_read_in_pieces(sink, hook, run, company, monkeypatch):
    monkeypatch.setattr(derive, "BATCH", 2)
    hook()
    change(company, 7)
    assert run().delivered == 7


def _worker(url, sink, ahead=0):
    command = [sys.executable, "-m", "tests.webhooks.worker", url, sink.host, str(ahead)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_double_at_most_one_each(app, sink, hook, company, database_url):
    hook()
    change(company, 60)
    kills = 2
    for kill in range(1, kills + 1):
        worker = _worker(database_url, sink)
        wait_for(lambda kill=kill: len(sink.calls) >= kill * 15)
        worker.kill()
        worker.wait()
    last = _worker(database_url, sink, ahead=app.config["REMINDER_LEASE"] + 1)
    assert last.wait(timeout=60) == 0
    assert len(sink.keys()) == 60
    assert sum(sink.keys().values()) - 60 <= kills
    assert states() == {rules.DELIVERED: 60}


def test_old_deliveries_are_swept_and_waiting_ones_stay(sink, hook, run, company):
    hook()
    change(company, 2)
    sink.fault = lambda call, number: 500 if number == 2 else None
    run()
    assert operations.sweep(now=NOW + timedelta(days=30)) == 0
    assert operations.sweep(now=NOW + timedelta(days=31)) == 1
    assert states() == {rules.PENDING: 1}
