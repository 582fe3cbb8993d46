"""When a company last announced something, for those who watch it."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("company", sa.Column("announced_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("company") as table:
        table.drop_column("announced_at")
