"""What a program sends as JSON, read strictly: another shape is refused with the name of what was wrong."""

from collections.abc import Mapping
from typing import NamedTuple

from listing.checking.rules import MOST_CHARACTERS
from listing.web.problems import BadParameter

MOST_ID = 200


class Pair(NamedTuple):
    """Two texts to compare, and the name by which the program knows them."""

    id: str | int | None
    zh: str
    en: str


def pair(sent: object) -> Pair:
    """Return the pair; raises BadParameter for a field that is missing, of another type, or too long."""
    if not isinstance(sent, Mapping):
        raise BadParameter("zh")
    for name in sorted(sent.keys() - {*Pair._fields}):
        raise BadParameter(name)
    for name in ("zh", "en"):
        if not isinstance(sent.get(name), str) or len(sent[name]) > MOST_CHARACTERS:
            raise BadParameter(name)
    known = sent.get("id")
    if not isinstance(known, str | int | None) or isinstance(known, bool) or len(str(known)) > MOST_ID:
        raise BadParameter("id")
    return Pair(known, sent["zh"], sent["en"])
