"""Counts what the scores of every company on display stand on, for the page of the market.

What is kept only repeats filings and releases and is counted anew each time, so nothing is journaled.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import delete

from listing.companies import rows as companies
from listing.companies.rules import DISPLAYED
from listing.disclosure.announcements.operations.measuring import measure_due
from listing.store.db import db
from listing.store.inserting import insert

from .. import queries, scores, standing
from ..models import Scored

BATCH = 200
ZONE = "HK"  # whose day the months of announcements end with


def score(*, now: datetime, stopping: Callable[[], bool]) -> int:
    """Count every company on display that is in a tier or announced something, and return how many those are.

    Commits batch by batch; of two processes at once the later instant stands.
    """
    measure_due(stopping=stopping)
    of_releases = standing.of_releases(queries.day_of(now, ZONE))
    ids = sorted(set(queries.ids_in_tiers()).union(*of_releases.values()))
    counted = 0
    for start in range(0, len(ids), BATCH):
        if stopping():
            return counted
        shown = [one for one in companies.of_ids(ids[start : start + BATCH]) if one.status == DISPLAYED]
        for calendar in queries.calendars(shown, now):
            _keep(_counted(calendar, of_releases), now)
        db.session.commit()
        counted += len(shown)
    db.session.execute(delete(Scored).where(Scored.counted_at < now))
    db.session.commit()
    return counted


def _counted(calendar: queries.Calendar, of_releases: Mapping[str, Mapping]) -> dict[str, object]:
    company, tenure = calendar.company, calendar.tenure
    found = {name: pairs.get(company.id, (0, 0)) for name, pairs in of_releases.items()}
    found[scores.PUNCTUALITY] = scores.punctuality(calendar.lines, calendar.today)
    values = {"company_id": company.id, "market": company.market, "tier": tenure.tier if tenure else ""}
    for name, columns in standing.SUMS.items():
        values |= {column.key: value for column, value in zip(columns, found[name], strict=True)}
    return values


def _keep(values: dict[str, object], now: datetime) -> None:
    values = values | {"counted_at": now}
    add = insert(Scored).values(values)
    anew = add.on_conflict_do_update(index_elements=["company_id"], set_=values, where=Scored.counted_at <= now)
    db.session.execute(anew)
