"""Triggers that refuse the findings of a reviewer who declared a conflict of interest with the institution.

A check sees one row only, and this rule joins two tables. Tables made by ``create_all`` get the trigger at once; a
migration executes ``statements``.
"""

from sqlalchemy import Connection, Table

REFUSAL = "a reviewer in conflict takes no part"
_IN_CONFLICT = (
    "EXISTS (SELECT 1 FROM admission_conflict c"
    " WHERE c.account_id = NEW.account_id AND c.organisation_id = NEW.organisation_id)"
)


def statements(dialect: str) -> list[str]:
    """SQL that puts the guard on the findings; ``dialect`` is sqlite or postgresql."""
    if dialect == "sqlite":
        return [
            "CREATE TRIGGER admission_findings_conflict BEFORE INSERT ON admission_findings"
            f" WHEN {_IN_CONFLICT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ]
    return [
        "CREATE OR REPLACE FUNCTION admission_no_conflict() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {_IN_CONFLICT} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF;"
        " RETURN NEW; END $$",
        "CREATE TRIGGER admission_findings_conflict BEFORE INSERT ON admission_findings"
        " FOR EACH ROW EXECUTE FUNCTION admission_no_conflict()",
    ]


def removal(dialect: str) -> list[str]:
    """SQL that takes the guard off, for a migration downwards before it drops the tables."""
    if dialect == "sqlite":
        return ["DROP TRIGGER IF EXISTS admission_findings_conflict"]
    return ["DROP FUNCTION IF EXISTS admission_no_conflict() CASCADE"]


def put(_table: Table, connection: Connection, **_options) -> None:
    """Guard the table that ``create_all`` has just made."""
    for sql in statements(connection.dialect.name):
        connection.exec_driver_sql(sql)
