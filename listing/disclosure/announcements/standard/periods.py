"""Which months a period of a company ends with: its year, its half-year, its quarters.

Pure. What a company has told as the end of its financial year decides; without that, the quarters of the calendar do.
"""

from calendar import monthrange
from datetime import date

from listing.disclosure.deadlines import months_after
from listing.refusal import N_, Refusal

PERIODS = {"annual": 0, "interim": 6, "quarterly": None}  # months after the end of the year; None: every third


class NoSuchPeriod(Refusal):
    message = N_("No such period of the company ends on %(day)s. The one before that ended on %(last)s.")


def look(day: date, period: str, year_end: int | None) -> None:
    """Look that a period of this kind ends on the last day of a month; ``year_end`` is a month. Raises NoSuchPeriod."""
    if _ends(day.month, period, year_end):
        return
    before = (months_after(day.replace(day=monthrange(day.year, day.month)[1]), -back) for back in range(1, 13))
    last = next(each for each in before if _ends(each.month, period, year_end))
    raise NoSuchPeriod(day=day, last=last)


def _ends(month: int, period: str, year_end: int | None) -> bool:
    if year_end is None:
        return month % 3 == 0
    after = (month - year_end) % 12
    return after % 3 == 0 if PERIODS[period] is None else after == PERIODS[period]
