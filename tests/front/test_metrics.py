"""`/metrics`: for whoever has the token; each figure is the one of the database and of this process."""

import os
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

import config
from listing.access.actor import SYSTEM
from listing.front import metrics
from listing.journal import operations as journal
from listing.notifications.models import Notice
from listing.reminders.models import Heartbeat
from listing.store.db import db
from tests.factories import NOW, a_company, a_delivery, a_webhook, an_organisation, saved

TOKEN = "metrics-ç-".ljust(40, "0")


@pytest.fixture
def scrape(app, client):
    """Ask with a token, on an application that has one and has answered nothing yet."""
    app.config["METRICS_TOKEN"] = TOKEN
    app.extensions["answers"] = metrics.Answers()
    yield lambda token=TOKEN: client.get(
        "/metrics", headers={"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    )
    app.config["METRICS_TOKEN"] = ""


def samples(answer):
    return {
        name: int(value)
        for line in answer.text.splitlines()
        if not line.startswith("#")
        for name, value in [line.rsplit(" ", 1)]
    }


def a_notice(key, state, due_at):
    plain = {"message": "m", "name": "x", "email": "a@example.com", "language": "en", "zone": "Asia/Hong_Kong"}
    return saved(Notice(key=key, state=state, created_at=NOW, due_at=due_at, **plain))


def test_every_figure_is_the_one_there_is(app, client, scrape):
    a_company()
    a_company()
    a_notice("a", "pending", NOW - timedelta(seconds=40))
    a_notice("b", "pending", NOW + timedelta(days=1))
    a_notice("c", "failed", NOW)
    saved(Heartbeat(tick="send", at=NOW - timedelta(seconds=7)))
    a_delivery(a_webhook(an_organisation()))
    entries = journal.append(code="test.noted", actor=SYSTEM, now=NOW).index + 1
    db.session.commit()
    for path in ("/healthz", "/en/nowhere", "/en/nowhere", "/"):
        client.get(path)
    answer = scrape()
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert samples(answer) == {
        f'baybridge_requests_total{{status="1xx",process="{os.getpid()}"}}': 0,
        f'baybridge_requests_total{{status="2xx",process="{os.getpid()}"}}': 1,
        f'baybridge_requests_total{{status="3xx",process="{os.getpid()}"}}': 1,
        f'baybridge_requests_total{{status="4xx",process="{os.getpid()}"}}': 2,
        f'baybridge_requests_total{{status="5xx",process="{os.getpid()}"}}': 0,
        "baybridge_database_up": 1,
        'baybridge_outbox_messages{state="pending"}': 2,
        'baybridge_outbox_messages{state="claimed"}': 0,
        'baybridge_outbox_messages{state="sent"}': 0,
        'baybridge_outbox_messages{state="failed"}': 1,
        'baybridge_outbox_messages{state="lapsed"}': 0,
        "baybridge_outbox_oldest_due_seconds": 40,
        'baybridge_webhook_deliveries{state="pending"}': 0,
        'baybridge_webhook_deliveries{state="claimed"}': 0,
        'baybridge_webhook_deliveries{state="delivered"}': 1,
        'baybridge_webhook_deliveries{state="failed"}': 0,
        "baybridge_scheduler_heartbeat_age_seconds": 7,
        "baybridge_journal_entries": entries,
        "baybridge_companies_displayed": 2,
    }


def test_every_sample_belongs_to_a_declared_metric(scrape):
    lines = scrape().text.splitlines()
    declared = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    explained = [line.split()[2] for line in lines if line.startswith("# HELP")]
    assert (declared, len(set(declared))) == (explained, len(declared))
    assert {line.split("{")[0].split()[0] for line in lines if not line.startswith("#")} <= set(declared)


def test_a_scheduler_never_seen_has_no_age(scrape):
    assert "baybridge_scheduler_heartbeat_age_seconds" not in samples(scrape())


@pytest.mark.parametrize("sent", ["", "wrong", TOKEN[:-1], TOKEN + "0", "ç", "\x7f"])
def test_another_token_is_refused(scrape, sent):
    answer = scrape(sent)
    assert (answer.status_code, answer.text, answer.headers["WWW-Authenticate"]) == (401, "", "Bearer")


def test_no_token_and_another_scheme_are_refused(client, scrape):
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Basic " + "0" * 40}).status_code == 401
    assert client.get(f"/metrics?token={TOKEN}").status_code == 401


@pytest.mark.parametrize("sent", [None, "Bearer ", "Bearer 0"])
def test_without_the_setting_there_is_no_such_address(client, sent):
    assert client.get("/metrics", headers={"Authorization": sent} if sent else {}).status_code == 404


def test_a_database_that_is_away_is_told(scrape, monkeypatch):
    def away():
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(metrics, "_figures", away)
    found = samples(scrape())
    assert [name for name in found if "requests_total" not in name] == ["baybridge_database_up"]
    assert found["baybridge_database_up"] == 0


def test_a_token_anyone_could_guess_is_not_accepted(monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", "short")
    with pytest.raises(config.MissingSecret):
        config.Testing()
