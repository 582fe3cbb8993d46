"""The database handle and the transaction rules every table relies on.

Decides how a transaction begins and how durable a commit is; knows no table. SQLite runs in WAL with
``synchronous=FULL``, so that an acknowledged write survives a power cut; a transaction that may write begins
with BEGIN IMMEDIATE, because a read transaction that turns into a writing one fails at once under concurrency
instead of waiting its turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase

BUSY_TIMEOUT_MS = 20_000
PASSING_MS = 200  # what is done in passing waits no longer than this

_read_only: ContextVar[bool] = ContextVar("read_only", default=False)


class Model(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Model)


@contextmanager
def reading() -> Iterator[None]:
    """Let transactions begun inside be readers, which on SQLite never wait for a writer."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Let transactions begun inside write, also where a request was declared to read only."""
    token = _read_only.set(False)
    try:
        yield
    finally:
        _read_only.reset(token)


@contextmanager
def in_passing() -> Iterator[Connection]:
    """A short transaction beside the request's, for what may be missed: it gives up rather than wait for a writer."""
    with writing(), db.engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        try:
            if lite:
                _wait_at_most(connection, PASSING_MS)
            with connection.begin():
                if not lite:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PASSING_MS}")
                yield connection
        finally:
            if lite:
                _wait_at_most(connection, BUSY_TIMEOUT_MS)


def _wait_at_most(connection: Connection, milliseconds: int) -> None:
    """Outside any transaction, which SQLAlchemy would begin."""
    connection.connection.dbapi_connection.execute(f"PRAGMA busy_timeout={milliseconds}")


def set_read_only(value: bool) -> None:
    """Declare for this request whether its transactions only read; a web request is told by its method."""
    _read_only.set(value)


@event.listens_for(Engine, "connect")
def _prepare(connection, _record) -> None:
    if not connection.__class__.__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver must not open transactions of its own; _begin does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _read_only.get() else "BEGIN IMMEDIATE")
