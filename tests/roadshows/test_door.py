"""On the day: names and codes at the door, a slip undone, sessions that begin late."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, update

from listing.accounts.models import WebSession
from listing.admission.models import Admission
from listing.bilingual.pair import Pair
from listing.notifications import render
from listing.notifications.models import Notice
from listing.roadshows import agenda, links, rules
from listing.roadshows.operations import door, seating
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, signed_in

from .made import a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_pages import _at
from .test_recording import enters
from .test_seating import apply, mails, states

HOUR = timedelta(hours=1)


def admission_ends(member, at):
    own = Admission.organisation_id == member.organisation_id
    db.session.execute(update(Admission).where(own).values(until=at))


@pytest.fixture
def evening(app):
    """An organizer, the day of a roadshow with two places, two guests on them and one who waits."""
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=2).days[0]
    guests = [an_admitted_investor(name=name) for name in ("Ann Guest", "Bo Guest", "Cy Late")]
    return organizer, day, guests, [apply(guest, day) for guest in guests]


def test_who_came_is_noted_once_on_the_day_and_a_slip_is_undone(app, evening):
    organizer, day, guests, rows = evening
    who = {"actor": actor_of(organizer)}
    with pytest.raises(rules.NotToday):
        door.check_in(row=rows[0], now=day.begins_at - 4 * HOUR - timedelta(seconds=1), **who)
    door.check_in(row=rows[0], now=day.begins_at - 4 * HOUR, **who)
    for row, refusal in ((rows[0], rules.CameAlready), (rows[2], rules.NoPlace)):
        with pytest.raises(refusal):
            door.check_in(row=row, now=day.begins_at, **who)
    with pytest.raises(rules.CameBefore):
        seating.withdraw(row=rows[0], actor=actor_of(guests[0]), now=day.begins_at)
    door.undo(row=rows[0], now=day.begins_at, **who)
    with pytest.raises(rules.NotNow):
        door.undo(row=rows[0], now=day.begins_at, **who)


def test_whose_admission_ended_is_refused_at_the_door(app):
    organizer = an_organizer()
    day = a_roadshow(organizer).days[0]
    row = apply(an_admitted_investor(until=day.begins_at), day)
    with pytest.raises(rules.EndedAdmission):
        door.check_in(row=row, actor=actor_of(organizer), now=day.begins_at)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_whose_admission_ends_before_the_day_is_warned_at_once_and_the_place_goes_on(app, lang):
    show = a_roadshow(onsite=1)
    day = show.days[0]
    people = [an_admitted_investor(until=until, language=lang) for until in (day.begins_at, NOW + timedelta(days=90))]
    first, second = (signed_in(app.test_client(), member.user) for member in people)
    address = f"/{lang}/roadshows/{show.code}"
    form, way = f"{address}/days/{day.id}", f'<a href="/{lang}/desk/admission">'
    assert [way in visitor.get(form).text.split("<main")[1] for visitor in (first, second)] == [True, False]
    for visitor in (first, second):
        assert submit(visitor, form, mode="onsite").status_code == 303
    assert [way in visitor.get(address).text.split("<main")[1] for visitor in (first, second)] == [True, False]
    sent = db.session.scalars(select(Notice).where(Notice.message == "roadshow_registration").order_by(Notice.id)).all()
    ends = [render.words(notice).text.count("10:00") for notice in sent]
    assert [notice.data["admission_ends"] for notice in sent] == [day.begins_at.isoformat(), None]
    assert ends == [2, 1]  # when the admission ends, and when the day begins
    admission_ends(people[0], NOW + HOUR)
    seating.tend_due(now=NOW + HOUR - timedelta(seconds=1), stopping=lambda: False)
    assert states(day) == ["confirmed", "waitlisted"]
    seating.tend_due(now=NOW + HOUR, stopping=lambda: False)
    assert states(day) == ["expired", "offered"]


def test_a_late_session_takes_those_after_it_along_and_people_are_told(app, evening):
    organizer, day, guests, _rows = evening
    room = Pair("副厅", "Side room")
    later, last = a_session(day, _at(11, 0), room=room), a_session(day, _at(17, 30), room=room)
    first = day.sessions[0]
    begins = [s.begins_at for s in (first, later, last)]
    door.delay(session=later, minutes=10, seen=later.begins_at, actor=actor_of(organizer), now=day.begins_at)
    assert [s.begins_at - b for s, b in zip((first, later, last), begins, strict=True)] == [
        timedelta(0),
        timedelta(minutes=10),
        timedelta(minutes=10),
    ]
    assert day.ends_at == last.ends_at == day.roadshow.ends_at
    told = db.session.scalars(select(Notice).where(Notice.message == "roadshow_delayed")).all()
    assert sorted(n.recipient_id for n in told) == sorted(guest.user_id for guest in guests[:2])
    with pytest.raises(rules.NotNow):
        door.delay(session=first, minutes=5, seen=first.begins_at, actor=actor_of(organizer), now=first.ends_at)
    with pytest.raises(agenda.Reversed):
        door.delay(session=last, minutes=600, seen=last.begins_at, actor=actor_of(organizer), now=day.begins_at)


def test_a_session_that_is_going_on_takes_longer_and_people_are_told_when_it_goes_on(app, evening, clock):
    organizer, day, guests, _rows = evening
    first, later = day.sessions[0], a_session(day, _at(17, 30))
    db.session.commit()
    begins, ends = first.begins_at, first.ends_at
    during = {"actor": actor_of(organizer), "now": begins + timedelta(minutes=1)}
    for when in (begins - timedelta(seconds=1), ends):
        with pytest.raises(rules.NotNow):
            door.prolong(session=first, minutes=5, seen=ends, actor=actor_of(organizer), now=when)
        db.session.rollback()
    at = later.begins_at
    door.prolong(session=first, minutes=10, seen=ends, **during)
    db.session.commit()
    ten = timedelta(minutes=10)
    assert (first.begins_at, first.ends_at, later.begins_at) == (begins, ends + ten, at + ten)
    assert day.ends_at == later.ends_at == day.roadshow.ends_at
    told = db.session.scalars(select(Notice).where(Notice.message == "roadshow_delayed")).all()
    assert sorted(n.recipient_id for n in told) == sorted(guest.user_id for guest in guests[:2])
    assert {n.data["at"] for n in told} == {later.begins_at.isoformat()}
    with pytest.raises(rules.EndsMeanwhile):
        door.prolong(session=first, minutes=10, seen=ends, **during)  # the same step sent once more
    with pytest.raises(agenda.Reversed):
        door.prolong(session=first, minutes=600, seen=first.ends_at, **during)
    db.session.rollback()
    clock.set(during["now"])
    manager, home = enters(app, organizer.user, during["now"]), f"/en/events/manage/roadshows/{day.roadshow_id}"
    db.session.execute(update(WebSession).values(created_at=during["now"]))
    db.session.commit()
    page = manager.get(home).text
    offered = [f"/sessions/{session.id}/5-minutes-longer" in page for session in (first, later)]
    assert offered == [True, False]
    assert submit(manager, home, f"/{first.id}/5-minutes-longer").status_code == 303
    db.session.expire_all()
    assert first.ends_at == ends + timedelta(minutes=15)


def test_a_code_is_known_until_its_registration_changes_and_a_forged_one_never(app, evening):
    organizer, day, guests, rows = evening
    guest, manager = (signed_in(app.test_client(), each.user) for each in (guests[0], organizer))
    other = signed_in(app.test_client(), an_organizer().user)
    assert guest.get(f"/en/roadshows/registrations/{rows[0].id}/code.svg").mimetype == "image/svg+xml"
    assert guest.get(f"/en/roadshows/registrations/{rows[1].id}/code.svg").status_code == 404
    with app.test_request_context():
        address = f"/roadshows/door/{links.door_token(rows[0])}"
    assert [visitor.get(address).status_code for visitor in (manager, other, guest)] == [302, 404, 403]
    assert manager.get(address + "x").status_code == 404
    home = urlsplit(manager.get(address).location)
    page = manager.get(f"{home.path}?{home.query}").text
    assert [name in page for name in ("Ann Guest", "Bo Guest")] == [True, False]
    seating.withdraw(row=rows[0], actor=actor_of(guests[0]), now=NOW)
    apply(guests[0], day)
    assert manager.get(address).status_code == 404


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_at_the_door(app, client, lang):
    organizer = an_organizer()
    show = a_roadshow(organizer, first=NOW.date())
    guest = an_admitted_investor(name="Ann Guest")
    row = apply(guest, show.days[0], now=NOW - HOUR)
    home = f"/{lang}/events/manage/roadshows/{show.id}"
    signed_in(client, organizer.user)
    assert "Ann Guest" not in client.get(f"{home}/door?q=bo").text
    assert submit(client, f"{home}/door", f"/{row.id}/arrived").status_code == 303
    db.session.expire_all()
    assert row.attended_at == NOW
    assert submit(client, f"{home}/door", f"/{row.id}/undo").status_code == 303
    begins = show.days[0].sessions[0].begins_at
    assert submit(client, home, "/10-minutes-later").status_code == 303
    db.session.expire_all()
    assert (row.attended_at, show.days[0].sessions[0].begins_at) == (None, begins + timedelta(minutes=10))
    admission_ends(guest, NOW)
    db.session.commit()
    submit(client, f"{home}/door", f"/{row.id}/arrived")
    refused = {"zh-Hans": "准入已", "zh-Hant": "准入已", "en": "has ended or is suspended"}[lang]
    assert (refused in client.get(f"{home}/door").text, row.attended_at) == (True, None)


def test_a_step_sent_twice_is_made_once_and_told_once(app, client):
    organizer, guest = an_organizer(), an_admitted_investor()
    show = a_roadshow(organizer, first=NOW.date())
    apply(guest, show.days[0], now=NOW - HOUR)
    first, second = show.days[0].sessions[0], a_session(show.days[0], _at(10, 40))
    db.session.commit()
    signed_in(client, organizer.user)
    home = f"/en/events/manage/roadshows/{show.id}"
    twice = SimpleNamespace(get=client.get, post=lambda *sent, **data: [client.post(*sent, **data) for _ in range(2)])

    def begins():
        db.session.expire_all()
        return [f"{agenda.local(session.begins_at, show.zone):%d %H:%M}" for session in (first, second)]

    assert [a.status_code for a in submit(twice, home, f"/{second.id}/earlier")] == [303, 303]
    assert begins() == ["23 10:40", "23 10:00"]
    assert "by now" in client.get(home).text
    submit(twice, home, f"/{second.id}/10-minutes-later")
    assert begins() == ["23 10:50", "23 10:10"]
    assert len(mails("roadshow_delayed")) == 1
    there = [a.location for a in submit(twice, f"{home}/move", days="0", minutes="60", tell="yes")]
    assert begins() == ["23 11:50", "23 11:10"]
    assert (there, len(mails("roadshow_moved"))) == ([home, home], 1)
    assert submit(client, home, f"/{first.id}/earlier", seen="yesterday").status_code == 303
    assert begins() == ["23 11:50", "23 11:10"]
