"""The queue of what waits, and one case as a reviewer stands to it: what was sent, found, asked, and by whom.

What the first reviewer found stays hidden until the second has sent findings, from everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_

from listing import turnaround
from listing.access.actor import Actor
from listing.bilingual import script
from listing.bilingual.pair import Pair
from listing.store.db import db

from . import queries, rules
from .models import Application, Claim, Conflict, Findings, Question, Screening, Submission

PAGE = 25


def named(institution: Mapping) -> Pair:
    """The names that an institution gave, the Chinese one in the script that it is written in."""
    zh = institution.get("name_zh") or ""
    return Pair(zh, institution["name_en"], script.detect(zh) or "Hans")


@dataclass(frozen=True, slots=True)
class Case:
    """A submission with everything said about it."""

    application: Application
    submission: Submission
    claim: Claim | None
    screening: Screening | None
    findings: Sequence[Findings]
    questions: Sequence[Question]
    in_conflict: bool

    @property
    def organisation_id(self) -> int:
        """Whose application it is, so that a permission may ask."""
        return self.submission.organisation_id

    @property
    def contents(self) -> Mapping[str, Mapping]:
        """The answers that were sent, by page."""
        return self.submission.content["pages"]

    @property
    def current(self) -> bool:
        """Whether nothing was sent since."""
        return self.submission.number == self.application.sent

    def part(self, actor: Actor) -> rules.Part:
        """What the person may do here."""
        return rules.part(
            user_id=actor.user_id,
            signed_by=self.submission.submitted_by,
            finders=[row.account_id for row in self.findings],
            in_conflict=self.in_conflict,
        )

    def holder(self, now: datetime) -> Claim | None:
        """Who works on it now."""
        return self.claim if self.claim and self.claim.until > now else None

    def shown(self, actor: Actor) -> list[Findings]:
        """The findings this person may read: their own, and all once two are there."""
        return shown(self.findings, actor)


def shown(findings: Sequence[Findings], actor: Actor) -> list[Findings]:
    """Of the findings on one submission those that ``actor`` may read."""
    return [row for row in findings if len(findings) > 1 or row.account_id == actor.user_id]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    submission: Submission
    state: str
    since: datetime
    name: Pair
    clock: turnaround.Clock
    claim: Claim | None
    part: rules.Part


def case(submission_id: int, actor: Actor) -> Case | None:
    """The case of that number as ``actor`` stands to it."""
    submission = queries.submission(submission_id)
    if submission is None:
        return None
    application = queries.application(submission.application_id)
    return Case(
        application=application,
        submission=submission,
        claim=db.session.get(Claim, submission.id),
        screening=db.session.get(Screening, submission.id),
        findings=_findings([submission.id]).get(submission.id, []),
        questions=queries.questions(application),
        in_conflict=db.session.get(Conflict, (actor.user_id, submission.organisation_id)) is not None,
    )


def _findings(ids: Sequence[int]) -> dict[int, list[Findings]]:
    found: dict[int, list[Findings]] = {}
    for row in db.session.scalars(select(Findings).where(Findings.submission_id.in_(ids)).order_by(Findings.id)):
        found.setdefault(row.submission_id, []).append(row)
    return found


def waiting(actor: Actor, now: datetime, *, after: tuple[datetime, int] | None = None) -> list[Waiting]:
    """A page of the queue and one line more, those that wait longest first; ``after`` is the last line before it."""
    order = (Application.waiting_since, Application.id)
    rows = (
        select(Submission, Application.state, Application.waiting_since)
        .join(Application, (Application.id == Submission.application_id) & (Application.sent == Submission.number))
        .where(Application.waiting_since.is_not(None))
        .order_by(*order)
        .limit(PAGE + 1)
    )
    if after:
        rows = rows.where(tuple_(*order) > tuple_(*after))
    found = db.session.execute(rows).all()
    ids = [row.id for row, *_ in found]
    held = select(Claim).where(Claim.submission_id.in_(ids), Claim.until > now)
    claims = {claim.submission_id: claim for claim in db.session.scalars(held)}
    findings = _findings(ids)
    conflicts = set(db.session.scalars(select(Conflict.organisation_id).where(Conflict.account_id == actor.user_id)))
    return [
        Waiting(
            submission=row,
            state=state,
            since=since,
            name=named(row.content["pages"]["institution"]),
            clock=turnaround.clock(
                sent_at=since,
                now=now,
                domicile=row.content["pages"]["institution"]["residence"],
                limit=rules.REVIEW_DAYS,
            ),
            claim=claims.get(row.id),
            part=_part(row, findings.get(row.id, []), conflicts, actor),
        )
        for row, state, since in found
    ]


def _part(row: Submission, findings: Sequence[Findings], conflicts: set[int], actor: Actor) -> rules.Part:
    return rules.part(
        user_id=actor.user_id,
        signed_by=row.submitted_by,
        finders=[finding.account_id for finding in findings],
        in_conflict=row.organisation_id in conflicts,
    )


def submissions(application: Application) -> list[tuple[Submission, list[Findings]]]:
    """Everything that was sent of an application, the last first, with what was found."""
    rows = select(Submission).where(Submission.application_id == application.id).order_by(Submission.number.desc())
    sent = list(db.session.scalars(rows))
    found = _findings([row.id for row in sent])
    return [(row, found.get(row.id, [])) for row in sent]
