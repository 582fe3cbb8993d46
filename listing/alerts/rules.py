"""How often somebody is told, and when next. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from listing.refusal import N_, Refusal

SEARCH, WATCHED = "search", "watched"
SUBJECTS = (SEARCH, WATCHED)
NEVER, AT_ONCE, DAILY, WEEKLY = "never", "at_once", "daily", "weekly"
CADENCES = (NEVER, AT_ONCE, DAILY, WEEKLY)

MOST = 50  # saved searches of one person
QUERY_LONGEST = 1_500
MORNING = time(8)  # by the person's clock
MONDAY = 0
# What is published at an instant is in the database a little later, when its transaction has ended.
SETTLED = timedelta(minutes=5)
AGAIN = timedelta(minutes=5)


class TooManySearches(Refusal):
    message = N_("You have saved %(most)s searches already. Remove one first.")


class NothingAsked(Refusal):
    message = N_("Search or choose a filter first; a search for everything cannot be saved.")


class TooLong(Refusal):
    message = N_("This search is too long to be saved. Use fewer words or filters.")


def next_time(cadence: str, *, now: datetime, zone: str) -> datetime | None:
    """When to look next after ``now``: in five minutes, the next morning or Monday morning in ``zone``; None for never.

    A morning is 08:00 by the clock of that day, also where the clocks change in the night.
    """
    if cadence == NEVER:
        return None
    if cadence == AT_ONCE:
        return now + AGAIN
    here = now.astimezone(ZoneInfo(zone))
    days = 1 if here.time() >= MORNING else 0
    if cadence == WEEKLY:
        days += (MONDAY - here.weekday() - days) % 7
    morning = datetime.combine(here.date() + timedelta(days=days), MORNING, ZoneInfo(zone))
    return morning.astimezone(now.tzinfo)
