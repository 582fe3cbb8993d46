"""What the scores stand on: how far the texts of each release agree, and what was counted of each company."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement_parity",
        sa.Column("release_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["announcement_release.id"],
            name=op.f("fk_announcement_parity_release_id_announcement_release"),
        ),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_announcement_parity")),
    )
    op.create_table(
        "disclosure_scored",
        sa.Column("company_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("market", sa.String(length=12), nullable=False),
        sa.Column("tier", sa.String(length=30), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("in_time", "due", "corrected", "announced", "agreeing", "places")
        ),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_scored_company_id_company")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_disclosure_scored")),
    )


def downgrade() -> None:
    op.drop_table("disclosure_scored")
    op.drop_table("announcement_parity")
