"""What reviewers note of single rules before they send their findings."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "admission_draft_finding",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('met', 'not_met', 'reviewer_decides')", name=op.f("ck_admission_draft_finding_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_admission_draft_finding_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["admission_submission.id"],
            name=op.f("fk_admission_draft_finding_submission_id_admission_submission"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "account_id", "rule", name=op.f("pk_admission_draft_finding")),
    )


def downgrade() -> None:
    op.drop_table("admission_draft_finding")
