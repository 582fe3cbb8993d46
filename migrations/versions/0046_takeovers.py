"""Why a submission was taken over outlives the claim."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

LOCK = timedelta(minutes=30)  # how long a claim held when this was written
CLAIM = sa.table(
    "admission_claim",
    sa.column("submission_id", sa.Integer()),
    sa.column("account_id", sa.Integer()),
    sa.column("until", sa.DateTime()),
    sa.column("note", sa.Text()),
)


def upgrade() -> None:
    made = op.create_table(
        "admission_takeover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["admission_submission.id"],
            name=op.f("fk_admission_takeover_submission_id_admission_submission"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_takeover_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_takeover")),
    )
    with op.batch_alter_table("admission_takeover") as table:
        table.create_index(table.f("ix_admission_takeover_submission_id"), ["submission_id"], unique=False)
    for row in op.get_bind().execute(sa.select(CLAIM).where(CLAIM.c.note != "")).all():
        kept = {"submission_id": row.submission_id, "account_id": row.account_id, "note": row.note}
        op.bulk_insert(made, [kept | {"taken_at": row.until - LOCK}])
    with op.batch_alter_table("admission_claim") as table:
        table.drop_column("note")


def downgrade() -> None:
    with op.batch_alter_table("admission_claim") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.drop_table("admission_takeover")
