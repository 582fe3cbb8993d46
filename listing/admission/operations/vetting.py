"""What reviewers do: claim, screen, ask, send findings; the findings that complete a pair lead to a decision.

Each step is one transaction with one entry in the log; the institution is told by message in that transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from listing import localtime
from listing.access.actor import Actor
from listing.admission import judging, letters, names, queries, rules, worded
from listing.admission.models import Claim, Conflict, Findings, Question, Screening, Takeover
from listing.admission.vetting import Case
from listing.bilingual.pair import Pair
from listing.store.db import db

from . import claiming, deciding, drafting, showing
from .applying import log, step


@dataclass(frozen=True, slots=True)
class Found:
    """What one reviewer found: a verdict, of each rule what stands, reasons by code, and words for whom."""

    verdict: str
    by_rule: Mapping[str, str] = field(default_factory=dict)
    reasons: Sequence[str] = ()
    conditions: Pair = worded.NOTHING
    words: Pair = worded.NOTHING
    note: str = ""


def claim(*, case: Case, note: str = "", actor: Actor, now: datetime) -> Claim:
    """Work on a submission for the next half hour. Raises HasConflict, SamePerson, Locked, NotNow.

    Taking over from somebody who still works on it needs a ``note``.
    """
    case = claiming.alone(case)
    claiming.part(case, actor)
    holder = case.holder(now)
    if holder and holder.account_id != actor.user_id and not note.strip():
        raise rules.Locked(name=holder.label, until=localtime.clock(holder.until, localtime.HOME))
    if case.application.state == rules.SUBMITTED:
        step(application=case.application, event="claim", now=now)
    row = db.session.merge(
        Claim(
            submission_id=case.submission.id,
            account_id=actor.user_id,
            label=actor.label,
            until=now + rules.LOCK,
        )
    )
    if said := note.strip()[: rules.MOST_NOTE]:
        why = {"submission_id": case.submission.id, "account_id": actor.user_id, "note": said}
        db.session.add(Takeover(**why, taken_at=now))
    db.session.flush()
    showing.open_to(application=case.application, submission=case.submission, until=row.until, actor=actor, now=now)
    log("application.claimed", case.application, {"taken_over": bool(said)}, actor, now)
    return row


def screen(*, case: Case, words: str, actor: Actor, now: datetime) -> Screening:
    """Note what came of looking at identity, duplicates and lists; opens the first review.

    Raises NoReason, Unscreened, NotYours, HasConflict, SamePerson, NotNow.
    """
    case = claiming.alone(case)
    claiming.working(case, actor, now)
    if not words.strip():
        raise rules.NoReason
    if not names.cleared(case.application.id):
        raise rules.Unscreened
    step(application=case.application, event="screened", now=now)
    row = Screening(
        submission_id=case.submission.id,
        account_id=actor.user_id,
        label=actor.label,
        words=words.strip()[: rules.MOST_WORDS],
        screened_at=now,
    )
    db.session.add(row)
    db.session.flush()
    log("application.screened", case.application, {}, actor, now)
    return row


def ask(*, case: Case, page: str, code: str, question: Pair, actor: Actor, now: datetime) -> Question:
    """Ask the institution about one page; the application is open to it again until it is sent anew.

    Raises NoReason, NotYours, HasConflict, SamePerson, NotNow, and what ``worded.sound`` does.
    """
    case = claiming.alone(case)
    claiming.part(case, actor, rules.MORE_INFORMATION)
    claiming.holding(case, actor, now)
    asked = worded.sound("question", question)
    if not asked.complete and code not in rules.QUESTIONS:
        raise rules.NoReason
    first = case.application.state != rules.MORE_INFORMATION
    if first:
        step(application=case.application, event="ask", now=now)
    row = Question(
        application_id=case.application.id,
        submission_id=case.submission.id,
        account_id=actor.user_id,
        page=page,
        code=code,
        words=asked,
        asked_at=now,
    )
    db.session.add(row)
    db.session.flush()
    if first:
        letters.asked(case.application, now)
    log("application.asked", case.application, {"page": page, "code": code}, actor, now)
    return row


def recuse(*, case: Case, reason: str, actor: Actor, now: datetime) -> Conflict:
    """Declare a conflict of interest with the institution: the person takes no part in it. Raises NoReason."""
    if not reason.strip():
        raise rules.NoReason
    case = claiming.alone(case)
    row = db.session.merge(
        Conflict(
            account_id=actor.user_id,
            organisation_id=case.organisation_id,
            reason=reason.strip()[: rules.MOST_NOTE],
            since=now,
        )
    )
    if case.claim and case.claim.account_id == actor.user_id:
        db.session.delete(case.claim)
        showing.close(submission=case.submission, actor=actor, now=now)
    drafting.drop(submission_id=case.submission.id, account_id=actor.user_id)
    db.session.flush()
    log("application.recused", case.application, {}, actor, now)
    return row


def find(*, case: Case, found: Found, actor: Actor, now: datetime) -> Findings:
    """Send one's findings; the second ones decide where both agree, else the supervisor's, the third, do.

    What two agree on against the rules goes to the supervisor as well. Raises NoReason, Unfound, NotYours, HasConflict,
    SamePerson, NotNow, what ``worded.sound`` does, and what ``judging.NO_WAY`` names where somebody is admitted without
    a book.
    """
    case = claiming.alone(case)
    stage = claiming.working(case, actor, now)
    if case.application.state != _STATE_OF[stage]:
        raise rules.NotNow
    judged = judging.judge(case.submission, now)
    found = replace(found, **{name: worded.sound(name, getattr(found, name)) for name in ("conditions", "words")})
    _check(found, judged)
    row = _sent(case, stage, found, actor, now)
    drafting.drop(submission_id=case.submission.id, account_id=actor.user_id)
    if case.claim:
        db.session.delete(case.claim)
    showing.close(submission=case.submission, actor=actor, now=now)
    both = [*case.findings, row]
    if stage == rules.FIRST:
        step(application=case.application, event="found", now=now)
        log("application.found", case.application, {"stage": stage, "findings": row.id}, actor, now)
    elif stage == rules.SECOND and (both[0].verdict != row.verdict or _is_for_supervisor(case, row.verdict, judged)):
        step(application=case.application, event="differ", now=now)
        log("application.differ", case.application, {"stage": stage, "findings": row.id}, actor, now)
    else:
        deciding.decide(
            case=case, findings=both if stage == rules.SECOND else [row], judged=judged, actor=actor, now=now
        )
    return row


def _is_for_supervisor(case: Case, verdict: str, judged: judging.Judged) -> bool:
    """Whether two who agree do not suffice: against the rules, or in place of a suspended admission."""
    held = queries.live_admission(case.organisation_id)
    renews_suspended = verdict != rules.REFUSE and held is not None and held.state == rules.SUSPENDED
    return renews_suspended or judged.is_against(verdict)


_STATE_OF = {
    rules.FIRST: rules.FIRST_REVIEW,
    rules.SECOND: rules.SECOND_REVIEW,
    rules.THIRD: rules.SUPERVISION,
}


def _check(found: Found, judged: judging.Judged) -> None:
    if found.verdict not in rules.VERDICTS or not judged.rules <= set(found.by_rule):
        raise rules.Unfound
    if found.verdict != rules.REFUSE and judged.why:
        raise judged.why  # nobody is admitted by a book that may not be selected
    if found.verdict == rules.REFUSE and not found.reasons:
        raise rules.NoReason
    if found.verdict == rules.WITH_CONDITIONS and not found.conditions.complete:
        raise rules.NoConditions
    if "other" in found.reasons and not found.words.complete:
        raise rules.NoReason


def _sent(case: Case, stage: str, found: Found, actor: Actor, now: datetime) -> Findings:
    row = Findings(
        submission_id=case.submission.id,
        organisation_id=case.organisation_id,
        stage=stage,
        account_id=actor.user_id,
        label=actor.label,
        signed_by=case.submission.submitted_by,
        verdict=found.verdict,
        by_rule=dict(found.by_rule),
        reasons=[code for code in rules.REASONS if code in found.reasons],
        conditions=found.conditions if found.verdict == rules.WITH_CONDITIONS else worded.NOTHING,
        words=found.words,
        note=found.note.strip()[: rules.MOST_NOTE],
        sent_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody sent theirs in the same instant
        raise rules.NotNow from None
    return row
