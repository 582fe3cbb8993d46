"""Waivers, the steps that lateness leads to, and companies held back because of one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_by", sa.Integer(), nullable=False),
        sa.Column("first_label", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("second_by", sa.Integer(), nullable=True),
        sa.Column("second_label", sa.Text(), nullable=False),
        sa.Column("second_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "verdict <> 'taken' OR step = 'off_roadshow' OR second_by IS NOT NULL",
            name=op.f("ck_disclosure_measure_second"),
        ),
        sa.CheckConstraint("verdict IN ('waits', 'taken', 'declined')", name=op.f("ck_disclosure_measure_verdict")),
        sa.CheckConstraint("second_by IS NULL OR second_by <> first_by", name=op.f("ck_disclosure_measure_two_people")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_measure_company_id")),
        sa.ForeignKeyConstraint(["first_by"], ["account.id"], name=op.f("fk_disclosure_measure_first_by")),
        sa.ForeignKeyConstraint(["second_by"], ["account.id"], name=op.f("fk_disclosure_measure_second_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_measure")),
        sa.UniqueConstraint(
            "company_id", "key", "step", "by", name=op.f("uq_disclosure_measure_company_id_key_step_by")
        ),
    )
    op.create_table(
        "disclosure_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_label", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_waiver_company_id")),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f("fk_disclosure_waiver_given_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_waiver")),
    )
    with op.batch_alter_table("disclosure_waiver") as table:
        table.create_index(table.f("ix_disclosure_waiver_company_id"), ["company_id"], unique=False)

    with op.batch_alter_table("company") as table:
        table.add_column(sa.Column("held_back_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("company") as table:
        table.drop_column("held_back_at")
    for table in ("disclosure_waiver", "disclosure_measure"):
        op.drop_table(table)
