"""Profiles being written: sheets, what was sent, typing kept for a browser."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = "state IN ('draft', 'submitted', 'in_review', 'returned', 'approved', 'published', 'withdrawn')"


def upgrade() -> None:
    op.create_table(
        "kept_typing",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_kept_typing")),
    )
    with op.batch_alter_table("kept_typing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_typing_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("registration", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            STATES,
            name=op.f("ck_profile_state"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_profile_company_id")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_profile_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_profile_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("company_id", name=op.f("uq_profile_company_id")),
        sa.UniqueConstraint("registration", name=op.f("uq_profile_registration")),
    )
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "profile_sheet",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_by_label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_profile_sheet_profile_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_profile_sheet_saved_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("profile_id", "sheet", name=op.f("pk_profile_sheet")),
    )
    op.create_table(
        "profile_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("declaration", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            STATES,
            name=op.f("ck_profile_submission_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_profile_submission_organisation_id")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_profile_submission_profile_id")),
        sa.ForeignKeyConstraint(["submitted_by"], ["account.id"], name=op.f("fk_profile_submission_submitted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_submission")),
        sa.UniqueConstraint("profile_id", "number", name=op.f("uq_profile_submission_profile_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_profile_submission_reference")),
    )
    with op.batch_alter_table("profile_submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_submission_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_profile_submission_state_submitted_at"), ["state", "submitted_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("profile_submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profile_submission_state_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_profile_submission_organisation_id"))

    op.drop_table("profile_submission")
    op.drop_table("profile_sheet")
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profile_organisation_id"))

    op.drop_table("profile")
    with op.batch_alter_table("kept_typing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_typing_expires_at"))

    op.drop_table("kept_typing")
