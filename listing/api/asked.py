"""What a program sends as JSON, read strictly: another shape is refused with the name of what was wrong."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import request
from werkzeug.exceptions import BadRequest

from listing.checking.rules import MOST_CHARACTERS
from listing.web.problems import BadParameter

MOST_ID = 200


class Pair(NamedTuple):
    """Two texts to compare, and the name by which the program knows them."""

    id: str | int | None
    zh: str
    en: str


def body() -> object:
    """What was sent as JSON; raises BadRequest where it cannot be read, however deep it is nested."""
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest from None


def _is_text(value: object) -> bool:
    """Whether it is a text that can be written down: halves of characters, which JSON lets through, cannot."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def pair(sent: object) -> Pair:
    """Return the pair; raises BadParameter for a field that is missing, of another type, or too long."""
    if not isinstance(sent, Mapping):
        raise BadParameter("zh")
    for name in sorted(sent.keys() - {*Pair._fields}):
        raise BadParameter(name)
    for name in ("zh", "en"):
        if not _is_text(sent.get(name)) or len(sent[name]) > MOST_CHARACTERS:
            raise BadParameter(name)
    known = sent.get("id")
    if not (_is_text(known) or isinstance(known, int | None)) or isinstance(known, bool) or len(str(known)) > MOST_ID:
        raise BadParameter("id")
    return Pair(known, sent["zh"], sent["en"])
