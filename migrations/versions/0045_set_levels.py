"""Risk levels of companies that people set higher than they are worked out."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLE = "suitability_level"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("live_of", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("reason_script", sa.String(length=4), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_label", sa.String(length=120), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_label", sa.String(length=120), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(live_of IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_suitability_level_live")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_suitability_level_company_id_company")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_suitability_level_set_by_account")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_suitability_level_ended_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suitability_level")),
        sa.UniqueConstraint("live_of", name=op.f("uq_suitability_level_live_of")),
    )
    with op.batch_alter_table(TABLE) as table:
        table.create_index(table.f("ix_suitability_level_company_id"), ["company_id"], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
