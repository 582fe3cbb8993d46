"""How a row is written as a line of JSON and read back, the same from and into SQLite and PostgreSQL.

Decides the form of each kind of value by the type of its column; knows no table by name. A line is the array of the
values in the order of the columns.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, Column, Insert, Select, Table, bindparam, insert, select

from listing.store.columns import Exact


class NotWritable(TypeError):
    """A value has a type that no line can carry; the column needs a rule of its own here."""


def all_of(table: Table) -> Select:
    """Every row of a table, in the order of its primary key, so that one state of a database gives one text."""
    return select(*table.columns).order_by(*table.primary_key.columns)


def line(row: Sequence) -> str:
    """A row as one line of JSON, its end included. Raises NotWritable."""
    return json.dumps([_plain(value) for value in row], separators=(",", ":")) + "\n"


def values(columns: Sequence[Column], text: str) -> dict[str, object]:
    """The row a line holds, by name of its columns. Raises ValueError."""
    found = json.loads(text)
    return {column.name: _value(column, value) for column, value in zip(columns, found, strict=True)}


def insertion(columns: Sequence[Column]) -> Insert:
    """The statement that puts such rows back. An empty JSON column stays NULL instead of becoming a JSON null."""
    kinds = {
        column.name: JSON(none_as_null=True) if isinstance(column.type, JSON) and column.nullable else column.type
        for column in columns
    }
    return insert(columns[0].table).values({name: bindparam(name, type_=kind) for name, kind in kinds.items()})


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    raise NotWritable(type(value).__name__)


def _value(column: Column, value: object) -> object:
    if value is None or isinstance(column.type, JSON):
        return value
    if isinstance(column.type, Exact):
        return Decimal(value)
    kind = getattr(column.type, "impl_instance", column.type).python_type
    if kind is bytes:
        return b64decode(value, validate=True)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return value
