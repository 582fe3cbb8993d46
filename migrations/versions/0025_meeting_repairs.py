"""How many meetings a repaired timetable moves, and how few had to be."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting_run") as table:
        table.add_column(sa.Column("moved", sa.Integer(), nullable=True))
        table.add_column(sa.Column("least_moved", sa.Integer(), nullable=True))
        table.create_check_constraint(table.f("ck_meeting_run_moved"), "(moved IS NULL) = (least_moved IS NULL)")


def downgrade() -> None:
    with op.batch_alter_table("meeting_run") as table:
        table.drop_constraint(table.f("ck_meeting_run_moved"), type_="check")
        table.drop_column("least_moved")
        table.drop_column("moved")
