"""Announcements being written, what was released of them, digests to find them by, and a counter for each year."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("released", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_announcement_year")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("prevailing", sa.String(length=2), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_script", sa.String(length=4), nullable=False),
        sa.Column("body_zh", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("body_script", sa.String(length=4), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_script", sa.String(length=4), nullable=True),
        sa.Column("fresh", sa.JSON(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by_label", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_by_label", sa.Text(), nullable=False),
        sa.Column("signed_digest", sa.String(length=64), nullable=False),
        sa.Column("window_opens", sa.DateTime(), nullable=True),
        sa.Column("window_closes", sa.DateTime(), nullable=True),
        sa.Column("missed", sa.DateTime(), nullable=True),
        sa.CheckConstraint("prevailing IN ('zh', 'en')", name=op.f("ck_announcement_prevailing")),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'queued', 'published', 'withdrawn')", name=op.f("ck_announcement_state")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_announcement_company_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_announcement_organisation_id")),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["account.id"], name=op.f("fk_announcement_signed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement") as table:
        table.create_index(table.f("ix_announcement_company_id_id"), ["company_id", "id"], unique=False)
        table.create_index(table.f("ix_announcement_organisation_id"), ["organisation_id"], unique=False)
        table.create_index(table.f("ix_announcement_state_window_opens"), ["state", "window_opens"], unique=False)

    op.create_table(
        "announcement_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_script", sa.String(length=4), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest_zh", sa.String(length=64), nullable=False),
        sa.Column("digest_en", sa.String(length=64), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("missed", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_release_announcement_id")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_announcement_release_company_id")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["announcement_release.id"], name=op.f("fk_announcement_release_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["announcement_release.id"], name=op.f("fk_announcement_release_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_announcement_release_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_release")),
        sa.UniqueConstraint("announcement_id", name=op.f("uq_announcement_release_announcement_id")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_announcement_release_corrects_id")),
        sa.UniqueConstraint("number", name=op.f("uq_announcement_release_number")),
    )
    with op.batch_alter_table("announcement_release") as table:
        table.create_index(table.f("ix_announcement_release_category_id"), ["category", "id"], unique=False)
        table.create_index(table.f("ix_announcement_release_company_id_id"), ["company_id", "id"], unique=False)
        table.create_index(table.f("ix_announcement_release_first_id"), ["first_id"], unique=False)
        table.create_index(table.f("ix_announcement_release_released_at"), ["released_at"], unique=False)

    op.create_table(
        "announcement_print",
        sa.Column("digest", sa.String(length=65), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["announcement_release.id"], name=op.f("fk_announcement_print_release_id")
        ),
        sa.PrimaryKeyConstraint("digest", "release_id", name=op.f("pk_announcement_print")),
    )


def downgrade() -> None:
    for table in ("announcement_print", "announcement_release", "announcement", "announcement_year"):
        op.drop_table(table)
