"""Where a page of a long list begins, as its address says; one that nobody here wrote means the beginning."""

from datetime import UTC, datetime

from flask import request


def after_number(name: str = "after") -> int | None:
    """The number after which the page begins."""
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


def after_instant(name: str = "after") -> tuple[datetime, int] | None:
    """The instant and the number after which the page begins; ``mark`` writes them."""
    at, _tilde, number = request.args.get(name, "").partition("~")
    try:
        instant = datetime.fromisoformat(at.replace(" ", "+"))
        instant = instant.astimezone(UTC) if instant.tzinfo else instant
    except (ValueError, OverflowError):  # an instant before the first year
        return None
    told = instant.tzinfo and number.isascii() and number.isdecimal() and len(number) < 10
    return (instant, int(number)) if told else None


def mark(at: datetime, number: int) -> str:
    """A line of a list as the address of the page after it names it."""
    return f"{at.isoformat()}~{number}"
