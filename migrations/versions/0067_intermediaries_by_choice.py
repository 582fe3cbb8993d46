"""Which intermediary a company asks of its own accord to sign an announcement, too."""

from alembic import op

revision = "0067"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Neither database makes the table anew for this, which SQLite could not do while other rows point to it.
    key = "CONSTRAINT fk_announcement_intermediary_id_organisation REFERENCES organisation (id)"
    op.execute(f"ALTER TABLE announcement ADD COLUMN intermediary_id INTEGER {key}")


def downgrade() -> None:
    op.drop_column("announcement", "intermediary_id")
