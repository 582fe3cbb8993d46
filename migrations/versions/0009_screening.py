"""Lists of names to check against, what was checked, and the hits that a person resolves."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_kind", sa.String(length=20), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("lists", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_screening_case_kind_case_number"), ["case_kind", "case_number"], unique=False
        )

    op.create_table(
        "screening_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("imported_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_list")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_screening_list_code_version")),
    )
    op.create_table(
        "listed_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'entity')", name=op.f("ck_listed_name_kind")),
        sa.ForeignKeyConstraint(["list_id"], ["screening_list.id"], name=op.f("fk_listed_name_list_id_screening_list")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_name")),
        sa.UniqueConstraint("list_id", "reference", name=op.f("uq_listed_name_list_id_reference")),
    )
    op.create_table(
        "screening_hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screening_id", sa.Integer(), nullable=False),
        sa.Column("listed_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("listed_as", sa.String(length=300), nullable=False),
        sa.Column("likeness", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=9), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.String(length=200), nullable=False),
        sa.Column("resolver_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "outcome = 'open' OR (reason <> '' AND resolved_by <> '' AND resolved_at IS NOT NULL)",
            name=op.f("ck_screening_hit_resolved"),
        ),
        sa.CheckConstraint("outcome IN ('open', 'cleared', 'confirmed')", name=op.f("ck_screening_hit_outcome")),
        sa.ForeignKeyConstraint(["listed_id"], ["listed_name.id"], name=op.f("fk_screening_hit_listed_id_listed_name")),
        sa.ForeignKeyConstraint(
            ["resolver_id"], ["account.id"], name=op.f("fk_screening_hit_resolver_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["screening_id"], ["screening.id"], name=op.f("fk_screening_hit_screening_id_screening")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_hit")),
        sa.UniqueConstraint(
            "screening_id", "listed_id", "subject", name=op.f("uq_screening_hit_screening_id_listed_id_subject")
        ),
    )
    with op.batch_alter_table("screening_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_hit_screening_id"), ["screening_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("screening_hit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_hit_screening_id"))

    op.drop_table("screening_hit")
    op.drop_table("listed_name")
    op.drop_table("screening_list")
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_case_kind_case_number"))

    op.drop_table("screening")
