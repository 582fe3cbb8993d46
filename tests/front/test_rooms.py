"""The home page and the rooms: which companies they show first, how they are marked, and how many there are."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from listing.companies import queries
from listing.store.db import db

from ..accounts import walk
from ..factories import NOW, a_company, a_member, an_organisation, signed_in


def entries(response):
    assert response.status_code == 200, response.text
    page = BeautifulSoup(response.text, "lxml")
    stack = page.select_one("section[aria-labelledby=newest] ul.stack")
    return [" ".join(li.get_text(" ").split()) for li in stack.find_all("li", recursive=False)]


@pytest.mark.parametrize("path", ["/en/", "/en/desk"])
def test_newest_shows_own_companies_only_and_marks_the_fictional(client, path):
    a_company(name_zh="", name_en="Fictional Limited", sector_group="software", sector="ai")
    a_company(
        name_zh="", name_en="Taking Part Limited", origin="participant", now=NOW - timedelta(days=1), city="macao"
    )
    a_company(name_zh="", name_en="From A List", origin="imported", market="HKEX", code="00001")
    person = a_member(an_organisation("investor")).user
    signed_in(client, person if path.endswith("desk") else None)
    db.session.commit()
    assert entries(client.get(path)) == [
        "Fictional Limited Artificial intelligence Fictional",
        "Taking Part Limited Macao",
    ]


def test_the_operator_reads_that_counting_stopped(client, monkeypatch):
    for _ in range(3):
        a_company()
    person = a_member(an_organisation("operator"), role="reviewer").user
    db.session.commit()
    walk.sign_in(client, person)
    walk.set_up_codes(client)
    assert "3 companies are on display." in client.get("/en/review").text
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    queries._listed_count.cache_clear()
    assert "3+ companies are on display." in client.get("/en/review").text


def test_the_operator_reads_the_state_of_the_service_in_chinese(client):
    person = a_member(an_organisation("operator"), role="reviewer").user
    db.session.commit()
    walk.sign_in(client, person)
    walk.set_up_codes(client)
    page = BeautifulSoup(client.get("/zh-Hans/review").text, "lxml")
    state = page.select_one("section[aria-labelledby=service]").text
    assert all(word in state for word in ("定时任务", "从未运行"))
    assert not any(word in state for word in ("scheduler", "never seen"))


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/en/studio", "Studio"),
        ("/en/studio/profiles/new", "Studio"),  # a room of its own, below the studio's address
        ("/en/announcements", "Announcements"),
        ("/en/account", "Account"),
        ("/en/account/messages", "Messages"),
        ("/en/terms", None),
    ],
)
def test_the_header_shows_under_which_of_its_entries_a_page_lies(client, path, current):
    enterprise = signed_in(client, a_member().user)
    header = BeautifulSoup(enterprise.get(path).text, "lxml").header
    marked = [entry.find(string=True) for entry in header.select('nav:not(.langs) [aria-current="true"]')]
    assert [text.strip() for text in marked] == ([current] if current else [])
