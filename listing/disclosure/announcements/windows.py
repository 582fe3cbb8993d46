"""When announcements may be released: the window that is open at an instant, or the next one, and why it is that one.

Pure. The hours are data (windows.yaml, or a file of the installation's own in the same form); the days are those of
``listing.calendars``. Raises ``rulebook.node.Broken`` for a file that is none, ``calendars.OutsideCalendar`` beyond it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from listing import calendars
from listing.rulebook import pins
from listing.rulebook.node import Section, opened

FULL, MORNING, BEFORE_OPEN = KINDS = ("full", "morning", "before_open")
CLOSED = "closed"  # a day without a window
ANY = "any"  # for what waits for none
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_LOOK_AHEAD = 30  # days; no market is closed longer


@dataclass(frozen=True, slots=True)
class Plan:
    """The hours of each kind of day, by the clocks of ``zone`` and the trading days of ``region``."""

    source: str
    status: str
    zone: ZoneInfo
    region: str
    hours: Mapping[str, tuple[tuple[time, time], ...]]


@dataclass(frozen=True, slots=True)
class Window:
    """A span in which announcements are released, and the kind of its day; open from ``opens`` to before ``closes``."""

    opens: datetime
    closes: datetime | None  # None: it never does, where no window is waited for
    kind: str

    def holds(self, at: datetime) -> bool:
        """Whether it is open at an instant."""
        return self.opens <= at and (self.closes is None or at < self.closes)


def read(text: str, file: str) -> Plan:
    """The plan that a file holds. Raises Broken."""
    root, _tree = opened(text, file)
    plan = Plan(
        source=root.text("source"),
        status=root.one_of("status", ("verified", "memory")),
        zone=ZoneInfo(root.one_of("zone", ("Asia/Hong_Kong", "Asia/Shanghai", "Asia/Macau"))),
        region=root.one_of("region", calendars.EXCHANGES),
        hours=MappingProxyType({kind: tuple(_spans(root, kind)) for kind in KINDS}),
    )
    root.close()
    return plan


def _spans(root: Section, kind: str) -> Iterator[tuple[time, time]]:
    before = time(0)
    for text in root.several(kind):
        found = _SPAN.fullmatch(text)
        if not found:
            raise root.refuse(f"{kind}: {text} is not a span such as 06:00-08:30", kind)
        begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        if not before <= begins < ends:
            raise root.refuse(f"{kind}: {text} does not follow the span before it", kind)
        before = ends
        yield begins, ends


@cache
def usual() -> Plan:
    """The plan that comes with the product."""
    return read(pins.held(resources.files(__package__), "windows.yaml"), "windows.yaml")


@cache
def of(path: str) -> Plan:
    """The plan in a file of the installation's own; without one the usual plan. Raises Broken, OSError."""
    return read(Path(path).read_text(encoding="utf-8"), path) if path else usual()


def kind_of(plan: Plan, day: date) -> str:
    """What kind of day it is for announcements. Raises OutsideCalendar."""
    session = calendars.session(plan.region, day)
    if session != calendars.CLOSED:
        return session
    opens = calendars.session(plan.region, day + timedelta(days=1)) != calendars.CLOSED
    return BEFORE_OPEN if opens else CLOSED


def windows_of(plan: Plan, day: date) -> list[Window]:
    """The windows of a day in their order. Raises OutsideCalendar."""
    kind = kind_of(plan, day)
    return [
        Window(datetime.combine(day, begins, plan.zone), datetime.combine(day, ends, plan.zone), kind)
        for begins, ends in plan.hours.get(kind, ())
    ]


def at_or_after(plan: Plan, at: datetime) -> Window:
    """The window that is open at an instant, or the next to open. Raises OutsideCalendar."""
    first = at.astimezone(plan.zone).date()
    for ahead in range(_LOOK_AHEAD):
        for window in windows_of(plan, first + timedelta(days=ahead)):
            if at < window.closes:
                return window
    raise calendars.OutsideCalendar(year=first.year)


def slot(plan: Plan, at: datetime, *, at_once: bool, not_before: datetime | None) -> Window:
    """The span in which something ready at an instant is released, never ``not_before``. Raises OutsideCalendar."""
    ready = max(at, not_before) if not_before else at
    if at_once:
        return Window(ready, None, ANY)
    found = at_or_after(plan, ready)
    return replace(found, opens=max(found.opens, ready)) if ready > at else found
