"""Which companies were planned, asked, agreed and declined; those on an agenda so far had agreed on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadshow_presentation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("open_of", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("answer_by", sa.DateTime(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'asked', 'confirmed', 'declined', 'withdrawn')",
            name=op.f("ck_roadshow_presentation_state"),
        ),
        sa.CheckConstraint(
            "(open_of IS NOT NULL) = (state IN ('planned', 'asked', 'confirmed'))",
            name=op.f("ck_roadshow_presentation_open"),
        ),
        sa.CheckConstraint("(asked_at IS NULL) = (answer_by IS NULL)", name=op.f("ck_roadshow_presentation_asked")),
        sa.CheckConstraint("state <> 'declined' OR reason <> ''", name=op.f("ck_roadshow_presentation_reason")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["roadshow_session.id"], name=op.f("fk_roadshow_presentation_session_id_roadshow_session")
        ),
        sa.ForeignKeyConstraint(
            ["open_of"], ["roadshow_session.id"], name=op.f("fk_roadshow_presentation_open_of_roadshow_session")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_roadshow_presentation_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["company.id"], name=op.f("fk_roadshow_presentation_substitute_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_roadshow_presentation_answered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_presentation")),
        sa.UniqueConstraint("open_of", name=op.f("uq_roadshow_presentation_open_of")),
    )
    with op.batch_alter_table("roadshow_presentation") as table:
        for column in ("session_id", "company_id", "answered_by"):
            table.create_index(table.f(f"ix_roadshow_presentation_{column}"), [column], unique=False)
    op.execute(
        "INSERT INTO roadshow_presentation (session_id, open_of, company_id, state, state_at, on_paper, reason)"
        " SELECT s.id, s.id, s.company_id, 'confirmed', r.created_at, TRUE, '' FROM roadshow_session s"
        " JOIN roadshow_day d ON d.id = s.day_id JOIN roadshow r ON r.id = d.roadshow_id"
        " WHERE s.company_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("roadshow_presentation")
