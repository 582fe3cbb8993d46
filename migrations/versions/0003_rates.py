"""Rates between currencies, as they were stated."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stated_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(length=3), nullable=False),
        sa.Column("quote", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("base <> quote", name=op.f("ck_stated_rate_two_currencies")),
        sa.CheckConstraint("kind IN ('reference', 'manual')", name=op.f("ck_stated_rate_known_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_stated_rate_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_rate")),
        sa.UniqueConstraint(
            "base", "quote", "day", "kind", "number", name=op.f("uq_stated_rate_base_quote_day_kind_number")
        ),
    )
    op.create_index("ix_stated_rate_day", "stated_rate", ["kind", "day"])


def downgrade() -> None:
    op.drop_table("stated_rate")
