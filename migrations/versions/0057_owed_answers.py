"""Which answers at roadshows are known to be material and not published in both languages yet."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow_question") as table:
        table.add_column(sa.Column("material_owed", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_check_constraint(op.f("ck_roadshow_question_owed"), "NOT (material AND material_owed)")
    with op.batch_alter_table("roadshow_question") as table:
        table.alter_column("material_owed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("roadshow_question") as table:
        table.drop_constraint(op.f("ck_roadshow_question_owed"), type_="check")
        table.drop_column("material_owed")
