"""Whether people at work in a market of the audience can follow a session: its hours on their clocks, on a working day.

Pure; the hours are data (workplaces.yaml). Tells, and holds nothing back: a roadshow for two continents cannot suit
both.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import NamedTuple, Protocol

import yaml

from listing import calendars
from listing.localtime import local

BEFORE, AFTER, ENDS_AFTER, DAY_OFF = "before", "after", "ends after", "day off"


class Timed(Protocol):
    """A session as far as it has a time."""

    id: int
    begins_at: datetime
    ends_at: datetime


class Workplace(NamedTuple):
    """A market with its working hours; ``days_off`` is the region whose public holidays are known, or empty."""

    id: str
    zone: str
    opens: time
    closes: time
    days_off: str
    source: str
    status: str
    zh_hans: str
    zh_hant: str
    en: str

    def name(self, lang: str) -> str:
        """What the place is called in an interface language."""
        return {"zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}.get(lang, self.en)


class Outside(NamedTuple):
    """A session outside the working hours of a place; ``at`` is the instant that lies outside.

    ``holiday`` is why the day is off, None for a weekend.
    """

    place: Workplace
    why: str
    at: datetime
    holiday: calendars.Holiday | None = None


@cache
def places() -> Mapping[str, Workplace]:
    """Every market whose hours are known, by its id, in the order of the list."""
    text = resources.files(__package__).joinpath("workplaces.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    hours = ("opens", "closes")
    return {row["id"]: Workplace(**row | {name: time.fromisoformat(row[name]) for name in hours}) for row in rows}


def outside(session: Timed, ids: Iterable[str]) -> Iterator[Outside]:
    """In which of these places a session lies outside working hours, and how; one line a place."""
    for place in (places()[number] for number in ids if number in places()):
        if found := _outside(session, place):
            yield found


def _outside(session: Timed, place: Workplace) -> Outside | None:
    begins, ends = (local(at, place.zone) for at in (session.begins_at, session.ends_at))
    off, holiday = _day_off(begins.date(), place.days_off)
    if off:
        return Outside(place, DAY_OFF, session.begins_at, holiday)
    if begins.time() < place.opens:
        return Outside(place, BEFORE, session.begins_at)
    if begins.time() >= place.closes:
        return Outside(place, AFTER, session.begins_at)
    if ends.date() > begins.date() or ends.time() > place.closes:
        return Outside(place, ENDS_AFTER, session.ends_at)
    return None


def _day_off(day: date, region: str) -> tuple[bool, calendars.Holiday | None]:
    """Whether nobody works on a day, and why; of a year that is not entered only the weekends are known."""
    if (region, day.year) not in calendars.years():
        return day.weekday() >= 5, None
    return not calendars.is_working_day(region, day), calendars.holiday(region, day)
