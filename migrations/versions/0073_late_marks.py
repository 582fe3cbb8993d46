"""The public marks of lateness, each with its two entries of the log."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("begun_entry", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_entry", sa.BigInteger(), nullable=True),
        sa.Column("lifted_for", sa.String(length=6), nullable=False),
        sa.CheckConstraint("stands IS NULL OR stands", name=op.f("ck_disclosure_mark_stands")),
        sa.CheckConstraint("(stands IS NULL) = (lifted_at IS NOT NULL)", name=op.f("ck_disclosure_mark_lifted")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_mark_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_mark")),
        sa.UniqueConstraint("company_id", "key", "stands", name=op.f("uq_disclosure_mark_company_id_key_stands")),
    )


def downgrade() -> None:
    op.drop_table("disclosure_mark")
