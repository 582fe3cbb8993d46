"""What a visitor asks of the directory: filters, order and place in the list, as they stand in the address.

Pure values: reads them from query parameters, writes them back, and keeps the place in a cursor. No parameter raises:
what is not understood is not asked for, and a cursor that is broken or belongs to another order means the first page.
Which rows answer is decided by the queries; what a filter is called, by the catalogue.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

LANGUAGES = ("both", "zh", "en")
OWN = "own"  # what stands on the platform: participants and, where there are any, demo companies
EVERY = "all"  # asked for by name, because an address without a filter begins with our own companies
ORIGINS = ("participant", "imported", "demo", OWN, EVERY)
FILTERS = ("market", "place", "sector", "stage", "languages", "origin")
SORTS = ("relevance", "newest", "name")

PAGE = 25
MOST_TYPED = 200  # characters of a query or filter value that are read
MOST_CURSOR = 2000
MOST_ID = 2**63


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: beside the row with these values of the order, on the side ``forward`` says.

    Without ``id`` it is an end of the list: the first page forward, the last one backward. By relevance, which is of
    meaning only within one answer, ``id`` is how many rows stand before the page.
    """

    forward: bool = True
    key: datetime | str | None = None
    id: int | None = None


FIRST, LAST = Place(), Place(forward=False)


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters (empty means any), the typed query, the order, and where the page begins.

    ``side`` is the side whose names are sorted by: zh (by pinyin) or en. ``after`` leaves out what was on display by
    then; no address asks for it.
    """

    q: str = ""
    market: str = ""
    place: str = ""
    sector: str = ""
    stage: str = ""
    languages: str = ""
    origin: str = ""
    sort: str = "newest"
    side: str = "en"
    at: Place = FIRST
    after: datetime | None = None

    @property
    def order(self) -> str:
        """The order as cursors name it; names sort differently on either side."""
        return f"name-{self.side}" if self.sort == "name" else self.sort

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the filters in use, the query first."""
        return tuple(name for name in ("q", *FILTERS) if getattr(self, name))

    @property
    def unfiltered(self) -> bool:
        """Whether every company is asked for, by name or by saying nothing."""
        return not self.active or (self.active == ("origin",) and self.origin == EVERY)

    def of_origin(self, origin: str) -> "Selection":
        """The same from another origin, from the first page; EVERY where nothing else is asked for."""
        asked = replace(self, origin=origin, at=FIRST)
        return replace(asked, origin=EVERY) if not asked.active else asked

    @property
    def usual_sort(self) -> str:
        """The order when none is asked for: by relevance for a query, else newest first."""
        return "relevance" if self.q else "newest"

    def without(self, name: str) -> "Selection":
        """The same with one filter dropped, from the first page; relevance goes when the query does."""
        rest = replace(self, at=FIRST, **{name: ""})
        rest = rest.of_origin("") if name != "q" and not rest.active else rest
        return replace(rest, sort="newest") if rest.sort == "relevance" and not rest.q else rest

    def query_string(self, at: Place | None = None) -> str:
        """The query string that asks for this again, opening question mark included; ``at`` moves the page."""
        asked = {name: getattr(self, name) for name in self.active}
        if self.sort != self.usual_sort:
            asked["sort"] = self.sort
        if at == LAST:
            asked["page"] = "last"
        elif at is not None and at.id is not None:
            asked["page"] = written(at, self.order)
        return f"?{urlencode(asked)}" if asked else ""


def to_follow(selection: Selection) -> Selection:
    """The same for somebody who follows it: from the first page, newest first where relevance was asked for."""
    sort = "newest" if selection.sort == "relevance" else selection.sort
    return replace(selection, at=FIRST, sort=sort)


def written(at: Place, order: str) -> str:
    """The cursor of a place in ``order``: opaque, safe in an address."""
    key = at.key.astimezone(UTC).isoformat() if isinstance(at.key, datetime) else at.key
    text = json.dumps([order, at.forward, key, at.id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("a cursor holds aware instants")
    return instant.astimezone(UTC)


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("a name is text")
    value.encode("utf-8")
    return value


def _position(value: object) -> None:
    if value is not None:
        raise ValueError("a position has no key")


_KEYS: Mapping[str, Callable[[object], datetime | str | None]] = {
    "newest": _instant,
    "name-zh": _text,
    "name-en": _text,
    "relevance": _position,
}


def read_place(cursor: str, order: str) -> Place:
    """The place a cursor names; the first page where the cursor says nothing in this order."""
    if cursor == "last":
        return LAST
    if not 0 < len(cursor) <= MOST_CURSOR:
        return FIRST
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        its_order, forward, key, number = json.loads(text)
        if its_order != order or type(forward) is not bool or type(number) is not int or not 0 < number < MOST_ID:
            return FIRST
        return Place(forward, _KEYS[order](key), number)
    except (binascii.Error, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return FIRST


def _clean(value: str) -> str:
    value = " ".join(value[:MOST_TYPED].split())
    return value if value.isprintable() else ""


def read(args: Mapping[str, str], *, side: str, sectors: frozenset[str], stages: frozenset[str]) -> Selection:
    """What the query parameters ask for; values outside ``sectors``, ``stages`` and our own lists are passed over.

    Market and place stay as typed, because imported files bring markets and cities that no list of ours knows.
    """
    asked = {name: _clean(args.get(name, "")) for name in ("q", *FILTERS)}
    for name, known in (("sector", sectors), ("stage", stages), ("languages", LANGUAGES), ("origin", ORIGINS)):
        if asked[name] not in known:
            asked[name] = ""
    sort = args.get("sort", "")
    selection = Selection(**asked, side=side)
    if selection.origin == EVERY and selection.active != ("origin",):
        selection = replace(selection, origin="")
    if sort not in SORTS or (sort == "relevance" and not selection.q):
        sort = selection.usual_sort
    selection = replace(selection, sort=sort)
    return replace(selection, at=read_place(args.get("page", ""), selection.order))
