"""The directory: cards, filters, orders, pages by key, counts, empty states."""

import base64
import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.access.actor import SYSTEM, Tier
from listing.companies import directory, queries
from listing.companies.directory import FIRST, LAST, Place, Selection
from listing.companies.models import Company
from listing.companies.operations import publishing
from listing.store.db import db

from ..factories import NOW, a_company

TWO = [("summary", "两种语言的概况。", "A summary in two languages.")]


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "lxml")


def names(page):
    return [tag.get_text() for tag in page.select(".cards-list h2 a")]


def shown(client, query="", language="en"):
    return names(page_of(client, f"/{language}/companies{query}"))


def test_a_card_says_who_what_where_and_where_it_comes_from(client):
    a_company(
        market="HKEX",
        code="00700",
        origin="imported",
        name_zh="騰訊控股有限公司",
        name_script="Hant",
        name_en="Tencent Holdings Limited",
        sector_group="software",
        sector="internet",
        domicile="CN",
        city="shenzhen",
        stage="listed",
        passages=[("summary", "", "An English summary.")],
    )
    db.session.commit()
    card = page_of(client, "/en/companies").select_one(".cards-list > li")
    assert card.h2.a.get_text() == "Tencent Holdings Limited"
    assert card.h2.a["href"] == "/en/companies/tencent"
    assert (card.h2.select_one(".sub").get_text(), card.h2.select_one(".sub")["lang"]) == (
        "騰訊控股有限公司",
        "zh-Hant",
    )
    assert [span.get_text() for span in card.select(".facts span")] == [
        "Internet platforms",
        "Shenzhen",
        "Listed",
        "HKEX 00700",
    ]
    assert [tag.get_text() for tag in card.select(".tag")] == [
        "English only",
        "Imported facts, not verified, not a participant",
    ]


def test_a_reader_of_chinese_gets_the_chinese_name_first(client):
    a_company(name_zh="示例科技有限公司", name_en="Example Technology Limited", passages=TWO)
    a_company(name_zh="", name_en="Only English Limited")
    db.session.commit()
    cards = page_of(client, "/zh-Hant/companies").select(".cards-list > li")
    assert [(t.get_text(), t["lang"]) for t in cards[0].h2.select("[lang]")] == [("Only English Limited", "en")]
    assert [(t.get_text(), t["lang"]) for t in cards[1].h2.select("[lang]")] == [
        ("示例科技有限公司", "zh-Hans"),
        ("Example Technology Limited", "en"),
    ]


FILTERED = {
    "?market=HKEX": ["Listed"],
    "?place=CN": ["Macau", "Listed"],
    "?place=zhuhai": ["Macau"],
    "?place=HK": ["Young"],
    "?place=gba": ["Young", "Macau"],
    "?place=guiyang": ["Listed"],
    "?sector=software": ["Young", "Listed"],
    "?sector=ai": ["Young"],
    "?stage=seed": ["Young"],
    "?languages=both": ["Young"],
    "?languages=en": ["Listed"],
    "?origin=imported": ["Listed"],
    "?origin=demo&sector=software": ["Young"],
    "?origin=own": ["Young", "Macau"],
    "?origin=all": ["Young", "Macau", "Listed"],
    "?origin=all&place=CN": ["Macau", "Listed"],
    "?sector=nonsense": ["Young", "Macau"],
    "?sector=ai&stage=nonsense&languages=klingon&origin=%00": ["Young"],
    "?market=%27;drop": [],
    "?market=%00": ["Young", "Macau"],
}


@pytest.mark.parametrize(("query", "expected"), FILTERED.items())
def test_each_filter_keeps_what_it_says(client, query, expected):
    a_company(
        name_en="Listed",
        market="HKEX",
        code="00001",
        origin="imported",
        domicile="CN",
        city="guiyang",
        sector_group="software",
        sector="internet",
        stage="listed",
        passages=[("summary", "", "English.")],
    )
    a_company(name_en="Macau", domicile="CN", city="zhuhai", sector_group="finance", sector="banking", stage="c")
    a_company(name_en="Young", domicile="HK", city="", sector_group="software", sector="ai", stage="seed", passages=TWO)
    db.session.commit()
    assert shown(client, query) == expected


