"""The review of what enterprises send: claims, decisions of two people, comments, conflicts, checks of identity."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "review_claim",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        _key("review_claim", "account_id", "account"),
        _key("review_claim", "submission_id", "profile_submission"),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_review_claim")),
    )
    op.create_table(
        "review_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("account_id <> signed_by", name=op.f("ck_review_decision_not_the_signer")),
        sa.CheckConstraint("stage IN ('first', 'second')", name=op.f("ck_review_decision_stage")),
        sa.CheckConstraint("verdict IN ('approve', 'return')", name=op.f("ck_review_decision_verdict")),
        _key("review_decision", "account_id", "account"),
        _key("review_decision", "signed_by", "account"),
        _key("review_decision", "submission_id", "profile_submission"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
        sa.UniqueConstraint("submission_id", "account_id", name=op.f("uq_review_decision_submission_id_account_id")),
        sa.UniqueConstraint("submission_id", "stage", name=op.f("uq_review_decision_submission_id_stage")),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _key("review_comment", "account_id", "account"),
        _key("review_comment", "submission_id", "profile_submission"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index(op.f("ix_review_comment_submission_id_id"), "review_comment", ["submission_id", "id"])
    op.create_table(
        "review_conflict",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        _key("review_conflict", "account_id", "account"),
        _key("review_conflict", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("account_id", "organisation_id", name=op.f("pk_review_conflict")),
    )
    op.create_table(
        "identity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        _key("identity_check", "account_id", "account"),
        _key("identity_check", "profile_id", "profile"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_check")),
    )
    op.create_index(op.f("ix_identity_check_profile_id_checked_at"), "identity_check", ["profile_id", "checked_at"])


def downgrade() -> None:
    for table in ("identity_check", "review_conflict", "review_comment", "review_decision", "review_claim"):
        op.drop_table(table)
