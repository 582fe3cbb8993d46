"""Looking companies up: pages of the directory, counts, one company with what it publishes.

Reads columns, not rows of the mapper, where a list is shown. Every list shows companies on display only. The directory
is paged by key: a page costs the same wherever it stands, and nothing is counted beyond a cap.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Subquery,
    bindparam,
    func,
    or_,
    select,
    union_all,
)

from listing.access.actor import Tier
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Kind

from . import catalogue, rules
from .cards import COLUMNS, Card, cards
from .directory import EVERY, FIRST, LAST, OWN, PAGE, Place, Selection
from .models import Company, Revision

MOST_COUNTED = 1_000
MOST_RANKED = 1_000  # the best matches among which filters choose, and beyond which nobody pages
BATCH = 500
BAY_AREA = "gba"

# Lists read columns of the table: through the mapper a page of 25 takes twice the time.
_TABLE = Company.__table__.c
_KEYS = {
    "newest": (_TABLE.displayed_at, _TABLE.id),
    "name-zh": (_TABLE.sort_zh, _TABLE.id),
    "name-en": (_TABLE.sort_en, _TABLE.id),
}

displayed = _TABLE.status == "displayed"
# The same beside a list of ids or slugs: an expression, because SQLite would take the index of the bare column.
also_displayed = _TABLE.status.concat("") == "displayed"
# By the code that this platform gave, or by the enterprise where the code is that of an exchange. Beside
# ``also_displayed`` two indexes lead to them among any number of imports; IS NOT NULL would not for SQLite.
_OF_OUR_CODE = (_TABLE.market == rules.OWN_MARKET) & (_TABLE.origin != rules.IMPORTED)
on_baybridge = or_(_OF_OUR_CODE, _TABLE.organisation_id > 0)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; with ``more`` there are more than were counted."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the directory and the places of its neighbours; None where there is none."""

    cards: list[Card]
    previous: Place | None
    next: Place | None
    last: Place | None


def newest(*, limit: int) -> list[Card]:
    """The own companies last put on display, none of them imported, as cards for the reader of this request."""
    order = (_TABLE.displayed_at.desc(), _TABLE.id.desc())
    return cards(db.session.execute(select(*COLUMNS).where(also_displayed, on_baybridge).order_by(*order).limit(limit)))


def displayed_count() -> int:
    """How many companies are on display, counted up to MOST_COUNTED."""
    return _counted(_capped(select(_TABLE.id).where(displayed))).number


def of_organisations(ids: Collection[int]) -> list[Card]:
    """The companies of these organisations that are not withdrawn, by name."""
    own = _TABLE.organisation_id.in_(ids) & (_TABLE.status != "withdrawn")
    return cards(db.session.execute(select(*COLUMNS).where(own).order_by(_TABLE.sort_en, _TABLE.id)))


def by_id(company_id: int | None) -> Company | None:
    """The company of that number, whatever its status."""
    return db.session.get(Company, company_id) if company_id else None


# Built once: it stands before every page of a company.
_AT = (
    select(Company, Revision)
    .outerjoin(Revision, Revision.id == Company.revision_id)
    .where(Company.slug == bindparam("slug"))
)


def by_slug(slug: str) -> tuple[Company, Revision | None] | None:
    """The company at this address with the revision it shows, whatever its status; None where there is none."""
    if "\0" in slug:
        return None
    row = db.session.execute(_AT, {"slug": slug}).first()
    return tuple(row) if row else None


def page(selection: Selection, tier: Tier, made: Callable = cards) -> Page:
    """One page of what ``selection`` asks for, as far as ``tier`` may find it; ``made`` makes the cards of rows."""
    if selection.sort == "relevance":
        return _best_page(selection, tier, made)
    at = selection.at
    rows = _rows(selection, tier, at=at, limit=PAGE + 1)
    if not rows and at.id is not None:  # everything on that side has gone since the link was made
        return page(replace(selection, at=FIRST), tier, made)
    beyond, rows = len(rows) > PAGE, rows[:PAGE]
    if not at.forward:
        rows.reverse()
    start = not at.forward and not beyond or at == FIRST
    end = at.forward and not beyond or at == LAST
    return Page(
        made(rows),
        previous=None if start or not rows else _beside(selection, rows[0], forward=False),
        next=None if end or not rows else _beside(selection, rows[-1], forward=True),
        last=None if end else LAST,
    )


