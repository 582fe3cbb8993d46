"""Claiming, commenting, deciding at two stages, publishing, and what the supervisor does afterwards.

Each step is one transaction with one entry in the log; the enterprise is told by message in that transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from listing import localtime
from listing.access.actor import Actor
from listing.companies import queries as companies
from listing.companies.operations import publishing
from listing.companies.rules import MARKET_ZONE, OWN_MARKET, PARTICIPANT
from listing.journal import operations as journal
from listing.profiles import operations as profiles
from listing.profiles import publication
from listing.profiles import rules as life
from listing.profiles.queries import UNDER_REVIEW
from listing.store.db import db

from . import letters, queries, rules
from .models import Claim, Conflict, Decision, IdentityCheck
from .queries import Case


@dataclass(frozen=True, slots=True)
class Entry:
    """How a company comes into the directory the first time; a ``code`` or ``slug`` left empty is made."""

    origin: str = PARTICIPANT
    code: str = ""
    slug: str = ""


AS_PARTICIPANT = Entry()


def claim(*, case: Case, note: str = "", actor: Actor, now: datetime) -> Claim:
    """Work on a submission for the next half hour. Raises HasConflict, SamePerson, Locked, NotNow.

    Taking over from somebody who still works on it needs a ``note``.
    """
    _part(case, actor)
    holder = case.holder(now)
    if holder and holder.account_id != actor.user_id and not note.strip():
        raise rules.Locked(name=holder.label, until=localtime.clock(holder.until, localtime.HOME))
    if case.submission.state == life.SUBMITTED:
        profiles.decided(submission=case.submission, profile=case.profile, event="claim", now=now)
    values = {
        "submission_id": case.submission.id,
        "account_id": actor.user_id,
        "label": actor.label,
        "until": now + rules.LOCK,
        "note": note.strip()[: rules.MOST_NOTE],
    }
    row = _kept(Claim(**values))
    _log("review.claimed", case, {"taken_over": bool(note.strip())}, actor, now)
    return row


def comment(*, case: Case, place: str, text: str, actor: Actor, now: datetime) -> object:
    """Say beside a sheet or one of its fields what has to change. Raises NotYours, HasConflict, SamePerson."""
    _working(case, actor, now)
    said = {"place": place, "text": text.strip()[: rules.MOST_COMMENT]}
    row = profiles.comment(submission=case.submission, **said, actor=actor, now=now)
    _log("review.commented", case, {"place": place}, actor, now)
    return row


def withdraw_comment(*, case: Case, comment_id: int, actor: Actor, now: datetime) -> bool:
    """Take a comment of one's own back; False when there is none of that number. Raises what ``comment`` raises."""
    _working(case, actor, now)
    if not profiles.withdraw_comment(submission=case.submission, comment_id=comment_id, actor=actor):
        return False
    _log("review.comment_withdrawn", case, {}, actor, now)
    return True


def check_identity(*, case: Case, how: str, same: str = "no", actor: Actor, now: datetime) -> IdentityCheck:
    """Note how the identity that was sent was compared with its register; ``same`` is yes or no.

    It says whether the imported page the profile was begun from is about this enterprise. Raises NoReason, NotYours.
    """
    _working(case, actor, now)
    if not how.strip():
        raise rules.NoReason
    row = IdentityCheck(
        profile_id=case.profile.id,
        digest=queries.identity_digest(case.contents["identity"]),
        how=how.strip()[: rules.MOST_COMMENT],
        takes_over=case.page.id if case.page and same == "yes" else None,
        account_id=actor.user_id,
        label=actor.label,
        checked_at=now,
    )
    db.session.add(row)
    db.session.flush()
    found = {"takes_over": row.takes_over} if row.takes_over else {}
    _log("review.identity_checked", case, {"digest": row.digest} | found, actor, now)
    return row


def recuse(*, case: Case, reason: str, actor: Actor, now: datetime) -> Conflict:
    """Declare a conflict of interest with the enterprise: the person takes no part in it. Raises NoReason."""
    if not reason.strip():
        raise rules.NoReason
    row = Conflict(
        account_id=actor.user_id,
        organisation_id=case.submission.organisation_id,
        reason=reason.strip()[: rules.MOST_NOTE],
        since=now,
    )
    row = _kept(row)
    if case.claim and case.claim.account_id == actor.user_id:
        db.session.delete(case.claim)
    db.session.flush()
    _log("review.recused", case, {}, actor, now)
    return row


def send_back(*, case: Case, note: str = "", actor: Actor, now: datetime) -> Decision:
    """Return a submission with its comments. Raises NothingSaid, NotYours, HasConflict, SamePerson, NotNow."""
    stage = _working(case, actor, now)
    if not case.comments and not note.strip():
        raise rules.NothingSaid
    return _decide(case, stage, rules.RETURN, "return", note, actor, now)


