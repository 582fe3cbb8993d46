"""Who signs an announcement as the intermediary, and who reads it for the platform."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

READ = ("endorsed", "reviewed")
BEFORE = "state IN ('draft', 'sent', 'queued', 'published', 'withdrawn')"
SINCE = "state IN ('draft', 'sent', 'sponsor', 'review', 'queued', 'published', 'withdrawn')"


def upgrade() -> None:
    with op.batch_alter_table("announcement") as table:
        for name in READ:
            table.add_column(sa.Column(f"{name}_at", sa.DateTime(), nullable=True))
            table.add_column(sa.Column(f"{name}_by", sa.Integer(), nullable=True))
            table.add_column(sa.Column(f"{name}_by_label", sa.Text(), nullable=True))
            key = table.f(f"fk_announcement_{name}_by_account")
            table.create_foreign_key(key, "account", [f"{name}_by"], ["id"], ondelete="SET NULL")
        table.add_column(sa.Column("endorsed_for", sa.Integer(), nullable=True))
        key = table.f("fk_announcement_endorsed_for_organisation")
        table.create_foreign_key(key, "organisation", ["endorsed_for"], ["id"])
        table.drop_constraint(table.f("ck_announcement_state"), type_="check")
        table.create_check_constraint(table.f("ck_announcement_state"), SINCE)


def downgrade() -> None:
    op.execute("UPDATE announcement SET state = 'sent' WHERE state IN ('sponsor', 'review')")
    with op.batch_alter_table("announcement") as table:
        table.drop_constraint(table.f("ck_announcement_state"), type_="check")
        table.create_check_constraint(table.f("ck_announcement_state"), BEFORE)
        table.drop_constraint(table.f("fk_announcement_endorsed_for_organisation"), type_="foreignkey")
        table.drop_column("endorsed_for")
        for name in READ:
            table.drop_constraint(table.f(f"fk_announcement_{name}_by_account"), type_="foreignkey")
            for end in ("by_label", "by", "at"):
                table.drop_column(f"{name}_{end}")
