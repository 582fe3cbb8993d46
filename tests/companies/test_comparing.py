"""Two to five companies beside each other."""

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM, Tier
from listing.companies.operations import publishing
from listing.store.db import db

from ..factories import NOW, a_company
from ..rates.conftest import taken
from .test_factsheet import with_sheets
from .test_figures import a_period
from .test_figures import content as figures_of


@pytest.fixture
def three(app):
    rows = [
        a_company(
            slug=f"firm-{n}",
            name_en=f"Firm {n} Limited",
            name_zh=f"第{n}有限公司",
            founded=2010 + n,
            passages=[("summary", f"摘要{n}", f"Summary {n}"), ("market", "市场机密", "market secret")],
        )
        for n in (1, 2, 3)
    ]
    db.session.commit()
    return rows


def table(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "lxml")
    rows = page.select("table.compare tbody tr")
    return page, {row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.select("td")] for row in rows}


def test_the_same_facts_stand_beside_each_other(client, three):
    page, rows = table(client, "/en/companies/compare?c=firm-2&c=firm-1")
    assert [a.get_text(" ", strip=True) for a in page.select("thead a.names")] == [
        "Firm 2 Limited 第2有限公司",
        "Firm 1 Limited 第1有限公司",
    ]
    assert rows["Founded"] == ["2012", "2011"]
    assert rows["In short"] == ["Summary 2", "Summary 1"]
    assert rows["Stage"] == ["not stated", "not stated"]


@pytest.mark.parametrize("tier", [Tier.PUBLIC, Tier.REGISTERED])
def test_nothing_hidden_is_in_it(client, visit_as, three, tier):
    visit_as(tier)
    assert "secret" not in client.get("/en/companies/compare?c=firm-1&c=firm-2").text


def test_a_cell_in_the_other_language_says_so(client, app):
    a_company(slug="only-chinese", passages=[("summary", "只有中文", "")])
    db.session.commit()
    page, _rows = table(client, "/en/companies/compare?c=only-chinese")
    assert page.find("td", string="只有中文")["lang"] == "zh-Hans"


def test_six_are_cut_to_five_and_one_gone_is_left_out_in_words(client, three):
    publishing.suspend(company=three[0], reason="operator", actor=SYSTEM, now=NOW)
    db.session.commit()
    asked = "&".join(f"c={slug}" for slug in ("firm-1", "firm-2", "firm-3", "x", "y", "z"))
    page, rows = table(client, f"/en/companies/compare?{asked}&c=%00")
    text = page.get_text(" ")
    assert "the first five are shown" in text
    assert "3 companies are no longer on display" in text
    assert rows["Founded"] == ["2012", "2013"]


def test_another_is_found_and_added_by_links_alone(client, three):
    page, _rows = table(client, "/en/companies/compare?c=firm-1&q=firm")
    add = [a["href"] for a in page.find_all("a") if a.get_text().startswith("Add to the comparison")]
    assert sorted(add) == ["/en/companies/compare?c=firm-1&c=firm-2", "/en/companies/compare?c=firm-1&c=firm-3"]


@pytest.mark.parametrize("words", ["%00", "%FF", "“", "a" * 5000, '"', "*", "NEAR("])
def test_whatever_is_typed_is_answered(client, three, words):
    assert client.get(f"/en/companies/compare?c=firm-1&q={words}").status_code == 200


def test_its_statements_do_not_grow_with_the_companies(client, three, statements):
    def cost(*slugs):
        address = "/en/companies/compare?" + "&".join(f"c={slug}" for slug in slugs)
        client.get(address)
        with statements() as seen:
            client.get(address)
        return len(seen)

    assert cost("firm-1", "firm-2") == cost("firm-1", "firm-2", "firm-3")


@pytest.fixture
def with_figures(three):
    years = [a_period("2025-12-31", revenue=88_300_000_00, net_profit=-1_234_567_00), a_period(revenue=95_000_000_00)]
    with_sheets(three[0], figures=figures_of(years[0]))
    with_sheets(three[1], figures=figures_of(years[1], currency="MOP"))
    taken()


FIGURES = "/en/companies/compare?c=firm-1&c=firm-2&c=firm-3"


@pytest.mark.parametrize(
    ("tier", "revenue"),
    [
        (Tier.PUBLIC, None),
        (Tier.REGISTERED, "CNY 50 million to CNY 100 million"),
        (Tier.ADMITTED, "CNY 88.3 million"),
    ],
)
def test_figures_are_those_of_the_page_of_each(client, visit_as, with_figures, tier, revenue):
    visit_as(tier)
    page, rows = table(client, FIGURES + "&currency=HKD")
    assert (rows["Revenue"][0].replace("\xa0", " ").split("≈")[0] if "Revenue" in rows else None) == revenue
    assert ("≈" in page.text) == (tier == Tier.ADMITTED)
    assert ("88.3" in page.text.replace("\xa0", " ")) == (tier == Tier.ADMITTED)


def test_an_amount_stands_beside_its_conversion_and_says_where_there_is_no_rate(client, visit_as, with_figures):
    visit_as(Tier.ADMITTED)
    page, rows = table(client, FIGURES + "&currency=HKD")
    said = [" ".join(cell.split()) for cell in rows["Revenue"]]
    assert said[0].startswith("CNY 88.3 million≈HKD 97.08 million")
    assert said[1:] == ["MOP 95 millionno recent rate to HKD", "not stated"]
    text = " ".join(page.text.split())
    assert "CNY → HKD: (1 CNY = 1.0994154 HKD, computed from EUR/CNY 7.8509, EUR/HKD 8.6314; " in text
    assert "20 Nov 2026" in text


def test_without_a_currency_nothing_is_converted_and_one_unknown_is_said(client, visit_as, with_figures):
    visit_as(Tier.ADMITTED)
    for query in ("", "&currency=", "&currency=XXX"):
        page, _rows = table(client, FIGURES + query)
        assert "≈" not in page.text
    assert "Choose a currency from the list." in page.text
