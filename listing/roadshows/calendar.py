"""Roadshows as calendars (RFC 5545): one entry a day, the same UID for good, a SEQUENCE that rises with each change.

Decides what stands in a calendar and who may read which: the link to take part is only in the entries of somebody with
a confirmed place online. Says what changed by METHOD: REQUEST while a day stands, CANCEL once it does not.
"""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, current_app

from listing.accounts.models import User
from listing.bilingual.pair import Pair
from listing.later import icalendar
from listing.notifications.rules import one_line

from . import rules
from .models import Day, Registration

PRODUCT = "-//Baybridge//Roadshows//EN"
_STATUS = {rules.CONFIRMED: "CONFIRMED", rules.OFFERED: "TENTATIVE", rules.WAITLISTED: "TENTATIVE"}


def of_days(days: Iterable[Day], *, now: datetime) -> "icalendar.Calendar":
    """What everybody may know of the days of a roadshow."""
    return _calendar((_event(day, now) for day in days), "PUBLISH")


def of_registration(row: Registration, person: User, *, now: datetime) -> "icalendar.Calendar":
    """One person's day, to be taken over into a calendar, or out of it."""
    stands = _stands(row)
    event = _own_event(row, now)
    attendee = icalendar.vCalAddress(f"MAILTO:{person.email}")
    attendee.params["CN"] = icalendar.vText(one_line(person.name))
    attendee.params["PARTSTAT"] = icalendar.vText("ACCEPTED" if row.state == rules.CONFIRMED else "TENTATIVE")
    event.add("attendee", attendee, encode=0)
    event.add("organizer", icalendar.vCalAddress(f"MAILTO:{_sender()}"), encode=0)
    return _calendar([event], "REQUEST" if stands else "CANCEL")


def of_person(rows: Iterable[Registration], *, now: datetime) -> "icalendar.Calendar":
    """A person's own days, those that fell away marked as cancelled."""
    return _calendar((_own_event(row, now) for row in rows), "PUBLISH")


def answer(calendar: "icalendar.Calendar", name: str) -> Response:
    """The calendar as a file, lines of at most 75 octets."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "Cache-Control": "private, no-cache"}
    return Response(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(events: Iterable["icalendar.Event"], method: str) -> "icalendar.Calendar":
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    years = set()
    for event in events:
        calendar.add_component(event)
        years.add(event.decoded("dtstart").year)
    if years:  # a zone told from 1970 on is long, and not every parser reads it aright
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return calendar


def _event(day: Day, now: datetime) -> "icalendar.Event":
    show, zone = day.roadshow, ZoneInfo(day.roadshow.zone)
    event = icalendar.Event()
    event.add("uid", f"roadshow-day-{day.id}@{_host()}")
    event.add("sequence", show.version)
    event.add("dtstamp", now)
    event.add("dtstart", day.begins_at.astimezone(zone))
    event.add("dtend", day.ends_at.astimezone(zone))
    event.add("summary", _both(show.title))
    event.add("location", _both(day.venue))
    event.add("url", f"{current_app.config['PUBLIC_URL'].rstrip('/')}/en/roadshows/{show.code}")
    event.add("status", "CANCELLED" if show.state == rules.CANCELLED else "CONFIRMED")
    return event


def _own_event(row: Registration, now: datetime) -> "icalendar.Event":
    event = _event(row.day, now)
    event["status"] = icalendar.vText(_STATUS[row.state] if _stands(row) else "CANCELLED")
    if row.state == rules.CONFIRMED and row.mode == rules.ONLINE and row.day.link:
        event.add("description", one_line(row.day.link))
    return event


def _stands(row: Registration) -> bool:
    return row.state in _STATUS and row.day.roadshow.state != rules.CANCELLED


def _both(text: Pair) -> str:
    return f"{one_line(text.zh)} / {one_line(text.en)}"


def _host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _sender() -> str:
    return current_app.config["MAIL_FROM"].rpartition("<")[2].rstrip(">")
