"""Questions to companies at a roadshow, with both texts of question and answer."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadshow_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("question_zh", sa.Text(), nullable=False),
        sa.Column("question_en", sa.Text(), nullable=False),
        sa.Column("question_script", sa.String(length=4), nullable=False),
        sa.Column("answer_zh", sa.Text(), nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.Column("answer_script", sa.String(length=4), nullable=False),
        sa.Column("aloud", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR (question_zh <> '' AND question_en <> '')",
            name=op.f("ck_roadshow_question_both_languages"),
        ),
        sa.CheckConstraint("(answer_zh <> '') = (answer_en <> '')", name=op.f("ck_roadshow_question_answer_in_both")),
        sa.CheckConstraint("state IN ('asked', 'published', 'dismissed')", name=op.f("ck_roadshow_question_state")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roadshow_question_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_roadshow_question_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["roadshow_session.id"], name=op.f("fk_roadshow_question_session_id_roadshow_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_question")),
    )
    with op.batch_alter_table("roadshow_question") as table:
        table.create_index(table.f("ix_roadshow_question_session_id"), ["session_id"], unique=False)
        table.create_index(table.f("ix_roadshow_question_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("roadshow_question")
