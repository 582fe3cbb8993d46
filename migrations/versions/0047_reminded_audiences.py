"""Whom a reminder of a roadshow is for, times that stand by themselves, and whether who comes late is told."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

AUDIENCES = "audience IN ('confirmed', 'waitlisted', 'invited', 'companies', 'absent')"
SINCE, BEFORE = "anchor IN ('start', 'end', 'close', 'fixed')", "anchor IN ('start', 'end')"
_ONE = ("roadshow_id", "anchor", "minutes")


def upgrade() -> None:
    with op.batch_alter_table("roadshow_reminder") as table:
        table.add_column(sa.Column("audience", sa.String(length=10), nullable=False, server_default="confirmed"))
        table.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("roadshow_reminder") as table:
        table.alter_column("audience", server_default=None)
        table.alter_column("late", server_default=None)
        table.drop_constraint(table.f("uq_roadshow_reminder_roadshow_id_anchor_minutes"), type_="unique")
        table.drop_constraint(table.f("ck_roadshow_reminder_anchor"), type_="check")
        table.create_check_constraint(table.f("ck_roadshow_reminder_anchor"), SINCE)
        table.create_check_constraint(table.f("ck_roadshow_reminder_audience"), AUDIENCES)
        name = table.f("uq_roadshow_reminder_roadshow_id_audience_anchor_minutes")
        table.create_unique_constraint(name, ["roadshow_id", "audience", "anchor", "minutes"])


def downgrade() -> None:
    op.execute("DELETE FROM roadshow_reminder WHERE audience <> 'confirmed' OR anchor NOT IN ('start', 'end')")
    with op.batch_alter_table("roadshow_reminder") as table:
        name = table.f("uq_roadshow_reminder_roadshow_id_audience_anchor_minutes")
        table.drop_constraint(name, type_="unique")
        table.drop_constraint(table.f("ck_roadshow_reminder_audience"), type_="check")
        table.drop_constraint(table.f("ck_roadshow_reminder_anchor"), type_="check")
        table.create_check_constraint(table.f("ck_roadshow_reminder_anchor"), BEFORE)
        table.create_unique_constraint(table.f("uq_roadshow_reminder_roadshow_id_anchor_minutes"), list(_ONE))
        table.drop_column("late")
        table.drop_column("audience")
