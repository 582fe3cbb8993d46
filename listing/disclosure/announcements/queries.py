"""Reading announcements: those being written, and what was released, newest first.

A list is paged by the id of a release, which rises with its instant: a page costs the same wherever it stands.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import MINYEAR, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, false, select

from listing.access.actor import Actor, Tier
from listing.store import fulltext
from listing.store.db import db
from listing.store.fulltext import Kind

from . import rules
from .categories import categories
from .figures import Given
from .models import Announcement, Mandate, Print, Release

PAGE = 25
MOST_ID = 2**31 - 1
ZONE = ZoneInfo("Asia/Hong_Kong")  # whose days a list is asked for by


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of releases is asked for; empty means any.

    ``before`` is the id above which it begins, ``documents`` the language whose documents come first, ``code`` that of
    the company, which the index of words knows it by.
    """

    q: str = ""
    company_id: int | None = None
    code: str = ""
    category: str = ""
    since: date | None = None
    until: date | None = None
    documents: str = ""
    before: int | None = None


class Page(NamedTuple):
    """One page of releases and the id to go on below; None on the last page."""

    rows: list[Release]
    before: int | None


class Published(NamedTuple):
    """What another room needs of a release: which item of the standard it answers, for which day, and when."""

    number: str
    category: str
    item: str | None
    released_at: datetime
    period_end: date | None
    event_on: date | None
    corrects: bool


def by_id(announcement_id: int) -> Announcement | None:
    """The announcement of that id, in whatever state."""
    return db.session.get(Announcement, announcement_id)


def of_company(company_id: int) -> list[Announcement]:
    """What a company writes or wrote, newest first; what is released has its number."""
    rows = select(Announcement).where(Announcement.company_id == company_id)
    return list(db.session.scalars(rows.order_by(Announcement.id.desc()).limit(PAGE * 4)))


def to_sign(actor: Actor) -> list[Announcement]:
    """What waits for a person's signature, for a company or as its intermediary, the longest first."""
    own, agencies = rules.signs_for(actor)
    clients_of_own = select(Mandate.company_id).where(Mandate.agent_id.in_(agencies), Mandate.live)
    of_company = (Announcement.state == rules.SENT) & Announcement.organisation_id.in_(own)
    of_client = (Announcement.state == rules.SPONSOR) & Announcement.company_id.in_(clients_of_own)
    asked = select(Announcement).where(of_company | of_client).order_by(Announcement.state_at, Announcement.id)
    return [row for row in db.session.scalars(asked) if actor.user_id not in (*row.writers, row.signed_by)]


def numbers(announcement_ids: Collection[int]) -> dict[int, str]:
    """The numbers of what was released, by announcement."""
    rows = select(Release.announcement_id, Release.number).where(Release.announcement_id.in_(announcement_ids))
    return dict(db.session.execute(rows).all())


def release(number: str) -> Release | None:
    """The release of that number."""
    return db.session.scalars(select(Release).where(Release.number == number)).one_or_none()


def releases(numbers: Collection[str]) -> dict[str, Release]:
    """The releases of these numbers, by number."""
    rows = db.session.scalars(select(Release).where(Release.number.in_(numbers))) if numbers else ()
    return {row.number: row for row in rows}


def release_by_id(release_id: int | None) -> Release | None:
    """The release of that id."""
    return db.session.get(Release, release_id) if release_id else None


def year_before(row: Announcement) -> dict[str, Given]:
    """The figures that the company announced for the same period of the year before, by number; none otherwise."""
    if row.period_end is None or row.period_end.year == MINYEAR:
        return {}
    then = row.period_end.replace(day=1, year=row.period_end.year - 1)
    same = (Release.company_id == row.company_id, Release.category == row.category)
    within = Release.period_end.between(then, then + timedelta(days=31))
    found = db.session.scalars(select(Release).where(*same, within).order_by(Release.id.desc()).limit(1)).first()
    return {found.number: found.figures} if found and found.figures and found.period_end.month == then.month else {}


def correction_of(release_id: int) -> Release | None:
    """What corrected a release, if anything did."""
    return db.session.scalars(select(Release).where(Release.corrects_id == release_id)).one_or_none()


def versions(row: Release) -> list[Release]:
    """A release with everything it corrects and that corrects it, in their order."""
    first = row.first_id or row.id
    rows = select(Release).where((Release.first_id == first) | (Release.id == first))
    return list(db.session.scalars(rows.order_by(Release.id)))


def corrected(ids: Collection[int]) -> set[int]:
    """Those of these releases that were corrected."""
    return set(db.session.scalars(select(Release.corrects_id).where(Release.corrects_id.in_(ids))))


def neighbours(rows: Collection[Release]) -> tuple[dict[int, str], dict[int, str]]:
    """By release, the number of what it corrects; and by release, the number of what corrected it."""
    of_version = select(Release.id, Release.number).where(Release.id.in_([row.corrects_id for row in rows]))
    numbers = dict(db.session.execute(of_version).all())
    after = select(Release.corrects_id, Release.number).where(Release.corrects_id.in_([row.id for row in rows]))
    before = {row.id: numbers[row.corrects_id] for row in rows if row.corrects_id}
    return before, dict(db.session.execute(after).all())


