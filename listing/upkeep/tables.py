"""Which tables a backup holds, and what the database says of them: their rows, their sequences, the migration head.

Left out are what must not come back to life (sessions, keys, mailed and calendar links: one that was ended or used
since would work again; typing kept for a browser) and what speaks of processes only. The search index is no table of
ours; it is filled anew.
"""

from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, Integer, Table, func, select, text

from listing.later import alembic_migration, alembic_script
from listing.store.db import Model, db

LEFT_OUT = ("access_key", "account_link", "heartbeat", "kept_typing", "roadshow_feed", "web_session")


def kept() -> list[Table]:
    """The tables of a backup, each after those it refers to."""
    return [table for table in Model.metadata.sorted_tables if table.name not in LEFT_OUT]


def count(table: Table) -> int:
    """How many rows the table has in this transaction."""
    return db.session.scalar(select(func.count()).select_from(table))


def snapshot() -> Connection:
    """Begin a reading transaction in which all tables stay as they are at this instant."""
    db.session.rollback()
    postgresql = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    options = postgresql if db.engine.dialect.name == "postgresql" else {}
    return db.session.connection(execution_options=options)


def heads() -> tuple[str, str]:
    """The migration head of this version, and the one the database is at; empty without one."""
    code = alembic_script.ScriptDirectory(str(Path(current_app.root_path) / "migrations")).get_current_head()
    database = alembic_migration.MigrationContext.configure(db.session.connection()).get_current_revision()
    return code or "", database or ""


def last_given(table: Table) -> int:
    """The last number given to a row of the table, which a sequence remembers even when that row is gone."""
    key = _numbered(table)
    if key is None:
        return 0
    highest = db.session.scalar(select(func.coalesce(func.max(key), 0)))
    sequence = _sequence(table)
    if sequence is None:
        return highest
    given = db.session.scalar(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"))
    return max(highest, given)


def go_on_after(table: Table, last: int) -> None:
    """Let the next row get a number higher than ``last``; SQLite goes on after the highest row by itself."""
    sequence = _sequence(table) if last and _numbered(table) is not None else None
    if sequence:
        db.session.execute(text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": sequence, "last": last})


def _numbered(table: Table):
    key = table.autoincrement_column
    return key if key is not None and isinstance(key.type, Integer) else None


def _sequence(table: Table) -> str | None:
    """The sequence behind the table's key, quoted where it needs to be; None on SQLite."""
    if db.session.get_bind().dialect.name != "postgresql":
        return None
    names = {"table": f'"{table.name}"', "key": _numbered(table).name}
    return db.session.scalar(text("SELECT pg_get_serial_sequence(:table, :key)"), names)
