"""The ledger of consents, which is only ever added to."""

import sqlalchemy as sa
from alembic import op

from listing.store import append_only

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = "admission_consent"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("act IN ('given', 'refused', 'withdrawn')", name=op.f("ck_admission_consent_act")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_consent_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_consent_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_consent")),
        sa.UniqueConstraint(
            "organisation_id", "purpose", "number", name=op.f("uq_admission_consent_organisation_id_purpose_number")
        ),
    )
    with op.batch_alter_table(TABLE) as table:
        table.create_index(table.f("ix_admission_consent_account_id"), ["account_id"], unique=False)
    for sql in append_only.statements(op.get_bind().dialect.name, TABLE):
        op.execute(sql)


def downgrade() -> None:
    for sql in append_only.removal(op.get_bind().dialect.name, TABLE):
        op.execute(sql)
    op.drop_table(TABLE)
