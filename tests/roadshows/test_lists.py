"""Long lists: every row stands on one page, and a page costs the same whatever the list holds."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from listing.accounts.models import Organisation
from listing.roadshows import lists
from listing.roadshows.models import Registration
from listing.store.db import db
from tests.factories import NOW, a_user, saved, signed_in

from .made import FIRST_DAY, a_roadshow, an_admitted_investor, an_organizer

NAMES = ["Ada", "Bo", "Çelik", "陈晨", "Émile"]
ROOMS = ("door", "people", "reminders")


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(lists, "PEOPLE", 2)
    monkeypatch.setattr(lists, "SHOWS", 2)


def confirmed(day, names):
    member = an_admitted_investor()
    for n, name in enumerate(names):
        fixed = {"day_id": day.id, "organisation_id": member.organisation_id, "mode": "onsite", "state": "confirmed"}
        saved(Registration(**fixed, account_id=a_user(name=name).id, turn=n, state_at=NOW, applied_at=NOW))
    db.session.commit()


def walk(client, address, selector):
    """What the pages of a list name, one list a page."""
    found = []
    while address:
        page = BeautifulSoup(client.get(address).text, "html.parser")
        found.append([row.find(string=True).strip() for row in page.select(selector)])
        onward = page.select_one('a[rel="next"]')
        address = onward and onward["href"]
    return found


def test_everybody_stands_on_one_page_and_is_found_by_name(app, client, small_pages):
    organizer = an_organizer()
    show = a_roadshow(organizer, onsite=9)
    confirmed(show.days[0], NAMES)
    signed_in(client, organizer.user)
    home, rows = f"/en/events/manage/roadshows/{show.id}", "tbody th"
    assert walk(client, f"{home}/door", rows) == [["Ada", "Bo"], ["Çelik", "Émile"], ["陈晨"]]
    assert walk(client, f"{home}/people", rows) == [["Ada", "Bo"], ["Çelik", "陈晨"], ["Émile"]]
    assert walk(client, f"{home}/door?q=É", rows) == [["Émile"]]
    assert [len(page) for page in walk(client, f"{home}/door?q=e", rows)] == [2, 2, 1]  # their institution has an e
    for odd in ("after=999999", "after=x", "after=9999999999999999999999", "day=9999999999999999999999"):
        assert walk(client, f"{home}/people?{odd}", rows)[0] == ["Ada", "Bo"]


def test_a_page_costs_the_same_for_one_person_and_for_many(app, client, statements):
    counts = []
    for names in (NAMES[:1], NAMES * 9):
        organizer = an_organizer()
        show = a_roadshow(organizer, onsite=99)
        confirmed(show.days[0], names)
        signed_in(client, organizer.user)
        for room in (*ROOMS, f"reminders/{show.reminders[0].id}"):
            with statements() as seen:
                client.get(f"/en/events/manage/roadshows/{show.id}/{room}")
            counts.append(len(seen))
    assert counts[:4] == counts[4:]


def test_roadshows_to_come_and_those_of_an_organizer_are_told_page_by_page(app, client, small_pages):
    organizer = an_organizer()
    for n in (3, 1, 2):
        a_roadshow(organizer, first=FIRST_DAY + timedelta(days=n), code=f"day-{n}")
    signed_in(client, organizer.user)
    for address, codes in (("/en/roadshows", ["1", "2", "3"]), ("/en/events/manage", ["3", "2", "1"])):
        links = []
        while address:
            page = BeautifulSoup(client.get(address).text, "html.parser")
            links += [a["href"][-1] for a in page.select("ul.stack h3 a")]
            onward = page.select_one('a[rel="next"]')
            address = onward and onward["href"]
        assert links == codes


def test_somebody_of_an_institution_with_one_name_only_stands_at_the_door(app, client):
    organizer = an_organizer()
    show = a_roadshow(organizer, onsite=9)
    confirmed(show.days[0], ["Ada"])
    db.session.execute(db.update(Organisation).values(name_zh="只有中文名称的机构", name_en=None))
    db.session.commit()
    signed_in(client, organizer.user)
    for room in ROOMS:
        assert client.get(f"/en/events/manage/roadshows/{show.id}/{room}").status_code == 200
