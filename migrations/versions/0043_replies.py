"""Answers that companies write themselves, whether they are told who asks, and votes for questions."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadshow_question") as table:
        # Nobody who asked so far was told that the company reads their name.
        table.add_column(sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("reply_zh", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("reply_en", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("reply_script", sa.String(length=4), nullable=False, server_default="Hans"))
        table.add_column(sa.Column("replied_at", sa.DateTime(), nullable=True))
        table.create_check_constraint(op.f("ck_roadshow_question_reply_in_both"), "(reply_zh <> '') = (reply_en <> '')")
        table.create_check_constraint(
            op.f("ck_roadshow_question_replied"), "(reply_zh <> '') = (replied_at IS NOT NULL)"
        )
    with op.batch_alter_table("roadshow_question") as table:
        for name in ("anonymous", "reply_zh", "reply_en", "reply_script"):
            table.alter_column(name, server_default=None)
    op.create_table(
        "roadshow_vote",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["roadshow_question.id"], name=op.f("fk_roadshow_vote_question_id_roadshow_question")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roadshow_vote_account_id_account")),
        sa.PrimaryKeyConstraint("question_id", "account_id", name=op.f("pk_roadshow_vote")),
    )
    with op.batch_alter_table("roadshow_vote") as table:
        table.create_index(table.f("ix_roadshow_vote_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("roadshow_vote")
    with op.batch_alter_table("roadshow_question") as table:
        table.drop_constraint(table.f("ck_roadshow_question_replied"), type_="check")
        table.drop_constraint(table.f("ck_roadshow_question_reply_in_both"), type_="check")
        for name in ("replied_at", "reply_script", "reply_en", "reply_zh", "anonymous"):
            table.drop_column(name)
