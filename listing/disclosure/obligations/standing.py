"""The scores of one company, counted when asked for; of the market as a whole, added up from the last count of each.

Changes nothing; ``operations.scoring`` counts.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from listing.disclosure.announcements import records
from listing.store.db import db

from . import scores
from .models import Scored
from .queries import Calendar
from .scores import CORRECTION, PARITY, PUNCTUALITY, Score

SUMS = {
    PUNCTUALITY: (Scored.in_time, Scored.due),
    CORRECTION: (Scored.corrected, Scored.announced),
    PARITY: (Scored.agreeing, Scored.places),
}


def of_company(calendar: Calendar) -> list[Score]:
    """The scores of the company of a calendar, as of its day."""
    company_id, today = calendar.company.id, calendar.today
    counted = {
        name: found[company_id] for name, found in of_releases(today, [company_id]).items() if company_id in found
    }
    return scores.scores({PUNCTUALITY: scores.punctuality(calendar.lines, today), **counted})


def of_releases(today: date, company_ids: list[int] | None = None) -> dict[str, dict[int, records.Counted]]:
    """What the scores of announcements stand on, by score and company."""
    since = {name: one.since(today) for name, one in scores.definitions().items()}
    return {
        CORRECTION: records.corrections(since[CORRECTION], company_ids),
        PARITY: records.agreement(since[PARITY], company_ids),
    }


class Group(NamedTuple):
    """The companies of one tier or market, or all of them (``code`` is empty), and their scores together."""

    code: str
    companies: int
    scores: list[Score]


class Market(NamedTuple):
    """The scores of everybody together, by tier and by market; ``counted_at`` is None before the first count."""

    counted_at: datetime | None
    whole: Group
    by_tier: list[Group]
    by_market: list[Group]


def of_market() -> Market:
    """The market as it was counted last."""
    sums = [func.sum(column) for pair in SUMS.values() for column in pair]
    asked = select(Scored.tier, Scored.market, func.max(Scored.counted_at), func.count(), *sums)
    rows = db.session.execute(asked.group_by(Scored.tier, Scored.market)).all()
    latest = max((row[2] for row in rows), default=None)
    (whole,) = _groups(rows, lambda _row: "") or [Group("", 0, scores.scores({}))]
    return Market(latest, whole, _groups(rows, lambda row: row.tier), _groups(rows, lambda row: row.market))


def _groups(rows, code_of) -> list[Group]:
    """The rows added up by a code, the most companies first."""
    found = defaultdict(list)
    for row in rows:
        found[code_of(row)].append([int(value) for value in row[3:]])
    added = {code: [sum(column) for column in zip(*several, strict=True)] for code, several in found.items()}
    groups = [Group(code, total[0], scores.scores(_pairs(total[1:]))) for code, total in added.items()]
    return sorted(groups, key=lambda group: (-group.companies, group.code))


def _pairs(values: list[int]) -> dict[str, tuple[int, int]]:
    return dict(zip(SUMS, zip(values[::2], values[1::2], strict=True), strict=True))