def _beside(selection: Selection, row, *, forward: bool) -> Place:
    return Place(forward, getattr(row, _KEYS[selection.order][0].key), row.id)


def _rows(selection: Selection, tier: Tier, *, at: Place, limit: int, columns: Sequence = COLUMNS) -> list:
    # Newest runs down the index and names run up; the page before the cursor runs the other way.
    descending, beside = at.forward == (selection.sort == "newest"), at.id is not None
    place = {"key": at.key, "id": at.id} if beside else {}
    if not selection.q:
        statement = _listed(replace(selection, at=FIRST), columns, descending, beside)
    else:
        statement, found = _matching(selection, tier, columns)
        if selection.sort == "newest":
            return db.session.execute(_newest_found(statement, found, at).limit(limit)).all()
        statement = _in_order(statement, selection.order, descending, beside)
    return db.session.execute(statement, {**place, "most": limit}).all()


@lru_cache(maxsize=500)
def _listed(selection: Selection, columns: Sequence, descending: bool, beside: bool) -> Select:
    """The statement for a list without words, kept: to build it takes longer than to run it."""
    return _in_order(_matching(selection, Tier.PUBLIC, columns)[0], selection.order, descending, beside)


def _in_order(statement: Select, order: str, descending: bool, beside: bool) -> Select:
    """In that order, at most ``most`` rows; with ``beside`` only those after the row of ``key`` and ``id``.

    Rows that tie with the edge are read apart from those beyond it: SQLite does not look an id up inside a tie, and all
    rows of an import tie.
    """
    if not beside:
        return _sorted(statement, _KEYS[order], descending)
    first, second = _KEYS[order]
    key, number = bindparam("key", type_=first.type), bindparam("id", type_=second.type)
    tied = statement.where(first == key, second < number if descending else second > number)
    beyond = statement.where(first < key if descending else first > key)
    parts = [_sorted(part, (first, second), descending).subquery() for part in (tied, beyond)]
    both = union_all(*(select(part) for part in parts)).subquery()
    return _sorted(select(both), (both.c[first.key], both.c[second.key]), descending)


def _sorted(statement: Select, keys: Sequence, descending: bool) -> Select:
    ordered = [column.desc() if descending else column.asc() for column in keys]
    return statement.order_by(*ordered).limit(bindparam("most", type_=Integer))


def _newest_found(statement: Select, found: Subquery, at: Place) -> Select:
    """Newest first among the matches: by the number of the document, so that the index stops at the limit."""
    number = found.c.number
    if at.id is not None:
        tiers = (0, 0) if at.forward else (0, fulltext.TIERS - 1)
        edge = fulltext.Document(
            Kind.COMPANY, min(at.id, (1 << fulltext.ROW_BITS) - 1), (), lowest=tiers[0], highest=tiers[1]
        )
        statement = statement.where(number < edge.number if at.forward else number > edge.number)
    return statement.order_by(number.desc() if at.forward else number.asc())


def _matching(selection: Selection, tier: Tier, columns: Sequence = COLUMNS) -> tuple[Select, Subquery | None]:
    """The statement over the companies asked for, and the subquery of matches where words were typed."""
    shown = also_displayed if selection.origin == OWN else displayed
    statement = select(*columns).where(shown, *_conditions(selection))
    if not selection.q:
        return statement, None
    found = fulltext.found(db.session, selection.q, kind=Kind.COMPANY, tier=tier)
    return statement.join(found, found.c.row_id == _TABLE.id), found


def _conditions(selection: Selection) -> Iterator[ColumnElement[bool]]:
    for name in ("market", "stage", "languages", "origin"):
        if (value := getattr(selection, name)) and (name != "origin" or value not in (OWN, EVERY)):
            yield _TABLE[name] == value
    if selection.origin == OWN:
        yield on_baybridge
    if selection.sector:
        column = _TABLE.sector_group if selection.sector in catalogue.groups() else _TABLE.sector
        yield column == selection.sector
    if selection.place:
        yield _in_place(selection.place)
    if selection.after:
        yield _TABLE.displayed_at > selection.after


