"""The order of classes in which those who wait for a roadshow get places."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow") as table:
        table.add_column(sa.Column("priority", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("roadshow") as table:
        table.alter_column("priority", server_default=None)
    with op.batch_alter_table("roadshow_registration") as table:
        table.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("roadshow_registration") as table:
        table.alter_column("rank", server_default=None)
        table.drop_index(table.f("ix_roadshow_registration_day_id_mode_state_turn"))
        name = table.f("ix_roadshow_registration_day_id_mode_state_rank_turn")
        table.create_index(name, ["day_id", "mode", "state", "rank", "turn"])


def downgrade() -> None:
    with op.batch_alter_table("roadshow_registration") as table:
        table.drop_index(table.f("ix_roadshow_registration_day_id_mode_state_rank_turn"))
        table.create_index(
            table.f("ix_roadshow_registration_day_id_mode_state_turn"), ["day_id", "mode", "state", "turn"]
        )
    with op.batch_alter_table("roadshow_registration") as table:
        table.drop_column("rank")
    with op.batch_alter_table("roadshow") as table:
        table.drop_column("priority")