def approve(*, case: Case, note: str = "", entry: Entry = AS_PARTICIPANT, actor: Actor, now: datetime) -> Decision:
    """Approve at the stage that is open; the second approval publishes, the first time as ``entry``.

    Raises IdentityUnchecked, NotYours, HasConflict, SamePerson, NotNow; NotFree where the imported page it was to take
    over is that of another enterprise by now.
    """
    stage = _working(case, actor, now)
    if case.identity is None:
        raise rules.IdentityUnchecked
    if stage == rules.FIRST:
        return _decide(case, stage, rules.APPROVE, "approve", note, actor, now)
    decision = _decide(case, stage, rules.APPROVE, "publish", note, actor, now)
    _publish(case, entry, actor, now)
    return decision


def _publish(case: Case, entry: Entry, actor: Actor, now: datetime) -> None:
    checked = case.identity.checked_at.astimezone(MARKET_ZONE).date()
    facts = publication.facts(case.contents, {"identity": checked.isoformat()})
    company = companies.by_id(case.profile.company_id)
    if company is not None:
        publishing.publish_revision(company=company, facts=facts, actor=actor, now=now)
        return
    page = companies.by_id(case.identity.takes_over)
    if page is not None:
        to = case.profile.organisation_id
        publishing.take_over(company=page, organisation_id=to, facts=facts, actor=actor, now=now)
        profiles.connect(profile=case.profile, company_id=page.id)
        return
    company = publishing.display(
        market=OWN_MARKET,
        code=entry.code or f"GBA-{now.year}-P{case.profile.id:04d}",
        slug=entry.slug,
        origin=entry.origin,
        facts=facts,
        organisation_id=case.profile.organisation_id,
        actor=actor,
        now=now,
    )
    profiles.connect(profile=case.profile, company_id=company.id)


def _decide(case: Case, stage: str, verdict: str, event: str, note: str, actor: Actor, now: datetime) -> Decision:
    row = Decision(
        submission_id=case.submission.id,
        stage=stage,
        account_id=actor.user_id,
        label=actor.label,
        signed_by=case.submission.submitted_by,
        verdict=verdict,
        note=note.strip()[: rules.MOST_NOTE],
        decided_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody decided in the same instant
        raise life.NotNow from None
    profiles.decided(submission=case.submission, profile=case.profile, event=event, now=now)
    if case.claim:
        db.session.delete(case.claim)
    db.session.flush()
    letters.decided(case, row, now)
    _log(f"review.{event}", case, {"stage": stage, "digest": case.submission.digest}, actor, now)
    return row


def govern(*, profile, event: str, reason: str, actor: Actor, now: datetime) -> None:
    """Suspend, restore or withdraw what is on display; a withdrawn profile ends. Raises NoReason, NotNow."""
    if not reason.strip():
        raise rules.NoReason
    company = companies.by_id(profile.company_id)
    who = {"company": company, "actor": actor, "now": now}
    if event == "restore":
        publishing.restore(**who)
    elif event == "suspend":
        publishing.suspend(reason="operator", **who)
    else:
        publishing.withdraw(reason="operator", **who)
        profiles.withdraw(profile=profile, now=now)
    letters.governed(profile, event, reason.strip()[: rules.MOST_COMMENT], now)
    subject = ("profile", profile.id, profile.organisation_id)
    journal.append(code=f"profile.{event}", data={}, actor=actor, subject=subject, now=now)


def _kept(row):
    """The row in the place of any earlier one. Raises NotNow where somebody else put one in the same instant."""
    try:
        with db.session.begin_nested():
            return db.session.merge(row)
    except IntegrityError:
        raise life.NotNow from None


def _part(case: Case, actor: Actor) -> str:
    if case.submission.state not in UNDER_REVIEW:
        raise life.NotNow
    part = case.part(actor)
    if part.stage is None:
        raise rules.HasConflict if part.why == "conflict" else rules.SamePerson
    return part.stage


def _working(case: Case, actor: Actor, now: datetime) -> str:
    """The stage the person works on. Raises HasConflict, SamePerson, NotYours."""
    stage = _part(case, actor)
    holder = case.holder(now)
    if holder is None or holder.account_id != actor.user_id:
        raise rules.NotYours
    return stage


def _log(code: str, case: Case, data: dict, actor: Actor, now: datetime) -> None:
    subject = ("profile", case.profile.id, case.profile.organisation_id)
    journal.append(code=code, data={"number": case.submission.number} | data, actor=actor, subject=subject, now=now)
