"""What a list of releases is asked for, and its pages, newest first.

A list is paged by the id of a release, which rises with its instant: a page costs the same wherever it stands, among
ten thousand as among a million.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Select, exists, false, func, select

from listing.access.actor import Tier
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Document, Kind

from .models import Announcer, Release
from .queries import ZONE
from .visibility import PUBLIC

PAGE = 25
MOST_ID = 2**31 - 1
LOOKED_AT = (200, 600, 1_800)  # releases, in turn


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of releases is asked for; empty means any.

    ``before`` is the id above which it begins, ``documents`` the language whose documents come first, ``code`` that of
    the company, which the index of words knows it by, ``slug`` its address, ``tier`` that of who asks.
    """

    q: str = ""
    company_id: int | None = None
    code: str = ""
    slug: str = ""
    category: str = ""
    headline: str = ""
    since: date | None = None
    until: date | None = None
    documents: str = ""
    before: int | None = None
    tier: Tier = Tier.PUBLIC


class Page(NamedTuple):
    """One page of releases and the id to go on below; None on the last page."""

    rows: list[Release]
    before: int | None


def page(asked: Asked, *, size: int | None = None) -> Page:
    """The releases asked for, newest first, one more than a page to know whether there is another.

    By its words and its headline a release is found by those who may read it alone. The rows are for ``readers``.
    """
    size = size or PAGE
    if (rows := _looked_through(asked, size + 1)) is not None:
        return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)
    rows = list(db.session.scalars(_newest(asked).limit(size + 1)))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def _looked_through(asked: Asked, wanted: int) -> list[Release] | None:
    """Of the newest of a company, category or headline those with the words asked for; None where that fills no page.

    An index that gives its matches in no order would gather all that the words and the company have in common. Where
    words are so rare that none of LOOKED_AT is enough, it has little to gather.
    """
    among = (asked.company_id is not None, asked.category, asked.headline)
    if not (asked.q and any(among)) or fulltext.gives_newest_first(db.session):
        return None
    (low, high), found = _span(asked), []
    for many in LOOKED_AT:
        newest = _within(asked, (Release.id, Release.visibility), low, high)
        ids = {_document(*row, asked.tier): row.id for row in db.session.execute(newest.limit(many))}
        found += [ids[number] for number in fulltext.among(db.session, asked.q, list(ids), tier=asked.tier)]
        if len(found) >= wanted or len(ids) < many:
            rows = select(Release).where(Release.id.in_(found[:wanted])).order_by(Release.id.desc())
            return list(db.session.scalars(rows))
        high = min(ids.values()) - 1
    return None


def _document(release_id: int, visibility: str, tier: Tier) -> int:
    """The number of the document by which a reader finds a release."""
    return next(each.number for each in documents(release_id, visibility) if each.lowest <= tier <= each.highest)


def _span_of(release_id: int) -> dict[str, int]:
    """The first and last number that a document of a release can have."""
    return fulltext.bounds_of(Kind.ANNOUNCEMENT, release_id)


def documents(release_id: int, visibility: str, words: dict | None = None, known: dict | None = None) -> list[Document]:
    """What a release is found by: its ``words`` by those who may read it, what is ``known`` of it by the others."""
    whole = Document(Kind.ANNOUNCEMENT, release_id, **(words or {"names": ()}))
    if visibility == PUBLIC:
        return [whole]
    others = Document(Kind.ANNOUNCEMENT, release_id, **(known or {"names": ()}), highest=Tier.ADMITTED - 1)
    return [others, replace(whole, lowest=Tier.ADMITTED)]


def count(asked: Asked, most: int = 1_000) -> int:
    """How many are asked for, on all pages; one more than ``most`` stands for more."""
    within = _newest(asked, Release.id).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(within))


def period(asked: Asked) -> dict[str, str | None]:
    """The days of release asked for, by the clocks of Hong Kong, for programs; none on a side without an end."""
    return {name: (day := getattr(asked, name)) and day.isoformat() for name in ("since", "until")}


def latest(company_id: int, limit: int) -> list[Release]:
    """The last releases of a company."""
    return page(Asked(company_id=company_id)).rows[:limit]


def _within(asked: Asked, what: tuple, low: int, high: int) -> Select:
    """``what`` of the releases of a company, category and headline between two ids, newest first.

    Those of a company are walked in the order of its own index.
    """
    found, key = select(*what).where(*_conditions(asked)), Release.id
    if asked.company_id is not None:
        key = Announcer.release_id
        found = found.join(Announcer, key == Release.id).where(Announcer.company_id == asked.company_id)
    return found.where(key.between(low, high)).order_by(key.desc())


def _conditions(asked: Asked):
    if asked.category:
        yield Release.category == asked.category
    if asked.headline:
        yield Release.headline == asked.headline
        if asked.tier < Tier.ADMITTED:
            yield Release.visibility == PUBLIC


def _span(asked: Asked) -> tuple[int, int]:
    """The ids between which the releases of the days asked for lie, both included: ids rise with the instant.

    So a page costs the same whichever days are asked for.
    """
    low, high = 1, asked.before - 1 if asked.before else MOST_ID
    if asked.since:
        first = select(Release.id).where(Release.released_at >= midnight(asked.since))
        low = db.session.scalar(first.order_by(Release.released_at, Release.id).limit(1)) or MOST_ID
    if asked.until:
        last = select(Release.id).where(Release.released_at < midnight(asked.until + timedelta(days=1)))
        high = min(high, db.session.scalar(last.order_by(Release.released_at.desc(), Release.id.desc()).limit(1)) or 0)
    return low, high


def midnight(day: date) -> datetime:
    """The instant with which a day of the list begins."""
    return datetime.combine(day, time(0), ZONE)


def _newest(asked: Asked, what=Release) -> Select:
    """Of the days asked for, newest first: by the number of the document where words are asked for, so that both
    databases stop at the limit."""
    low, high = _span(asked)
    if high < low:
        return select(what).where(false())
    if not asked.q:
        return _within(asked, (what,), low, high)
    words = f"{asked.q} {asked.code}" if asked.code else asked.q
    found = fulltext.found(db.session, words, kind=Kind.ANNOUNCEMENT, tier=asked.tier)
    statement = select(what).where(*_conditions(asked)).join(found, found.c.row_id == Release.id)
    if asked.company_id is not None:
        statement = statement.where(
            exists().where(Announcer.release_id == Release.id, Announcer.company_id == asked.company_id)
        )
    if (asked.since, asked.until, asked.before) != (None, None, None):
        statement = statement.where(found.c.number.between(_span_of(low)["first"], _span_of(high)["last"]))
    return statement.order_by(found.c.number.desc())


def below(asked: Asked, before: int | None) -> Asked:
    """The same list from below an id on; from its beginning without one."""
    return replace(asked, before=before)
