"""Triggers that refuse to change or delete a line of the access log.

Tables made by ``create_all`` get them at once; a migration executes ``statements``.
"""

from sqlalchemy import Connection, Table

TABLE = "evidence_access"
REFUSAL = "the access log is append-only"


def statements(dialect: str) -> list[str]:
    """SQL that puts the guard on the log; ``dialect`` is sqlite or postgresql."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {TABLE}_{act} BEFORE {act.upper()} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for act in ("update", "delete")
        ]
    call = "EXECUTE FUNCTION evidence_append_only()"
    return [
        "CREATE OR REPLACE FUNCTION evidence_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        f"CREATE TRIGGER {TABLE}_rows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW {call}",
        f"CREATE TRIGGER {TABLE}_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {call}",
    ]


def removal(dialect: str) -> list[str]:
    """SQL that takes the guard off, for a migration downwards before it drops the tables."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {TABLE}_{act}" for act in ("update", "delete")]
    return ["DROP FUNCTION IF EXISTS evidence_append_only() CASCADE"]


def put(_table: Table, connection: Connection, **_options) -> None:
    """Guard the table that ``create_all`` has just made."""
    for sql in statements(connection.dialect.name):
        connection.exec_driver_sql(sql)
