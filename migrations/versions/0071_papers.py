"""The sheet of each release as it was set, its digest in the log."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement_paper",
        sa.Column("release_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["announcement_release.id"],
            name=op.f("fk_announcement_paper_release_id_announcement_release"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_announcement_paper_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_announcement_paper")),
        sa.UniqueConstraint("file_id", name=op.f("uq_announcement_paper_file_id")),
    )


def downgrade() -> None:
    paper = sa.table("announcement_paper", sa.column("file_id"))
    file = sa.table("stored_file", sa.column("id"))
    kept = op.get_bind().scalars(sa.select(paper.c.file_id)).all()
    op.execute("DELETE FROM announcement_print WHERE what = 'pdf'")
    op.drop_table("announcement_paper")
    op.execute(sa.delete(file).where(file.c.id.in_(kept)))
