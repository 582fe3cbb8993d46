"""A calendar link with a thousand entries, beside the same text put together by hand and by the library under ours.

Processor time within one process, in alternating rounds. What is asked for again is kept by version, not written anew.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from sqlalchemy import select

from faults.place import Place, installed
from listing.roadshows import calendar, links, queries
from listing.roadshows.models import Day, Feed, Registration, Roadshow
from listing.store.db import db

from . import roadshows
from .report import Figure
from .worker import call

ENTRIES, A_ROADSHOW = 1_000, 10  # days
ZONE = "Asia/Hong_Kong"


def calendars(*, rounds: int) -> list[Figure]:
    """The link as programs ask for it, the first time and again."""
    with installed(None) as place, place.app.app_context():
        account_id, path = _filled(place)
        taken = _alternated(_subjects(place, account_id, path), rounds)
        status = {again: call(place.app, path, **more)[0] for again, more in _asked_again(place, path).items()}
    each = {name: statistics.median(times) for name, times in taken.items()}
    note = f"{ENTRIES:,} entries"
    return [
        Figure(
            "calendar link asked for again / strings by hand", _ratio(taken, "again", "by hand"), most=10, note=note
        ),
        Figure("what is written the first time / icalendar itself", _ratio(taken, "written", "library"), most=1.2),
        Figure("answered 304 to who has it already", 0 if status["has it"] == 304 else 1, "", most=0),
        Figure("asked for again", each["again"], "ms", note="the whole request, statements included"),
        Figure("written the first time", each["written"], "ms"),
        Figure("floor: strings by hand", each["by hand"], "ms", note="folded by octets"),
        Figure("floor: icalendar itself", each["library"], "ms"),
    ]


def _ratio(taken: Mapping[str, list[float]], ours: str, floor: str) -> float:
    return statistics.median(a / b for a, b in zip(taken[ours], taken[floor], strict=True))


def _alternated(subjects: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(rounds + 1):
        for name, work in subjects.items():
            gc.collect()
            begun = time.process_time()
            work()
            if number:  # the first round warms up
                taken[name].append((time.process_time() - begun) * 1000)
    return taken


def _filled(place: Place) -> tuple[int, str]:
    """Somebody registered for so many days, by number, and the address of their link."""
    now = roadshows.now_at(place)
    [(account_id, organisation_id)] = roadshows.colleagues(now, 1)
    for number in range(ENTRIES // A_ROADSHOW):
        show = roadshows.a_roadshow(now, days=A_ROADSHOW, title=roadshows.made.SAID["title"], code=f"show-x{number}")
        for day in show.days:
            roadshows.confirmed(day.id, [(account_id, organisation_id)], now)
    feed = Feed(account_id=account_id, nonce="n" * 16, created_at=now)
    db.session.add(feed)
    db.session.commit()
    return account_id, f"/roadshows/calendar/{links.token(feed)}.ics"


def _subjects(place: Place, account_id: int, path: str) -> dict[str, Callable[[], object]]:
    now, rows = roadshows.now_at(place), queries.of_person(account_id)

    def written() -> bytes:
        calendar._kept.clear()
        return calendar.of_person(rows, now=now).content

    plain = [tuple(row) for row in db.session.execute(_PLAIN)]
    if len(plain) != ENTRIES or written().count(b"BEGIN:VEVENT") != ENTRIES:
        raise RuntimeError("not as many entries as there should be")
    return {
        "again": lambda: call(place.app, path),
        "by hand": lambda: _by_hand(plain, now),
        "written": written,
        "library": lambda: _by_library(plain, now),
    }


def _asked_again(place: Place, path: str) -> dict[str, dict[str, str]]:
    tag = dict(call(place.app, path)[1])["ETag"]
    return {"has it": {"HTTP_IF_NONE_MATCH": tag}}


_PLAIN = (
    select(Day.id, Roadshow.version, Day.begins_at, Day.ends_at, Roadshow.title_zh, Roadshow.title_en)
    .add_columns(Day.venue_zh, Day.venue_en, Roadshow.code)
    .join(Registration, Registration.day_id == Day.id)
    .join(Roadshow, Roadshow.id == Day.roadshow_id)
    .order_by(Day.begins_at)
)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none within a character."""
    if len(line.encode()) <= 75:
        return line
    pieces, size = [""], 0
    for character in line:
        size += len(character.encode())
        if size > 74:
            pieces.append("")
            size = len(character.encode())
        pieces[-1] += character
    return "\r\n ".join(pieces)


def _by_hand(rows: list[tuple], now: datetime) -> bytes:
    zone, lines = ZoneInfo(ZONE), ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//floor//EN", "METHOD:PUBLISH"]
    lines += ["BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0800"]
    lines += ["TZOFFSETTO:+0800", "TZNAME:HKT", "END:STANDARD", "END:VTIMEZONE"]
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    for number, version, begins, ends, title_zh, title_en, venue_zh, venue_en, code in rows:
        lines += [
            "BEGIN:VEVENT",
            f"UID:roadshow-day-{number}@market.example",
            f"SEQUENCE:{version}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;TZID={ZONE}:{begins.astimezone(zone):%Y%m%dT%H%M%S}",
            f"DTEND;TZID={ZONE}:{ends.astimezone(zone):%Y%m%dT%H%M%S}",
            _folded(f"SUMMARY:{title_zh} / {title_en}"),
            _folded(f"LOCATION:{venue_zh} / {venue_en}"),
            _folded(f"URL:https://market.example/en/roadshows/{code}"),
            "STATUS:CONFIRMED",
            "END:VEVENT",
        ]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def _by_library(rows: list[tuple], now: datetime) -> bytes:
    zone, whole = ZoneInfo(ZONE), icalendar.Calendar()
    for name, value in (("prodid", "-//floor//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        whole.add(name, value)
    for number, version, begins, ends, title_zh, title_en, venue_zh, venue_en, code in rows:
        event = icalendar.Event()
        event.add("uid", f"roadshow-day-{number}@market.example")
        event.add("sequence", version)
        event.add("dtstamp", now)
        event.add("dtstart", begins.astimezone(zone))
        event.add("dtend", ends.astimezone(zone))
        event.add("summary", f"{title_zh} / {title_en}")
        event.add("location", f"{venue_zh} / {venue_en}")
        event.add("url", f"https://market.example/en/roadshows/{code}")
        event.add("status", "CONFIRMED")
        whole.add_component(event)
    year = timedelta(days=365)
    whole.add_missing_timezones((now - year).date(), (now + 2 * year).date())
    return whole.to_ical()
