"""Counts an opening once its answer has been sent, so that no reader waits for it.

Decides which requests are openings: not those of known crawlers, of a browser that loads ahead, nor of programs with a
key. A count that the database does not take at once is lost; what must not be lost stands in the log.
"""

from collections.abc import Callable
from functools import lru_cache

import structlog
from crawleruseragents import is_crawler
from flask import after_this_request, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wsgi import ClosingIterator

from listing.store.db import in_passing

_LONGEST = 300  # characters of a user agent that are looked at

log = structlog.get_logger()


def count_opening(count: Callable, *, company_id: int, **values: object) -> None:
    """Have ``count`` called with these values and a connection if this request is an opening and is answered well."""
    if _is_opened():
        _after_the_answer(count, {"company_id": company_id, **values})


def _is_opened() -> bool:
    """Whether a person asks to see it, as far as can be told."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method != "HEAD" and "prefetch" not in ahead and not _is_program(_agent())


def _agent() -> str:
    return request.headers.get("User-Agent", "")[:_LONGEST]


@lru_cache(maxsize=1_000)
def _is_program(agent: str) -> bool:
    return not agent or is_crawler(agent)


def _after_the_answer(count: Callable, values: dict[str, object]) -> None:
    app = current_app._get_current_object()

    def write() -> None:
        try:
            with app.app_context(), in_passing() as connection:
                count(connection=connection, **values)
        except SQLAlchemyError as error:
            log.warning("opening not counted", company=values["company_id"], error=type(error).__name__)

    @after_this_request
    def attach(answer):
        if answer.status_code >= 400:
            return answer
        if answer.direct_passthrough:  # handed to the server as it is: nothing of ours would be called at its end
            answer.response = ClosingIterator(answer.response, write)
        else:
            answer.call_on_close(write)
        return answer
