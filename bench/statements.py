"""Counts the statements that reach the database; apart, because a floor without SQLAlchemy must not load it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, event


@dataclass(frozen=True, slots=True)
class Sent:
    """What the work answered, and the statements it sent; opening and closing a transaction is none."""

    answer: object
    statements: list[str]


def watched(work: Callable[[], object]) -> Sent:
    """Do ``work`` and keep what it sends."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        return Sent(work(), seen)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
