"""Tiers of companies, what happened to them, and what they filed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(length=10), nullable=False),
        sa.Column("item", sa.String(length=3), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_event_company_id")),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["account.id"], name=op.f("fk_disclosure_event_noted_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_event")),
    )
    with op.batch_alter_table("disclosure_event") as table:
        table.create_index(table.f("ix_disclosure_event_company_id_on_day"), ["company_id", "on_day"], unique=False)

    op.create_table(
        "disclosure_filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("standard", sa.String(length=60), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=True),
        sa.Column("filed_label", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_filing_company_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_disclosure_filing_file_id")),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["account.id"], name=op.f("fk_disclosure_filing_filed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_filing")),
        sa.UniqueConstraint("company_id", "key", name=op.f("uq_disclosure_filing_company_id_key")),
    )
    op.create_table(
        "disclosure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("open_of", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=30), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("year_end", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_label", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_label", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("granted IS NULL OR reason <> ''", name=op.f("ck_disclosure_request_reasoned")),
        sa.CheckConstraint("(open_of IS NULL) = (decided_at IS NOT NULL)", name=op.f("ck_disclosure_request_open")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_disclosure_request_two_people")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_disclosure_request_asked_by")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_request_company_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_disclosure_request_decided_by")),
        sa.ForeignKeyConstraint(["open_of"], ["company.id"], name=op.f("fk_disclosure_request_open_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_request")),
        sa.UniqueConstraint("open_of", name=op.f("uq_disclosure_request_open_of")),
    )
    with op.batch_alter_table("disclosure_request") as table:
        table.create_index(table.f("ix_disclosure_request_company_id"), ["company_id"], unique=False)

    op.create_table(
        "disclosure_tenure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("live_of", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=30), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("year_end", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(live_of IS NULL) = (until IS NOT NULL)", name=op.f("ck_disclosure_tenure_live")),
        sa.CheckConstraint("year_end BETWEEN 1 AND 12", name=op.f("ck_disclosure_tenure_year_end")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_disclosure_tenure_company_id")),
        sa.ForeignKeyConstraint(["live_of"], ["company.id"], name=op.f("fk_disclosure_tenure_live_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_tenure")),
        sa.UniqueConstraint("live_of", name=op.f("uq_disclosure_tenure_live_of")),
    )
    with op.batch_alter_table("disclosure_tenure") as table:
        table.create_index(table.f("ix_disclosure_tenure_company_id"), ["company_id"], unique=False)


def downgrade() -> None:
    for table in ("disclosure_tenure", "disclosure_request", "disclosure_filing", "disclosure_event"):
        op.drop_table(table)
