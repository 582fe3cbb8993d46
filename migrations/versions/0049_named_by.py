"""Which company named somebody who speaks in a session, so that they leave with it."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow_speaker") as table:
        table.add_column(sa.Column("company_id", sa.Integer(), nullable=True))
        table.create_foreign_key(table.f("fk_roadshow_speaker_company_id_company"), "company", ["company_id"], ["id"])
        table.create_index(table.f("ix_roadshow_speaker_company_id"), ["company_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roadshow_speaker") as table:
        table.drop_index(table.f("ix_roadshow_speaker_company_id"))
        table.drop_constraint(table.f("fk_roadshow_speaker_company_id_company"), type_="foreignkey")
        table.drop_column("company_id")