def test_our_own_companies_stand_first_and_the_others_are_one_link_away(client):
    for n in range(27):
        a_company(name_en=f"Own {n:02d}", sector_group="software")
    a_company(name_en="From a list", origin="imported", market="HKEX", code="00001", sector_group="software")
    db.session.commit()
    page = page_of(client, "/en/companies")
    assert (len(names(page)), "From a list" in names(page)) == (25, False)
    tabs = {tab.get_text(): (tab["href"], tab.get("aria-current")) for tab in page.select(".origins a")}
    assert tabs == {
        "All": ("/en/companies?origin=all", None),
        "On Baybridge": ("/en/companies?origin=own", "true"),
        "Imported": ("/en/companies?origin=imported", None),
    }
    assert page.select_one(".chips") is None
    assert page.select_one("#f-origin option[selected]") is None
    assert page.find("a", string="CSV")["href"] == "/en/companies/csv?origin=own"
    assert [len(found) for found in walk(client, "", "next")] == [25, 2]
    assert [len(found) for found in walk(client, "?origin=all", "next")] == [25, 3]
    assert shown(client, "?origin=imported") == shown(client, "?q=list") == ["From a list"]
    chips = page_of(client, "/en/companies?sector=software").select(".chips a")
    assert chips[0]["href"] == "/en/companies?origin=all"


def test_without_companies_of_our_own_the_list_begins_with_all(client):
    a_company(name_en="From a list", origin="imported", market="HKEX", code="00001")
    db.session.commit()
    assert shown(client) == ["From a list"]
    assert page_of(client, "/en/companies?origin=own").select_one(".empty") is not None


