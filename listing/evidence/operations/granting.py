"""Letting somebody open the files of a case, and taking that back at once.

A grant is looked at anew at each opening, so its end is felt by every session in the same instant.
"""

from datetime import datetime

from sqlalchemy import select, update

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.store.db import db

from .. import rules
from ..models import Evidence, Grant


def grant(
    *,
    organisation_id: int,
    case: rules.Case,
    purpose: str,
    until: datetime,
    actor: Actor | System,
    now: datetime,
    to_person: int | None = None,
    to_organisation: int | None = None,
    file: Evidence | None = None,
) -> Grant:
    """Let one person, or the members of one organisation, open the holder's files of a case, or one, until then.

    ``purpose`` is the code of what it rests on. Raises NoRecipient.
    """
    if (to_person is None) == (to_organisation is None):
        raise rules.NoRecipient
    row = Grant(
        organisation_id=organisation_id,
        case_kind=case.kind,
        case_id=str(case.id),
        evidence_id=file.id if file else None,
        account_id=to_person,
        to_organisation_id=to_organisation,
        purpose=purpose,
        since=now,
        until=until,
        given_by=actor.user_id or None,
    )
    db.session.add(row)
    db.session.flush()
    data = {"person": to_person, "to": to_organisation, "purpose": purpose, "file": row.evidence_id, "case": list(case)}
    _note("evidence.granted", row, data, actor, now)
    return row


def revoke(*, grant: Grant, why: str, actor: Actor | System, now: datetime) -> bool:
    """End one grant at once; ``why`` is a code. Returns whether it was still open."""
    return bool(_end(Grant.id == grant.id, why=why, actor=actor, now=now))


def withdraw(*, organisation_id: int, purpose: str, why: str, actor: Actor | System, now: datetime) -> int:
    """End every grant of a holder that rests on ``purpose``, as when a consent is taken back; return how many."""
    mine = (Grant.organisation_id == organisation_id, Grant.purpose == purpose)
    return _end(*mine, why=why, actor=actor, now=now)


def _end(*which, why: str, actor: Actor | System, now: datetime) -> int:
    open_ = select(Grant).where(*which, Grant.ended_at.is_(None)).order_by(Grant.id).with_for_update()
    rows = db.session.scalars(open_.execution_options(populate_existing=True)).all()
    ended = {"ended_at": now, "ended_by": actor.user_id or None, "ended_why": why}
    db.session.execute(update(Grant).where(Grant.id.in_([row.id for row in rows])).values(ended))
    for row in rows:
        _note("evidence.revoked", row, {"grant": row.id, "why": why}, actor, now)
    return len(rows)


def _note(code: str, row: Grant, data: dict, actor: Actor | System, now: datetime) -> None:
    subject = ("evidence_grant", row.id, row.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)
