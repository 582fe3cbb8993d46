"""An enterprise applies for a tier; a reviewer, never the same person, grants or refuses it with a reason."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.accounts.rules import plain_text
from listing.disclosure import standards
from listing.disclosure.tenures import queries as tenures
from listing.disclosure.tenures.models import Tenure
from listing.journal import operations as journal
from listing.store.db import db

from .. import letters, queries, rules
from ..models import Filing, Request
from .holding import hold


def apply(*, company, tier: str, year_end: int, note: str, actor: Actor, now: datetime) -> Request:
    """Ask for a tier; ``note`` says where that stands which comes with the application.

    Raises SameTier, RequestWaits, HostileText; ValueError for a tier that is none.
    """
    standard = standards.answered_on(queries.calendar(company, now).today)
    if tier not in standard.tiers:
        raise ValueError(tier)
    held = tenures.tenure(company.id)
    if held and (held.tier, held.year_end) == (tier, year_end):
        raise rules.SameTier
    row = Request(
        company_id=company.id,
        open_of=company.id,
        tier=tier,
        version=standard.version,
        year_end=year_end,
        note=plain_text(" ".join(note.split())),
        asked_by=actor.user_id,
        asked_label=actor.label,
        asked_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise rules.RequestWaits from None
    _log("disclosure.tier_asked", row, company, {"year_end": year_end}, actor, now)
    return row


def decide(*, request: Request, company, granted: bool, reason: str, actor: Actor, now: datetime) -> Request:
    """Grant or refuse an application for a tier. Raises SamePerson, NoReason, Decided, HostileText."""
    hold(company)
    if actor.user_id == request.asked_by:
        raise rules.SamePerson
    reason = plain_text(" ".join(reason.split()))
    if not reason:
        raise rules.NoReason
    said = {"open_of": None, "granted": granted, "reason": reason, "decided_at": now}
    who = {"decided_by": actor.user_id, "decided_label": actor.label}
    waiting = update(Request).where(Request.id == request.id, Request.open_of.is_not(None))
    change = waiting.values(**said, **who).execution_options(synchronize_session="fetch")
    if db.session.execute(change).rowcount != 1:
        raise rules.Decided
    before = tenures.tenure(company.id)
    if granted:
        enter(company=company, tier=request.tier, version=request.version, year_end=request.year_end, now=now)
        _file_with_application(request, company, now)
    letters.decided(request, company, now)
    outcome = "granted" if granted else "refused"
    _log(f"disclosure.tier_{outcome}", request, company, {"before": before.name if before else None}, actor, now)
    return request


def enter(*, company, tier: str, version: str, year_end: int, now: datetime) -> Tenure:
    """Put a company into a tier and end the one it was in; whoever calls has decided that, and notes it."""
    leave(company=company, now=now)
    row = Tenure(
        company_id=company.id, live_of=company.id, tier=tier, version=version, year_end=year_end, since=now, until=None
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else decided in the same instant
        raise rules.Decided from None
    return row


def leave(*, company, now: datetime) -> None:
    """End the tier a company is in, if it is in one; whoever calls has decided that, and notes it."""
    live = update(Tenure).where(Tenure.live_of == company.id).values(live_of=None, until=now)
    db.session.execute(live.execution_options(synchronize_session="fetch"))


def _file_with_application(request: Request, company, now: datetime) -> None:
    """What a tier asks for with the application came with it: that is what the reviewer has just accepted."""
    for line in queries.calendar(company, now).lines:
        if line.owed.obligation.occasion.every == rules.ADMISSION and line.filed is None:
            row = Filing(
                company_id=company.id,
                key=line.owed.key,
                standard=line.owed.held.name,
                due=line.owed.obligation.due.day,
                dated=line.owed.base,
                note=request.note,
                reference="",
                filed_by=request.asked_by,
                filed_label=request.asked_label,
                filed_at=now,
            )
            db.session.add(row)
    db.session.flush()


def _log(code: str, row: Request, company, data: dict, actor: Actor, now: datetime) -> None:
    db.session.flush()
    subject = ("company", company.id, company.organisation_id)
    said = {"request": row.id, "standard": f"{row.tier}@{row.version}"} | data
    journal.append(code=code, data=said, actor=actor, subject=subject, now=now)
