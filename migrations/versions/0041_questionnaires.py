"""Risk questionnaires that admitted institutions answered anew."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

TABLE = "suitability_questionnaire"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_suitability_questionnaire_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_suitability_questionnaire_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suitability_questionnaire")),
        sa.UniqueConstraint(
            "organisation_id", "number", name=op.f("uq_suitability_questionnaire_organisation_id_number")
        ),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
