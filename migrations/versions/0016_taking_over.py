"""From which imported page a profile was begun, and whether a reviewer found it to be about the enterprise."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("profile") as table:
        table.add_column(sa.Column("begun_from", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_profile_begun_from_company"), "company", ["begun_from"], ["id"])
    with op.batch_alter_table("identity_check") as table:
        table.add_column(sa.Column("takes_over", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_identity_check_takes_over_company"), "company", ["takes_over"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("identity_check") as table:
        table.drop_constraint(op.f("fk_identity_check_takes_over_company"), type_="foreignkey")
        table.drop_column("takes_over")
    with op.batch_alter_table("profile") as table:
        table.drop_constraint(op.f("fk_profile_begun_from_company"), type_="foreignkey")
        table.drop_column("begun_from")
