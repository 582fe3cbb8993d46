"""Which agents prepare a company's announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement_mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by_label", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_announcement_mandate_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["organisation.id"], name=op.f("fk_announcement_mandate_agent_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_mandate")),
        sa.UniqueConstraint(
            "company_id", "agent_id", "live", name=op.f("uq_announcement_mandate_company_id_agent_id_live")
        ),
    )
    with op.batch_alter_table("announcement_mandate") as table:
        table.create_index(table.f("ix_announcement_mandate_agent_id"), ["agent_id"], unique=False)


def downgrade() -> None:
    op.drop_table("announcement_mandate")
