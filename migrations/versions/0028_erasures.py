"""Requests that what is held about a person be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("open_of", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("outcome IN ('', 'erased', 'declined', 'withdrawn')", name=op.f("ck_erasure_outcome")),
        sa.CheckConstraint("(open_of IS NULL) = (outcome <> '')", name=op.f("ck_erasure_open")),
        sa.CheckConstraint("outcome <> 'declined' OR answered_by <> account_id", name=op.f("ck_erasure_two_people")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_erasure_account_id_account")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_erasure_answered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("open_of", name=op.f("uq_erasure_open_of")),
    )
    with op.batch_alter_table("erasure") as table:
        table.create_index(table.f("ix_erasure_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("erasure")
