"""Applications of investor institutions, what was sent, who found what, what was decided, and the admissions.

The database itself holds what must never slip: one open application and one live admission for an institution, never
one person for both pairs of eyes, and nobody who declared a conflict of interest.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from listing.bilingual.pair import Pair
from listing.store.columns import Instant, pair
from listing.store.db import Model

from . import guards, measure_guards, rules


class Application(Model):
    """An institution's way to an admission; ``open_of`` names the institution while it is open, so that one is."""

    __tablename__ = "admission_application"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.STATES}", name="state"),
        CheckConstraint(f"(open_of IS NOT NULL) = (state IN {rules.OPEN})", name="open"),
        Index(None, "state", "touched_at"),
        Index(None, "waiting_since", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    open_of: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(20))
    state_at: Mapped[datetime] = mapped_column(Instant)
    sent: Mapped[int] = mapped_column(default=0)  # how many times, and so the number of the last submission
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    touched_at: Mapped[datetime] = mapped_column(Instant)  # a draft is kept for 90 days from here
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)  # set while it waits for somebody of the operator

    @property
    def reference(self) -> str:
        """What people call it by."""
        return f"A{self.id:05d}"


class Answers(Model):
    """One page of answers. ``version`` counts its saves: who saves names the version they began from."""

    __tablename__ = "admission_answers"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("admission_application.id", ondelete="CASCADE"), primary_key=True
    )
    page: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    content: Mapped[dict] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    saved_by_label: Mapped[str] = mapped_column(Text)


class Submission(Model):
    """What was sent: an immutable copy of all pages and the list of evidence, its digest, and who signed it."""

    __tablename__ = "admission_submission"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("admission_application.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    declaration: Mapped[int]  # version of the words that were signed
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))

    @property
    def reference(self) -> str:
        """What people call it by."""
        return f"A{self.application_id:05d}-{self.number}"


class Identity(Model):
    """A number or a name by which an institution may be known already; ``value`` is folded for comparing."""

    __tablename__ = "admission_identity"
    __table_args__ = (Index(None, "kind", "value"),)

    application_id: Mapped[int] = mapped_column(
        ForeignKey("admission_application.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)


class Claim(Model):
    """Who works on a submission, until when."""

    __tablename__ = "admission_claim"

    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    until: Mapped[datetime] = mapped_column(Instant)


class Takeover(Model):
    """Why somebody took a submission over from a colleague; it outlives the claim."""

    __tablename__ = "admission_takeover"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime] = mapped_column(Instant)


class Conflict(Model):
    """A reviewer who takes no part in anything of an institution, and why."""

    __tablename__ = "admission_conflict"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Instant)


class Screening(Model):
    """That a reviewer looked at who the applicant is: duplicates and doubtful numbers, and what came of it."""

    __tablename__ = "admission_screening"

    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    screened_at: Mapped[datetime] = mapped_column(Instant)


class Findings(Model):
    """What one reviewer found at one stage: rule by rule, a verdict, reasons for the applicant, a note for colleagues.

    Nobody finds twice, nor about what they signed themselves, nor in conflict (guards.py).
    """

    __tablename__ = "admission_findings"
    __table_args__ = (
        UniqueConstraint("submission_id", "stage"),
        UniqueConstraint("submission_id", "account_id"),
        CheckConstraint("account_id <> signed_by", name="not_the_signer"),
        CheckConstraint(f"stage IN {rules.STAGES}", name="stage"),
        CheckConstraint(f"verdict IN {rules.VERDICTS}", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    stage: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    signed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    verdict: Mapped[str] = mapped_column(String(20))
    by_rule: Mapped[dict] = mapped_column(JSON)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    conditions: Mapped[Pair] = pair("conditions", empty=True)
    words: Mapped[Pair] = pair("words", empty=True)
    note: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime] = mapped_column(Instant)


class Question(Model):
    """What a reviewer asks the applicant about one page, and the reply; or an appeal, and a supervisor's answer."""

    __tablename__ = "admission_question"
    __table_args__ = (Index(None, "application_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("admission_application.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    page: Mapped[str] = mapped_column(String(32))
    code: Mapped[str] = mapped_column(String(32))
    words: Mapped[Pair] = pair("words", empty=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    reply: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[Pair] = pair("answer", empty=True)
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Decision(Model):
    """What was decided, on which book, facts, rates and evidence, and how the rules came out: enough to replay it.

    ``basis`` holds book, version, digest, facts, rates, evidence, the day and the trace; ``proposed`` is what the rules
    alone would have said. ``decided_by`` is the person whose step completed it.
    """

    __tablename__ = "admission_decision"
    __table_args__ = (CheckConstraint(f"verdict IN {rules.VERDICTS}", name="verdict"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("admission_submission.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    proposed: Mapped[str] = mapped_column(String(20))
    basis: Mapped[dict] = mapped_column(JSON)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    conditions: Mapped[Pair] = pair("conditions", empty=True)
    words: Mapped[Pair] = pair("words", empty=True)
    reapply_on: Mapped[date | None] = mapped_column(Date)
    decided_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))


class Admission(Model):
    """That an institution is admitted, since when and until when. Whether it is over, the reader's clock says.

    ``live_of`` names the institution while the admission is held or suspended: there is one. ``code`` is what a
    stranger may look the certificate up by.
    """

    __tablename__ = "admission"
    __table_args__ = (
        CheckConstraint(f"state IN {rules.HELD}", name="state"),
        CheckConstraint(f"(live_of IS NOT NULL) = (state IN {rules.LIVE})", name="live"),
        CheckConstraint("since < until", name="time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    live_of: Mapped[int | None] = mapped_column(unique=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("admission_decision.id"), unique=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    book: Mapped[str] = mapped_column(String(40))
    book_version: Mapped[str] = mapped_column(String(40))
    investor_class: Mapped[str] = mapped_column(String(40))
    risk_level: Mapped[str] = mapped_column(String(2))
    markets: Mapped[list[str]] = mapped_column(JSON)
    conditions: Mapped[Pair] = pair("conditions", empty=True)
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant, index=True)
    state: Mapped[str] = mapped_column(String(12))
    state_at: Mapped[datetime] = mapped_column(Instant)


class Measure(Model):
    """A suspension, its end, or a revocation: one supervisor proposes it, another one confirms or declines.

    ``open_of`` names the admission while nobody has answered, so that one measure is open at a time.
    """

    __tablename__ = "admission_measure"
    __table_args__ = (
        CheckConstraint(f"event IN {rules.MEASURES}", name="event"),
        CheckConstraint("answered_by <> proposed_by", name="two_people"),
        CheckConstraint("(open_of IS NULL) = (answered_at IS NOT NULL)", name="open"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    admission_id: Mapped[int] = mapped_column(ForeignKey("admission.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    open_of: Mapped[int | None] = mapped_column(unique=True)
    event: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[Pair] = pair("words", empty=True)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_label: Mapped[str] = mapped_column(String(120))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    confirmed: Mapped[bool | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_label: Mapped[str | None] = mapped_column(String(120))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


event.listen(Findings.__table__, "after_create", guards.put)
event.listen(Measure.__table__, "after_create", measure_guards.put)
