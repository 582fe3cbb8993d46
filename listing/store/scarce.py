"""Scarce things, counted in one column of their row: seats, quotas, book caps, sequence numbers.

Decides that the count never passes its limit, however many take at once. One conditional UPDATE checks and counts in
the same instant: PostgreSQL locks the row and checks the condition again on the newest version, SQLite lets one writer
at a time in (BEGIN IMMEDIATE). Reading first and writing afterwards would sell the last seat twice.
"""

from sqlalchemy import inspect, update
from sqlalchemy.orm import InstrumentedAttribute, attributes

from .db import db


def take(
    row, counter: InstrumentedAttribute, *, limit: InstrumentedAttribute | None = None, amount: int = 1
) -> int | None:
    """Add ``amount`` to ``counter`` of ``row`` unless that passes its ``limit``; return the new count, else None.

    Both columns belong to the row's own table and count the same unit (seats, minor units). Without a limit the result
    is the next number of a sequence without gaps. Holds the row until the transaction ends. Raises ValueError for an
    amount below one.
    """
    if amount < 1:
        raise ValueError("an amount to take is at least one")
    return _move(row, counter, amount, *(() if limit is None else (counter + amount <= limit,)))


def give_back(row, counter: InstrumentedAttribute, *, amount: int = 1) -> int | None:
    """Take ``amount`` off ``counter`` of ``row`` again; return the new count, or None when it would fall below zero."""
    if amount < 1:
        raise ValueError("an amount to give back is at least one")
    return _move(row, counter, -amount, counter >= amount)


def _move(row, counter: InstrumentedAttribute, by: int, *conditions) -> int | None:
    state = inspect(row)
    keys = [column == value for column, value in zip(state.mapper.primary_key, state.identity, strict=True)]
    change = update(state.mapper.local_table).where(*keys, *conditions).values({counter.key: counter + by})
    count = db.session.scalar(change.returning(counter))
    if count is not None:
        attributes.set_committed_value(row, counter.key, count)
    return count
