"""Who asked to release an announcement outside the windows, why, and who answered."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("open_of", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("reason_script", sa.String(length=4), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_label", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_label", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_by <> asked_by", name=op.f("ck_announcement_override_two_people")
        ),
        sa.CheckConstraint("(open_of IS NULL) = (answered_by IS NOT NULL)", name=op.f("ck_announcement_override_open")),
        sa.CheckConstraint("verdict IN ('waits', 'taken', 'declined')", name=op.f("ck_announcement_override_verdict")),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_override_announcement_id_announcement")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_announcement_override_asked_by_account")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_announcement_override_answered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_override")),
        sa.UniqueConstraint("open_of", name=op.f("uq_announcement_override_open_of")),
    )
    with op.batch_alter_table("announcement_override") as table:
        table.create_index(table.f("ix_announcement_override_announcement_id"), ["announcement_id"], unique=False)


def downgrade() -> None:
    op.drop_table("announcement_override")
