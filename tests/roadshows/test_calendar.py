"""Calendars, read back by two parsers that know nothing of each other."""

from datetime import timedelta

import icalendar
import pytest
import vobject

from listing.access.actor import SYSTEM
from listing.bilingual.pair import Pair
from listing.roadshows import calendar, links, queries
from listing.roadshows.operations import feeding, planning, scheduling, seating
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, signed_in

from .made import a_roadshow, actor_of, an_admitted_investor
from .test_seating import apply

LONG = Pair("粤港澳大湾区硬科技企业路演暨投资者交流会" * 3, "Bay Area roadshow, with; semicolons\\and commas, " * 3)


def parsed(data):
    """What both parsers find: method, and of each entry UID, sequence, status, instants, summary."""
    first = icalendar.Calendar.from_ical(data)
    ours = [
        (
            str(e["uid"]),
            int(e["sequence"]),
            str(e["status"]),
            e.decoded("dtstart"),
            e.decoded("dtend"),
            str(e["summary"]),
        )
        for e in first.walk("VEVENT")
    ]
    second = vobject.readOne(data.decode())
    theirs = [
        (e.uid.value, int(e.sequence.value), e.status.value, e.dtstart.value, e.dtend.value, e.summary.value)
        for e in second.vevent_list
    ]
    assert [(*e[:3], *(at.timestamp() for at in e[3:5]), e[5]) for e in ours] == [
        (*e[:3], *(at.timestamp() for at in e[3:5]), e[5]) for e in theirs
    ]
    assert str(first["method"]) == second.method.value
    return str(first["method"]), ours


def test_a_roadshow_as_a_calendar_is_folded_by_octets_and_read_alike_by_both(app, client):
    show = a_roadshow(days=2, title=LONG)
    data = client.get(f"/en/roadshows/{show.code}/calendar.ics").data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert all(line.decode() is not None for line in data.split(b"\r\n "))
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    method, events = parsed(data)
    assert (method, len(events)) == ("PUBLISH", 2)
    assert [e[3] for e in events] == [day.begins_at for day in show.days]
    assert events[0][5] == f"{LONG.zh} / {' '.join(LONG.en.split())}"
    scheduling.move(show=show, days=0, minutes=60, tell=False, actor=SYSTEM, now=NOW)
    db.session.commit()
    later = parsed(client.get(f"/en/roadshows/{show.code}/calendar.ics").data)[1]
    assert [(e[0], e[1], e[3]) for e in later] == [(e[0], e[1] + 1, e[3] + timedelta(hours=1)) for e in events]


def test_ones_own_day_is_a_request_while_it_stands_and_a_cancellation_afterwards(app):
    show = a_roadshow(onsite=0, online=1)
    member = an_admitted_investor(name="Eve\r\nATTENDEE:MAILTO:x@example.com")
    row = apply(member, show.days[0], mode="online")
    client = signed_in(app.test_client(), member.user)
    address = f"/en/roadshows/registrations/{row.id}/calendar.ics"
    data = client.get(address).data
    assert parsed(data)[0] == "REQUEST"
    unfolded = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith(b"ATTENDEE") for line in unfolded) == data.count(b"BEGIN:VEVENT") == 1
    assert b"meet.example" in data
    other = signed_in(app.test_client(), an_admitted_investor().user)
    assert other.get(address).status_code == 404
    seating.withdraw(row=row, actor=actor_of(member), now=NOW)
    db.session.commit()
    gone = client.get(address).data
    assert (parsed(gone)[0], parsed(gone)[1][0][2]) == ("CANCEL", "CANCELLED")
    assert b"meet.example" not in gone


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_calendar_link_follows_ones_days_and_ends_at_once(app, lang):
    member = an_admitted_investor()
    show = a_roadshow()
    apply(member, show.days[0])
    client, program = signed_in(app.test_client(), member.user), app.test_client()
    mine = f"/{lang}/desk/roadshows"
    assert submit(client, mine, "/link/make").status_code == 303
    link = client.get(mine).text.partition('class="secret">')[2].partition("<")[0]
    path = link.partition("localhost")[2].lstrip(":0123456789")
    assert parsed(program.get(path).data)[1][0][2] == "CONFIRMED"
    planning.cancel(show=show, reason=Pair("台风", "Typhoon"), actor=actor_of(member), now=NOW)
    db.session.commit()
    assert parsed(program.get(path).data)[1][0][2] == "CANCELLED"
    assert submit(client, mine, "/link/make").status_code == 303
    assert program.get(path).status_code == 404
    assert submit(client, mine, "/link/end").status_code == 303
    assert queries.feed_of(member.user_id) is None
    assert not feeding.end(actor=actor_of(member), now=NOW)


def test_the_calendar_of_a_person_who_is_no_longer_let_in_is_as_unknown_as_any_other(app, client):
    member = an_admitted_investor()
    apply(member, a_roadshow().days[0])
    with app.test_request_context():
        path = f"/roadshows/calendar/{links.token(feeding.make(actor=actor_of(member), now=NOW))}.ics"
    db.session.commit()
    assert client.get(path).status_code == 200
    member.user.active = False
    db.session.commit()
    gone, unknown = client.get(path), client.get("/roadshows/calendar/unknown.ics")
    assert (gone.status_code, gone.mimetype) == (unknown.status_code, unknown.mimetype) == (404, "text/html")


def test_the_zone_is_told_with_both_its_offsets(app, client):
    show = a_roadshow(zone="Europe/London")
    data = client.get(f"/en/roadshows/{show.code}/calendar.ics").data
    assert all(part in data for part in (b"BEGIN:STANDARD", b"BEGIN:DAYLIGHT", b"TZID:Europe/London"))
    assert parsed(data)[1][0][3] == show.days[0].begins_at


def test_a_link_that_is_asked_again_is_not_written_anew_until_something_changes(app, client, monkeypatch):
    guest, show = an_admitted_investor(), a_roadshow()
    row = apply(guest, show.days[0])
    path = f"/roadshows/calendar/{links.token(feeding.make(actor=actor_of(guest), now=NOW))}.ics"
    first = client.get(path)
    written = []
    monkeypatch.setattr(calendar, "_written", lambda *said: written.append(said) or b"anew")
    assert client.get(path).data == first.data
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert written == []
    scheduling.move(show=show, days=0, minutes=60, tell=False, actor=SYSTEM, now=NOW)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).data == b"anew"
    seating.withdraw(row=row, actor=actor_of(guest), now=NOW)
    assert client.get(path).data == b"anew"
    assert len(written) == 2


def test_a_link_costs_the_same_for_one_day_and_for_three(app, client, statements):
    counts = []
    for days in (1, 3):
        guest = an_admitted_investor()
        for day in a_roadshow(days=days).days:
            apply(guest, day)
        path = f"/roadshows/calendar/{links.token(feeding.make(actor=actor_of(guest), now=NOW))}.ics"
        with statements() as seen:
            client.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1]
