"""Suspending, restoring and revoking an admission: one supervisor proposes, another one confirms or declines.

What is confirmed holds from the next request of every member on, because standing is read and not kept.
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.admission import letters, queries, rules, worded
from listing.admission.models import Admission, Conflict, Measure
from listing.bilingual.pair import Pair
from listing.journal import operations as journal
from listing.store.db import db


def propose(*, admission: Admission, event: str, reason: str, words: Pair, actor: Actor, now: datetime) -> Measure:
    """Propose a measure; nothing changes yet.

    Raises NoReason, HasConflict, MeasureWaits, NotNow, and what ``worded.sound`` does.
    """
    _check_conflict(admission.organisation_id, actor)
    rules.after(admission.state, event)
    said = worded.sound("words", words)
    if event not in rules.MEASURES or reason not in rules.REASONS or (reason == "other" and not said.complete):
        raise rules.NoReason
    row = Measure(
        admission_id=admission.id,
        organisation_id=admission.organisation_id,
        open_of=admission.id,
        event=event,
        reason=reason,
        words=said,
        proposed_by=actor.user_id,
        proposed_label=actor.label,
        proposed_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise rules.MeasureWaits from None
    _log(f"admission.{event}_proposed", row, actor, now)
    return row


def answer(*, measure: Measure, confirmed: bool, actor: Actor, now: datetime) -> Measure:
    """Confirm or decline what another supervisor proposed. Raises ProposedIt, HasConflict, NotNow."""
    if actor.user_id == measure.proposed_by:
        raise rules.ProposedIt
    _check_conflict(measure.organisation_id, actor)
    said = {"open_of": None, "confirmed": confirmed, "answered_by": actor.user_id, "answered_label": actor.label}
    waiting = update(Measure).where(Measure.id == measure.id, Measure.open_of.is_not(None))
    change = waiting.values(**said, answered_at=now).execution_options(synchronize_session="fetch")
    if db.session.execute(change).rowcount != 1:
        raise rules.NotNow
    if confirmed:
        _take(measure, now)
        letters.measured(measure, now)
    outcome = measure.event if confirmed else f"{measure.event}_declined"
    _log(f"admission.{outcome}", measure, actor, now)
    return measure


def _take(measure: Measure, now: datetime) -> None:
    """Move the admission along rules.STEPS, if it still stands where the measure takes it from. Raises NotNow."""
    admission = queries.admission(measure.admission_id)
    before = admission.state
    to = rules.after(before, measure.event)
    live_of = admission.organisation_id if to in rules.LIVE else None
    held = update(Admission).where(Admission.id == admission.id, Admission.state == before)
    change = held.values(state=to, live_of=live_of, state_at=now).execution_options(synchronize_session="fetch")
    if db.session.execute(change).rowcount != 1:
        raise rules.NotNow


def _check_conflict(organisation_id: int, actor: Actor) -> None:
    if db.session.get(Conflict, (actor.user_id, organisation_id)):
        raise rules.HasConflict


def _log(code: str, measure: Measure, actor: Actor, now: datetime) -> None:
    db.session.flush()
    subject = ("admission", measure.admission_id, measure.organisation_id)
    data = {"measure": measure.id, "reason": measure.reason}
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)
