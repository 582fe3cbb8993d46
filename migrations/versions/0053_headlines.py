"""Headline codes of announcements; what corrects and what was corrected is found by indexes of the few that do."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

RELEASE = "announcement_release"
FEW = ("corrects_id", "first_id")


def upgrade() -> None:
    op.add_column("announcement", sa.Column("headline", sa.String(length=40), nullable=True))
    op.add_column(RELEASE, sa.Column("headline", sa.String(length=40), nullable=True))
    op.create_index(op.f("ix_announcement_release_headline_id"), RELEASE, ["headline", "id"])
    op.drop_index(op.f("ix_announcement_release_first_id"), RELEASE)
    for column in FEW:
        name = op.f(f"ix_announcement_release_{column}")
        op.create_index(name, RELEASE, [column], sqlite_where=sa.text(f"{column} IS NOT NULL"))


def downgrade() -> None:
    for column in FEW:
        op.drop_index(op.f(f"ix_announcement_release_{column}"), RELEASE)
    op.create_index(op.f("ix_announcement_release_first_id"), RELEASE, ["first_id"])
    op.drop_index(op.f("ix_announcement_release_headline_id"), RELEASE)
    op.drop_column(RELEASE, "headline")
    op.drop_column("announcement", "headline")
