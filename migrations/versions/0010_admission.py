"""Admission of investors: applications, answers, what was sent, findings, decisions, admissions and measures."""

import sqlalchemy as sa
from alembic import op

from listing.admission import guards

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = (
    "'draft', 'submitted', 'screening', 'first_review', 'second_review', 'supervision', 'more_information', 'appealed'"
)
CLOSED = "'admitted', 'conditional', 'refused', 'withdrawn'"


def upgrade() -> None:
    op.create_table(
        "admission_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("open_of", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            f"(open_of IS NOT NULL) = (state IN ({OPEN}))",
            name=op.f("ck_admission_application_open"),
        ),
        sa.CheckConstraint(
            f"state IN ({OPEN}, {CLOSED})",
            name=op.f("ck_admission_application_state"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_admission_application_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_application_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_application")),
        sa.UniqueConstraint("open_of", name=op.f("uq_admission_application_open_of")),
    )
    op.create_index(op.f("ix_admission_application_organisation_id"), "admission_application", ["organisation_id"])
    op.create_index(op.f("ix_admission_application_state_touched_at"), "admission_application", ["state", "touched_at"])
    op.create_table(
        "admission_conflict",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_conflict_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_conflict_organisation_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "organisation_id", name=op.f("pk_admission_conflict")),
    )
    op.create_table(
        "admission_answers",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_by_label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["admission_application.id"],
            name=op.f("fk_admission_answers_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_admission_answers_saved_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("application_id", "page", name=op.f("pk_admission_answers")),
    )
    op.create_table(
        "admission_identity",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["admission_application.id"],
            name=op.f("fk_admission_identity_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", "kind", "value", name=op.f("pk_admission_identity")),
    )
    op.create_index(op.f("ix_admission_identity_kind_value"), "admission_identity", ["kind", "value"])
    op.create_table(
        "admission_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("declaration", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["admission_application.id"], name=op.f("fk_admission_submission_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_submission_organisation_id")
        ),
        sa.ForeignKeyConstraint(["submitted_by"], ["account.id"], name=op.f("fk_admission_submission_submitted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_submission")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_admission_submission_application_id_number")),
    )
    op.create_index(op.f("ix_admission_submission_organisation_id"), "admission_submission", ["organisation_id"])
    op.create_table(
        "admission_claim",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_claim_account_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["admission_submission.id"], name=op.f("fk_admission_claim_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_admission_claim")),
    )
    op.create_table(
        "admission_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("proposed", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reapply_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('admit', 'admit_conditionally', 'refuse')", name=op.f("ck_admission_decision_verdict")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_admission_decision_decided_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_decision_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["admission_submission.id"], name=op.f("fk_admission_decision_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_decision")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_admission_decision_submission_id")),
    )
    op.create_index(op.f("ix_admission_decision_organisation_id"), "admission_decision", ["organisation_id"])
    op.create_table(
        "admission_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("by_rule", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("stage IN ('first', 'second', 'third')", name=op.f("ck_admission_findings_stage")),
        sa.CheckConstraint(
            "verdict IN ('admit', 'admit_conditionally', 'refuse')", name=op.f("ck_admission_findings_verdict")
        ),
        sa.CheckConstraint("account_id <> signed_by", name=op.f("ck_admission_findings_not_the_signer")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_findings_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_findings_organisation_id")
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_admission_findings_signed_by")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["admission_submission.id"], name=op.f("fk_admission_findings_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_findings")),
        sa.UniqueConstraint("submission_id", "account_id", name=op.f("uq_admission_findings_submission_id_account_id")),
        sa.UniqueConstraint("submission_id", "stage", name=op.f("uq_admission_findings_submission_id_stage")),
    )
    op.create_table(
        "admission_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_question_account_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["admission_application.id"], name=op.f("fk_admission_question_application_id")
        ),
        sa.ForeignKeyConstraint(["replied_by"], ["account.id"], name=op.f("fk_admission_question_replied_by")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["admission_submission.id"], name=op.f("fk_admission_question_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_question")),
    )
    op.create_index(op.f("ix_admission_question_application_id_id"), "admission_question", ["application_id", "id"])
    op.create_table(
        "admission_screening",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("screened_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_screening_account_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["admission_submission.id"], name=op.f("fk_admission_screening_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_admission_screening")),
    )
    op.create_table(
        "admission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("live_of", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("book_version", sa.String(length=40), nullable=False),
        sa.Column("investor_class", sa.String(length=40), nullable=False),
        sa.Column("risk_level", sa.String(length=2), nullable=False),
        sa.Column("markets", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(live_of IS NOT NULL) = (state IN ('admitted', 'suspended'))", name=op.f("ck_admission_live")
        ),
        sa.CheckConstraint(
            "state IN ('admitted', 'suspended', 'revoked', 'replaced')", name=op.f("ck_admission_state")
        ),
        sa.CheckConstraint("since < until", name=op.f("ck_admission_time")),
        sa.ForeignKeyConstraint(["decision_id"], ["admission_decision.id"], name=op.f("fk_admission_decision_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_admission_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
        sa.UniqueConstraint("code", name=op.f("uq_admission_code")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_admission_decision_id")),
        sa.UniqueConstraint("live_of", name=op.f("uq_admission_live_of")),
    )
    op.create_index(op.f("ix_admission_organisation_id"), "admission", ["organisation_id"])
    op.create_index(op.f("ix_admission_until"), "admission", ["until"])
    op.create_table(
        "admission_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("admission_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("open_of", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_label", sa.String(length=120), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_label", sa.String(length=120), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("event IN ('suspend', 'restore', 'revoke')", name=op.f("ck_admission_measure_event")),
        sa.CheckConstraint("(open_of IS NULL) = (answered_at IS NOT NULL)", name=op.f("ck_admission_measure_open")),
        sa.CheckConstraint("answered_by <> proposed_by", name=op.f("ck_admission_measure_two_people")),
        sa.ForeignKeyConstraint(["admission_id"], ["admission.id"], name=op.f("fk_admission_measure_admission_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_admission_measure_answered_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_admission_measure_organisation_id")
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_admission_measure_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_measure")),
        sa.UniqueConstraint("open_of", name=op.f("uq_admission_measure_open_of")),
    )
    op.create_index(op.f("ix_admission_measure_admission_id"), "admission_measure", ["admission_id"])
    for statement in guards.statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards.removal(op.get_bind().dialect.name):
        op.execute(statement)
    for table in (
        "admission_measure",
        "admission",
        "admission_screening",
        "admission_question",
        "admission_findings",
        "admission_decision",
        "admission_claim",
        "admission_submission",
        "admission_identity",
        "admission_answers",
        "admission_conflict",
        "admission_application",
    ):
        op.drop_table(table)
