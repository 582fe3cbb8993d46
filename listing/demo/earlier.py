"""What a company of the demo market announced over the last year, so that its scores stand on cases enough.

Takes the way of every enterprise, through the same operations; only the days lie back.
"""

from datetime import datetime, timedelta

from listing.companies import queries as companies
from listing.disclosure.announcements import queries, windows
from listing.disclosure.announcements.operations import slots

from .announcements import corrected, signed, written
from .profiles import read


def announce(*, now: datetime) -> None:
    """Release them one after the other, each in a window of its day; nothing where the company is not loaded."""
    told = read("earlier.yaml")
    found = companies.by_slug(told["company"])
    for row in told["announcements"] if found else ():
        then = _in_window(now, row["days"])
        first = signed(found[0], written(row, then), then)
        if "corrected" in row:
            corrects, then = queries.release(queries.numbers([first.id])[first.id]), _in_window(now, row["days"] - 1)
            signed(found[0], corrected(row, then), then, corrects)


def _in_window(now: datetime, days: int) -> datetime:
    """The beginning of the first window after that many days ago."""
    return windows.at_or_after(slots.plan(), now - timedelta(days=days)).opens
