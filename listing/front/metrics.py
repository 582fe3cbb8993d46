"""``/metrics``: figures for Prometheus about this process and the database behind it.

Decides what is counted and who may read it: whoever knows METRICS_TOKEN; without that setting the address does not
exist. Each web process counts its own answers, told apart by ``process``; the other figures are the same from any.
"""

import hmac
import os
from collections import Counter
from datetime import timedelta
from threading import Lock

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.companies import evaluation as companies
from listing.journal import queries as journal
from listing.notifications import queries as notices
from listing.reminders import queries as heartbeats
from listing.web.page import now
from listing.webhooks import queries as webhooks

CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

bp = Blueprint("metrics", __name__)


class Answers:
    """How many requests this process has answered, by class of status; threads count together."""

    def __init__(self):
        self._lock, self._counts = Lock(), Counter(dict.fromkeys(CLASSES, 0))

    def note(self, status: int) -> None:
        """Count one answer."""
        with self._lock:
            self._counts[f"{status // 100}xx"] += 1

    def counts(self) -> dict[str, int]:
        """The counts as they stand."""
        with self._lock:
            return dict(self._counts)


@bp.record_once
def _begin(state) -> None:
    state.app.extensions["answers"] = Answers()


@bp.after_app_request
def _note(response: Response) -> Response:
    current_app.extensions["answers"].note(response.status_code)
    return response


@bp.get("/metrics")
@requires(Permission.PUBLIC)
def show():
    """Print the figures for whoever sends the token."""
    token = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    if not hmac.compare_digest(_sent(), token.encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    return Response("\n".join([*_of_process(), *_of_database(), ""]), content_type=CONTENT_TYPE)


def _sent() -> bytes:
    """The bearer token as bytes: WSGI hands over bytes as Latin-1, and text that is not ASCII cannot be compared."""
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    return sent.strip().encode("latin-1", "replace") if scheme.lower() == "bearer" else b""


def _of_process() -> list[str]:
    process = os.getpid()
    counts = current_app.extensions["answers"].counts()
    samples = {f'status="{name}",process="{process}"': count for name, count in counts.items()}
    return _metric("requests_total", "counter", "Requests this process has answered, by class of status.", samples)


def _of_database() -> list[str]:
    """The figures of the database, or that it is away: then the others are missing, rather than old or zero."""
    about = ("database_up", "gauge", "Whether the database answers.")
    try:
        figures = _figures()
    except SQLAlchemyError:
        return _metric(*about, {"": 0})
    return [*_metric(*about, {"": 1}), *figures]


def _figures() -> list[str]:
    standing = notices.standing(now())
    age = heartbeats.heartbeat_age(now())
    states = {f'state="{state}"': count for state, count in standing.counts.items()}
    told = {f'state="{state}"': count for state, count in webhooks.standing().items()}
    overdue = standing.overdue or timedelta()
    return [
        *_metric("outbox_messages", "gauge", "Messages of the outbox, by state.", states),
        *_metric("outbox_oldest_due_seconds", "gauge", "How late the oldest unsent message is.", _seconds(overdue)),
        *_metric("webhook_deliveries", "gauge", "Deliveries to organisations' servers, by state.", told),
        *_metric("scheduler_heartbeat_age_seconds", "gauge", "Since a tick last ended well.", _seconds(age)),
        *_metric("journal_entries", "gauge", "Entries of the log.", {"": journal.tip().size}),
        *_metric("companies_displayed", "gauge", "Companies on display.", {"": companies.size()}),
    ]


def _seconds(span: timedelta | None) -> dict[str, int]:
    """One sample, or none where nothing ever happened: an alert on absence says what a made-up number hides."""
    return {} if span is None else {"": int(span.total_seconds())}


def _metric(name: str, kind: str, meaning: str, samples: dict[str, int]) -> list[str]:
    name = f"baybridge_{name}"
    lines = [f"{name}{f'{{{labels}}}' if labels else ''} {value}" for labels, value in samples.items()]
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *lines]
