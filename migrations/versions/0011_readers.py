"""Who reads a company, by day and kind of reader; whether an institution is named to the companies it reads."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_reading",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("tier", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("institution_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("what IN ('page', 'factsheet', 'document', 'watch')", name=op.f("ck_company_reading_what")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_reading_company_id_company"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("company_id", "day", "what", "tier", "institution_id", name=op.f("pk_company_reading")),
    )
    op.create_index(op.f("ix_company_reading_day"), "company_reading", ["day"])
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.drop_column("hidden")
    op.drop_table("company_reading")
