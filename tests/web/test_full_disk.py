"""F11 in short: a database that may not grow answers 503, loses nothing, and writes again when it may.

The limit of pages stands for the disk: SQLite then fails with the same words, "database or disk is full".
"""

import sqlite3
import sys
from contextlib import closing, suppress

import pytest
from sqlalchemy import event, func, select, text

from listing.accounts import sessions
from listing.accounts.models import AccessKey
from listing.store.db import db
from listing.web import telemetry
from tests.accounts import walk
from tests.factories import PASSWORD, a_member, signed_in

PATH = "/en/account/keys/new"
NO_LIMIT = 1_073_741_823


@pytest.fixture
def limit(app):
    """Let the database have that many pages at most, on every connection made or used from now on."""
    pages = {"most": NO_LIMIT}

    def checked_out(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count={pages['most']}")

    event.listen(db.engine, "checkout", checked_out)
    yield lambda most: pages.update(most=most)
    pages["most"] = NO_LIMIT
    db.session.remove()
    with db.engine.connect() as connection:
        connection.rollback()
    event.remove(db.engine, "checkout", checked_out)


def _full_pages():
    """Pages of a database with none to spare: what migrations freed would take many rows more before it is full."""
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        return connection.execute("PRAGMA page_count").fetchone()[0]


def _count():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AccessKey))


def _send(client, number):
    fields = {"name": f"{number} " + "x" * 90, "organisation_id": "", "scopes": "companies:read", "days": "30"}
    return walk.send(client, PATH, fields).status_code


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_is_503_without_a_row_and_ends_by_itself(app, client, limit):
    signed_in(client, a_member().user)
    assert _send(client, 0) == 201
    db.session.remove()
    limit(_full_pages())
    answers = [_send(client, number) for number in range(1, 31)]
    assert set(answers) == {201, 503}
    assert _count() == 1 + answers.count(201)
    limit(NO_LIMIT)
    made = _count()
    assert _send(client, 31) == 201
    assert _count() == made + 1
    assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"


@pytest.fixture
def no_room_for_sessions(app, monkeypatch):
    """Called, it lets nothing be written from the moment a request stores its session, which is after its view."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # answer as in production
    write, tries = sessions._in_own_transaction, []

    def checked_out(connection, _record, _proxy):
        connection.execute("PRAGMA query_only=ON")

    def checked_in(connection, _record):
        connection.execute("PRAGMA query_only=OFF")

    def full(*statements):
        tries.append(statements)
        event.listen(db.engine, "checkout", checked_out)
        event.listen(db.engine, "checkin", checked_in)
        try:
            write(*statements)
        finally:
            event.remove(db.engine, "checkout", checked_out)
            event.remove(db.engine, "checkin", checked_in)

    def begin():
        monkeypatch.setattr(sessions, "_in_own_transaction", full)
        return tries

    return begin


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("ends", [True, False], ids=["sign out", "sign in"])
def test_a_session_that_cannot_be_stored_is_503_and_as_it_was(client, no_room_for_sessions, ends):
    user = a_member().user
    db.session.commit()
    if ends:
        walk.sign_in(client, user)
        form = walk.hidden(client, "/en/account")
    else:
        form = walk.hidden(client, "/en/login") | {"email": user.email, "password": PASSWORD}
    before = client.get_cookie("session").value
    tries = no_room_for_sessions()
    answer = client.post("/en/logout" if ends else "/en/login", data=form)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert len(tries) == 1  # and not a second time for the page that says so
    assert client.get_cookie("session").value == before
    assert walk.is_in(client) == ends


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_log_that_cannot_be_written_takes_no_answer_with_it(app, client, monkeypatch):
    full = open("/dev/full", "w")  # noqa: SIM115 - what it still holds cannot be written when it is closed either
    monkeypatch.setattr(sys, "stderr", full)
    telemetry.configure(as_json=True)
    monkeypatch.undo()
    try:
        assert client.get("/en/companies").status_code == 200
    finally:
        telemetry.configure(as_json=app.config["LOG_JSON"])
        with suppress(OSError):
            full.close()
