"""Reading announcements: those being written, and single ones of what was released."""

from collections.abc import Collection
from datetime import MINYEAR, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from listing import calendars
from listing.access.actor import Actor
from listing.disclosure.standards import INTERMEDIARY
from listing.disclosure.tenures import queries as tenures
from listing.store.db import db

from . import rules
from .categories import categories
from .models import Announcement, Announcer, Mandate, Party, Print, Release

SHOWN = 100  # of what a company writes
ZONE = calendars.ZONES["HK"]  # whose days a list is asked for by


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
    shared = select(Party.announcement_id).where(Party.company_id == company_id, Party.left_at.is_(None))
    rows = select(Announcement).where((Announcement.company_id == company_id) | Announcement.id.in_(shared))
    return list(db.session.scalars(rows.order_by(Announcement.id.desc()).limit(SHOWN)))


def to_sign(actor: Actor) -> list[Announcement]:
    """What waits for a person's signature, for a company or as its intermediary, the longest first."""
    own, agencies = rules.signs_for(actor)
    clients_of_own = select(Mandate.company_id).where(Mandate.agent_id.in_(agencies), Mandate.live)
    here = select(Party.announcement_id).where(Party.left_at.is_(None))
    unsigned = here.where(Party.organisation_id.in_(own), Party.signed_at.is_(None))
    asking = tenures.asking(INTERMEDIARY)
    unendorsed = here.where(Party.company_id.in_(clients_of_own), Party.company_id.in_(asking))
    unendorsed = unendorsed.where(Party.endorsed_at.is_(None))
    first = Announcement.organisation_id.in_(own) & Announcement.signed_at.is_(None)
    client = Announcement.company_id.in_(clients_of_own) & Announcement.endorsed_at.is_(None)
    asked = Announcement.intermediary_id.is_(None) & Announcement.company_id.in_(asking)
    client &= asked | Announcement.intermediary_id.in_(agencies)
    of_company = (Announcement.state == rules.SENT) & (first | Announcement.id.in_(unsigned))
    of_client = (Announcement.state == rules.SPONSOR) & (client | Announcement.id.in_(unendorsed))
    rows = select(Announcement).where(of_company | of_client).order_by(Announcement.state_at, Announcement.id)
    return [row for row in db.session.scalars(rows) if actor.user_id not in (*row.writers, row.signed_by)]


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


def year_before(row: Announcement) -> Release | None:
    """The release that gave the company's figures for the same period of the year before."""
    if row.period_end is None or row.period_end.year == MINYEAR:
        return None
    then = row.period_end.replace(day=1, year=row.period_end.year - 1)
    same = (Release.company_id == row.company_id, Release.category == row.category)
    within = Release.period_end.between(then, then + timedelta(days=31))
    found = db.session.scalars(select(Release).where(*same, within).order_by(Release.id.desc()).limit(1)).first()
    return found if found and found.figures and found.period_end.month == then.month else None


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


def published(company_id: int, since: datetime) -> list[Published]:
    """What a company released from an instant on, oldest first."""
    return [one for one in published_of([company_id])[company_id] if one.released_at >= since]


_TOLD = (
    Announcer.company_id,
    Release.number,
    Release.category,
    Release.released_at,
    Release.period_end,
    Release.event_on,
    Release.corrects_id,
)
_BEHIND = select(*_TOLD).join(Announcer, Announcer.release_id == Release.id)


def published_of(company_ids: Collection[int]) -> dict[int, list[Published]]:
    """What each of these companies ever released, oldest first; an empty list for one that released nothing."""
    found: dict[int, list[Published]] = {company_id: [] for company_id in company_ids}
    for row in db.session.execute(_BEHIND.where(Announcer.company_id.in_(company_ids)).order_by(Release.id)):
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
