"""What happens around a sign-in: attempts are slowed, the right one is welcomed.

Wraps views of the account library, whose checks it never repeats: a failed attempt is one after which the page is shown
again. A slowed attempt is answered before any password is hashed.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from math import ceil

from email_validator import EmailNotValidError, validate_email
from flask import Response, abort, current_app, flash, g, make_response, request, session
from flask_babel import gettext as _
from flask_login import current_user
from flask_security.utils import is_user_authenticated
from werkzeug.exceptions import TooManyRequests

from listing.store.db import db, reading
from listing.web.page import now

from . import devices, queries
from .operations import arrivals, attempts
from .operations.attempts import Bucket

DEVICE_LASTS = 365 * 24 * 3600

BucketsOf = Callable[[], list[Bucket]]


def device_cookie() -> str:
    """The name of the cookie by which a browser is known again."""
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def device_secret() -> str | None:
    """What that cookie of this request holds."""
    return request.cookies.get(device_cookie())


def _network() -> str:
    return devices.network(request.remote_addr)


def _typed_address() -> str:
    """The address as accounts spell it: full-width letters of its domain, say, must not make another bucket."""
    typed = request.form.get("email", "").strip().lower()
    with suppress(EmailNotValidError):
        typed = validate_email(typed, check_deliverability=False, allow_smtputf8=False).normalized.lower()
    return typed[:254]


def signing_in() -> list[Bucket]:
    """Attempts with a password: per account and network, and per network; a known browser has a bucket of its own.

    Who is signed in is led on without a look at the password, which must clear no account's failures.
    """
    if is_user_authenticated(current_user):
        return []
    email, token = _typed_address(), device_secret()
    if queries.is_known_device(email, token):
        return [Bucket("device", f"{email}|{token}")]
    return [Bucket("account", f"{email}|{_network()}"), Bucket("address", _network())]


def answering() -> list[Bucket]:
    """Attempts with a code, a recovery code or the password again: per person and network."""
    person = session.get("tf_user_id") or session.get("_user_id") or _network()
    return [Bucket("code", f"{person}|{_network()}")]


def asking_for_mail() -> list[Bucket]:
    """Requests that send a mail to an address somebody typed: per address and per network, each one counts."""
    return [Bucket("mail", _typed_address()), Bucket("mailer", _network())]


def slowed(view: Callable, buckets_of: BucketsOf, *, counts: bool = True) -> Callable:
    """Answer 429 with Retry-After while the pause lasts; count failures, unless the operation counts itself."""

    @wraps(view)
    def slow(*args, **kwargs):
        if request.method != "POST":
            return view(*args, **kwargs)
        buckets = buckets_of()
        pause = attempts.pause(buckets, now())
        if pause.wait:
            raise TooManyRequests(retry_after=ceil(pause.wait.total_seconds()))
        db.session.rollback()
        return _counted(view(*args, **kwargs), buckets, pause.counted) if counts else view(*args, **kwargs)

    return slow


def mailing(operation: Callable) -> Callable:
    """Count each run of an operation that sends a mail to a typed address; a repeated form does not run it again."""

    def counted(**values):
        operation(**values)
        attempts.failed(asking_for_mail(), now())
        return True

    return counted


def _counted(answer, buckets: list[Bucket], counted: frozenset[str]) -> Response:
    response = make_response(answer)
    if 300 <= response.status_code < 400:
        if forgiven := [b for b in buckets if b.kind in counted - {"address"}]:
            attempts.forgive(forgiven)
            db.session.commit()
        return response
    db.session.rollback()
    attempts.failed(buckets, now())
    db.session.commit()
    if response.status_code == 200:  # the library shows its form again as if nothing were wrong
        response.status_code = 422
    return response


def forms_only(view: Callable) -> Callable:
    """Refuse JSON, which the account library would read: our pages send forms, and nothing else was tested."""

    @wraps(view)
    def form(*args, **kwargs):
        if request.is_json:
            abort(400)
        return view(*args, **kwargs)

    return form


def without_lock(view: Callable) -> Callable:
    """Check a password while nobody waits: on SQLite a transaction that may write keeps all other writers out."""

    @wraps(view)
    def checked(*args, **kwargs):
        with reading():
            response = make_response(view(*args, **kwargs))
            db.session.commit()
        return response

    return checked


def seeing_off(view: Callable) -> Callable:
    """Say after a sign-out that it is done."""

    @wraps(view)
    def off(*args, **kwargs):
        was_in = is_user_authenticated(current_user)
        answer = view(*args, **kwargs)
        if was_in and not is_user_authenticated(current_user):
            flash(_("You are signed out."))
        return answer

    return off


def welcoming(view: Callable) -> Callable:
    """After a sign-in, note it, make the browser known, and tell the person of a new one."""

    @wraps(view)
    def welcome(*args, **kwargs):
        before = session.get("_user_id")
        db.session().expire_on_commit = False  # the person just checked stays as read; each commit would read it anew
        response = make_response(view(*args, **kwargs))
        if session.get("_user_id") in (None, before):
            return response
        g.pop("actor", None)
        token = arrivals.welcome(
            user=current_user._get_current_object(),
            token=device_secret(),
            label=devices.label(request.user_agent.string),
            network=_network(),
            now=now(),
        )
        db.session.commit()
        if token:
            secure = current_app.config["SESSION_COOKIE_SECURE"]
            response.set_cookie(
                device_cookie(), token, max_age=DEVICE_LASTS, path="/", secure=secure, httponly=True, samesite="Lax"
            )
        return response

    return welcome
