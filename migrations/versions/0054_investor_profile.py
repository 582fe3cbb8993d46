"""What institutions say of themselves to enterprises, and how often these looked."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "investor_profile",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("least_minor", sa.BigInteger(), nullable=True),
        sa.Column("most_minor", sa.BigInteger(), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_script", sa.String(length=4), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(text_zh = '') = (text_en = '')", name=op.f("ck_investor_profile_both_languages")),
        sa.CheckConstraint(
            "least_minor > 0 AND most_minor > 0 AND least_minor <= most_minor", name=op.f("ck_investor_profile_size")
        ),
        sa.CheckConstraint(
            "currency <> '' OR (least_minor IS NULL AND most_minor IS NULL)", name=op.f("ck_investor_profile_currency")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_investor_profile_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_investor_profile_saved_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_investor_profile")),
    )
    op.create_table(
        "investor_profile_opening",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_investor_profile_opening_company_id_company"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_investor_profile_opening_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "company_id", "day", name=op.f("pk_investor_profile_opening")),
    )
    with op.batch_alter_table("investor_profile_opening") as table:
        table.create_index(table.f("ix_investor_profile_opening_day"), ["day"], unique=False)


def downgrade() -> None:
    op.drop_table("investor_profile_opening")
    op.drop_table("investor_profile")
