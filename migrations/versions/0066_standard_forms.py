"""A draft that says a standard form keeps which one, its version and the values of its fields."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("announcement", sa.Column("form", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("announcement", "form")
