"""Instants by the clocks of a place, and what the place is called.

Pure. A time that a change of the clocks skips or repeats is refused, never guessed.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from listing.refusal import N_, Refusal

HOME = "Asia/Hong_Kong"
_MINUS = "\u2212"
# One time, three names; the label speaks to both sides of the boundary.
_HOME_ZONES = frozenset(("Asia/Hong_Kong", "Asia/Macau", "Asia/Shanghai"))
_HOME_OFFSET = timedelta(hours=8)
# Zones whose customary name the zone database leaves out.
_ZONE_NAMES = {
    "Asia/Singapore": "SGT",
    "Asia/Kuala_Lumpur": "MYT",
    "Asia/Bangkok": "ICT",
    "Asia/Ho_Chi_Minh": "ICT",
    "Asia/Dubai": "GST",
    "Asia/Riyadh": "AST",
}


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


def called(local: datetime, zone: str) -> str:
    """What the clocks of a zone are called at a time they show: HKT/CST (UTC+8)."""
    offset = local.utcoffset()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    ahead = f"UTC{_MINUS if offset < timedelta(0) else '+'}{hours}{f':{minutes:02d}' if minutes else ''}"
    if zone in _HOME_ZONES and offset == _HOME_OFFSET:
        return f"HKT/CST ({ahead})"
    name = _ZONE_NAMES.get(zone) or local.tzname()
    if name == "UTC":
        return name
    return f"{name} ({ahead})" if name[0].isalpha() else ahead


def clock(at: datetime, zone: str) -> str:
    """What the clocks of ``zone`` show, and what they are called: 14:10 HKT/CST (UTC+8)."""
    shown = local(at, zone)
    return f"{shown:%H:%M} {called(shown, zone)}"


def hours(begins: datetime, ends: datetime, zone: str) -> str:
    """From when until when on the clocks of ``zone``, and what they are called."""
    return f"{local(begins, zone):%H:%M}–{clock(ends, zone)}"
