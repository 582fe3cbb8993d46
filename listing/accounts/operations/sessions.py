"""Ending sessions: the rows go, and with a new identity key nothing that was copied can come back."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete

from listing.access.actor import Actor, System
from listing.accounts.models import Attempts, Link, User, WebSession
from listing.journal import operations as journal
from listing.store.db import db

from . import keys

_FORGOTTEN = timedelta(days=1)


def end_all(user: User) -> None:
    """End every session of ``user``, in the transaction of the change that is the reason."""
    user.fs_uniquifier = uuid4().hex
    db.session.execute(delete(WebSession).where(WebSession.user_id == user.id))


def end_one(*, session_id: int, actor: Actor, now: datetime) -> bool:
    """End one session of the actor's own; return whether there was one."""
    mine = delete(WebSession).where(WebSession.id == session_id, WebSession.user_id == actor.user_id)
    done = db.session.execute(mine).rowcount == 1
    if done:
        journal.append(code="account.session_ended", actor=actor, subject=("account", actor.user_id), now=now)
    return done


def end_others(*, actor: Actor, now: datetime) -> int:
    """End all sessions of the actor but this one; return how many."""
    others = delete(WebSession).where(WebSession.user_id == actor.user_id, WebSession.id != actor.session_id)
    ended = db.session.execute(others).rowcount
    data = {"sessions": ended}
    journal.append(code="account.sessions_ended", data=data, actor=actor, subject=("account", actor.user_id), now=now)
    return ended


def end_all_of(*, user: User, actor: Actor | System, now: datetime) -> None:
    """End every session and key of a person, on the operator's behalf."""
    end_all(user)
    keys.end_all(user, now)
    journal.append(code="account.sessions_ended", actor=actor, subject=("account", user.id), now=now)


def sweep(*, now: datetime) -> int:
    """Delete sessions and links that are over and attempts long forgotten; return how many rows went. Run it hourly."""
    gone = [
        delete(WebSession).where(WebSession.expires_at <= now),
        delete(Link).where(Link.expires_at <= now),
        delete(Attempts).where(Attempts.last_at <= now - _FORGOTTEN),
    ]
    return sum(db.session.execute(statement).rowcount for statement in gone)
