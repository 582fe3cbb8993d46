"""What each published version of a roadshow changed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadshow_change",
        sa.Column("roadshow_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["roadshow_id"], ["roadshow.id"], name=op.f("fk_roadshow_change_roadshow_id_roadshow")),
        sa.PrimaryKeyConstraint("roadshow_id", "version", name=op.f("pk_roadshow_change")),
    )


def downgrade() -> None:
    op.drop_table("roadshow_change")
