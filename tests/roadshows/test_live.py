"""Parts of pages that renew themselves: what they say, that they hold no form, and 304 while nothing changed."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup

from listing.bilingual.pair import Pair
from listing.roadshows import running
from listing.roadshows.agenda import Slot
from listing.roadshows.operations import asking, door, seating
from listing.store.db import db
from tests.factories import NOW, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_seating import apply

MINUTE = timedelta(minutes=1)


def test_what_is_on_and_what_comes_next_at_the_edges_of_sessions():
    def slot(number, begins, ends):
        return Slot(number, Pair("", ""), NOW + begins * MINUTE, NOW + ends * MINUTE, None)

    day = [slot(1, 0, 30), slot(2, 10, 40), slot(3, 40, 60), slot(4, 40, 50)]
    expected = {-1: ([], [1]), 0: ([1], [2]), 10: ([1, 2], [3, 4]), 30: ([2], [3, 4]), 40: ([3, 4], []), 60: ([], [])}
    for minutes, wanted in expected.items():
        found = running.at(day, NOW + minutes * MINUTE)
        assert ([s.id for s in found.on], [s.id for s in found.next]) == wanted


def part_of(page):
    """The part of a page that renews itself: where it comes from and what it says."""
    [part] = BeautifulSoup(page.text, "lxml").select("[data-live]")
    assert (part["aria-live"], part.find("form")) == ("polite", None)
    return part["data-live"], " ".join(part.get_text().split())


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_of_the_moment_renews_itself_when_a_session_begins_late_or_a_question_is_published(app, clock, lang):
    organizer, guest, company = an_organizer(), an_admitted_investor(language=lang), a_presenter()
    show = a_roadshow(organizer, first=NOW.date())  # from ten o’clock, which is NOW
    later = a_session(show.days[0], time(10, 35), company=company, title=Pair("", ""))
    db.session.commit()
    clock.set(NOW + 36 * MINUTE)
    visitor, stranger = signed_in(app.test_client(), guest.user), app.test_client()
    page = visitor.get(f"/{lang}/roadshows/{show.code}/now")
    assert f'<noscript><p><a href="/{lang}/roadshows/{show.code}/now?day=' in page.text
    address, said = part_of(page)
    assert company.name_en in said
    first = visitor.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert " ".join(BeautifulSoup(first.text, "lxml").get_text().split()) == said
    clock.advance(MINUTE)
    assert visitor.get(address, headers=known).status_code == 304
    who = {"actor": actor_of(organizer), "now": clock.now()}
    row = asking.ask(session=later, typed="x", actor=actor_of(guest), now=clock.now())
    texts = {"question": Pair("何时量产？", "When does volume production begin?"), "answer": Pair("", "")}
    asking.moderate(row=row, aloud=False, publish=True, **texts, **who)
    db.session.commit()
    assert "何时量产？" in visitor.get(address, headers=known).text
    assert "何时量产？" not in stranger.get(address).text
    door.delay(session=later, minutes=10, seen=later.begins_at, **who)
    db.session.commit()
    assert "10:45" in visitor.get(address).text


def test_who_waits_sees_the_number_fall_and_the_offer_come(app, client):
    day = a_roadshow(onsite=1).days[0]
    guests = [an_admitted_investor() for _ in range(3)]
    rows = [apply(guest, day) for guest in guests]
    signed_in(client, guests[2].user)
    address, said = part_of(client.get(f"/en/roadshows/{day.roadshow.code}"))
    assert "number 2" in said
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    seating.withdraw(row=rows[1], actor=actor_of(guests[1]), now=NOW)
    assert "number 1" in client.get(address, headers=known).text
    seating.withdraw(row=rows[0], actor=actor_of(guests[0]), now=NOW)
    assert "A place is yours" in client.get(address, headers=known).text
    signed_in(client, guests[0].user)
    assert client.get(address).status_code == 404
