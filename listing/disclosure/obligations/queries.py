"""The calendar of a company as of an instant, and the rows it follows from. Changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import select

from listing.calendars import region_of
from listing.companies import rows as companies
from listing.disclosure import standards
from listing.disclosure.announcements import queries as announcements
from listing.disclosure.announcements.queries import Published
from listing.disclosure.standards import Standard
from listing.disclosure.tenures import queries as tenures
from listing.disclosure.tenures.models import Tenure
from listing.disclosure.tenures.queries import day_of
from listing.disclosure.tenures.rules import on as held_on
from listing.store.db import db

from . import ladder, owing, rules
from .models import Event, Filing, Mark, Measure, Request, Waiver

OPEN = (rules.LATE, rules.DUE, rules.UPCOMING)


@dataclass(frozen=True)
class Calendar:
    """A company's tenures and what it owes, as of ``today`` in its place."""

    company: object
    today: date
    tenures: Sequence[Tenure]
    events: Sequence[Event]
    filings: Sequence[Filing]
    waivers: Sequence[Waiver]
    measures: Sequence[Measure]
    marks: Sequence[Mark]
    releases: Sequence[Published]

    @property
    def region(self) -> str:
        """The place whose days count."""
        return region_of(self.company.domicile)

    @property
    def tenure(self) -> Tenure | None:
        """The tier it is in."""
        return next((row for row in self.tenures if row.until is None), None)

    @cached_property
    def held(self) -> list[owing.Held]:
        """The tenures as values, version by version; the last may be one under a version still to take effect."""
        return self.held_under(standards.published())

    def held_under(self, published: Mapping[str, Standard]) -> list[owing.Held]:
        """The same as if these versions of the standard were published."""
        return tenures.held(self.tenures, self.region, published.values())

    def owed(self, held: Sequence[owing.Held], published: Mapping[str, Standard], *, today: date) -> list[owing.Owed]:
        """What it owes on a day of what it holds under these versions of the standard, soonest due first."""
        events = [owing.Happened(row.id, row.every, row.item, row.on_day) for row in self.events]
        return owing.owed(held, events, self._filed, today=today, region=self.region, published=published)

    @property
    def _filed(self) -> list[owing.Filed]:
        return [owing.Filed(row.id, row.key, day_of(row.filed_at, self.region)) for row in self.filings]

    @property
    def now_held(self) -> owing.Held | None:
        """The tier it is in, under the version that holds today."""
        return held_on(self.held, self.today) if self.tenure else None

    @cached_property
    def lines(self) -> list[rules.Line]:
        """Every obligation as it stands, soonest due first."""
        filed, found = self._filed, self.owed(self.held, standards.published(), today=self.today)
        announced = [
            owing.Filed(0, one.key, day_of(release.released_at, self.region))
            for one in found
            if (release := self.release(one)) is not None
        ]
        until = {row.key: row.until for row in sorted(self.waivers, key=lambda row: row.until)}
        return rules.lines(found, [*announced, *filed], until, today=self.today)

    @cached_property
    def marked(self) -> list[rules.Line]:
        """What is late enough for the mark on the public page; nothing once the company is in no tier."""
        return ladder.marked(self.lines) if self.tenure else []

    def mark(self, line: rules.Line) -> Mark | None:
        """The mark that stands for an obligation; None while the log does not hold it yet."""
        return next((row for row in self.marks if row.stands and (row.key, row.by) == (line.owed.key, line.by)), None)

    def marks_of(self, key: str) -> list[Mark]:
        """The marks that an obligation bore or bears, the first first."""
        return [row for row in self.marks if row.key == key]

    @property
    def unmarked(self) -> list[rules.Line]:
        """The marks that began and are not in the log yet."""
        return [line for line in self.marked if self.mark(line) is None]

    @property
    def lifted(self) -> list[tuple[Mark, str]]:
        """The marks that stand in the log and not on the page any more, and why."""
        standing = [row for row in self.marks if row.stands]
        why = [ladder.lifted_for(row.by, self.line(row.key), self.marked, bool(self.tenure)) for row in standing]
        return [(row, found) for row, found in zip(standing, why, strict=True) if found]

    @cached_property
    def steps(self) -> list[ladder.Step]:
        """The costly steps of the ladder that were reached, decided or not."""
        return ladder.costly(self.lines, self.now_held)

    def measure(self, step: ladder.Step) -> Measure | None:
        """What was decided of a step."""
        return next((row for row in self.measures if (row.key, row.step, row.by) == step.place), None)

    @property
    def undecided(self) -> list[ladder.Step]:
        """The steps that wait for a first or a second person, of each obligation the lightest."""
        found: dict[str, ladder.Step] = {}
        for step in self.steps:
            measure = self.measure(step)
            if measure is None or measure.verdict == ladder.WAITS:
                found.setdefault(step.line.owed.key, step)
        return list(found.values())

    @property
    def is_held_back(self) -> bool:
        """Whether something late keeps it off roadshows."""
        return ladder.is_held_back(self.lines, {(row.key, row.step, row.by): row.verdict for row in self.measures})

    def line(self, key: str) -> rules.Line | None:
        """The obligation of that key."""
        return next((line for line in self.lines if line.owed.key == key), None)

    def filing(self, key: str) -> Filing | None:
        """What was filed for an obligation."""
        return next((row for row in self.filings if row.key == key), None)

    def release(self, one: owing.Owed) -> Published | None:
        """The announcement that answers an obligation: the first of its item for its period, or of its event."""
        event = self.event(one.key)
        code = f"event_{event.code}" if event and event.code else ""
        return next((release for release in self.releases if rules.answers(one, release, code)), None)

    def event(self, key: str) -> Event | None:
        """What happened that an obligation follows from."""
        return next((row for row in self.events if key.endswith(f".e{row.id}")), None)

    def in_state(self, *states: str) -> list[rules.Line]:
        """The obligations in one of these states."""
        return [line for line in self.lines if line.state in states]

    @property
    def items(self) -> list[rules.ItemStanding]:
        """Each item of the present tier as it stands; none without a tier."""
        return rules.by_item(self.now_held, self.lines) if self.tenure else []


