"""What investors confirmed about companies whose risk is above their level."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLE = "suitability_confirmation"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("matrix", sa.String(length=20), nullable=False),
        sa.Column("statement", sa.String(length=20), nullable=False),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("investor_level", sa.String(length=4), nullable=False),
        sa.Column("risk_level", sa.String(length=2), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR confirmed_at >= read_at", name=op.f("ck_suitability_confirmation_order")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_suitability_confirmation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_suitability_confirmation_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_suitability_confirmation_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suitability_confirmation")),
        sa.UniqueConstraint(
            *("organisation_id", "company_id", "account_id", "matrix", "statement"),
            *("regime", "investor_level", "risk_level", "answered_at"),
            name=op.f("uq_suitability_confirmation_basis"),
        ),
    )
    with op.batch_alter_table(TABLE) as table:
        table.create_index(table.f("ix_suitability_confirmation_company_id"), ["company_id"], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
