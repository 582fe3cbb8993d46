"""Recordings of days, and what those who took part thought of companies."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow_day") as table:
        table.add_column(sa.Column("replay", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("roadshow_day") as table:
        table.alter_column("replay", server_default=None)
    op.create_table(
        "roadshow_feedback",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("follow_up", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_roadshow_feedback_score")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["roadshow_session.id"], name=op.f("fk_roadshow_feedback_session_id_roadshow_session")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roadshow_feedback_account_id_account")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_roadshow_feedback_company_id_company")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["roadshow_registration.id"],
            name=op.f("fk_roadshow_feedback_registration_id_roadshow_registration"),
        ),
        sa.PrimaryKeyConstraint("session_id", "account_id", name=op.f("pk_roadshow_feedback")),
    )
    with op.batch_alter_table("roadshow_feedback") as table:
        for column in ("account_id", "company_id", "registration_id"):
            table.create_index(table.f(f"ix_roadshow_feedback_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("roadshow_feedback")
    with op.batch_alter_table("roadshow_day") as table:
        table.drop_column("replay")
