"""Counting one opening, and forgetting old counts. No journal entry: the log would grow with every visitor."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, delete

from listing.access.actor import Tier
from listing.store.db import db
from listing.store.inserting import insert

from .. import rules
from ..models import Reading

_KEY = list(Reading.__table__.primary_key)


@cache
def _one_more(dialect: str):
    """The statement, built once: to build it takes longer than to run it."""
    first = insert(Reading.__table__, dialect)
    return first.on_conflict_do_update(index_elements=_KEY, set_={"number": Reading.number + 1})


def count(
    *, connection: Connection, company_id: int, what: str, tier: Tier, institution_id: int, now: datetime
) -> None:
    """Add one to the count of the day, in one statement of the transaction of ``connection``."""
    day = now.astimezone(rules.MARKET_ZONE).date()
    key = {"company_id": company_id, "day": day, "what": what, "tier": int(tier), "institution_id": institution_id}
    connection.execute(_one_more(connection.dialect.name), {**key, "number": 1})


def sweep(*, now: datetime) -> int:
    """Delete the counts older than READINGS_KEPT and return how many there were; the caller commits."""
    oldest = (now - rules.READINGS_KEPT).astimezone(rules.MARKET_ZONE).date()
    old = delete(Reading).where(Reading.day < oldest)
    return db.session.execute(old.execution_options(synchronize_session=False)).rowcount
