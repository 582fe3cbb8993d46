"""The markets in whose working hours the sessions of a roadshow should lie."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow") as table:
        table.add_column(sa.Column("workplaces", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("roadshow") as table:
        table.alter_column("workplaces", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("roadshow") as table:
        table.drop_column("workplaces")
