"""Typing that outlived a session lies under its form and names its person; what was kept for the day is let go."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0068"
branch_labels = None
depends_on = None

TABLE = "kept_typing"


def _made(*more: sa.schema.SchemaItem) -> None:
    """The table anew and empty, whose rows live for a day and can be told neither their form nor their person."""
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("token_hash", sa.String(64), nullable=False),
        *more,
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_kept_typing")),
    )
    op.create_index(op.f("ix_kept_typing_expires_at"), TABLE, ["expires_at"])


def upgrade() -> None:
    _made(
        sa.Column("page_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_kept_typing_account_id_account")),
    )
    for name in ("page_hash", "account_id"):
        op.create_index(op.f(f"ix_kept_typing_{name}"), TABLE, [name])


def downgrade() -> None:
    _made()
