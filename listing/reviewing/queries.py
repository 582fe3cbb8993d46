"""The queue of what waits, one case with everything said about it, and what was decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import and_, select

from listing import turnaround
from listing.access.actor import Actor
from listing.companies import queries as companies
from listing.journal import canonical
from listing.profiles import queries as profiles
from listing.profiles.rules import REVIEW_DAYS
from listing.store.db import db

from . import rules
from .models import Claim, Conflict, Decision, IdentityCheck

PAGE = 25


@dataclass(frozen=True, slots=True)
class Case:
    """A submission with its profile and what reviewers said so far.

    ``page`` is the page of imported facts it was begun from, as long as it is published as nothing else.
    """

    submission: object
    profile: object
    claim: Claim | None
    decisions: Sequence[Decision]
    comments: Sequence
    in_conflict: bool
    identity: IdentityCheck | None
    page: object | None = None

    @property
    def organisation_id(self) -> int:
        """Whose profile it is, so that a permission may ask."""
        return self.submission.organisation_id

    @property
    def contents(self):
        """The sheets that were sent."""
        return self.submission.content["sheets"]

    def part(self, actor: Actor) -> rules.Part:
        """What the person may do here."""
        return rules.part(
            user_id=actor.user_id,
            signed_by=self.submission.submitted_by,
            deciders=[decision.account_id for decision in self.decisions],
            in_conflict=self.in_conflict,
            approved_once=any(decision.verdict == rules.APPROVE for decision in self.decisions),
        )

    def holder(self, now: datetime) -> Claim | None:
        """Who works on it now."""
        return self.claim if self.claim and self.claim.until > now else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    submission: object
    names: dict
    domicile: str
    clock: turnaround.Clock
    claim: Claim | None
    part: rules.Part


def case(submission_id: int, actor: Actor) -> Case | None:
    """The case of that number as ``actor`` stands to it."""
    submission = profiles.submission(submission_id)
    if submission is None:
        return None
    profile = profiles.profile(submission.profile_id)
    return Case(
        submission=submission,
        profile=profile,
        claim=db.session.get(Claim, submission.id),
        decisions=_decisions([submission.id]).get(submission.id, []),
        comments=profiles.comments(submission.id),
        in_conflict=in_conflict(actor.user_id, [submission.organisation_id]),
        identity=identity_check(profile.id, submission.content["sheets"]["identity"]),
        page=None if profile.company_id else companies.by_id(profile.begun_from),
    )


def in_conflict(user_id: int, organisation_ids: Collection[int]) -> bool:
    """Whether a person declared a conflict of interest with any of these organisations."""
    declared = select(Conflict.account_id).where(
        Conflict.account_id == user_id, Conflict.organisation_id.in_(organisation_ids)
    )
    return db.session.scalars(declared.limit(1)).one_or_none() is not None


def identity_digest(identity: dict) -> str:
    """What a check of identity is about: register, number, both names."""
    name = identity.get("name", {})
    values = [identity.get("register", ""), identity.get("number", ""), name.get("zh", ""), name.get("en", "")]
    return sha256(canonical.encoded(values)).hexdigest()


def identity_check(profile_id: int, identity: dict) -> IdentityCheck | None:
    """The last check of exactly this identity."""
    holds = and_(IdentityCheck.profile_id == profile_id, IdentityCheck.digest == identity_digest(identity))
    return db.session.scalars(select(IdentityCheck).where(holds).order_by(IdentityCheck.id.desc()).limit(1)).first()


def waiting(actor: Actor, now: datetime, *, after: tuple[datetime, int] | None = None) -> list[Waiting]:
    """A page of the queue and one line more, those that wait longest first; ``after`` is the last line before it."""
    rows = profiles.under_review(after=after, limit=PAGE + 1)
    ids = [row.id for row in rows]
    held = select(Claim).where(Claim.submission_id.in_(ids), Claim.until > now)
    claims = {claim.submission_id: claim for claim in db.session.scalars(held)}
    decisions = _decisions(ids)
    conflicts = set(db.session.scalars(select(Conflict.organisation_id).where(Conflict.account_id == actor.user_id)))
    return [_line(row, claims.get(row.id), decisions.get(row.id, []), conflicts, actor, now) for row in rows]


def _line(row, claim, decisions, conflicts, actor: Actor, now: datetime) -> Waiting:
    identity = row.content["sheets"]["identity"]
    part = rules.part(
        user_id=actor.user_id,
        signed_by=row.submitted_by,
        deciders=[decision.account_id for decision in decisions],
        in_conflict=row.organisation_id in conflicts,
        approved_once=any(decision.verdict == rules.APPROVE for decision in decisions),
    )
    domicile = identity.get("domicile", "")
    clock = turnaround.clock(sent_at=row.submitted_at, now=now, domicile=domicile, limit=REVIEW_DAYS)
    return Waiting(row, identity["name"], domicile, clock, claim, part)


def _decisions(ids: Sequence[int]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for decision in db.session.scalars(select(Decision).where(Decision.submission_id.in_(ids)).order_by(Decision.id)):
        found.setdefault(decision.submission_id, []).append(decision)
    return found


def history(profile_id: int) -> list[tuple[object, list[Decision]]]:
    """Everything that was sent of a profile, the last first, with what was decided; one statement each."""
    sent = profiles.sent(profile_id)
    decided = _decisions([one.id for one in sent])
    return [(one, decided.get(one.id, [])) for one in sent]
