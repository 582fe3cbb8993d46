"""Long lists, a page at a time: roadshows to come, an organizer’s own, what changed, who registered, who is expected.

Decides the order of each and where a page ends. A page costs the same number of statements whatever the list holds.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select, tuple_

from listing.accounts import queries as accounts
from listing.store.db import db

from . import queries, rules, waiting
from .models import Change, Registration, Roadshow

SHOWS, PEOPLE = 20, 100  # lines of a page


class Page(NamedTuple):
    """Some rows of a list; ``last`` is the one after which the next page begins, None where nothing follows."""

    rows: Sequence
    last: Roadshow | Registration | Change | None


def _page(rows: Sequence, size: int) -> Page:
    return Page(rows[:size], rows[size - 1] if len(rows) > size else None)


def coming(now: datetime, *, after: tuple[datetime, int] | None = None, size: int = SHOWS) -> Page:
    """Roadshows that have not ended, the next first; cancelled ones stay until they would have ended."""
    states = (rules.PUBLISHED, rules.CANCELLED)
    found = select(Roadshow).where(Roadshow.state.in_(states), Roadshow.ends_at > now, Roadshow.version > 0)
    if after:
        found = found.where(tuple_(Roadshow.begins_at, Roadshow.id) > tuple_(*after))
    ordered = found.options(*queries.WHOLE).order_by(Roadshow.begins_at, Roadshow.id).limit(size + 1)
    return _page(db.session.scalars(ordered).all(), size)


def past(now: datetime) -> Sequence[Roadshow]:
    """Roadshows that were held, the last first."""
    states = (rules.PUBLISHED, rules.ARCHIVED)
    found = select(Roadshow).where(Roadshow.state.in_(states), Roadshow.ends_at <= now)
    ordered = found.options(*queries.WHOLE).order_by(Roadshow.begins_at.desc(), Roadshow.id.desc())
    return db.session.scalars(ordered.limit(SHOWS)).all()


def series(roadshow: Roadshow) -> Sequence[Roadshow]:
    """The others of its series that everybody sees, in their order."""
    first = roadshow.series_id or roadshow.id
    others = (or_(Roadshow.series_id == first, Roadshow.id == first), Roadshow.id != roadshow.id)
    found = select(Roadshow).where(*others, Roadshow.state.in_(queries.SHOWN), Roadshow.version > 0)
    return db.session.scalars(found.order_by(Roadshow.begins_at, Roadshow.id).limit(SHOWS)).all()


def of_organisations(ids: Collection[int], *, below: int | None = None) -> Page:
    """The roadshows of these organizers, the last made first."""
    found = select(Roadshow).where(Roadshow.organisation_id.in_(ids)).options(*queries.WHOLE)
    if below:
        found = found.where(Roadshow.id < below)
    return _page(db.session.scalars(found.order_by(Roadshow.id.desc()).limit(SHOWS + 1)).all(), SHOWS)


def people(day_id: int, *, after: int | None = None, states: Collection[str] = rules.REGISTRATIONS) -> Page:
    """Who registered for a day, by way and in their order; ``after`` is the last registration before the page."""
    order = (Registration.mode, *waiting.ORDER)
    found = select(Registration).where(Registration.day_id == day_id, Registration.state.in_(states))
    if after:
        mark = select(*order).where(Registration.id == after, Registration.day_id == day_id)
        last = db.session.execute(mark).one_or_none()
        found = found.where(tuple_(*order) > tuple_(*last)) if last else found
    return _page(db.session.scalars(found.order_by(*order).limit(PEOPLE + 1)).all(), PEOPLE)


def changes(show: Roadshow, *, below: int | None = None, size: int = SHOWS) -> Page:
    """The versions of a roadshow that told something new, the last first."""
    found = select(Change).where(Change.roadshow_id == show.id, Change.version < (below or 2**31 - 1))
    return _page(db.session.scalars(found.order_by(Change.version.desc()).limit(size + 1)).all(), size)


class Door(NamedTuple):
    """How many are expected on a day and how many came, and a page of those whose names were looked for."""

    total: int
    came: int
    page: Page


def door(day_id: int, *, typed: str = "", after: int | None = None) -> Door:
    """Everybody with a place on a day by name; ``typed`` is part of the name of the person or the institution."""
    person, house = accounts.person_names(), accounts.organisation_names()
    names = (person.c.name, house.c.name_zh, house.c.name_en)
    found = (
        select(Registration.id, Registration.attended_at, *names)
        .join(person, person.c.id == Registration.account_id)
        .join(house, house.c.id == Registration.organisation_id)
        .where(Registration.day_id == day_id, Registration.state == rules.CONFIRMED)
    )
    rows = db.session.execute(found)
    every = [(" ".join(part or "" for part in said).casefold(), number, came) for number, came, *said in rows]
    # Sorted here: a database folds the letters of one alphabet only.
    ids = [number for said, number, _came in sorted(every) if typed.casefold() in said]
    begins = ids.index(after) + 1 if after in ids else 0
    wanted = ids[begins : begins + PEOPLE + 1]
    shown = {row.id: row for row in db.session.scalars(select(Registration).where(Registration.id.in_(wanted)))}
    came = sum(at is not None for _said, _number, at in every)
    return Door(len(every), came, _page([shown[number] for number in wanted], PEOPLE))
