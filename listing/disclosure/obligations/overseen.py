"""What the operator looks over: what is late and what falls due this month, by tier, market and sector; and as a file.

Decides which obligations are looked over and how they are counted; they are computed in ``rules``.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from listing.companies import catalogue
from listing.web.exports import Column

from . import rules
from .queries import Calendar
from .rules import Line

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; empty means any. ``state`` is late, or due for what is still open this month."""

    tier: str = ""
    market: str = ""
    sector: str = ""
    state: str = ""

    @staticmethod
    def of(sent: Mapping[str, str]) -> "Asked":
        """What a request asks for; what is too long to be one of ours is left out."""
        return Asked(*(sent.get(name, "")[:32] for name in ("tier", "market", "sector", "state")))


class Row(NamedTuple):
    """One obligation with the calendar it stands in."""

    calendar: Calendar
    line: Line

    @property
    def tier(self) -> str:
        """The tier under which it is owed."""
        return self.line.owed.held.tier


def rows(calendars: Iterable[Calendar], asked: Asked) -> Iterator[Row]:
    """What is late or falls due this month and is open, of the companies asked for."""
    for calendar in calendars:
        if not _is_asked(calendar, asked):
            continue
        for line in calendar.lines:
            state = looked_over(line, calendar.today)
            if state and asked.state in ("", state) and asked.tier in ("", line.owed.held.tier):
                yield Row(calendar, line)


def looked_over(line: Line, today: date) -> str:
    """Whether a line is late, or due before the month is out; empty for any other."""
    if line.state == rules.LATE:
        return rules.LATE
    end = today.replace(day=monthrange(today.year, today.month)[1])
    return rules.DUE if line.state in (rules.DUE, rules.UPCOMING) and line.by <= end else ""


def _is_asked(calendar: Calendar, asked: Asked) -> bool:
    company = calendar.company
    return asked.market in ("", company.market) and asked.sector in ("", company.sector_group)


class Count(NamedTuple):
    """Of one tier, market or sector: its code, how much is late, how much falls due, of how many companies."""

    code: str
    late: int
    due: int
    companies: int


def counts(found: Iterable[Row], code_of: Callable[[Row], str]) -> list[Count]:
    """The rows counted by a code, most late first."""
    late, due, companies = Counter(), Counter(), {}
    for row in found:
        code = code_of(row)
        (late if row.line.state == rules.LATE else due)[code] += 1
        companies.setdefault(code, set()).add(row.calendar.company.id)
    made = [Count(code, late[code], due[code], len(ids)) for code, ids in companies.items()]
    return sorted(made, key=lambda one: (-one.late, -one.due, one.code))


BY = {
    "tier": lambda row: row.tier,
    "market": lambda row: row.calendar.company.market,
    "sector": lambda row: row.calendar.company.sector_group,
}


def columns(reader: str) -> tuple[Column, ...]:
    """The columns of the file, for a reader of that language."""
    return (
        Column("market", lambda row: row.calendar.company.market),
        Column("code", lambda row: row.calendar.company.code),
        Column("name_zh", lambda row: row.calendar.company.name_zh),
        Column("name_en", lambda row: row.calendar.company.name_en),
        Column("sector", lambda row: catalogue.label("group", row.calendar.company.sector_group, reader)),
        Column("tier", lambda row: row.tier),
        Column("standard", lambda row: row.line.owed.held.version),
        Column("item", lambda row: row.line.item.id),
        Column("item_label", lambda row: row.line.item.name.said(reader)),
        Column("occasion", lambda row: row.line.owed.obligation.occasion.every),
        Column("counted_from", lambda row: row.line.owed.base),
        Column("due", lambda row: row.line.owed.obligation.due.day),
        Column("by", lambda row: row.line.by),
        Column("state", lambda row: row.line.state),
        Column("days_late", lambda row: row.line.late),
    )
