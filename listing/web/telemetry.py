"""One structured log line a request, tied together by a request id that also goes back to the caller."""

import logging
import re
import secrets
import sys
import time
from contextlib import suppress
from typing import TextIO

import structlog
from flask import Flask, Response, g, request

from listing.access.gate import actor

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger()


class _Lines:
    """Where log lines go. One that cannot be written, say on a full disk, is lost, and no answer with it."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def configure(*, as_json: bool) -> None:
    """Write logs to standard error, as JSON lines in production."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if as_json
            else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(_Lines(sys.stderr)),
    )


def _begin() -> None:
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if _ID.fullmatch(sent) else secrets.token_hex(8)
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _path() -> str:
    """The path, or its pattern where the path itself is a secret: a link that sets a password, an invitation."""
    return request.url_rule.rule if "token" in (request.view_args or {}) else request.path


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint not in ("assets.file", "front.healthz"):
        log.info(
            "request",
            method=request.method,
            path=_path(),
            status=response.status_code,
            ms=round((time.perf_counter() - g.started) * 1000, 1) if "started" in g else None,
            actor=actor().user_id if "actor" in g else None,
        )
    return response


def init_app(app: Flask) -> None:
    """Log each request once."""
    configure(as_json=app.config["LOG_JSON"])
    app.before_request(_begin)
    app.after_request(_end)
