"""Who asks: a browser by its session, or a program by a key it sends as ``Authorization: Bearer …``.

Which of the two is decided by the view, never by what was sent: a session opens no view for programs, and a key no
page. A key that never was, is over or was ended is refused alike, by the same statement.
"""

from datetime import timedelta
from math import ceil

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

from listing.access.actor import Actor
from listing.access.gate import scope_asked
from listing.store.db import db, reading, writing
from listing.web.page import now

from . import devices, queries
from .operations import attempts, keys
from .operations.attempts import Bucket
from .sessions import kept_of


def current_actor() -> Actor | None:
    """The person of this request, or None. Raises TooManyRequests for a program."""
    return _by_key() if scope_asked() else queries.current_actor()


def _sent() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _by_key() -> Actor | None:
    token = _sent()
    if token is None:
        return None
    with reading():
        found = queries.key_of(kept_of(token, current_app.secret_key), now())
        known = found and (keys.Used.of(found[0]), found[1])
        db.session.rollback()
    with writing():
        wait = _counted(known[0]) if known else _failed()
    if wait:
        raise TooManyRequests(retry_after=ceil(wait.total_seconds()))
    return known and known[1]


def _counted(key) -> timedelta:
    """Note the call; how long to wait where the key has made too many."""
    wait = attempts.call(Bucket("calls", str(key.id)), now())
    keys.note_use(key, now())
    db.session.commit()
    return wait


def _failed() -> timedelta:
    """Count a key that does not hold against the network it came from; how long that network has to wait."""
    bucket = [Bucket("key", devices.network(request.remote_addr))]
    wait = attempts.pause(bucket, now()).wait
    if not wait:
        attempts.failed(bucket, now())
    db.session.commit()
    return wait
