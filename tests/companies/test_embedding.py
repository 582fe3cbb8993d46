"""The card for other sites: the same for everybody, framed anywhere, kept anywhere, nothing hidden in it."""

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM, Tier
from listing.companies.operations import publishing
from listing.store.db import db

from ..factories import NOW, a_company

PATH = "/embed/en/companies/example"


@pytest.fixture
def example(app):
    company = a_company(
        slug="example",
        name_en="Example <b>Limited",
        city="shenzhen",
        domicile="CN",
        sector="robotics",
        passages=[("summary", "概况", "Summary"), ("market", "市场机密", "market secret")],
    )
    db.session.commit()
    return company


def test_it_holds_names_sector_place_and_the_way_to_the_page(client, example):
    page = BeautifulSoup(client.get(PATH).text, "lxml")
    assert page.h1.get_text(" ", strip=True).startswith("Example <b>Limited ")
    assert [tag.get_text() for tag in page.select(".tag")] == ["Fictional", "Robotics", "Shenzhen"]
    assert [a["href"].split("/", 3)[3] for a in page.select("a")] == ["en/companies/example"]


def test_any_site_may_frame_and_keep_it_and_it_sets_no_cookie(client, example):
    answer = client.get(PATH)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers


def test_no_other_page_may_be_framed(client, example):
    answer = client.get("/en/companies/example")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_it_is_the_same_for_everybody(client, visit_as, example):
    seen = []
    for tier in (Tier.PUBLIC, Tier.ADMITTED, Tier.STAFF):
        visit_as(tier)
        seen.append(client.get(PATH).text)
    assert len(set(seen)) == 1
    assert "secret" not in seen[0]


def test_what_is_not_on_display_has_none(client, example):
    publishing.suspend(company=example, reason="operator", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert client.get(PATH).status_code == 404
    assert "frame-ancestors 'none'" in client.get(PATH).headers["Content-Security-Policy"]