def calendar(company, now: datetime) -> Calendar:
    """The calendar of one company; empty for one that never had a tier."""
    return calendars([company], now)[0]


def calendars(several: Sequence, now: datetime) -> list[Calendar]:
    """The calendars of several companies, in their order, in as many statements as for one."""
    ids = [company.id for company in several]
    found = [_rows(table, ids) for table in (Tenure, Event, Filing, Waiver, Measure, Mark)]
    found.append(announcements.published_of(ids))
    return [
        Calendar(one, day_of(now, region_of(one.domicile)), *(rows_of[one.id] for rows_of in found)) for one in several
    ]


def ids_in_tiers() -> Sequence[int]:
    """The companies in a tier, in their order."""
    return db.session.scalars(select(Tenure.live_of).where(Tenure.live_of.is_not(None)).order_by(Tenure.live_of)).all()


def in_tiers(now: datetime, *, batch: int) -> Iterator[Calendar]:
    """The calendars of every company in a tier, a batch at a time."""
    ids = ids_in_tiers()
    for start in range(0, len(ids), batch):
        yield from calendars(companies.of_ids(ids[start : start + batch]), now)


def marked_without_tier() -> list:
    """The companies that are in no tier any more while the log holds a mark of theirs that stands."""
    live = select(Tenure.live_of).where(Tenure.live_of.is_not(None))
    asked = select(Mark.company_id).where(Mark.stands, Mark.company_id.not_in(live)).distinct()
    return companies.of_ids(db.session.scalars(asked.order_by(Mark.company_id)).all())


def mark(company_id: int, entry: int) -> Mark | None:
    """The mark of a company that began with an entry of the log."""
    asked = select(Mark).where(Mark.company_id == company_id, Mark.begun_entry == entry)
    return db.session.scalars(asked).one_or_none()


def _rows(table, ids: Collection[int]) -> dict[int, list]:
    found = defaultdict(list)
    rows = select(table).where(table.company_id.in_(ids)).order_by(table.id)
    for row in db.session.scalars(rows.execution_options(populate_existing=True)):
        found[row.company_id].append(row)
    return found


def of_organisations(ids: Collection[int], now: datetime) -> list[Calendar]:
    """The calendars of these organisations' companies that are or may be in a tier, those withdrawn left out."""
    return calendars(companies.of_organisations(ids), now)


def open_request(company_id: int) -> Request | None:
    """The application for a tier that waits."""
    return db.session.scalar(select(Request).where(Request.open_of == company_id))


def last_request(company_id: int) -> Request | None:
    """The application for a tier sent last."""
    mine = select(Request).where(Request.company_id == company_id).order_by(Request.id.desc()).limit(1)
    return db.session.scalar(mine)


def request(request_id: int) -> Request | None:
    """One application for a tier."""
    return db.session.get(Request, request_id)


def waiting() -> Sequence[Request]:
    """The applications for a tier that wait, the longest first."""
    return db.session.scalars(select(Request).where(Request.open_of.is_not(None)).order_by(Request.id)).all()