def _in_place(place: str) -> ColumnElement[bool]:
    if place == BAY_AREA:
        return or_(_TABLE.city.in_([city.id for city in catalogue.bay_area()]), _TABLE.domicile.in_(("HK", "MO")))
    return _TABLE.domicile == place if place in catalogue.domiciles() else _TABLE.city == place


def _best_page(selection: Selection, tier: Tier, made: Callable) -> Page:
    """A page by relevance; its place is the number of rows before it, because scores hold for one answer only."""
    ids = _best_ids(selection, tier)
    start = min(selection.at.id or 0, MOST_RANKED)
    if selection.at == LAST:
        start = max(0, len(ids) - 1) // PAGE * PAGE
    wanted = ids[start : start + PAGE]
    rows = {row.id: row for row in db.session.execute(select(*COLUMNS).where(_TABLE.id.in_(wanted), also_displayed))}
    after = start + PAGE
    return Page(
        made(rows[number] for number in wanted if number in rows),
        previous=None if start == 0 else Place(id=start - PAGE) if start > PAGE else FIRST,
        next=Place(id=after) if len(ids) > after else None,
        last=LAST if len(ids) > after else None,
    )


def _best_ids(selection: Selection, tier: Tier) -> list[int]:
    """The companies found, best first; all that are ranked where filters choose or the last are asked for."""
    chosen = replace(selection, q="").active
    limit = MOST_RANKED if chosen or selection.at == LAST else min((selection.at.id or 0) + PAGE + 1, MOST_RANKED)
    hits = fulltext.best(db.session, selection.q, kind=Kind.COMPANY, tier=tier, limit=limit)
    ids = [hit.row_id for hit in hits]
    if not chosen:
        return ids
    kept = set(db.session.scalars(select(_TABLE.id).where(_TABLE.id.in_(ids), also_displayed, *_conditions(selection))))
    return [number for number in ids if number in kept]


def count(selection: Selection, tier: Tier) -> Count:
    """How many companies ``selection`` asks for, counted up to MOST_COUNTED."""
    if selection.active == ("q",):
        found = fulltext.count(db.session, selection.q, kind=Kind.COMPANY, tier=tier, most=MOST_COUNTED)
        return Count(found.number, found.more)
    if not selection.q:
        return _counted(_listed_count(replace(selection, at=FIRST)))
    return _counted(_capped(_matching(selection, tier, (_TABLE.id,))[0]))


@lru_cache(maxsize=500)
def _listed_count(selection: Selection) -> Select:
    return _capped(_matching(selection, Tier.PUBLIC, (_TABLE.id,))[0])


def _capped(statement: Select) -> Select:
    """The statement that counts the rows of ``statement`` up to one more than MOST_COUNTED."""
    return select(func.count()).select_from(statement.limit(MOST_COUNTED + 1).subquery())


def _counted(statement: Select) -> Count:
    number = db.session.scalar(statement)
    return Count(min(number, MOST_COUNTED), more=number > MOST_COUNTED)


def most_excluding(selection: Selection, tier: Tier) -> tuple[str, Count] | None:
    """The filter without which most companies would be found, and how many; None where dropping one finds nothing."""
    counts = [(name, count(selection.without(name), tier)) for name in selection.active]
    best = max(counts, key=lambda found: found[1].number, default=None)
    return best if best and best[1].number else None


def everything(selection: Selection, tier: Tier, columns: Sequence) -> Iterator[Row]:
    """Every company asked for, newest first or by name, in batches; ``columns`` hold id, displayed_at and sort keys."""
    asked = replace(selection, sort="newest") if selection.sort == "relevance" else selection
    at, rows = FIRST, []
    while at == FIRST or len(rows) == BATCH:
        rows = _rows(asked, tier, at=at, limit=BATCH, columns=columns)
        yield from rows
        at = _beside(asked, rows[-1], forward=True) if rows else LAST


def slugs(ids: Collection[int]) -> dict[int, str]:
    """The addresses of these companies by id, whatever their status."""
    return dict(db.session.execute(select(_TABLE.id, _TABLE.slug).where(_TABLE.id.in_(ids))).all())
