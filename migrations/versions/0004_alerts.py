"""Companies people watch, and what they asked to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_watch",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_company_watch_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_watch_company_id_company"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "company_id", name=op.f("pk_company_watch")),
    )
    op.create_index(op.f("ix_company_watch_company_id"), "company_watch", ["company_id"])
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=8), nullable=False),
        sa.Column("query", sa.String(length=1500), nullable=False),
        sa.Column("cadence", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("subject IN ('search', 'watched')", name=op.f("ck_alert_subject")),
        sa.CheckConstraint("cadence IN ('never', 'at_once', 'daily', 'weekly')", name=op.f("ck_alert_cadence")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_alert_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("account_id", "subject", "query", name=op.f("uq_alert_account_id_subject_query")),
    )
    op.create_index(op.f("ix_alert_next_at"), "alert", ["next_at"])


def downgrade() -> None:
    op.drop_table("alert")
    op.drop_table("company_watch")
