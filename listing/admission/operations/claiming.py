"""Who works on a case: what that asks of a person, and how working on it prolongs the claim."""

from dataclasses import replace
from datetime import datetime

from listing.access.actor import Actor
from listing.admission import consents, queries, rules
from listing.admission.models import Claim
from listing.admission.vetting import Case
from listing.store.db import db

from . import showing
from .applying import hold


def alone(case: Case) -> Case:
    """The case as it is now, which nobody else changes until the transaction ends.

    Without it two could claim at once, or somebody claim what is being withdrawn and keep its papers open.
    """
    hold(case.application)
    return replace(case, claim=db.session.get(Claim, case.submission.id, populate_existing=True))


def part(case: Case, actor: Actor, *states: str) -> str:
    """The stage this person may work at. Raises HasConflict, SamePerson, Stopped, NotNow."""
    found = case.part(actor)
    if found.why == "conflict":
        raise rules.HasConflict
    if found.why == "same":
        raise rules.SamePerson
    if found.stage is None or not case.current or case.application.state not in (*rules.UNDER_REVIEW, *states):
        raise rules.NotNow
    if consents.stopped(queries.residence(case.application), queries.ledger([case.organisation_id])):
        raise consents.Stopped
    if found.stage == rules.THIRD and not rules.governs(actor):
        raise rules.NotNow
    return found.stage


def holding(case: Case, actor: Actor, now: datetime) -> Claim:
    """The claim of this person. Raises NotYours."""
    holder = case.holder(now)
    if holder is None or holder.account_id != actor.user_id:
        raise rules.NotYours
    return holder


def working(case: Case, actor: Actor, now: datetime) -> str:
    """The stage at which this person works on it now. Raises NotYours, and what ``part`` does."""
    stage = part(case, actor)
    holding(case, actor, now)
    return stage


def prolong(*, case: Case, actor: Actor, now: datetime) -> None:
    """Let a claim hold for as long as a new one would, its papers too; not for every click, each is in the log."""
    row, until = holding(case, actor, now), now + rules.LOCK
    if until - row.until < rules.PROLONGED_EVERY:
        return
    row.until = until
    db.session.flush()
    showing.open_to(application=case.application, submission=case.submission, until=until, actor=actor, now=now)
