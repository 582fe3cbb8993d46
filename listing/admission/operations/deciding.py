"""The decision itself, the admission it leads to, and what a supervisor says of an appeal."""

import secrets
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from listing import calendars
from listing.access.actor import Actor
from listing.admission import judging, letters, pages, queries, rules, worded
from listing.admission.models import Admission, Application, Decision, Findings, Submission
from listing.bilingual.pair import Pair
from listing.store.db import db

from .applying import log, step

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_AT_MOST = timedelta(days=365)


def decide(*, case, findings: Sequence[Findings], judged: judging.Judged, actor: Actor, now: datetime) -> Decision:
    """Decide as these findings say: the two that agree, or the supervisor's. Raises NotNow."""
    last = findings[-1]
    refused = last.verdict == rules.REFUSE
    today = now.astimezone(calendars.ZONES["HK"]).date()
    row = Decision(
        submission_id=case.submission.id,
        organisation_id=case.organisation_id,
        verdict=last.verdict,
        proposed=judged.outcome,
        basis=judged.basis,
        reasons=[code for code in rules.REASONS if any(code in one.reasons for one in findings)],
        conditions=worded.joined(one.conditions for one in findings),
        words=worded.joined(one.words for one in findings),
        reapply_on=today + rules.REAPPLY_AFTER if refused else None,
        decided_at=now,
        decided_by=actor.user_id,
        label=actor.label,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise rules.NotNow from None
    step(application=case.application, event=last.verdict, now=now)
    admission = None if refused else _admit(case.submission, row, judged, now)
    letters.decided(case.application, row, now)
    data = {"decision": row.id, "verdict": row.verdict, "proposed": row.proposed, "basis": judged.basis}
    data |= {"admission": admission.id, "until": admission.until.isoformat()} if admission else {}
    log(f"application.{last.verdict}", case.application, data, actor, now)
    return row


def _admit(submission: Submission, decision: Decision, judged: judging.Judged, now: datetime) -> Admission:
    """The admission from now on; the one held before is replaced in the same transaction."""
    replaced = update(Admission).where(Admission.live_of == submission.organisation_id)
    db.session.execute(replaced.values(state=rules.REPLACED, live_of=None, state_at=now))
    contents = submission.content["pages"]
    row = Admission(
        organisation_id=submission.organisation_id,
        live_of=submission.organisation_id,
        decision_id=decision.id,
        code=_code(),
        book=judged.book,
        book_version=judged.version,
        investor_class=judged.grade,
        risk_level=pages.risk_level(contents),
        markets=judged.markets,
        conditions=decision.conditions,
        since=now,
        until=_end(judged, contents, now),
        state=rules.ADMITTED,
        state_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _end(judged: judging.Judged, contents, now: datetime) -> datetime:
    """The instant after the last day that the book and the evidence allow, and a year from now at the latest."""
    latest = now + _AT_MOST
    if judged.valid_until is None:
        return latest
    zone = calendars.ZONES[calendars.region_of(contents["institution"]["residence"])]
    following = datetime.combine(judged.valid_until + timedelta(days=1), time(), zone)
    return max(min(latest, following.astimezone(now.tzinfo)), now + timedelta(seconds=1))


def _code() -> str:
    """What stands on a certificate: three groups of four letters and figures that cannot be taken for one another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def answer_appeal(*, application: Application, event: str, words: Pair, actor: Actor, now: datetime) -> None:
    """Let a refusal stand (``uphold``) or have it looked at again (``reopen``).

    Raises NoReason, SamePerson, NotNow, and what ``worded.sound`` does.
    """
    answer = worded.sound("words", words)
    if not answer.complete:
        raise rules.NoReason
    if actor.user_id in queries.took_part(application):
        raise rules.SamePerson
    step(application=application, event=event, now=now)
    for question in queries.questions(application):
        if question.code == "appeal" and not question.replied_by:
            question.answer, question.replied_at = answer, now
            question.replied_by = actor.user_id
    db.session.flush()
    letters.asked(application, now)
    log(f"application.{event}", application, {}, actor, now)
