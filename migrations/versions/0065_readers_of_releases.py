"""Who reads an announcement; what there is already was everybody's and stays so."""

from alembic import op

revision = "0065"
down_revision = "0073"
branch_labels = None
depends_on = None

TABLES = ("announcement", "announcement_release")


def upgrade() -> None:
    for table in TABLES:  # without making the table anew, which SQLite could not do while other rows point to it
        check = f"CONSTRAINT ck_{table}_visibility CHECK (visibility IN ('public', 'admitted'))"
        op.execute(f"ALTER TABLE {table} ADD COLUMN visibility VARCHAR(8) DEFAULT 'public' NOT NULL {check}")


def downgrade() -> None:
    narrow = op.get_bind().exec_driver_sql("SELECT 1 FROM announcement_release WHERE visibility <> 'public' LIMIT 1")
    if narrow.first():
        raise RuntimeError("There are announcements for admitted investors; the version before would show them to all.")
    for table in TABLES:
        op.drop_column(table, "visibility")
