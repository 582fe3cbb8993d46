"""Who reads a company, as far as its enterprise is told: openings by kind of reader, and by admitted institution.

Decides who is counted and as whom. An institution is named unless it chose not to be, both when its people read
(nothing is kept of it then) and when the enterprise looks. Nobody is counted as a person.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from listing.access.actor import Actor, Tier
from listing.accounts import queries as accounts
from listing.store.db import db

from . import rules
from .models import Company, Reading

TIERS = (Tier.PUBLIC, Tier.REGISTERED, Tier.ADMITTED)


class Reader(NamedTuple):
    """As whom somebody is counted; ``institution`` is the row of an admitted one that is named, else None."""

    tier: Tier
    institution: object = None


class Step(NamedTuple):
    """One kind of opening: how often by the readers of each tier, in the order of TIERS."""

    what: str
    by_tier: tuple[int, ...]

    @property
    def total(self) -> int:
        """How often by anybody."""
        return sum(self.by_tier)


class Institution(NamedTuple):
    """How often people of one institution opened what, in the order of READ without watching, and when last."""

    row: object
    numbers: tuple[int, ...]
    last: date


class Line(NamedTuple):
    """One number of a day, for files; ``institution`` is the row of one that is named, else None."""

    day: date
    what: str
    tier: Tier
    institution: object
    number: int


def day_of(now: datetime) -> date:
    """The day an opening counts for."""
    return now.astimezone(rules.MARKET_ZONE).date()


def reader(person: Actor, company: Company) -> Reader | None:
    """As whom this person is counted; None for the company's own people, for staff, and where nobody would look."""
    if company.organisation_id is None or person.membership(company.organisation_id) or person.tier is Tier.STAFF:
        return None
    if person.tier < Tier.ADMITTED:
        return Reader(person.tier)
    own = [standing.organisation_id for standing in person.standings if standing.open]
    named = accounts.named(own) if own else {}
    return Reader(Tier.ADMITTED, named[own[0]] if own and len(named) == len(own) else None)


def funnel(company_id: int, *, since: date) -> list[Step]:
    """From the page to watching, since that day."""
    table = Reading.__table__.c
    found = select(table.what, table.tier, func.sum(table.number)).where(*_of(company_id, since))
    sums = {(what, tier): int(number) for what, tier, number in db.session.execute(found.group_by("what", "tier"))}
    return [Step(what, tuple(sums.get((what, tier), 0) for tier in TIERS)) for what in rules.READ]


def institutions(company_id: int, *, since: date) -> list[Institution]:
    """The institutions that are named, who read last first."""
    table = Reading.__table__.c
    found = (
        select(table.institution_id, table.what, func.sum(table.number), func.max(table.day))
        .where(*_of(company_id, since), table.institution_id > 0)
        .group_by(table.institution_id, table.what)
    )
    sums, last = Counter(), {}
    for institution, what, number, day in db.session.execute(found):
        sums[institution, what] = int(number)
        last[institution] = max(day, last.get(institution, day))
    rows = accounts.named(last) if last else {}
    made = [Institution(rows[i], tuple(sums[i, what] for what in rules.READ[:-1]), last[i]) for i in rows]
    return sorted(made, key=lambda one: (one.last, one.row.id), reverse=True)


def has_read(company_id: int, institution_id: int) -> bool:
    """Whether the company is told that this institution read it."""
    read = select(Reading.number).where(Reading.company_id == company_id, Reading.institution_id == institution_id)
    return db.session.scalar(read.limit(1)) is not None and institution_id in accounts.named([institution_id])


def lines(company_id: int, *, since: date) -> Iterator[Line]:
    """Every number by day, the latest first; what is not named of one day stands in one line."""
    kept = select(Reading).where(*_of(company_id, since))
    rows = db.session.scalars(kept.order_by(Reading.day.desc(), Reading.what, Reading.tier)).all()
    named = accounts.named({row.institution_id for row in rows} - {0})
    sums = Counter()
    for row in rows:
        known = row.institution_id if row.institution_id in named else 0
        sums[row.day, row.what, row.tier, known] += row.number
    for (day, what, tier, known), number in sums.items():
        yield Line(day, what, Tier(tier), named.get(known), number)


def _of(company_id: int, since: date):
    return Reading.company_id == company_id, Reading.day >= since
