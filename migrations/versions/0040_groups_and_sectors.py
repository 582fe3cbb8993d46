"""How many colleagues may be registered along, which registrations belong together, and sectors as a limit."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow") as table:
        table.add_column(sa.Column("colleagues", sa.Integer(), nullable=False, server_default="4"))
        table.add_column(sa.Column("sectors", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("roadshow") as table:
        table.alter_column("colleagues", server_default=None)
        table.alter_column("sectors", server_default=None)
    with op.batch_alter_table("roadshow_registration") as table:
        table.add_column(sa.Column("party", sa.Integer(), nullable=True))
        table.add_column(sa.Column("sectors", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("roadshow_registration") as table:
        table.alter_column("sectors", server_default=None)


def downgrade() -> None:
    for table_name, columns in (
        ("roadshow_registration", ("sectors", "party")),
        ("roadshow", ("sectors", "colleagues")),
    ):
        with op.batch_alter_table(table_name) as table:
            for column in columns:
                table.drop_column(column)
