"""Who wrote which language of an announcement, and who checked that both say the same."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

KEY = "fk_announcement_checked_by_account"


def upgrade() -> None:
    with op.batch_alter_table("announcement") as table:
        table.add_column(sa.Column("hands", sa.JSON(), nullable=True))
        table.add_column(sa.Column("checked_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("checked_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("checked_by_label", sa.Text(), nullable=True))
        table.add_column(sa.Column("checked_digest", sa.String(length=64), nullable=True))
        table.create_foreign_key(table.f(KEY), "account", ["checked_by"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("announcement") as table:
        table.drop_constraint(table.f(KEY), type_="foreignkey")
        for name in ("checked_digest", "checked_by_label", "checked_by", "checked_at", "hands"):
            table.drop_column(name)
