"""Who came to a day of a roadshow, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow_registration") as table:
        table.add_column(sa.Column("attended_at", sa.DateTime(), nullable=True))
        table.create_check_constraint(
            op.f("ck_roadshow_registration_attended"), "attended_at IS NULL OR state = 'confirmed'"
        )


def downgrade() -> None:
    with op.batch_alter_table("roadshow_registration") as table:
        table.drop_constraint(op.f("ck_roadshow_registration_attended"), type_="check")
        table.drop_column("attended_at")
