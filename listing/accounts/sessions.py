"""The session behind the cookie: one row a browser, so that ending it ends every copy of the cookie at once.

The cookie is a random token; the table keeps its HMAC under SECRET_KEY, so that a new key ends every session. A visitor
for whom nothing is stored gets no row and no cookie. The token is replaced at sign-in and whenever rights rise, and
dies when rights fall. Idle and absolute limits come from SESSION_IDLE_MINUTES and SESSION_ABSOLUTE_HOURS.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import bindparam, delete, insert, inspect, select, update
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import CallbackDict

from listing.store.db import db, reading, set_read_only
from listing.web.page import now
from listing.web.problems import PROGRAMS

from . import devices
from .models import WebSession

TOUCH_EVERY = timedelta(minutes=1)
# Who is signed in, since when, and who has given a password but not yet the second factor.
RIGHTS = ("_user_id", "fs_paa", "tf_user_id")
NOISE = ("fs_cc",)  # the account library's note to a cookie we do not use

log = structlog.get_logger()
_ROW = WebSession.__table__.c
# Built once: every page asks for its session, and building a statement costs more than running it.
_OPEN = select(_ROW.id, _ROW.user_id, _ROW.data, _ROW.created_at, _ROW.seen_at).where(
    _ROW.token_hash == bindparam("token_hash"), _ROW.expires_at > bindparam("now")
)
_END = delete(WebSession.__table__).where(_ROW.id == bindparam("ended"))
_BEGIN = insert(WebSession.__table__)


@dataclass(frozen=True, slots=True)
class Stored:
    """The row as it was when the request began."""

    id: int
    user_id: int | None
    created_at: datetime
    seen_at: datetime
    rights: tuple
    content: str


class ServerSession(CallbackDict, SessionMixin):
    """What the views see: a dictionary that knows whether it was looked at or changed."""

    accessed = False
    modified = False
    unwritten = False

    def __init__(self, initial: dict | None = None, stored: Stored | None = None, stale: bool = False):
        super().__init__(initial, ServerSession._changed)
        self.stored, self.stale = stored, stale

    def _changed(self) -> None:
        self.modified = self.accessed = True

    def __getitem__(self, key):
        self.accessed = True
        return super().__getitem__(key)

    def __contains__(self, key):
        self.accessed = True
        return super().__contains__(key)

    def get(self, key, default=None):
        self.accessed = True
        return super().get(key, default)

    def content(self) -> str:
        """All of it as one text, to see whether anything differs; a flash changes its list in place."""
        return json.dumps(self, sort_keys=True)

    def rights(self) -> tuple:
        """What decides how much the session may do."""
        return tuple(dict.get(self, key) for key in RIGHTS)


def kept_of(token: str, key: str) -> str:
    """What the table keeps of a session's token under the key of the application: HMAC-SHA-256, hexadecimal."""
    return hmac.digest(key.encode(), token.encode("utf-8", "surrogatepass"), "sha256").hex()


class SessionStore(SessionInterface):
    """Reads a session with one statement; writes, in a transaction of its own, only what changed."""

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.get_cookie_name(app))
        if not token or request.path.startswith(PROGRAMS):  # a program is known by its key alone
            return ServerSession()
        wanted = {"token_hash": kept_of(token, app.secret_key), "now": now()}
        try:
            with reading(), db.engine.connect() as connection:
                row = connection.execute(_OPEN, wanted).one_or_none()
        except OperationalError as error:  # the page itself will say that the database is away
            log.error("database", error=str(error.orig))
            return ServerSession()
        if row is None:
            return ServerSession(stale=True)
        found = ServerSession(row.data)
        found.stored = Stored(row.id, row.user_id, row.created_at, row.seen_at, found.rights(), found.content())
        return found

    def save_session(self, app: Flask, session: ServerSession, response: Response) -> None:
        if session.accessed:
            response.vary.add("Cookie")
        for key in NOISE:
            dict.pop(session, key, None)
        stored = session.stored
        if session.modified and (session.content() != stored.content if stored else session):
            self._write_once(app, session, response)
        elif stored and now() - stored.seen_at >= TOUCH_EVERY:
            self._touch(app, session)
        elif session.stale:
            self._forget(app, response)

    def _touch(self, app: Flask, session: ServerSession) -> None:
        """Note that the session is in use; a reader is not refused a page because that could not be written."""
        try:
            _in_own_transaction((self._update(app, session, {}), None))
        except OperationalError as error:
            log.error("database", error=str(error.orig))

    def _write_once(self, app: Flask, session: ServerSession, response: Response) -> None:
        """Write what changed. What could not be written is not tried again for the answer that says so."""
        if session.unwritten:
            return
        session.unwritten = True
        self._write(app, session, response)
        session.unwritten = False

    def _write(self, app: Flask, session: ServerSession, response: Response) -> None:
        stored = session.stored
        if not session:
            _in_own_transaction((_END, {"ended": stored.id}))
            self._forget(app, response)
        elif stored and stored.rights == session.rights():
            _in_own_transaction((self._update(app, session, {"data": dict(session)}), None))
        else:
            token = devices.new_token()
            change = [(_END, {"ended": stored.id})] if stored else []
            _in_own_transaction(*change, (_BEGIN, self._new_row(app, session, token)))
            response.set_cookie(
                self.get_cookie_name(app),
                token,
                path="/",
                secure=app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )

    def _new_row(self, app: Flask, session: ServerSession, token: str) -> dict:
        keeps = session.stored and session.stored.rights[0] == dict.get(session, "_user_id")
        began = session.stored.created_at if keeps else now()
        return {
            "token_hash": kept_of(token, app.secret_key),
            "user_id": (session.stored.user_id if keeps else _signed_in_id()) if "_user_id" in session else None,
            "data": dict(session),
            "label": devices.label(request.user_agent.string),
            "network": devices.network(request.remote_addr),
            "created_at": began,
            "seen_at": now(),
            "expires_at": _end(app, began, now()),
        }

    def _update(self, app: Flask, session: ServerSession, values: dict):
        ends = _end(app, session.stored.created_at, now())
        changed = update(WebSession).where(_ROW.id == session.stored.id)  # a row ended meanwhile stays ended
        return changed.values(seen_at=now(), expires_at=ends, **values)

    def _forget(self, app: Flask, response: Response) -> None:
        response.delete_cookie(
            self.get_cookie_name(app),
            path="/",
            secure=app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )


def _end(app: Flask, began: datetime, seen: datetime) -> datetime:
    """When a session last seen at ``seen`` is over."""
    idle = timedelta(minutes=app.config["SESSION_IDLE_MINUTES"])
    return min(seen + idle, began + timedelta(hours=app.config["SESSION_ABSOLUTE_HOURS"]))


def _signed_in_id() -> int | None:
    """The id of the person just signed in, without asking the database again."""
    person = g.get("_login_user")
    identity = inspect(person).identity if hasattr(person, "fs_uniquifier") else None
    return identity[0] if identity else None


def _in_own_transaction(*changes: tuple) -> None:
    """Write now: what the request itself has not committed by this time never will be."""
    db.session.rollback()
    set_read_only(False)
    with db.engine.begin() as connection:
        for statement, values in changes:
            connection.execute(statement, values)
