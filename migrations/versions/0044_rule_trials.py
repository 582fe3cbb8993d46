"""Versions of rule books tried on past cases."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("unrecorded", sa.Integer(), nullable=False),
        sa.Column("gain", sa.Integer(), nullable=False),
        sa.Column("lose", sa.Integer(), nullable=False),
        sa.Column("otherwise", sa.Integer(), nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_rule_trial_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_trial")),
    )
    op.create_table(
        "rule_trial_line",
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=9), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.CheckConstraint("side IN ('gain', 'lose', 'otherwise', 'stay')", name=op.f("ck_rule_trial_line_side")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["admission_decision.id"], name=op.f("fk_rule_trial_line_decision_id_admission_decision")
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["rule_trial.id"], name=op.f("fk_rule_trial_line_trial_id_rule_trial"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("trial_id", "decision_id", name=op.f("pk_rule_trial_line")),
    )
    with op.batch_alter_table("rule_trial_line") as table:
        table.create_index(
            table.f("ix_rule_trial_line_trial_id_side_decision_id"), ["trial_id", "side", "decision_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("rule_trial_line")
    op.drop_table("rule_trial")
