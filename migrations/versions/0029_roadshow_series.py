"""Which series a roadshow goes on with: the number of the first of it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow") as table:
        table.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        table.create_index(table.f("ix_roadshow_series_id"), ["series_id"], unique=False)
        table.create_foreign_key(table.f("fk_roadshow_series_id_roadshow"), "roadshow", ["series_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("roadshow") as table:
        table.drop_constraint(table.f("fk_roadshow_series_id_roadshow"), type_="foreignkey")
        table.drop_index(table.f("ix_roadshow_series_id"))
        table.drop_column("series_id")
