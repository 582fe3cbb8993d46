"""Which embargo was signed, where it was moved since; why a request to release outside the windows needs no answer.

Requests that are stale already end so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0064"
branch_labels = None
depends_on = None

TABLE = "announcement_override"
BEFORE = {
    "open": "(open_of IS NULL) = (answered_by IS NOT NULL)",
    "verdict": "verdict IN ('waits', 'taken', 'declined')",
}
SINCE = {
    "open": "(open_of IS NOT NULL) = (verdict = 'waits')",
    "verdict": "verdict IN ('waits', 'taken', 'declined', 'moot')",
    "answered": "(answered_by IS NOT NULL) = (verdict IN ('taken', 'declined'))",
    "moot": "(closed_for IS NOT NULL) = (verdict = 'moot')",
    "closed_for": "closed_for IN ('left', 'returned', 'withdrawn', 'released', 'suspended', 'moved')",
}
# What waits for a window was asked about after it began to; otherwise it was another text, or is one no more.
STALE = """
    UPDATE announcement_override SET
        verdict = 'moot',
        open_of = NULL,
        answered_at = a.state_at,
        closed_for = CASE a.state WHEN 'published' THEN 'released' WHEN 'withdrawn' THEN 'withdrawn' ELSE 'left' END
    FROM announcement AS a
    WHERE a.id = open_of AND (a.state <> 'queued' OR asked_at < a.state_at)
"""


def upgrade() -> None:
    op.add_column("announcement", sa.Column("moved_from", sa.DateTime(), nullable=True))
    op.add_column("announcement", sa.Column("moved_why", sa.Text(), nullable=True))
    op.add_column(TABLE, sa.Column("closed_for", sa.String(length=12), nullable=True))
    with op.batch_alter_table(TABLE) as table:
        for name in BEFORE:
            table.drop_constraint(table.f(f"ck_{TABLE}_{name}"), type_="check")
    op.execute(STALE)
    with op.batch_alter_table(TABLE) as table:
        for name, rule in SINCE.items():
            table.create_check_constraint(table.f(f"ck_{TABLE}_{name}"), rule)


def downgrade() -> None:
    op.execute(f"DELETE FROM {TABLE} WHERE verdict = 'moot'")  # they had no form before; the log has who asked
    with op.batch_alter_table(TABLE) as table:
        for name in SINCE:
            table.drop_constraint(table.f(f"ck_{TABLE}_{name}"), type_="check")
        for name, rule in BEFORE.items():
            table.create_check_constraint(table.f(f"ck_{TABLE}_{name}"), rule)
        table.drop_column("closed_for")
    op.drop_column("announcement", "moved_why")
    op.drop_column("announcement", "moved_from")
