"""A reviewer waives an obligation until a day; people decide the costly steps of the ladder that its day proposes."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor, System
from listing.accounts.rules import plain_text
from listing.companies.operations import publishing
from listing.disclosure.tenures import queries as tenures
from listing.journal import operations as journal
from listing.profiles import operations as profiles
from listing.profiles import queries as written
from listing.profiles.rules import WITHDRAWN
from listing.store.db import db

from .. import ladder, letters, queries, rules
from ..ladder import Step
from ..models import Measure, Waiver
from . import marking, tiers
from .holding import hold

WHY = "late_disclosure"


def waive(*, company, key: str, until: date, reason: str, actor: Actor, now: datetime) -> Waiver:
    """Let an obligation wait until a day. Raises AlreadyFiled, NoReason, NotAhead, HostileText; LookupError."""
    hold(company)
    calendar, reason = queries.calendar(company, now), _reason(reason)
    line = calendar.line(key)
    if line is None:
        raise LookupError(key)
    rules.check_waiver(line, until, today=calendar.today)
    row = Waiver(
        company_id=company.id,
        key=key,
        until=until,
        reason=reason,
        given_by=actor.user_id,
        given_label=actor.label,
        given_at=now,
    )
    db.session.add(row)
    db.session.flush()
    ease(company=company, actor=actor, now=now)
    letters.waived(company, line, row, now)
    marking.keep(company=company, now=now)
    _log("disclosure.waived", company, {"key": key, "until": until.isoformat()}, actor, now)
    return row


def decide(*, company, step: Step, take: bool, reason: str, actor: Actor, now: datetime) -> Measure:
    """Take or decline a step that was reached; a heavy one then waits for a second person.

    Raises NotReached, NoReason, HostileText.
    """
    hold(company)
    key, name, by = step.place
    reason = _reason(reason)
    waits = take and name in ladder.BY_TWO
    row = Measure(
        company_id=company.id,
        key=key,
        step=name,
        by=by,
        verdict=ladder.WAITS if waits else ladder.TAKEN if take else ladder.DECLINED,
        reason=reason,
        first_by=actor.user_id,
        first_label=actor.label,
        first_at=now,
    )
    _check_reached(company, step, now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else decided in the same instant
        raise ladder.NotReached from None
    if row.verdict == ladder.TAKEN:
        _execute(company, step, row, actor, now)
    _log(f"disclosure.{name}_{row.verdict}", company, {"key": key, "measure": row.id}, actor, now)
    return row


def answer(*, company, measure: Measure, step: Step, take: bool, actor: Actor, now: datetime) -> Measure:
    """Confirm or decline, as the second person, what the first decided.

    Raises SecondPerson, SupervisorOnly, NotReached.
    """
    hold(company)
    ladder.check_second(measure.step, measure.first_by, actor)
    _check_reached(company, step, now)
    said = {"verdict": ladder.TAKEN if take else ladder.DECLINED, "second_at": now}
    who = {"second_by": actor.user_id, "second_label": actor.label}
    waiting = update(Measure).where(Measure.id == measure.id, Measure.verdict == ladder.WAITS)
    change = waiting.values(**said, **who).execution_options(synchronize_session="fetch")
    if db.session.execute(change).rowcount != 1:
        raise ladder.NotReached
    if take:
        _execute(company, step, measure, actor, now)
    code = f"disclosure.{measure.step}_{measure.verdict}"
    _log(code, company, {"key": measure.key, "measure": measure.id}, actor, now)
    return measure


def ease(*, company, actor: Actor | System, now: datetime) -> None:
    """Let a company appear again once nothing late holds it back any more; with each filing, waiver and tick."""
    if company.held_back_at and not queries.calendar(company, now).is_held_back:
        publishing.let_on(company=company, actor=actor, now=now)


def _check_reached(company, step: Step, now: datetime) -> None:
    """Raise NotReached where the step is gone: filed, waived, or the company in another tier meanwhile."""
    if step.place not in [each.place for each in queries.calendar(company, now).steps]:
        raise ladder.NotReached


def _execute(company, step: Step, measure: Measure, actor: Actor, now: datetime) -> None:
    who = {"company": company, "actor": actor, "now": now}
    if measure.step == ladder.OFF_ROADSHOW:
        publishing.hold_back(reason=WHY, **who)
    elif measure.step == ladder.TIER_DOWN:
        held, standard = tenures.tenure(company.id), step.line.owed.standard
        below = ladder.lower(standard, held.tier)
        tiers.enter(company=company, tier=below, version=held.version, year_end=held.year_end, now=now)
    else:
        publishing.withdraw(reason=WHY, **who)
        tiers.leave(company=company, now=now)
        profile = written.of_company(company.id)
        if profile and profile.state != WITHDRAWN:
            profiles.withdraw(profile=profile, now=now)
    letters.measured(company, step, measure, now)
    marking.keep(company=company, now=now)


def _reason(text: str) -> str:
    reason = plain_text(" ".join(text.split()))
    if not reason:
        raise rules.NoReason
    return reason


def _log(code: str, company, data: dict, actor: Actor, now: datetime) -> None:
    db.session.flush()
    subject = ("company", company.id, company.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)
