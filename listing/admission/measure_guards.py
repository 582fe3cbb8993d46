"""A trigger: an admission is suspended, restored or revoked only by a measure that a second supervisor confirmed.

A check sees one row only, and this rule joins two tables: the measure answered in the very instant of the change is
looked for. Tables made by ``create_all`` get the trigger at once; a migration executes ``statements``.
"""

from sqlalchemy import Connection, Table

REFUSAL = "two supervisors have to say so"
_UNCONFIRMED = (
    "OLD.state <> NEW.state AND (NEW.state IN ('suspended', 'revoked')"
    " OR (OLD.state IN ('suspended', 'revoked') AND NEW.state = 'admitted'))"
    " AND NOT EXISTS (SELECT 1 FROM admission_measure m WHERE m.admission_id = NEW.id AND m.confirmed"
    " AND m.answered_by <> m.proposed_by AND m.answered_at = NEW.state_at"
    " AND m.event = CASE NEW.state WHEN 'suspended' THEN 'suspend' WHEN 'revoked' THEN 'revoke' ELSE 'restore' END)"
)


def statements(dialect: str) -> list[str]:
    """SQL that puts the guard on the admissions; ``dialect`` is sqlite or postgresql."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER admission_two_people BEFORE UPDATE ON admission WHEN {_UNCONFIRMED}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ]
    return [
        "CREATE OR REPLACE FUNCTION admission_two_people() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {_UNCONFIRMED} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF;"
        " RETURN NEW; END $$",
        "CREATE TRIGGER admission_two_people BEFORE UPDATE ON admission"
        " FOR EACH ROW EXECUTE FUNCTION admission_two_people()",
    ]


def removal(dialect: str) -> list[str]:
    """SQL that takes the guard off, for a migration downwards."""
    if dialect == "sqlite":
        return ["DROP TRIGGER IF EXISTS admission_two_people"]
    return ["DROP FUNCTION IF EXISTS admission_two_people() CASCADE"]


def put(_table: Table, connection: Connection, **_options) -> None:
    """Guard the admissions once ``create_all`` has made the measures."""
    for sql in statements(connection.dialect.name):
        connection.exec_driver_sql(sql)
