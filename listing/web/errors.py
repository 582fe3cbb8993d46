"""Error pages in the reader's language; no error shows what went wrong inside.

A database that cannot be reached or written, and a full disk, are 503 wherever in the request they come to light: in a
view, while its session is stored, or while the page about it is made.
"""

import errno
from collections.abc import Callable

import structlog
from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, ServiceUnavailable

from listing.store.db import db

from .problems import PROGRAMS, problem

RETRY = 5  # seconds

Keep = Callable[[str], Response | None]
log = structlog.get_logger()

# status: title, what happened, what to do next
PAGES = {
    400: (_l("The request could not be read"), _l("Go back, reload the page and try again.")),
    401: (_l("Sign in to read it"), _l("What was asked for is for people who have signed in.")),
    403: (
        _l("You may not open this page"),
        _l("Your role does not include it. An owner of your organisation can change roles."),
    ),
    404: (_l("Page not found"), _l("Check the address, or search the companies.")),
    405: (_l("The request could not be read"), _l("Go back, reload the page and try again.")),
    409: (_l("This form was already sent"), _l("What you sent first is kept. Open the form anew to send more.")),
    410: (_l("No longer on display"), _l("This page was withdrawn.")),
    413: (_l("The upload is too large"), _l("Choose a smaller file and send the form again.")),
    422: (_l("Some answers need a change"), _l("Go back to the form; what you typed is kept there.")),
    429: (_l("Too many attempts"), _l("Wait a moment, then try again.")),
    500: (
        _l("Something went wrong on our side"),
        _l("Nothing you sent before this page is lost. Try again in a few minutes."),
    ),
    503: (_l("The service is briefly unavailable"), _l("Try again in a few minutes.")),
}


def _page(error: HTTPException):
    status = error.code if error.code in PAGES else (500 if (error.code or 500) >= 500 else 400)
    if request.path.startswith(PROGRAMS):
        return problem(error)
    title, advice = PAGES[status]
    if request.path.startswith("/log/") or _wants_json():
        answer = jsonify(error={"status": error.code, "title": str(title), "advice": str(advice)})
    else:
        answer = render_template("web/error.html", status=error.code, title=title, advice=advice)
    response = error.get_response() if error.response is None and error.code == 405 else None
    headers = {"Retry-After": str(error.retry_after)} if getattr(error, "retry_after", None) else {}
    if response is not None and "Allow" in response.headers:
        headers["Allow"] = response.headers["Allow"]
    return answer, error.code, headers


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _redirect_or_page(error: HTTPException):
    if error.code is not None and error.code < 400:
        return error
    return _page(error)


def _sign_in(sign_in: str, keep: Keep) -> Callable:
    def handle(error: HTTPException):
        if request.path.startswith(PROGRAMS):
            return problem(error)
        if _wants_json():
            return _page(error)
        if request.method not in ("GET", "HEAD"):
            return keep(sign_in) or redirect(url_for(sign_in))
        return redirect(url_for(sign_in, next=request.full_path.rstrip("?")))

    return handle


def _foreign_host(error: SecurityError):
    """Answer without a page: for a host that is not ours no address can be made."""
    return Response("400 Bad Request: unknown host\n", status=400, mimetype="text/plain")


def _stale_form(sign_in: str, keep: Keep) -> Callable:
    def handle(error: CSRFError):
        error.description = _("The form was open too long.")
        return keep(sign_in) or _page(error)

    return handle


def _unexpected(error: Exception):
    if _is_full(error):
        return _unavailable(error)
    log.exception("unexpected", error=type(error).__name__)
    db.session.rollback()
    g.pop("actor", None)
    return _page(InternalServerError())


def _is_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _unavailable(error: Exception):
    log.error("database" if isinstance(error, OperationalError) else "disk", error=str(getattr(error, "orig", error)))
    db.session.rollback()
    try:
        return _page(ServiceUnavailable(retry_after=RETRY))
    except (OperationalError, OSError):  # what the page shows of the reader cannot be read either
        return Response(str(PAGES[503][0]) + "\n", 503, {"Retry-After": str(RETRY)}, mimetype="text/plain")


def _late(error: InternalServerError):
    """Answer what no handler saw, because it came after the view: above all that its session could not be stored."""
    cause = error.original_exception
    return _unavailable(cause) if isinstance(cause, OperationalError) or _is_full(cause) else _page(error)


def init_app(app: Flask, *, sign_in: str, keep: Keep) -> None:
    """Answer every error with a page; ``sign_in`` is the endpoint a 401 leads to.

    ``keep`` may answer a POST without a session, or with a form of an earlier one, so that what was typed is not lost.
    """
    app.register_error_handler(HTTPException, _redirect_or_page)
    app.register_error_handler(401, _sign_in(sign_in, keep))
    app.register_error_handler(CSRFError, _stale_form(sign_in, keep))
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(500, _late)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(Exception, _unexpected)
