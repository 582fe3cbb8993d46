"""Before which instant an announcement is not released, by the clocks of which zone."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("announcement") as table:
        table.add_column(sa.Column("not_before", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("not_before_zone", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("announcement") as table:
        table.drop_column("not_before_zone")
        table.drop_column("not_before")
