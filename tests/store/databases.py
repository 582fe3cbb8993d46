"""A fresh database of each kind for a small application that needs only a few tables."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from listing.store.db import db

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
KINDS = ["sqlite"] + (["postgresql"] if POSTGRES else [])

# For a test that takes long and in which no database has a part: what is drawn, weighed or counted after the reading.
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def fresh(kind: str, folder: Path) -> Iterator[dict]:
    """Settings of an empty database: a file, or a schema of its own on the given PostgreSQL server."""
    if kind == "sqlite":
        yield {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'small.sqlite'}"}
        return
    schema = f"small_{os.getpid()}"
    outside = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        path = {"connect_args": {"options": f"-csearch_path={schema}"}}
        yield {"SQLALCHEMY_DATABASE_URI": POSTGRES, "SQLALCHEMY_ENGINE_OPTIONS": path}
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    outside.dispose()


class Once:
    """Call it in an empty database: the rows that ``make`` writes stand in it, and what it returned comes back.

    On SQLite ``make`` runs once and a copy of its database is put back for each further test, as it was: what tests do
    to the rows reaches no other test. ``make`` returns plain values, for its rows belong to a session that is gone.
    """

    def __init__(self, make: Callable):
        self._make, self._returned, self._copy = make, None, None

    def __call__(self):
        if db.engine.dialect.name != "sqlite":
            return self._make()
        with closing(db.engine.raw_connection()) as own:
            if self._copy is None:
                self._returned, self._copy = self._make(), sqlite3.connect(":memory:")
                db.session.commit()
                own.driver_connection.backup(self._copy)
            else:
                self._copy.backup(own.driver_connection)
        return self._returned
