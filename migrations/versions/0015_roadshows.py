"""Roadshows: days, sessions and places, who is registered, reminders, invitations and calendar links."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadshow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_script", sa.String(length=4), nullable=False),
        sa.Column("summary_zh", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("summary_script", sa.String(length=4), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_script", sa.String(length=4), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("invitation_only", sa.Boolean(), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("markets", sa.JSON(), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(), nullable=False),
        sa.Column("registration_closes_at", sa.DateTime(), nullable=False),
        sa.Column("begins_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'archived', 'cancelled')", name=op.f("ck_roadshow_state")),
        sa.CheckConstraint("registration_opens_at < registration_closes_at", name=op.f("ck_roadshow_window")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_roadshow_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow")),
        sa.UniqueConstraint("code", name=op.f("uq_roadshow_code")),
    )
    with op.batch_alter_table("roadshow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roadshow_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roadshow_state_begins_at"), ["state", "begins_at"], unique=False)

    op.create_table(
        "roadshow_feed",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_roadshow_feed_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_roadshow_feed")),
        sa.UniqueConstraint("nonce", name=op.f("uq_roadshow_feed_nonce")),
    )
    op.create_table(
        "roadshow_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadshow_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("venue_zh", sa.Text(), nullable=False),
        sa.Column("venue_en", sa.Text(), nullable=False),
        sa.Column("venue_script", sa.String(length=4), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_roadshow_day_time")),
        sa.ForeignKeyConstraint(["roadshow_id"], ["roadshow.id"], name=op.f("fk_roadshow_day_roadshow_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_day")),
        sa.UniqueConstraint("roadshow_id", "date", name=op.f("uq_roadshow_day_roadshow_id_date")),
    )
    with op.batch_alter_table("roadshow_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roadshow_day_begins_at"), ["begins_at"], unique=False)

    op.create_table(
        "roadshow_invitation",
        sa.Column("roadshow_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["roadshow_id"], ["roadshow.id"], name=op.f("fk_roadshow_invitation_roadshow_id")),
        sa.PrimaryKeyConstraint("roadshow_id", "email", name=op.f("pk_roadshow_invitation")),
    )
    op.create_table(
        "roadshow_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadshow_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("anchor IN ('start', 'end')", name=op.f("ck_roadshow_reminder_anchor")),
        sa.ForeignKeyConstraint(["roadshow_id"], ["roadshow.id"], name=op.f("fk_roadshow_reminder_roadshow_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_reminder")),
        sa.UniqueConstraint(
            "roadshow_id", "anchor", "minutes", name=op.f("uq_roadshow_reminder_roadshow_id_anchor_minutes")
        ),
    )
    op.create_table(
        "roadshow_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=6), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("mode IN ('onsite', 'online')", name=op.f("ck_roadshow_places_mode")),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("ck_roadshow_places_never_oversold")),
        sa.ForeignKeyConstraint(["day_id"], ["roadshow_day.id"], name=op.f("fk_roadshow_places_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_places")),
        sa.UniqueConstraint("day_id", "mode", name=op.f("uq_roadshow_places_day_id_mode")),
    )
    op.create_table(
        "roadshow_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("offered_until", sa.DateTime(), nullable=True),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("interpretation", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(offered_until IS NOT NULL) = (state = 'offered')", name=op.f("ck_roadshow_registration_offer")
        ),
        sa.CheckConstraint("mode IN ('onsite', 'online')", name=op.f("ck_roadshow_registration_mode")),
        sa.CheckConstraint(
            "state IN ('applied', 'confirmed', 'waitlisted', 'offered', 'declined', 'expired', 'withdrawn')",
            name=op.f("ck_roadshow_registration_state"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roadshow_registration_account_id")),
        sa.ForeignKeyConstraint(["day_id"], ["roadshow_day.id"], name=op.f("fk_roadshow_registration_day_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_roadshow_registration_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_registration")),
        sa.UniqueConstraint("day_id", "account_id", name=op.f("uq_roadshow_registration_day_id_account_id")),
    )
    with op.batch_alter_table("roadshow_registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roadshow_registration_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_roadshow_registration_day_id_mode_state_turn"),
            ["day_id", "mode", "state", "turn"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_roadshow_registration_offered_until"), ["offered_until"], unique=False)

    op.create_table(
        "roadshow_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("room_zh", sa.Text(), nullable=False),
        sa.Column("room_en", sa.Text(), nullable=False),
        sa.Column("room_script", sa.String(length=4), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_script", sa.String(length=4), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_script", sa.String(length=4), nullable=False),
        sa.Column("begins_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("interpreted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_roadshow_session_time")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_roadshow_session_company_id")),
        sa.ForeignKeyConstraint(["day_id"], ["roadshow_day.id"], name=op.f("fk_roadshow_session_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadshow_session")),
    )
    with op.batch_alter_table("roadshow_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roadshow_session_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roadshow_session_day_id"), ["day_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roadshow_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roadshow_session_day_id"))
        batch_op.drop_index(batch_op.f("ix_roadshow_session_company_id"))

    op.drop_table("roadshow_session")
    with op.batch_alter_table("roadshow_registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roadshow_registration_offered_until"))
        batch_op.drop_index(batch_op.f("ix_roadshow_registration_day_id_mode_state_turn"))
        batch_op.drop_index(batch_op.f("ix_roadshow_registration_account_id"))

    op.drop_table("roadshow_registration")
    op.drop_table("roadshow_places")
    op.drop_table("roadshow_reminder")
    op.drop_table("roadshow_invitation")
    with op.batch_alter_table("roadshow_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roadshow_day_begins_at"))

    op.drop_table("roadshow_day")
    op.drop_table("roadshow_feed")
    with op.batch_alter_table("roadshow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roadshow_state_begins_at"))
        batch_op.drop_index(batch_op.f("ix_roadshow_organisation_id"))

    op.drop_table("roadshow")
