"""F11 in short: a database that may not grow answers 503, loses nothing, and writes again when it may.

The limit of pages stands for the disk: SQLite then fails with the same words, "database or disk is full".
"""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event, func, select, text

from listing.accounts.models import AccessKey
from listing.store.db import db
from tests.accounts import walk
from tests.factories import a_member, signed_in

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
