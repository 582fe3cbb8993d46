"""Several companies of one announcement: who is invited and signs, and which companies announced a release."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

SIGNED = ("signed", "endorsed")


def upgrade() -> None:
    op.create_table(
        "announcement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=False),
        sa.Column("invited_by_label", sa.Text(), nullable=False),
        *(
            column
            for name in SIGNED
            for column in (
                sa.Column(f"{name}_at", sa.DateTime(), nullable=True),
                sa.Column(f"{name}_by", sa.Integer(), nullable=True),
                sa.Column(f"{name}_by_label", sa.Text(), nullable=True),
            )
        ),
        sa.Column("signed_digest", sa.String(length=64), nullable=True),
        sa.Column("endorsed_for", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("left_by_label", sa.Text(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_by"],
                ["account.id"],
                name=op.f(f"fk_announcement_party_{name}_by_account"),
                ondelete="SET NULL",
            )
            for name in SIGNED
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_announcement_party_{column}_{table}"))
            for column, table in (
                ("announcement_id", "announcement"),
                ("company_id", "company"),
                ("organisation_id", "organisation"),
                ("endorsed_for", "organisation"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_party")),
        sa.UniqueConstraint(
            "announcement_id", "company_id", name=op.f("uq_announcement_party_announcement_id_company_id")
        ),
    )
    for column in ("company_id", "organisation_id"):
        op.create_index(op.f(f"ix_announcement_party_{column}"), "announcement_party", [column])
    op.create_table(
        "announcement_announcer",
        sa.Column("company_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("release_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_announcement_announcer_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["announcement_release.id"],
            name=op.f("fk_announcement_announcer_release_id_announcement_release"),
        ),
        sa.PrimaryKeyConstraint("company_id", "release_id", name=op.f("pk_announcement_announcer")),
    )
    op.create_index(op.f("ix_announcement_announcer_release_id"), "announcement_announcer", ["release_id"])
    op.execute(
        "INSERT INTO announcement_announcer (company_id, release_id, place)"
        " SELECT company_id, id, 0 FROM announcement_release"
    )


def downgrade() -> None:
    op.drop_table("announcement_announcer")
    op.drop_table("announcement_party")
