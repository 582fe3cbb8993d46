"""A supervisor sets the level of a company higher than it is worked out, with a reason, and lets it go again."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor, System
from listing.bilingual.pair import Pair
from listing.journal import operations as journal
from listing.store.db import db

from . import queries, rules
from .models import SetLevel


def raise_level(*, company_id: int, level: str, reason: Pair, actor: Actor | System, now: datetime) -> SetLevel:
    """Set a level; the one set before ends. Sent again, it stays as it was. Raises ReasonInBoth, NotHigher."""
    if not reason.complete:
        raise rules.ReasonInBoth
    before = queries.set_level(company_id)
    if before and (before.level, before.reason) == (level, reason):
        return before
    derived = queries.derived(company_id, now)
    if level <= derived:
        raise rules.NotHigher(level=derived)
    if before:
        _end(before, actor, now)
    row = SetLevel(company_id=company_id, live_of=company_id, level=level, reason=reason, set_at=now)
    row.set_by, row.set_label = actor.user_id, actor.label
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another supervisor at the same time: theirs holds, and this page shows it
        raise rules.MeanwhileSet from None
    journal.append(
        code="suitability.level_set",
        data={"level": level, "derived": derived},
        actor=actor,
        subject=("company", company_id),
        now=now,
    )
    return row


def lift(*, company_id: int, actor: Actor, now: datetime) -> bool:
    """Let the level be as it is worked out; return whether one was set."""
    row = queries.set_level(company_id)
    if row is None:
        return False
    _end(row, actor, now)
    subject = ("company", company_id)
    journal.append(code="suitability.level_lifted", data={"level": row.level}, actor=actor, subject=subject, now=now)
    return True


def _end(row: SetLevel, actor: Actor | System, now: datetime) -> None:
    row.live_of, row.ended_by, row.ended_label, row.ended_at = None, actor.user_id, actor.label, now
    db.session.flush()
