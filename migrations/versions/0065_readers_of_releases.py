"""Who reads an announcement.

What was released already is everybody's and stays so, as does what was sent and signed for everybody. A draft gets the
class that the standard gives what it is about, unless it corrects a release: that one is everybody's.
"""

from alembic import op

revision = "0065"
down_revision = "0073"
branch_labels = None
depends_on = None

TABLES = ("announcement", "announcement_release")
# Those that answer an item for admitted investors in the standard of 2026, the only one there was.
ADMITTED = ("annual_report", "audit_report", "interim_report", "quarterly_figures", "preliminary_results")
ADMITTED += ("proceeds_report",)


def upgrade() -> None:
    for table in TABLES:  # without making the table anew, which SQLite could not do while other rows point to it
        check = f"CONSTRAINT ck_{table}_visibility CHECK (visibility IN ('public', 'admitted'))"
        op.execute(f"ALTER TABLE {table} ADD COLUMN visibility VARCHAR(8) DEFAULT 'public' NOT NULL {check}")
    drafts = "state = 'draft' AND corrects_id IS NULL"
    op.execute(f"UPDATE announcement SET visibility = 'admitted' WHERE {drafts} AND category IN {ADMITTED}")


def downgrade() -> None:
    narrow = op.get_bind().exec_driver_sql("SELECT 1 FROM announcement_release WHERE visibility <> 'public' LIMIT 1")
    if narrow.first():
        raise RuntimeError("There are announcements for admitted investors; the version before would show them to all.")
    for table in TABLES:
        op.drop_column(table, "visibility")
