"""Queueing a message with the change that causes it, and reading one in the inbox.

Nothing is sent here: what is queued is sent only when the caller's transaction commits, and never when it does not.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from listing.store.db import db
from listing.store.inserting import insert

from . import rules
from .models import Notice
from .rules import Address


@cache
def _once(dialect: str):
    """The statement, built once: a letter stands in many operations, a sign-in among them."""
    return insert(Notice.__table__, dialect).on_conflict_do_nothing(index_elements=["key"])


def queue(
    *,
    key: str,
    message: str,
    to: Address,
    data: dict,
    now: datetime,
    due_at: datetime | None = None,
    until: datetime | None = None,
    sensitive: bool = False,
) -> None:
    """Queue a message once for all calls with the same ``key`` (event, person, rule).

    ``message`` names the folder templates/mail/<message>/. ``data`` survives JSON and holds ``path``, the one address
    the message leads to, without host; with ``stops`` a POST there ends such messages without signing in. ``due_at``
    defaults to ``now``; after ``until`` it is not sent any more. The data of a ``sensitive`` message (a link that is a
    secret) is erased as soon as it is sent or given up, and the inbox never shows it. An address that is no plain
    mailbox makes a failed row, because the caller's change must not fail for it. Raises rules.Unsafe for an unfit key
    and ValueError for an unfit ``data``, both faults of the caller.
    """
    given = {"data": data, "due_at": due_at, "until": until, "sensitive": sensitive}
    queue_all([{"key": key, "message": message, "to": to, **given}], now=now)


def queue_all(letters: Collection[Mapping], *, now: datetime) -> None:
    """Queue several messages in one statement, each as ``queue`` is given it."""
    if letters:
        session: Session = db.session()
        values = [_row(**letter, now=now) for letter in letters]
        session.execute(_once(session.get_bind().dialect.name), values)


def _row(
    *,
    key: str,
    message: str,
    to: Address,
    data: dict,
    now: datetime,
    due_at: datetime | None = None,
    until: datetime | None = None,
    sensitive: bool = False,
) -> dict:
    rules.check_key(key)
    state, error = rules.PENDING, None
    try:
        email = rules.mailbox(to.email)
    except rules.Unsafe as unsafe:
        email, state, error = rules.one_line(to.email)[:254], rules.FAILED, str(unsafe)
    return {
        "key": key,
        "message": message,
        "recipient_id": to.user_id,
        "name": rules.display_name(to.name),
        "email": email,
        "language": to.language,
        "zone": to.zone,
        "data": None if sensitive and state == rules.FAILED else _plain(data),
        "sensitive": sensitive,
        "created_at": now,
        "due_at": due_at or now,
        "until": until,
        "state": state,
        "last_error": error,
        "message_id": rules.message_id(key, _host()),
    }


def lapse(*, beginning: str, now: datetime) -> int:
    """Send no message any more whose key begins so and that is still to be sent; return how many."""
    unsent = update(Notice).where(Notice.key.startswith(beginning, autoescape=True), Notice.state == rules.PENDING)
    return db.session.execute(unsent.values(state=rules.LAPSED, until=now)).rowcount


def forget(*, recipient_id: int) -> None:
    """Send nothing any more to a person who is erased, and keep of what went out neither name, address nor words."""
    theirs = Notice.recipient_id == recipient_id
    db.session.execute(delete(Notice).where(theirs, Notice.state == rules.PENDING))
    db.session.execute(update(Notice).where(theirs).values(name="", email="", data=None))


def mark_read(*, notice_id: int, actor, now: datetime) -> bool:
    """Note that the person has read a message of their own inbox; return whether it was one and still unread."""
    done = db.session.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.recipient_id == actor.user_id, Notice.sensitive.is_(False))
        .where(Notice.read_at.is_(None), Notice.due_at <= now)
        .values(read_at=now)
    )
    return done.rowcount == 1


def mark_unread(*, notice_id: int, actor, now: datetime) -> bool:
    """Note that a message of the person's own inbox is still to be read; return whether it was one and read."""
    done = db.session.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.recipient_id == actor.user_id, Notice.sensitive.is_(False))
        .where(Notice.read_at.is_not(None), Notice.due_at <= now)
        .values(read_at=None)
    )
    return done.rowcount == 1


def mark_read_back_from(*, notice_id: int, actor, now: datetime) -> int:
    """Note that the person has read this message and all before it; return how many were unread.

    What has come since the page was shown stays unread, because nobody has seen it.
    """
    newest = select(Notice.due_at).where(Notice.id == notice_id, Notice.recipient_id == actor.user_id)
    done = db.session.execute(
        update(Notice)
        .where(Notice.recipient_id == actor.user_id, Notice.sensitive.is_(False), Notice.read_at.is_(None))
        .where(Notice.due_at <= newest.scalar_subquery(), Notice.due_at <= now)
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount


def retry_failed(*, now: datetime) -> int:
    """Give every failed message that can still be made its tries again, due at once; return how many.

    Left alone: what has no data any more, and what is out of date. An address that is none fails again at once.
    """
    return _again(now)


def retry(*, keys: Collection[str], now: datetime) -> int:
    """The same for the failed ones among these keys."""
    ordered = sorted(keys)
    parts = (ordered[start : start + 500] for start in range(0, len(ordered), 500))
    return sum(_again(now, Notice.key.in_(part)) for part in parts)


def _again(now: datetime, *among) -> int:
    done = db.session.execute(
        update(Notice)
        .where(Notice.state == rules.FAILED, Notice.data.is_not(None), *among)
        .where(Notice.until.is_(None) | (Notice.until > now))
        .values(state=rules.PENDING, attempts=0, tried_at=None, retry_at=None, lease_until=None, claimed_by=None)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount


def _plain(data: dict) -> dict:
    """The data as it comes back from JSON; refuses what would come back as something else."""
    path = data.get("path", "")
    if not path.startswith("/") or path.startswith("//") or path != rules.one_line(path) or " " in path:
        raise ValueError("a message leads to one address of ours: data['path'], beginning with one slash")
    back = json.loads(json.dumps(data, allow_nan=False))
    if back != data:
        raise ValueError("the data of a message must survive JSON unchanged")
    return back


def _host() -> str:
    """The host that names our messages, from PUBLIC_URL."""
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
