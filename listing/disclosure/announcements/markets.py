"""When the exchanges of the mainland and of Hong Kong trade on one day again after a release.

Pure. Windows follow the trading days of one exchange; where a company belongs to the other side, the writers read how
long one side is on holiday, so that they may hold the announcement back until both can act on it.
"""

from collections.abc import Collection
from datetime import date, datetime, time

from listing import calendars
from listing.disclosure.deadlines import EXCHANGE

from .windows import Plan

_CLOSE = {calendars.FULL: time(15), calendars.MORNING: time(12), calendars.CLOSED: time(0)}  # the earlier of the two


def together(plan: Plan, at: datetime, places: Collection[str]) -> date | None:
    """The first day on which both exchanges trade after a release at an instant; where that is later than one does.

    ``places`` are those whose days count for the companies. None where there is nothing to say: both trade on the next
    day, no company belongs to the other side, or the calendars end.
    """
    if {EXCHANGE[place] for place in places} | {plan.region} != set(calendars.EXCHANGES):
        return None
    local = at.astimezone(plan.zone)
    day = local.date()
    try:
        count = int(local.time() >= _CLOSE[calendars.session(plan.region, day)])
        alone = calendars.trading_days_after(plan.region, day, count).day
        both = calendars.both_open_days_after(day, count).day
    except calendars.OutsideCalendar:
        return None
    return both if both > alone else None