def test_a_suspended_or_withdrawn_company_is_not_listed(client):
    a_company(name_en="Stays")
    gone, paused = a_company(name_en="Gone", passages=TWO), a_company(name_en="Paused", passages=TWO)
    publishing.withdraw(company=gone, reason="test", actor=SYSTEM, now=NOW)
    publishing.suspend(company=paused, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert shown(client) == ["Stays"]
    assert shown(client, "?q=Gone") == []
    assert shown(client, "?q=两种语言") == []
    assert "1 company" in client.get("/en/companies").text


def sixty():
    """Sixty companies in an order of display, of English and of Chinese names that have nothing in common."""
    for n in range(60):
        a_company(
            name_en=f"Enterprise {chr(97 + n * 7 % 26)}{n % 3}",
            name_zh=f"企业{'甲乙丙丁戊己庚'[n % 7]}{n:02d}",
            now=NOW + timedelta(minutes=n * 13 % 5),
            sector_group="software" if n % 2 else "finance",
            passages=TWO,
        )
    db.session.commit()


def walk(client, query, step, language="en"):
    """The slugs of every page from the address on, following the links named ``step``."""
    address, pages = f"/{language}/companies{query}", []
    while address:
        page = page_of(client, address)
        pages.append([tag["href"].rsplit("/", 1)[1] for tag in page.select(".cards-list h2 a")])
        link = page.select_one(f"nav.pager a[rel={step}]")
        address = link["href"] if link else None
        assert len(pages) < 10
    return pages


def in_order(*columns, where=queries.displayed):
    table = queries.Company.__table__
    return list(db.session.scalars(db.select(table.c.slug).where(where).order_by(*columns)))


TABLE = queries.Company.__table__.c
ORDERS = {
    "newest": ("en", "", (TABLE.displayed_at.desc(), TABLE.id.desc())),
    "English names": ("en", "?sort=name", (TABLE.sort_en, TABLE.id)),
    "Chinese names": ("zh-Hans", "?sort=name", (TABLE.sort_zh, TABLE.id)),
    "matches": ("en", "?q=Enterprise&sort=newest", (TABLE.id.desc(),)),
    "matches by name": ("en", "?q=Enterprise&sort=name", (TABLE.sort_en, TABLE.id)),
}


@pytest.mark.parametrize("name", ORDERS)
def test_pages_follow_each_other_without_gap_or_repeat_in_both_directions(client, name):
    sixty()
    language, query, columns = ORDERS[name]
    expected = in_order(*columns)
    forward = walk(client, query, "next", language)
    assert [len(page) for page in forward] == [25, 25, 10]
    assert sum(forward, []) == expected
    joint = "&" if query else "?"
    backward = walk(client, f"{query}{joint}page=last", "prev", language)
    assert [len(page) for page in backward] == [25, 25, 10]
    assert sum(reversed(backward), []) == expected


def test_pages_by_relevance_follow_each_other_too(client):
    sixty()
    forward = walk(client, "?q=Enterprise", "next")
    assert [len(page) for page in forward] == [25, 25, 10]
    assert sorted(sum(forward, [])) == sorted(in_order(TABLE.id))
    assert walk(client, "?q=Enterprise&page=last", "prev") == forward[::-1]


def test_pages_of_a_filtered_search_hold_what_both_ask_for(client):
    sixty()
    found = walk(client, "?q=Enterprise&sector=software", "next")
    assert [len(page) for page in found] == [25, 5]
    assert sorted(sum(found, [])) == sorted(in_order(TABLE.id, where=TABLE.sector_group == "software"))


def test_filters_and_order_stay_in_the_links_of_the_pages(client):
    sixty()
    page = page_of(client, "/zh-Hans/companies?sector=software&sort=name")
    link = page.select_one("nav.pager a[rel=next]")["href"]
    assert link.startswith("/zh-Hans/companies?sector=software&sort=name&page=")
    assert "sector=software&sort=name" in page.find("a", string="CSV")["href"]


def packed(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


BAD = [
    "x",
    "%00",
    "ä" * 9,
    "a" * 5000,
    packed(None),
    packed([]),
    packed({"a": 1}),
    packed(["newest", True, "2026-11-23", 3]),
    packed(["newest", True, "2026-11-23T00:00:00+00:00", 0]),
    packed(["newest", True, "2026-11-23T00:00:00+00:00", 2**63]),
    packed(["newest", True, "2026-11-23T00:00:00+00:00", True]),
    packed(["newest", 1, "2026-11-23T00:00:00+00:00", 3]),
    packed(["newest", True, 3, 3]),
    packed(["newest", True, "9999-99-99T00:00:00+00:00", 3]),
    packed(["name-zh", True, "enterprise", 3]),
    packed(["relevance", True, float("nan"), 3]),
    packed(["name-en", True, "\ud800", 3]),
]


@pytest.mark.parametrize("cursor", BAD)
@pytest.mark.parametrize("query", ["?", "?sort=name&", "?q=Enterprise&"])
def test_a_bad_cursor_is_the_first_page(client, cursor, query):
    a_company(name_en="Enterprise")
    db.session.commit()
    assert shown(client, f"{query}page={cursor}") == ["Enterprise"]


@pytest.mark.parametrize("cursor", BAD)
@pytest.mark.parametrize("order", ["newest", "name-en", "relevance"])
def test_a_bad_cursor_names_no_place(cursor, order):
    assert directory.read_place(cursor, order) == FIRST


def test_a_cursor_whose_rows_are_gone_leads_to_the_first_page(client):
    a_company(name_en="Enterprise")
    db.session.commit()
    before_all = directory.written(Place(True, NOW - timedelta(days=9), 1), "newest")
    assert shown(client, f"?page={before_all}") == ["Enterprise"]


@pytest.mark.parametrize(
    ("at", "order"),
    [
        (Place(True, NOW, 5), "newest"),
        (Place(False, "chen ling 𠮷", 2**62), "name-zh"),
        (Place(True, None, 50), "relevance"),
    ],
)
def test_a_cursor_comes_back_as_it_was_written(at, order):
    assert directory.read_place(directory.written(at, order), order) == at
    assert directory.read_place(directory.written(at, order), "name-en") == FIRST
    assert directory.read_place("last", order) == LAST


def test_the_count_stops_at_its_cap(client, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    queries._listed_count.cache_clear()
    try:
        for n in range(3):
            a_company(name_en=f"Enterprise {n}")
        db.session.commit()
        assert "3 companies" in client.get("/en/companies").text
        a_company(name_en="Enterprise 4")
        db.session.commit()
        for query in ("", "?market=GBA", "?q=Enterprise", "?q=Enterprise&market=GBA"):
            assert "3+ companies" in client.get(f"/en/companies{query}").text
    finally:
        queries._listed_count.cache_clear()


ADDRESSES = ("", "?sort=name", "?page=last", "?market=GBA&sort=name", "?q=Enterprise", "?q=Enterprise&sector=software")


@pytest.mark.parametrize("query", ADDRESSES)
def test_a_page_costs_the_same_statements_for_one_row_and_for_three(client, statements, query):
    costs = []
    for number in (1, 2):
        for _ in range(number):
            a_company(name_en="Enterprise", sector_group="software", passages=TWO)
        db.session.commit()
        with statements() as seen:
            assert len(shown(client, query)) == (1 if number == 1 else 3)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 12


def test_nothing_found_names_the_filter_that_excludes_most(client):
    for n in range(3):
        a_company(name_en=f"Enterprise {n}", stage="seed", domicile="HK")
    a_company(name_en="Other", stage="b", domicile="CN")
    db.session.commit()
    page = page_of(client, "/en/companies?stage=seed&place=CN&market=GBA")
    text = page.select_one(".empty").get_text(" ", strip=True)
    assert "Most is excluded by “Place”: without it there are 3 companies." in text
    assert [a["href"] for a in page.select(".empty a")] == ["/en/companies?market=GBA&stage=seed", "/en/companies"]


def test_an_empty_directory_says_what_comes_and_offers_a_start(client):
    page = page_of(client, "/en/companies")
    assert page.select_one(".empty strong").get_text() == "No company is on display yet."
    assert page.select_one(".empty a.btn").get_text() == "Sign up as an enterprise"


def test_each_filter_in_use_can_be_dropped_by_itself(client):
    a_company(stage="seed", domicile="HK")
    db.session.commit()
    page = page_of(client, "/en/companies?q=Sample&stage=seed&place=HK&sort=newest")
    chips = {chip.get_text(" ", strip=True): chip.a["href"] for chip in page.select(".chips li")}
    assert chips == {
        "Place Hong Kong Remove Place Hong Kong": "/en/companies?q=Sample&stage=seed&sort=newest",
        "Stage Seed Remove Stage Seed": "/en/companies?q=Sample&place=HK&sort=newest",
        "Clear all": "/en/companies",
    }
    assert page.select_one("#f-stage option[selected]")["value"] == "seed"
    assert page.select_one("#q")["value"] == "Sample"


def test_an_unlisted_city_stays_chosen_in_the_form(client):
    a_company(city="Port Louis", domicile="other")
    db.session.commit()
    page = page_of(client, "/en/companies?place=Port+Louis")
    assert len(names(page)) == 1
    assert page.select_one("#f-place option[selected]")["value"] == "Port Louis"


def test_what_is_typed_is_escaped(client):
    page = client.get('/en/companies?q="><script>alert(1)</script>&market=<b>x').text
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_a_visitor_finds_nothing_by_a_text_that_is_hidden_from_him(client, visit_as):
    a_company(name_en="Enterprise", passages=[*TWO, ("financing", "募集一亿元。", "Raising a hundred million.")])
    db.session.commit()
    for query in ("?q=募集一亿元", "?q=Raising+hundred", "?q=Raising&sort=newest", "?q=Raising&market=GBA"):
        visit_as(Tier.REGISTERED)
        assert shown(client, query) == []
        assert page_of(client, f"/en/companies{query}").select_one(".listhead") is None
        visit_as(Tier.ADMITTED)
        assert shown(client, query) == ["Enterprise"]


def test_selection_drops_relevance_with_the_query():
    assert Selection(q="x", sort="relevance", stage="a").without("q") == Selection(stage="a", sort="newest")
    assert Selection(q="x", sort="relevance", stage="a").without("stage") == Selection(q="x", sort="relevance")


def test_a_word_without_results_is_not_blamed_on_itself(client):
    a_company(name_en="Enterprise")
    db.session.commit()
    empty = page_of(client, "/en/companies?q=zzzz").select_one(".empty")
    assert empty.select_one("strong").get_text() == "Nothing found for “zzzz”."
    assert "Most is excluded" not in empty.get_text()
    assert "Check the spelling, or try the stock code or one character less." in empty.get_text()


def test_own_companies_are_found_by_two_indexes(app):
    if db.engine.dialect.name == "sqlite":  # with no more than these rows PostgreSQL reads the table
        asked = select(Company.id).where(queries.also_displayed, queries.on_baybridge)
        text = str(asked.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
        used = [row[3].partition(" USING INDEX ")[2].partition(" ")[0] for row in plan if "USING INDEX" in row[3]]
        assert used == ["sqlite_autoindex_company_1", "ix_company_organisation_id"]
        assert not any(row[3].startswith("SCAN") for row in plan)
