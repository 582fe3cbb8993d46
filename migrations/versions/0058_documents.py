"""Whose documents come first for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("documents", sa.String(length=2), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "documents")
