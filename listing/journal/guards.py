"""Triggers that refuse to change or delete what has been logged.

They stop accidents and ordinary accounts. Someone who owns the database can drop them: that is what the tree and the
checkpoints kept outside are for. Tables made by ``create_all`` get them at once; a migration executes ``statements``.
"""

from sqlalchemy import Connection, Table

APPEND_ONLY = ("journal_entry", "journal_node")
UNDELETABLE = (*APPEND_ONLY, "journal_head")
REFUSAL = "the log is append-only"


def statements(dialect: str) -> list[str]:
    """SQL that puts the guards on the three tables; ``dialect`` is sqlite or postgresql."""
    return _shared(dialect) + [sql for table in UNDELETABLE for sql in _on(dialect, table)]


def removal(dialect: str) -> list[str]:
    """SQL that takes the guards off, for a migration downwards before it drops the tables."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_{act}" for table in UNDELETABLE for act in ("update", "delete")]
    return ["DROP FUNCTION IF EXISTS journal_append_only() CASCADE"]


def put(table: Table, connection: Connection, **_options) -> None:
    """Guard a table that ``create_all`` has just made."""
    dialect = connection.dialect.name
    for sql in _shared(dialect) + _on(dialect, table.name):
        connection.exec_driver_sql(sql)


def _shared(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return []
    return [
        "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    ]


def _on(dialect: str, table: str) -> list[str]:
    acts = ["update", "delete"] if table in APPEND_ONLY else ["delete"]
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_{act} BEFORE {act.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for act in acts
        ]
    before = " OR ".join(act.upper() for act in acts)
    call = "EXECUTE FUNCTION journal_append_only()"
    return [
        f"CREATE TRIGGER {table}_rows BEFORE {before} ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]
