"""A version of a rule book is tried on past cases in the room of those who look after the books."""

import io

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from listing.accounts.models import Organisation
from listing.admission import books, trials
from listing.admission.models import Admission, Application, Decision
from listing.admission.operations import trying
from listing.admission.simulating import side
from listing.admission.trial_models import RuleTrial, RuleTrialLine
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import NOW, a_member, a_user, an_organisation, signed_in

from .conftest import SECOND_FACTOR, acting
from .test_simulating import POPULATION, decided, looser, stricter, told

__all__ = ["looser", "stricter"]
PATH = "/en/review/rulebooks/trials"


@pytest.fixture
def supervisor(app):
    return a_member(an_organisation("operator"), "supervisor", a_user(**SECOND_FACTOR))


def send(client, content=b"", **typed):
    page = BeautifulSoup(client.get(PATH).text, "lxml")
    sent = {field["name"]: field["value"] for field in page.select("main input[type=hidden]")} | {"version": ""} | typed
    return sent, lambda: client.post(PATH, data=sent | {"file": (io.BytesIO(content), "new.yaml" if content else "")})


def begun(path, member):
    row = trying.begin(book=books.read(path), content=path.read_text(), actor=acting(member), now=NOW)
    db.session.commit()
    return row


def everything():
    """What a trial must leave as it is."""
    tables = (Application.__table__, Decision.__table__, Admission.__table__)
    return [db.session.execute(select(table).order_by(table.c.id)).all() for table in tables]


def words(page):
    return [" ".join(cell.get_text(" ").split()) for cell in page.select("tbody tr > *")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("met", "met", "stay"),
        ("met", "missing", "lose"),
        ("reviewer_decides", "met", "gain"),
        ("reviewer_decides", "not_met", "otherwise"),
    ],
)
def test_on_which_side_of_a_change_somebody_stands(before, after, expected):
    assert side(before, after) == expected


def test_who_would_lose_by_which_rule_and_nothing_of_what_they_answered(client, supervisor, stricter):
    told([*(decided(*each) for each in POPULATION), {"decisions": []}])
    before = everything()
    signed_in(client, supervisor.user)
    _sent, post = send(client, stricter.read_bytes())
    first, again = post(), post()
    assert (first.status_code, again.location) == (303, first.location)
    page = BeautifulSoup(client.get(first.location).text, "lxml")
    assert [dd.get_text(" ").split()[0] for dd in page.select("dl.sl dd")] == ["1", "0", "0", "2", "1"]
    name, day, was, now_, turned = words(page)
    assert (name, was, now_) == ("Investor 1002", "Met", "Not met")
    assert day.endswith("admitted when this was tested")
    assert "HKD 9 million" in turned
    assert page.select_one("tbody th a")["href"] == "/en/review/admissions/1002"
    assert [text for text in ("8,500,000", "8.5 million", "8500000") if text in page.get_text()] == []
    stay = BeautifulSoup(client.get(f"{first.location}?side=stay").text, "lxml")
    assert [th.get_text(strip=True) for th in stay.select("tbody th")] == ["Investor 1001", "Investor 1003"]
    assert everything() == before
    [entry] = db.session.scalars(select(Entry).where(Entry.code.startswith("rulebook."))).all()
    assert (entry.code, entry.data["lose"], entry.data["unrecorded"]) == ("rulebook.tried", 1, 1)


def test_a_published_version_is_tried_and_a_looser_one_lets_somebody_in(client, supervisor, looser):
    told([decided(*each) for each in POPULATION])
    signed_in(client, supervisor.user)
    there = send(client, version="HK-PI@2018-07-13")[1]().location
    assert "Stay as they are" in client.get(there).text
    row = begun(looser, supervisor)
    assert (row.gain, row.lose, row.stay) == (1, 0, 2)
    for lang in ("zh-Hans", "zh-Hant", "en"):
        assert "Investor 1003" in client.get(f"/{lang}/review/rulebooks/trials/{row.id}").text
        assert client.get(f"/{lang}/review/rulebooks/trials").status_code == 200


def test_many_cases_are_done_in_pieces_and_shown_by_pages(client, supervisor, stricter, statements, monkeypatch):
    monkeypatch.setattr(trying, "BATCH", 2)
    monkeypatch.setattr(trials, "PAGE", 2)
    told([decided("HKD 8500000", "met")] * 5)
    row = begun(stricter, supervisor)
    assert (row.cases, row.finished_at) == (2, None)
    number = row.id
    signed_in(client, supervisor.user)
    client.get(f"{PATH}/{number}")
    with statements() as few:
        page = client.get(f"{PATH}/{number}").text
    assert ("2 cases are done." in page, 'rel="next"' in page) == (True, False)
    assert trying.tend(now=NOW, stopping=lambda: True) == 0
    assert trying.tend(now=NOW, stopping=lambda: False) == 3
    assert trying.tend(now=NOW, stopping=lambda: False) == 0
    row = trials.trial(number)
    assert (row.lose, row.cases, row.finished_at) == (5, 5, NOW)
    codes = db.session.scalars(select(Entry.code).where(Entry.code.startswith("rulebook.")).order_by(Entry.index)).all()
    assert codes == ["rulebook.trial_begun", "rulebook.tried"]
    shown, path = [], f"{PATH}/{number}"
    while path:
        with statements() as many:
            page = BeautifulSoup(client.get(path).text, "lxml")
        assert len(many) == len(few)
        shown += [th.get_text(strip=True) for th in page.select("tbody th")]
        following = page.select_one("a[rel=next]")
        path = following["href"] if following else None
    assert shown == [f"Investor {1001 + number}" for number in range(5)]


def test_what_is_no_rule_book_is_refused_with_its_line(client, supervisor, stricter):
    signed_in(client, supervisor.user)
    route = (books.FOLDER / "QFLP@2022-04-12.yaml").read_bytes()
    for content, version, said in (
        (b"id: HK-PI\nversion: [", "", "at line 3."),
        (b"\xff\xfe", "", "cannot be read as UTF-8"),
        (route, "", "a route has steps and no test"),
        (stricter.read_bytes().replace(b"metric: portfolio", b"metric: <b>luck", 1), "", "&lt;b&gt;luck"),
        (b"", "", "Choose a published version, or the file of one."),
        (stricter.read_bytes(), "HK-PI@2018-07-13", "not both"),
    ):
        answer = send(client, content, version=version)[1]()
        assert (answer.status_code, said in answer.text) == (422, True), said
    assert send(client, version="HK-PI@1999")[1]().status_code == 422
    assert db.session.scalar(select(func.count()).select_from(RuleTrial)) == 0


def test_older_trials_make_room(supervisor, stricter, monkeypatch):
    monkeypatch.setattr(trying, "KEPT", 2)
    told([decided(*POPULATION[1])])
    numbers = [begun(stricter, supervisor).id for _ in range(3)]
    assert [row.id for row in trials.newest()] == numbers[:0:-1]
    assert db.session.scalar(select(func.count()).select_from(RuleTrialLine)) == 2
    assert db.session.scalar(select(func.count()).select_from(Organisation)) > 0
