"""The history of what a company published: proofs in the log, two revisions compared, nothing hidden in either."""

from base64 import b64decode

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM, Tier
from listing.companies.facts import Facts, Passage
from listing.companies.operations import publishing
from listing.store.db import db

from ..factories import NOW, a_company

PATH = "/en/companies/example/revisions"
NAMES = {"name_zh": "示例有限公司", "name_en": "Example Limited"}


def facts(year, amount, **more):
    texts = (
        Passage("summary", f"我们成立于{year}年。", f"We began in {year}."),
        Passage("market", f"市场机密{year}", f"market secret {year}"),
        Passage("financing", f"融资机密{year}", f"financing secret {year}"),
    )
    financing = {"instrument": "preferred", "currency": "CNY", "unit": "wan", "amount_min": amount}
    return Facts(**NAMES | more, passages=texts, sheets={"financing": financing})


@pytest.fixture
def example(app):
    company = a_company(facts(2019, 80_000_000_00), slug="example")
    for year, amount in ((2020, 90_000_000_00), (2021, 95_000_000_00)):
        publishing.publish_revision(
            company=company, facts=facts(year, amount, website="https://example.com"), actor=SYSTEM, now=NOW
        )
    db.session.commit()
    return company


def read(client, query="", lang="en"):
    answer = client.get(PATH.replace("/en/", f"/{lang}/") + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def changed(page):
    return [
        (head.get_text(), [mark.get_text() for mark in head.find_next_sibling("div").select("del, ins")])
        for head in page.select("h4")
    ]


def test_every_revision_has_its_entry_and_its_proof_in_the_log(client, example):
    rows = read(client).select("table.revisions tbody tr")
    assert [row.th.get_text() for row in rows] == ["3", "2", "1"]
    for row in rows:
        entry, proof = (client.get(link["href"]).json for link in row.select("a"))
        assert b64decode(proof["leaf_hash"]).hex() == row.code["title"]
        assert entry["code"] in ("company.displayed", "company.published")


def test_the_last_two_are_compared_in_each_language_unless_others_are_named(client, example):
    assert changed(read(client)) == [
        ("At a glance", ["[removed: 2020]", "[added: 2021]"]),
        ("企业概况", ["[removed: 2020年]", "[added: 2021年]"]),
    ]
    assert changed(read(client, "?old=1&new=3"))[0] == ("Website", ["[added: https://example.com]"])


@pytest.mark.parametrize(
    ("tier", "seen"),
    [
        (Tier.PUBLIC, set()),
        (Tier.REGISTERED, {"market"}),
        (Tier.ADMITTED, {"market", "financing", "amount"}),
    ],
)
def test_a_difference_tells_nobody_more_than_the_page_does(client, visit_as, example, tier, seen):
    visit_as(tier)
    text = read(client, "?old=1&new=3").get_text().replace("\xa0", " ")
    found = {"market": "market secret", "financing": "financing secret", "amount": "95 million"}
    assert {name for name, words in found.items() if words in text} == seen
    assert example.revision.digest not in text


@pytest.mark.parametrize("query", ["?old=9&new=1", "?old=99999999999999999999", "?old=0"])
def test_a_number_that_there_is_not_is_named(client, example, query):
    page = read(client, query)
    assert "There is no revision" in page.select_one(".note").get_text()
    assert page.select("h4") == []


def test_what_is_no_number_is_the_last_two(client, example):
    assert read(client, "?old=x&new=%00").select_one("h2").get_text() == "From revision 2 to revision 3"


def test_a_suspended_company_shows_none_and_a_withdrawn_one_is_gone(client, example):
    publishing.suspend(company=example, reason="operator", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert client.get(PATH).status_code == 404
    publishing.withdraw(company=example, reason="operator", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert client.get(PATH).status_code == 410


def test_the_company_page_leads_there_and_statements_stay_as_many(client, example, statements):
    page = BeautifulSoup(client.get("/en/companies/example").text, "lxml")
    assert page.find("a", href=PATH)
    with statements() as three:
        read(client)
    for year in range(2022, 2026):
        publishing.publish_revision(company=example, facts=facts(year, 1_00), actor=SYSTEM, now=NOW)
    db.session.commit()
    with statements() as seven:
        read(client)
    assert len(seven) == len(three)
