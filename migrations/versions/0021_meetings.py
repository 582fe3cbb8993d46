"""One-to-one meetings: slots and limits of a day, wishes, timetables worked out, and their meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("rooms", sa.JSON(), nullable=False),
        sa.Column("interpreters", sa.Integer(), nullable=False),
        sa.Column("investor_most", sa.Integer(), nullable=False),
        sa.Column("company_most", sa.Integer(), nullable=False),
        sa.Column("min_gap", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "minutes > 0 AND pause >= 0 AND count > 0 AND after >= 0", name=op.f("ck_meeting_round_slots")
        ),
        sa.ForeignKeyConstraint(["day_id"], ["roadshow_day.id"], name=op.f("fk_meeting_round_day_id_roadshow_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_round")),
        sa.UniqueConstraint("day_id", name=op.f("uq_meeting_round_day_id")),
    )
    op.create_table(
        "meeting_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("available", sa.JSON(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("interpretation", sa.Boolean(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(registration_id IS NULL) <> (company_id IS NULL)", name=op.f("ck_meeting_party_one_side")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_meeting_party_company_id_company")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["roadshow_registration.id"],
            name=op.f("fk_meeting_party_registration_id_roadshow_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["meeting_round.id"], name=op.f("fk_meeting_party_round_id_meeting_round")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_meeting_party_sent_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_party")),
        sa.UniqueConstraint("round_id", "company_id", name=op.f("uq_meeting_party_round_id_company_id")),
        sa.UniqueConstraint("round_id", "registration_id", name=op.f("uq_meeting_party_round_id_registration_id")),
    )
    with op.batch_alter_table("meeting_party") as table:
        for column in ("registration_id", "company_id", "sent_by"):
            table.create_index(table.f(f"ix_meeting_party_{column}"), [column], unique=False)
    op.create_table(
        "meeting_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("unmet", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published', 'undone')", name=op.f("ck_meeting_run_state")),
        sa.CheckConstraint("(published_at IS NOT NULL) = (state = 'published')", name=op.f("ck_meeting_run_published")),
        sa.CheckConstraint("weight <= bound", name=op.f("ck_meeting_run_bound")),
        sa.ForeignKeyConstraint(["round_id"], ["meeting_round.id"], name=op.f("fk_meeting_run_round_id_meeting_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_run")),
    )
    with op.batch_alter_table("meeting_run") as table:
        table.create_index(table.f("ix_meeting_run_round_id"), ["round_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("cancelled_by", sa.String(length=8), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("cancelled_by IN ('investor', 'company')", name=op.f("ck_meeting_cancelled_by")),
        sa.CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name=op.f("ck_meeting_cancelled")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_meeting_company_id_company")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["roadshow_registration.id"],
            name=op.f("fk_meeting_registration_id_roadshow_registration"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["meeting_run.id"], name=op.f("fk_meeting_run_id_meeting_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("run_id", "company_id", "slot", name=op.f("uq_meeting_run_id_company_id_slot")),
        sa.UniqueConstraint("run_id", "registration_id", "slot", name=op.f("uq_meeting_run_id_registration_id_slot")),
        sa.UniqueConstraint("run_id", "slot", "room", name=op.f("uq_meeting_run_id_slot_room")),
        sa.UniqueConstraint(
            "run_id", "registration_id", "company_id", name=op.f("uq_meeting_run_id_registration_id_company_id")
        ),
    )
    with op.batch_alter_table("meeting") as table:
        for column in ("registration_id", "company_id"):
            table.create_index(table.f(f"ix_meeting_{column}"), [column], unique=False)


def downgrade() -> None:
    for name in ("meeting", "meeting_run", "meeting_party", "meeting_round"):
        op.drop_table(name)
