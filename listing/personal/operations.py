"""Taking a copy of what is held about oneself; asking to be erased, taking that back, and the supervisor's answer."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.journal import operations as journal
from listing.store.db import db

from . import erasing, queries, rules
from .models import Erasure


def copy(*, actor: Actor, now: datetime) -> bool:
    """Note that a person takes a copy. Raises NotFresh unless the password or a passkey was given lately."""
    rules.check_fresh(actor, now)
    journal.append(code="account.copied", actor=actor, subject=("account", actor.user_id), now=now)
    return True


def ask(*, understood: bool, actor: Actor, now: datetime) -> Erasure:
    """Ask to be erased; done at once where no record keeps acts of the person, else once a supervisor confirmed it.

    Raises NotFresh, NotUnderstood, AlreadyAsked, membership.LastOwner.
    """
    rules.check_fresh(actor, now)
    if not understood:
        raise rules.NotUnderstood
    row = Erasure(account_id=actor.user_id, open_of=actor.user_id, asked_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise rules.AlreadyAsked from None
    _log("asked", row, actor, now)
    if not queries.needs_confirming(actor.user_id):
        _end(row, rules.ERASED, actor, now)
        erasing.erase(account_id=actor.user_id, actor=actor, now=now)
    return row


def take_back(*, erasure: Erasure, actor: Actor, now: datetime) -> Erasure:
    """Let an open request rest. Raises NotOpen."""
    _hold(erasure)
    _end(erasure, rules.WITHDRAWN, actor, now)
    _log("withdrawn", erasure, actor, now)
    return erasure


def answer(*, erasure: Erasure, answer: str, reason: str, actor: Actor, now: datetime) -> Erasure:
    """Erase the person, or say why not. Raises OwnRequest, NoReason, NotOpen, membership.LastOwner."""
    if erasure.account_id == actor.user_id:
        raise rules.OwnRequest
    if answer == rules.DECLINE and not reason.strip():
        raise rules.NoReason
    _hold(erasure)
    erasure.reason = reason.strip()[: rules.MOST_WORDS] if answer == rules.DECLINE else ""
    _end(erasure, rules.DECLINED if answer == rules.DECLINE else rules.ERASED, actor, now)
    if erasure.outcome == rules.ERASED:
        erasing.erase(account_id=erasure.account_id, actor=actor, now=now)
    else:
        _log("declined", erasure, actor, now)
    return erasure


def _hold(erasure: Erasure) -> None:
    """Read the request anew and keep it, so that of two who answer one does. Raises NotOpen."""
    db.session.flush()
    db.session.refresh(erasure, with_for_update=True)
    if erasure.open_of is None:
        raise rules.NotOpen


def _end(row: Erasure, outcome: str, actor: Actor, now: datetime) -> None:
    row.open_of, row.outcome, row.answered_by, row.answered_at = None, outcome, actor.user_id, now
    db.session.flush()


def _log(what: str, row: Erasure, actor: Actor, now: datetime) -> None:
    journal.append(code=f"erasure.{what}", actor=actor, subject=("account", row.account_id), now=now)
