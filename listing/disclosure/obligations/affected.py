"""Whom a version of the standard affects, what changes for them, and what falls due first. Changes nothing.

What changes follows from the two versions (``changes``), what is due from the same rules as everything that is owed
(``owing``), as if the version were published. Only companies in a tier are affected.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from listing.calendars import ZONES
from listing.disclosure import changes, standards, told
from listing.disclosure.changes import Change
from listing.disclosure.rules import PERIODS
from listing.disclosure.standards import IF_RAISING, OPTIONAL, Item, Occasion, Standard
from listing.refusal import N_, Refusal

from . import owing, queries

BATCH = 500
A_DAY = timedelta(days=1)
# Why no first day can be said: nothing has to be done, something has to happen first, no calendar reaches so far.
NOTHING_DUE, NEEDS_EVENT, NO_CALENDAR = WHYS = ("nothing_due", "event", "calendar")


class FirstVersion(Refusal):
    message = N_("Version %(version)s is the first. There is none before it to compare it with.")


class PublishedAlready(Refusal):
    message = N_("Version %(version)s is published already. Give the new version another name.")


class NotAfterTheLast(Refusal):
    message = N_(
        "This version would take effect on %(day)s, and version %(last)s on %(last_day)s. "
        "A new version takes effect after every one that is published."
    )


class BegunAlready(Refusal):
    message = N_("This version would take effect on %(day)s. A new version takes effect after today.")


REFUSALS = (PublishedAlready, NotAfterTheLast, BegunAlready)


class Concerned(NamedTuple):
    """A company that a change affects, and the first day on which that makes something due; none with a reason."""

    company: object
    first_due: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one tier, with the companies in it by name."""

    change: Change
    companies: list[Concerned]

    @property
    def first_due(self) -> date | None:
        """The first day on which it makes something due for anybody."""
        return min((one.first_due for one in self.companies if one.first_due), default=None)

    @property
    def why(self) -> str:
        """Why no day can be said; one of WHYS."""
        change = self.change
        if not change.occasions or change.need == OPTIONAL:
            return NOTHING_DUE
        by_period = change.need != IF_RAISING and any(one.every in PERIODS for one in change.occasions)
        return NO_CALENDAR if by_period else NEEDS_EVENT


@dataclass(frozen=True, slots=True)
class Report:
    """What a version changes against the one before it, and for whom; ``by_tier`` counts the companies in each."""

    standard: Standard
    before: Standard
    lines: list[Line]
    by_tier: Mapping[str, int]

    @property
    def is_published(self) -> bool:
        """Whether it is one of the published versions."""
        return standards.published().get(self.standard.version) is self.standard

    @property
    def companies(self) -> int:
        """How many companies any change affects."""
        return len({one.company.id for line in self.lines for one in line.companies})

    def rows(self) -> Iterator[tuple[Line, Concerned]]:
        """Each company of each change; a file has a line for each."""
        return ((line, one) for line in self.lines for one in line.companies)


def before(standard: Standard) -> Standard:
    """The version that holds until one takes effect. Raises FirstVersion."""
    found = standards.in_force(standard.effective_from - A_DAY)
    if found is None:
        raise FirstVersion(version=standard.version)
    return found


def comparable() -> list[Standard]:
    """The published versions that have one before them, the last first."""
    return list(standards.published().values())[:0:-1]


def check_draft(standard: Standard, now: datetime) -> None:
    """Look whether a version may be published. Raises PublishedAlready, NotAfterTheLast, BegunAlready, Broken."""
    day, last = standard.effective_from, standards.latest()
    if standard.version in standards.published():
        raise PublishedAlready(version=standard.version)
    if day <= last.effective_from:
        raise NotAfterTheLast(day=day, last=last.version, last_day=last.effective_from)
    if day <= now.astimezone(ZONES["HK"]).date():
        raise BegunAlready(day=day)
    standards.follows(standard, standards.published().values(), f"{standard.version}.yaml")


def affected(standard: Standard, now: datetime, *, tier: str = "") -> Report:
    """Whom a version affects, published or not; of one tier or of all. Raises FirstVersion."""
    old = before(standard)
    lines = [Line(change, []) for change in changes.between(old, standard) if tier in ("", change.tier)]
    counted: Counter[str] = Counter()
    known = {**standards.published(), standard.version: standard}
    for calendar in queries.in_tiers(now, batch=BATCH):
        held = calendar.held_under(known)
        own = _own(held, standard)
        if own is None:
            continue
        first = _first_days(calendar, held, known, standard)
        counted[own.tier] += 1
        for line in lines:
            if line.change.tier == own.tier:
                line.companies.append(Concerned(calendar.company, _first(line.change, first)))
    for line in lines:
        line.companies.sort(key=lambda one: (one.company.sort_en, one.company.id))
    return Report(standard, old, lines, {each: counted[each] for each in standard.tiers if tier in ("", each)})


def _own(held: list[owing.Held], standard: Standard) -> owing.Held | None:
    """The tier that a company goes on holding under a version; none for one that took it in that or a later one."""
    live = [one for one in held if one.taken == held[-1].taken]
    return next((one for one in live if one.version == standard.version and one.since), None)


def _first_days(calendar: queries.Calendar, held, known, standard: Standard) -> dict[tuple[str, ...], date]:
    """By item and occasion, the first day on which a version makes it due within a year of taking effect."""
    year = standard.effective_from + owing.A_YEAR - owing.AHEAD
    found: dict[tuple[str, ...], date] = {}
    for one in calendar.owed(held, known, today=year):  # soonest first
        if one.standard is standard:
            found.setdefault(_place(one.obligation.item, one.obligation.occasion), one.obligation.due.day)
    return found


def _place(item: Item, occasion: Occasion) -> tuple[str, ...]:
    return item.id, occasion.every, occasion.due.text


def _first(change: Change, first: Mapping[tuple[str, ...], date]) -> date | None:
    days = [first.get(_place(change.item, one)) for one in change.occasions] if change.item else []
    return min((day for day in days if day), default=None)


def as_data(report: Report) -> dict[str, object]:
    """The whole report for programs."""
    return {
        "version": report.standard.version,
        "digest": report.standard.digest,
        "published": report.is_published,
        "effective_from": report.standard.effective_from.isoformat(),
        "before": report.before.version,
        "companies": report.companies,
        "tiers": dict(report.by_tier),
        "changes": [_line(line) for line in report.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return told.change(line.change) | {
        "companies": len(line.companies),
        "first_due": line.first_due and line.first_due.isoformat(),
        "no_day_because": None if line.first_due or not line.companies else line.why,
        "of": [
            {
                "market": one.company.market,
                "code": one.company.code,
                "zh": one.company.name_zh,
                "en": one.company.name_en,
                "first_due": one.first_due and one.first_due.isoformat(),
            }
            for one in line.companies
        ],
    }