def page(asked: Asked, *, size: int | None = None) -> Page:
    """The releases asked for, newest first, one more than a page to know whether there is another."""
    size = size or PAGE
    statement = _newest(select(Release).where(*_conditions(asked)), asked)
    rows = list(db.session.scalars(statement.limit(size + 1)))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def latest(company_id: int, limit: int) -> list[Release]:
    """The last releases of a company."""
    return page(Asked(company_id=company_id)).rows[:limit]


def published(company_id: int, since: datetime) -> list[Published]:
    """What a company released from an instant on, oldest first."""
    return [one for one in published_of([company_id])[company_id] if one.released_at >= since]


_TOLD = (
    Release.company_id,
    Release.number,
    Release.category,
    Release.released_at,
    Release.period_end,
    Release.event_on,
    Release.corrects_id,
)


def published_of(company_ids: Collection[int]) -> dict[int, list[Published]]:
    """What each of these companies ever released, oldest first; an empty list for one that released nothing."""
    found: dict[int, list[Published]] = {company_id: [] for company_id in company_ids}
    for row in db.session.execute(select(*_TOLD).where(Release.company_id.in_(company_ids)).order_by(Release.id)):
        found[row.company_id].append(
            Published(
                number=row.number,
                category=row.category,
                item=categories()[row.category].item if row.category in categories() else None,
                released_at=row.released_at,
                period_end=row.period_end,
                event_on=row.event_on,
                corrects=row.corrects_id is not None,
            )
        )
    return found


def _conditions(asked: Asked):
    if asked.company_id is not None:
        yield Release.company_id == asked.company_id
    if asked.category:
        yield Release.category == asked.category


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


def _newest(statement: Select, asked: Asked) -> Select:
    """Of the days asked for, newest first: by the number of the document where words are asked for, so that both
    databases stop at the limit."""
    low, high = _span(asked)
    if high < low:
        return statement.where(false())
    if not asked.q:
        return statement.where(Release.id.between(low, high)).order_by(Release.id.desc())
    words = f"{asked.q} {asked.code}" if asked.code else asked.q
    found = fulltext.found(db.session, words, kind=Kind.ANNOUNCEMENT, tier=Tier.PUBLIC)
    statement = statement.join(found, found.c.row_id == Release.id)
    if (asked.since, asked.until, asked.before) != (None, None, None):
        numbers = [fulltext.Document(Kind.ANNOUNCEMENT, row_id, ()).number for row_id in (low, high)]
        statement = statement.where(found.c.number.between(*numbers))
    return statement.order_by(found.c.number.desc())


def found_by(digests: Collection[str]) -> list[tuple[Print, Release]]:
    """What was released under any of these digests, oldest first."""
    rows = select(Print, Release).join(Release, Release.id == Print.release_id).where(Print.digest.in_(digests))
    return [tuple(row) for row in db.session.execute(rows.order_by(Release.id, Print.what))]


def waiting_correction(release_id: int) -> bool:
    """Whether a correction of this release is signed and not released yet."""
    rows = select(Announcement.id).where(Announcement.corrects_id == release_id, Announcement.state.in_(rules.SIGNED))
    return db.session.scalars(rows.limit(1)).one_or_none() is not None


def due(now: datetime, limit: int) -> list[int]:
    """The announcements whose window has begun, in the order in which they were signed."""
    rows = select(Announcement.id).where(Announcement.state == rules.QUEUED, Announcement.window_opens <= now)
    return list(db.session.scalars(rows.order_by(Announcement.signed_at, Announcement.id).limit(limit)))


def last_of(row: Release) -> Release:
    """The latest version of what a release announces."""
    return versions(row)[-1]


def below(asked: Asked, before: int | None) -> Asked:
    """The same list from below an id on; from its beginning without one."""
    return replace(asked, before=before)


def about(*, company_id: int, organisation_id: int) -> rules.Subject:
    """Whose company it is, and which agents prepare its announcements now."""
    return rules.Subject(organisation_id, frozenset(row.agent_id for row in mandates(company_id)))


def mandates(company_id: int) -> list[Mandate]:
    """The agents that prepare announcements for a company, the oldest first."""
    asked = select(Mandate).where(Mandate.company_id == company_id, Mandate.live).order_by(Mandate.id)
    return list(db.session.scalars(asked))


def mandate(mandate_id: int) -> Mandate | None:
    """A mandate by its number."""
    return db.session.get(Mandate, mandate_id)


def clients(agent_ids: Collection[int]) -> list[int]:
    """The companies for which these agents prepare announcements."""
    asked = select(Mandate.company_id).where(Mandate.agent_id.in_(agent_ids), Mandate.live).distinct()
    return list(db.session.scalars(asked.order_by(Mandate.company_id)))


def ever_mandated(company_id: int) -> set[int]:
    """The agents that prepare or prepared announcements for a company."""
    return set(db.session.scalars(select(Mandate.agent_id).where(Mandate.company_id == company_id)))
