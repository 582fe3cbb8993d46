"""Tells the store whether a request may write: GET and HEAD never do. Knows which numbers can name a row."""

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

from listing.store.db import set_read_only

SAFE = ("GET", "HEAD", "OPTIONS")
MOST_ROWS = 2**31 - 1  # what INTEGER holds in PostgreSQL; a larger number in an address would be an error there


class RowNumber(IntegerConverter):
    """A number in an address that may name a row; a larger one is no page."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = MOST_ROWS):
        super().__init__(map, fixed_digits, min, max)


class Name(UnicodeConverter):
    """A text in an address; with a NUL, which PostgreSQL refuses in a parameter, it is no page."""

    def __init__(self, map: Map, **limits: int):
        super().__init__(map, **limits)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def _begin() -> None:
    set_read_only(request.method in SAFE)


def _end(_error: BaseException | None) -> None:
    set_read_only(False)


def init_app(app: Flask) -> None:
    """Begin reading transactions for safe requests, writing ones for all others."""
    app.url_map.converters.update({"int": RowNumber, "default": Name, "string": Name})
    app.before_request(_begin)
    app.teardown_request(_end)
