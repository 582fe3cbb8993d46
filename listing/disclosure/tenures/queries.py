"""The tier a company is in, under which version, and whose signatures that asks for under what it announces."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, and_, false, or_, select

from listing.calendars import ZONES, region_of
from listing.disclosure import standards
from listing.disclosure.standards import Standard
from listing.store.db import db

from . import rules
from .models import Tenure


def tenure(company_id: int) -> Tenure | None:
    """The tier a company is in, as it was taken."""
    return db.session.scalar(select(Tenure).where(Tenure.live_of == company_id))


def year_end(company_id: int) -> int | None:
    """The month with whose last day its financial year ends, as far as a tier made it say so."""
    live = tenure(company_id)
    return live.year_end if live else None


def held(rows: Iterable[Tenure], where: str, published: Iterable[Standard]) -> list[rules.Held]:
    """Tenures as values, version by version of these; days are those of a place."""
    published = list(published)
    return [piece for row in rows for piece in rules.through(_held(row, where), published)]


def _held(row: Tenure, where: str) -> rules.Held:
    ends = day_of(row.until, where) if row.until else None
    return rules.Held(row.tier, row.version, row.year_end, day_of(row.since, where), ends)


def day_of(instant: datetime, where: str) -> date:
    """Which day it is in a place."""
    return instant.astimezone(ZONES[where]).date()


def answered(company, day: date, now: datetime) -> rules.Held | None:
    """The tier and version that a company answers with what it discloses of a day; none for one in no tier then.

    What somebody new in a tier discloses of an earlier day answers that tier; nobody answers one before they took it.
    """
    taken = select(Tenure).where(Tenure.company_id == company.id, Tenure.since <= now).order_by(Tenure.id)
    return rules.on(held(db.session.scalars(taken), region_of(company.domicile), standards.published().values()), day)


def signatures(company_id: int, day: date) -> tuple[str, ...]:
    """The parts of the sign-off chain that its tier asks for (standards.PARTS), as of a day; none in no tier."""
    live = tenure(company_id)
    return standards.held_on(live.version, day).sign_off[live.tier] if live else ()


def asking(part: str) -> Select[tuple[int]]:
    """The companies whose tier asks for the signature of a part, for another query to hold its own against."""
    standing = [
        and_(Tenure.tier == tier, Tenure.version == version)
        for version, standard in standards.published().items()
        for tier, parts in standard.sign_off.items()
        if part in parts
    ]
    return select(Tenure.live_of).where(Tenure.live_of.is_not(None), or_(false(), *standing))


def choosable(company_id: int) -> tuple[str, ...]:
    """The parts that its tier does not ask for and that it may ask for of its own accord, for one announcement."""
    live = tenure(company_id)
    return standards.BY_CHOICE.get(live.tier, ()) if live else ()
