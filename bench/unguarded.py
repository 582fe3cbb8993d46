"""``bench.unguarded:app``: the application with the guards of its seats taken out, to show that the race is lost then.

Places are looked at without holding them, counted by reading first and writing afterwards, and on SQLite a transaction
that will write begins like one that reads.
"""

from sqlalchemy import Connection, Engine, event, select

from app import app
from listing.roadshows import queries
from listing.roadshows.models import Places
from listing.store import db as store
from listing.store import scarce

__all__ = ["app"]
_take = scarce.take


def _looked_at(day_id: int) -> dict[str, Places]:
    return {row.mode: row for row in store.db.session.scalars(select(Places).where(Places.day_id == day_id))}


def _read_then_write(row, counter, *, limit=None, amount: int = 1) -> int | None:
    if not isinstance(row, Places):
        return _take(row, counter, limit=limit, amount=amount)
    if row.taken + amount > row.capacity:
        return None
    row.taken += amount
    return row.taken


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


queries.locked_places, scarce.take = _looked_at, _read_then_write
event.remove(Engine, "begin", store._begin)
event.listen(Engine, "begin", _begin)
