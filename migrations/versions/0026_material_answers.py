"""Which answers at roadshows are material: those that every admitted investor is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow_question") as table:
        table.add_column(sa.Column("material", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_check_constraint(
            op.f("ck_roadshow_question_material_in_both"), "NOT material OR (state = 'published' AND answer_zh <> '')"
        )
    with op.batch_alter_table("roadshow_question") as table:
        table.alter_column("material", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("roadshow_question") as table:
        table.drop_constraint(op.f("ck_roadshow_question_material_in_both"), type_="check")
        table.drop_column("material")
