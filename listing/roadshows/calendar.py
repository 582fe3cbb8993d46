"""Roadshows as calendars (RFC 5545): one entry a day, the same UID for good, a SEQUENCE that rises with each change.

Decides what stands in a calendar and who may read which: the link to take part is only in the entries of somebody with
a confirmed place online. Says what changed by METHOD: REQUEST while a day stands, CANCEL once it does not.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, current_app

from listing.accounts.models import User
from listing.bilingual.pair import Pair
from listing.companies import presentable
from listing.later import icalendar
from listing.notifications.rules import one_line

from . import agenda, rules
from .models import Day, Registration, Roadshow, Session

PRODUCT = "-//Baybridge//Roadshows//EN"
_STATUS = {rules.CONFIRMED: "CONFIRMED", rules.OFFERED: "TENTATIVE", rules.WAITLISTED: "TENTATIVE"}


def of_days(days: Iterable[Day], *, now: datetime) -> "icalendar.Calendar":
    """What everybody may know of the days of a roadshow, the agenda and who speaks included."""
    return published(_told(_event(day, now), _agenda(day)) for day in days)


def of_registration(row: Registration, person: User, *, now: datetime) -> "icalendar.Calendar":
    """One person's day, to be taken over into a calendar, or out of it."""
    stands = _stands(row)
    event = _told(_own_event(row, now), _agenda(row.day))
    attendee = icalendar.vCalAddress(f"MAILTO:{person.email}")
    attendee.params["CN"] = icalendar.vText(one_line(person.name))
    attendee.params["PARTSTAT"] = icalendar.vText("ACCEPTED" if row.state == rules.CONFIRMED else "TENTATIVE")
    event.add("attendee", attendee, encode=0)
    event.add("organizer", icalendar.vCalAddress(f"MAILTO:{_sender()}"), encode=0)
    return published([event], "REQUEST" if stands else "CANCEL")


def of_person(
    rows: Iterable[Registration], meetings: Iterable["icalendar.Event"] = (), *, now: datetime
) -> "icalendar.Calendar":
    """A person's own days, those that fell away marked as cancelled, and the meetings in them."""
    return published((*(_own_event(row, now) for row in rows), *meetings))


def answer(calendar: "icalendar.Calendar", name: str) -> Response:
    """The calendar as a file, lines of at most 75 octets."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "Cache-Control": "private, no-cache"}
    return Response(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def published(events: Iterable["icalendar.Event"], method: str = "PUBLISH") -> "icalendar.Calendar":
    """A calendar of these entries, with the zones they need."""
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
    show, said = day.roadshow, {"summary": both(day.roadshow.title), "location": both(day.venue), "now": now}
    status = "CANCELLED" if show.state == rules.CANCELLED else "CONFIRMED"
    return entry(f"roadshow-day-{day.id}", show, day.begins_at, day.ends_at, status=status, **said)


def entry(
    uid: str, show: Roadshow, begins: datetime, ends: datetime, *, summary, location, status, now, turn=0, path=""
) -> "icalendar.Event":
    """One entry of a roadshow; ``turn`` raises its SEQUENCE beside the version, ``path`` leads on from its page."""
    zone, event = ZoneInfo(show.zone), icalendar.Event()
    event.add("uid", f"{uid}@{_host()}")
    event.add("sequence", show.version + turn)
    event.add("dtstamp", now)
    event.add("dtstart", begins.astimezone(zone))
    event.add("dtend", ends.astimezone(zone))
    event.add("summary", summary)
    event.add("location", location)
    event.add("url", f"{current_app.config['PUBLIC_URL'].rstrip('/')}/en/roadshows/{show.code}{path}")
    event.add("status", status)
    return event


def _told(event: "icalendar.Event", lines: list[str]) -> "icalendar.Event":
    """The entry with these lines behind what it says already."""
    said = [str(event.pop("description"))] if "description" in event else []
    if said or lines:
        event.add("description", "\n".join([*said, *lines]))
    return event


def _agenda(day: Day) -> list[str]:
    """One line for each session that everybody sees: when, what or which company, and who speaks."""
    names = presentable.of({session.company_id for session in day.shown if session.company_id})
    return [_line(session, names) for session in day.shown]


def _line(session: Session, names: Mapping[int, presentable.Candidate]) -> str:
    clocks = (f"{agenda.local(at, session.day.roadshow.zone):%H:%M}" for at in (session.begins_at, session.ends_at))
    title = session.title if session.title.complete else names[session.company_id].name
    speakers = [both(each.name) for each in session.speakers]
    return "; ".join([f"{'–'.join(clocks)} {both(title)}", *speakers])


def _own_event(row: Registration, now: datetime) -> "icalendar.Event":
    event = _event(row.day, now)
    event["status"] = icalendar.vText(_STATUS[row.state] if _stands(row) else "CANCELLED")
    if row.state == rules.CONFIRMED and row.mode == rules.ONLINE and row.day.link:
        event.add("description", one_line(row.day.link))
    return event


def _stands(row: Registration) -> bool:
    return row.state in _STATUS and row.day.roadshow.state != rules.CANCELLED


def both(text: Pair) -> str:
    """Both texts on one line."""
    return f"{one_line(text.zh)} / {one_line(text.en)}"


def _host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _sender() -> str:
    return current_app.config["MAIL_FROM"].rpartition("<")[2].rstrip(">")
