"""Roadshows as calendars (RFC 5545): one entry a day, the same UID for good, a SEQUENCE that rises with each change.

Decides what stands in a calendar and who may read which: the link to take part is only in the entries of somebody with
a confirmed place online. Says what changed by METHOD: REQUEST while a day stands, CANCEL once it does not. What is
written once is kept for as long as its entries stay the same, because a calendar program asks again every few minutes.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, current_app, request

from listing.accounts.models import User
from listing.bilingual.pair import Pair
from listing.companies import presentable
from listing.later import icalendar
from listing.notifications.rules import one_line

from . import agenda, rules
from .models import Day, Registration, Roadshow, Session

PRODUCT = "-//Baybridge//Roadshows//EN"
MOST_KEPT = 32  # calendars
_STATUS = {rules.CONFIRMED: "CONFIRMED", rules.OFFERED: "TENTATIVE", rules.WAITLISTED: "TENTATIVE"}
_kept: dict[str, bytes] = {}
_keeping = Lock()


class Entry(NamedTuple):
    """One entry of a calendar, by which two are compared; the version of its roadshow is in ``sequence``."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    zone: str
    summary: str
    location: str
    url: str
    status: str
    description: str = ""


class File(NamedTuple):
    """A calendar as it is sent, and the mark by which a program knows that it has it already."""

    content: bytes
    mark: str


def of_days(days: Iterable[Day], *, now: datetime) -> File:
    """What everybody may know of the days of a roadshow, the agenda and who speaks included."""
    return published([_told(_entry(day), _agenda(day)) for day in days], now=now)


def of_registration(row: Registration, person: User, *, now: datetime) -> File:
    """One person's day, to be taken over into a calendar, or out of it."""
    entry = _told(_own_entry(row), _agenda(row.day))
    event = _event(entry, now)
    attendee = icalendar.vCalAddress(f"MAILTO:{person.email}")
    attendee.params["CN"] = icalendar.vText(one_line(person.name))
    attendee.params["PARTSTAT"] = icalendar.vText("ACCEPTED" if row.state == rules.CONFIRMED else "TENTATIVE")
    event.add("attendee", attendee, encode=0)
    event.add("organizer", icalendar.vCalAddress(f"MAILTO:{_sender()}"), encode=0)
    content = _written([(entry, event)], "REQUEST" if _stands(row) else "CANCEL")
    return File(content, sha256(content).hexdigest())


def of_person(rows: Iterable[Registration], meetings: Iterable[Entry] = (), *, now: datetime) -> File:
    """A person's own days, those that fell away marked as cancelled, and the meetings in them."""
    return published([*map(_own_entry, rows), *meetings], now=now)


def published(entries: Iterable[Entry], *, now: datetime) -> File:
    """The calendar of these entries, as it was first written."""
    entries = list(entries)
    mark = sha256(repr(entries).encode()).hexdigest()
    with _keeping:
        content = _kept.pop(mark, None)
    content = content or _written([(entry, _event(entry, now)) for entry in entries], "PUBLISH")
    with _keeping:
        _kept[mark] = content  # the last asked for stands last
        for oldest in list(_kept)[:-MOST_KEPT]:
            del _kept[oldest]
    return File(content, mark)


def answer(file: File, name: str) -> Response:
    """The calendar as a file, lines of at most 75 octets; 304 for a program that has it already."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "Cache-Control": "private, no-cache"}
    response = Response(file.content, content_type="text/calendar; charset=utf-8", headers=headers)
    response.set_etag(file.mark)
    return response.make_conditional(request)


def _written(events: Iterable[tuple[Entry, "icalendar.Event"]], method: str) -> bytes:
    """A calendar of these entries, with the zones they need."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    years = set()
    for entry, event in events:
        calendar.add_component(event)
        years.add(entry.begins.year)
    if years:  # a zone told from 1970 on is long, and not every parser reads it aright
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return calendar.to_ical()


def _event(entry: Entry, now: datetime) -> "icalendar.Event":
    zone, event = ZoneInfo(entry.zone), icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", entry.begins.astimezone(zone))
    event.add("dtend", entry.ends.astimezone(zone))
    for name in ("summary", "location", "url", "status", "description"):
        if text := getattr(entry, name):
            event.add(name, text)
    return event


def _entry(day: Day) -> Entry:
    show, said = day.roadshow, {"summary": both(day.roadshow.title), "location": both(day.venue)}
    status = "CANCELLED" if show.state == rules.CANCELLED else "CONFIRMED"
    return entry(f"roadshow-day-{day.id}", show, day.begins_at, day.ends_at, status=status, **said)


def entry(uid: str, show: Roadshow, begins: datetime, ends: datetime, *, turn=0, path="", **said: str) -> Entry:
    """One entry of a roadshow; ``turn`` raises its SEQUENCE beside the version, ``path`` leads on from its page."""
    public, host = _public(current_app.config["PUBLIC_URL"])
    where = {"zone": show.zone, "url": f"{public}/en/roadshows/{show.code}{path}"}
    return Entry(f"{uid}@{host}", show.version + turn, begins, ends, **where, **said)


def _told(entry: Entry, lines: list[str]) -> Entry:
    """The entry with these lines behind what it says already."""
    return entry._replace(description="\n".join(filter(None, [entry.description, *lines])))


def _agenda(day: Day) -> list[str]:
    """One line for each session that everybody sees: when, what or which company, and who speaks."""
    names = presentable.of({session.company_id for session in day.shown if session.company_id})
    return [_line(session, names) for session in day.shown]


def _line(session: Session, names: Mapping[int, presentable.Candidate]) -> str:
    hours = agenda.hours(session.begins_at, session.ends_at, session.day.roadshow.zone)
    title = session.title if session.title.complete else names[session.company_id].name
    speakers = [both(each.name) for each in session.speakers]
    return "; ".join([f"{hours} {both(title)}", *speakers])


def _own_entry(row: Registration) -> Entry:
    online = row.state == rules.CONFIRMED and row.mode == rules.ONLINE
    status = _STATUS[row.state] if _stands(row) else "CANCELLED"
    return _entry(row.day)._replace(status=status, description=one_line(row.day.link) if online else "")


def _stands(row: Registration) -> bool:
    return row.state in _STATUS and row.day.roadshow.state != rules.CANCELLED


@lru_cache(maxsize=2_000)
def both(text: Pair) -> str:
    """Both texts on one line."""
    return f"{one_line(text.zh)} / {one_line(text.en)}"


@cache
def _public(address: str) -> tuple[str, str]:
    """Our public address without a slash at its end, and the host that names our entries."""
    return address.rstrip("/"), urlsplit(address).hostname or "localhost"


def _sender() -> str:
    return current_app.config["MAIL_FROM"].rpartition("<")[2].rstrip(">")
