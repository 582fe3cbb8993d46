"""A fresh database of each kind for a small application that needs only a few tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

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
