"""Cells of a CSV file that no spreadsheet takes for a formula, and back (OWASP, CSV injection).

The rule, for whoever reads our files: a text that begins with one of GUARDED stands with one apostrophe before it; to
get the values back, take one leading apostrophe off every cell that has one. Numbers stand as they are.
"""

from datetime import date, datetime
from decimal import Decimal

GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def guarded(value: object) -> str:
    """The cell for a value; None is empty, an instant or a day is ISO 8601."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    text = written(value)
    return f"'{text}" if text.startswith(GUARDED) else text


def unguarded(cell: str) -> str:
    """The text of a cell written by ``guarded``."""
    return cell.removeprefix("'")


def written(value: object) -> str:
    """The value as text, the same in every kind of file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
