"""Since when an application waits for somebody of the operator: what the queue is ordered by."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

WAITING = "'submitted', 'screening', 'first_review', 'second_review', 'supervision', 'appealed'"


def upgrade() -> None:
    with op.batch_alter_table("admission_application") as table:
        table.add_column(sa.Column("waiting_since", sa.DateTime(), nullable=True))
        table.create_index(table.f("ix_admission_application_waiting_since_id"), ["waiting_since", "id"], unique=False)
    op.execute(
        "UPDATE admission_application SET waiting_since ="
        " (SELECT s.submitted_at FROM admission_submission s"
        " WHERE s.application_id = admission_application.id AND s.number = admission_application.sent)"
        f" WHERE state IN ({WAITING})"
    )


def downgrade() -> None:
    with op.batch_alter_table("admission_application") as table:
        table.drop_index(table.f("ix_admission_application_waiting_since_id"))
        table.drop_column("waiting_since")
