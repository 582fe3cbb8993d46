"""Instants by the clocks of a place, and what the place is called.

Pure. A time that a change of the clocks skips or repeats is refused, never guessed.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from listing.refusal import N_, Refusal


class Skipped(Refusal):
    message = N_("On this day the clocks of %(zone)s skip %(time)s. Choose another time.")


class Repeated(Refusal):
    message = N_("On this day the clocks of %(zone)s show %(time)s twice. Choose another time.")


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant at which the clocks of ``zone`` show ``at`` on ``day``. Raises Skipped, Repeated."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    said = {"zone": zone, "time": f"{at:%H:%M}"}
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Skipped(**said)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise Repeated(**said)
    return local.astimezone(UTC)


@cache
def place(zone: str, locale: str) -> str:
    """The place whose clocks ``zone`` is, as a Babel locale calls it: 香港, New York."""
    return get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]


def local(at: datetime, zone: str) -> datetime:
    """What the clocks of ``zone`` show at an instant."""
    return at.astimezone(ZoneInfo(zone))
