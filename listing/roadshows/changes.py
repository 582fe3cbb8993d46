"""What a published change changed: two states of a schedule compared, as codes and data that a page puts into words.

Pure. Several sessions that begin later by the same time are one line, and so is a roadshow that moves as a whole.
Places, the link to take part and the addresses invited are nobody's business and never told.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from listing.bilingual.pair import Pair

from . import agenda, rules

MINUTE = timedelta(minutes=1)
Line = dict[str, object]


class Hours(NamedTuple):
    """From when until when."""

    begins: datetime
    ends: datetime

    def told(self) -> list[str]:
        return [self.begins.isoformat(), self.ends.isoformat()]


class OnDay(NamedTuple):
    hours: Hours
    venue: Pair


class Slot(NamedTuple):
    day: int
    hours: Hours
    title: Pair
    company_id: int | None
    room: Pair
    text: Pair
    spoken: tuple[str, bool]  # language, and whether it is interpreted
    speakers: tuple = ()

    def name(self) -> Line:
        return {"title": told(self.title)} if self.title.complete else {"company": self.company_id}


class Schedule(NamedTuple):
    """A roadshow as everybody sees it; days and sessions by number, sessions in their order."""

    state: str
    zone: str
    title: Pair
    summary: Pair
    window: Hours
    limits: tuple
    priority: tuple
    days: Mapping[int, OnDay]
    slots: Mapping[int, Slot]


def schedule(show) -> Schedule:
    """The state of a roadshow (models.Roadshow) as it can be compared later."""
    return Schedule(
        show.state,
        show.zone,
        show.title,
        show.summary,
        Hours(show.registration_opens_at, show.registration_closes_at),
        (show.approval, show.invitation_only, tuple(show.classes), tuple(show.markets), tuple(show.sectors)),
        tuple(show.priority),
        {day.id: OnDay(Hours(day.begins_at, day.ends_at), day.venue) for day in show.days},
        {session.id: _slot_of(session) for day in show.days for session in day.shown},
    )


def _slot_of(s) -> Slot:
    hours, spoken = Hours(s.begins_at, s.ends_at), (s.language, s.interpreted)
    speakers = tuple((*_sides(each.name), *_sides(each.role), each.language) for each in s.speakers)
    return Slot(s.day_id, hours, s.title, s.company_id, s.room, s.text, spoken, speakers)


def _sides(text: Pair) -> tuple[str, str]:
    return text.zh, text.en


def between(before: Schedule, after: Schedule) -> list[Line]:
    """The lines that tell what changed, none where nothing did that everybody sees."""
    if after.state == rules.CANCELLED:
        return [{"code": "cancelled"}]
    moved = _moved(before, after)
    return [moved] if moved else [*_said(before, after), *_days(before, after), *_slots(before, after)]


def told(text: Pair) -> list[str]:
    """A text as a line keeps it; ``Pair(*…)`` gives it back."""
    return [text.zh, text.en, text.script]


def _moved(before: Schedule, after: Schedule) -> Line | None:
    """The roadshow moved as a whole: all its days and sessions by the same time on its clocks."""
    if before.days.keys() != after.days.keys() or before.slots.keys() != after.slots.keys() or not before.slots:
        return None
    pairs = [
        (old, new)
        for held, now in ((before.days, after.days), (before.slots, after.slots))
        for number in held
        for old, new in zip(held[number].hours, now[number].hours, strict=True)
    ]
    shifts = {_clock(new, after.zone) - _clock(old, before.zone) for old, new in pairs}
    if len(shifts) > 1 or not all(shifts):
        return None
    return {"code": "moved", "before": pairs[0][0].isoformat(), "after": pairs[0][1].isoformat()}


def _differ(old: Pair, new: Pair) -> bool:
    """Whether the words differ; the script is found anew whenever a form is sent."""
    return (old.zh, old.en) != (new.zh, new.en)


def _called(slot: Slot) -> object:
    return (slot.title.zh, slot.title.en) if slot.title.complete else slot.company_id


def _clock(at: datetime, zone: str) -> datetime:
    return agenda.local(at, zone).replace(tzinfo=None)


def _said(before: Schedule, after: Schedule) -> Iterator[Line]:
    if _differ(before.title, after.title):
        yield {"code": "title", "before": told(before.title), "after": told(after.title)}
    if _differ(before.summary, after.summary):
        yield {"code": "summary"}
    if before.window != after.window:
        yield {"code": "window", "hours": after.window.told()}
    if before.limits != after.limits:
        yield {"code": "limits"}
    if before.priority != after.priority:
        yield {"code": "queue"}


def _days(before: Schedule, after: Schedule) -> Iterator[Line]:
    for number in sorted(before.days.keys() | after.days.keys()):
        old, new = before.days.get(number), after.days.get(number)
        if old is None:
            yield {"code": "day_added", "hours": new.hours.told(), "venue": told(new.venue)}
        elif new is None:
            yield {"code": "day_removed", "hours": old.hours.told()}
        else:
            yield from _day(old, new)


def _day(old: OnDay, new: OnDay) -> Iterator[Line]:
    if old.hours != new.hours:
        yield {"code": "day_time", "before": old.hours.told(), "after": new.hours.told()}
    if _differ(old.venue, new.venue):
        yield {"code": "venue", "hours": new.hours.told(), "venue": told(new.venue)}


def _slots(before: Schedule, after: Schedule) -> Iterator[Line]:
    """What of its sessions changed; those of a day that was taken out went with it."""
    for number in sorted(before.slots.keys() - after.slots.keys()):
        gone = before.slots[number]
        if gone.day in after.days:
            yield {"code": "removed", "hours": gone.hours.told(), **gone.name()}
    for number in sorted(after.slots.keys() - before.slots.keys()):
        yield {"code": "added", "hours": after.slots[number].hours.told(), **after.slots[number].name()}
    both = [(before.slots[number], slot) for number, slot in after.slots.items() if number in before.slots]
    yield from _times(both)
    for old, new in both:
        yield from _slot(old, new)


def _times(both: list[tuple[Slot, Slot]]) -> Iterator[Line]:
    later: dict[timedelta, list[tuple[Slot, Slot]]] = defaultdict(list)
    for old, new in both:
        by, longer = new.hours.begins - old.hours.begins, new.hours.ends - old.hours.ends
        # What is later and as long as before may be one of several; all else stands alone.
        later[by if by == longer else timedelta(0)].append((old, new))
    for by, several in later.items():
        if by > timedelta(0) and len(several) > 1:
            yield {"code": "later", "minutes": by // MINUTE, "others": len(several) - 1, **several[0][1].name()}
        else:
            for old, new in several:
                if old.hours != new.hours:
                    yield {"code": "time", "before": old.hours.told(), "after": new.hours.told(), **new.name()}


def _slot(old: Slot, new: Slot) -> Iterator[Line]:
    if _called(old) != _called(new):
        yield {"code": "name", "before": old.name(), "after": new.name()}
    if _differ(old.room, new.room):
        yield {"code": "room", "room": told(new.room), **new.name()}
    if old.spoken != new.spoken:
        yield {"code": "spoken", "language": new.spoken[0], "interpreted": new.spoken[1], **new.name()}
    if _differ(old.text, new.text):
        yield {"code": "text", **new.name()}
    if old.speakers != new.speakers:
        yield {"code": "speakers", **new.name()}


def read(line: Line) -> Line:
    """A line as it was kept, its texts and times made values again."""
    return {key: _value(key, kept) for key, kept in line.items()}


def _value(key: str, kept: object) -> object:
    match kept:
        case [begins, ends]:
            return Hours(datetime.fromisoformat(begins), datetime.fromisoformat(ends))
        case [zh, en, script]:
            return Pair(zh, en, script)
        case dict():
            return read(kept)
        case str() if key in ("before", "after"):
            return datetime.fromisoformat(kept)
    return kept
