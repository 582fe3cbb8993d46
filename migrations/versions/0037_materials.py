"""Files that companies bring for their sessions at roadshows."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadshow_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "visibility IN ('public', 'admitted', 'registered')", name=op.f("ck_roadshow_material_visibility")
        ),
        sa.CheckConstraint("language IN ('zh', 'en')", name=op.f("ck_roadshow_material_language")),
        sa.CheckConstraint("replaces_id IS NULL OR replaces_id <> id", name=op.f("ck_roadshow_material_replaces")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["roadshow_session.id"], name=op.f("fk_roadshow_material_session_id_roadshow_session")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_roadshow_material_company_id_company")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_roadshow_material_file_id_stored_file")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_roadshow_material_sent_by_account")),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["roadshow_material.id"],
            name=op.f("fk_roadshow_material_replaces_id_roadshow_material"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_material")),
    )
    with op.batch_alter_table("roadshow_material") as table:
        for column in ("session_id", "company_id", "sent_by"):
            table.create_index(table.f(f"ix_roadshow_material_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("roadshow_material")
