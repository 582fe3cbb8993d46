"""Who speaks in a session of a roadshow."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadshow_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_script", sa.String(length=4), nullable=False),
        sa.Column("role_zh", sa.Text(), nullable=False),
        sa.Column("role_en", sa.Text(), nullable=False),
        sa.Column("role_script", sa.String(length=4), nullable=False),
        sa.CheckConstraint("name_zh <> '' AND name_en <> ''", name=op.f("ck_roadshow_speaker_both_names")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["roadshow_session.id"], name=op.f("fk_roadshow_speaker_session_id_roadshow_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_speaker")),
    )
    with op.batch_alter_table("roadshow_speaker") as table:
        table.create_index(table.f("ix_roadshow_speaker_session_id"), ["session_id"], unique=False)


def downgrade() -> None:
    op.drop_table("roadshow_speaker")
