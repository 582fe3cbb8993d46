"""Triggers that refuse to change or delete a row of a table that is only ever added to.

Tables made by ``create_all`` get them at once (``put``); a migration executes ``statements``.
"""

from sqlalchemy import Connection, Table


def statements(dialect: str, table: str) -> list[str]:
    """SQL that puts the guard on a table; ``dialect`` is sqlite or postgresql."""
    refusal = f"{table} is append-only"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_{act} BEFORE {act.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for act in ("update", "delete")
        ]
    call = f"EXECUTE FUNCTION {table}_append_only()"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$",
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]


def removal(dialect: str, table: str) -> list[str]:
    """SQL that takes the guard off, for a migration downwards before it drops the table."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_{act}" for act in ("update", "delete")]
    return [f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE"]


def put(table: Table, connection: Connection, **_options) -> None:
    """Guard the table that ``create_all`` has just made."""
    for sql in statements(connection.dialect.name, table.name):
        connection.exec_driver_sql(sql)
