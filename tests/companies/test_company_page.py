"""The page of one company: who sees which section, scripts, views, status, share metadata."""

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM, Tier
from listing.companies.operations import publishing
from listing.store.db import db

from ..factories import NOW, a_company, an_organisation

SECTIONS = {
    "summary": ("概况：开放给所有人。", "Summary for everybody."),
    "business": ("业务：软件销售。", "Business of selling software."),
    "market": ("市场：注册可见。", "Market text for registered people."),
    "team": ("团队：二十人。", "Team of twenty."),
    "financing": ("融资：一亿元。", "Financing of a hundred million."),
}
VISIBLE = {
    Tier.PUBLIC: ["summary", "business"],
    Tier.REGISTERED: ["summary", "business", "market", "team"],
    Tier.ADMITTED: list(SECTIONS),
    Tier.STAFF: list(SECTIONS),
}
LABELS = {"market": "Market and competition", "team": "Team", "financing": "Financing"}


def soup(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "lxml")


@pytest.fixture
def company(app):
    passages = [(section, zh, en) for section, (zh, en) in SECTIONS.items()]
    row = a_company(name_zh="示例软件有限公司", name_en="Example Software Limited", slug="example", passages=passages)
    db.session.commit()
    return row


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_each_tier_sees_its_sections_and_nothing_of_the_others(client, visit_as, company, tier, language):
    visit_as(tier)
    html = client.get(f"/{language}/companies/example").text
    for section, texts in SECTIONS.items():
        for text in texts:
            assert (text in html) == (section in VISIBLE[tier]), (section, tier)
    page = BeautifulSoup(html, "lxml")
    assert [tag["id"] for tag in page.select(".bilingual section > h2[id^=s-]")] == [f"s-{s}" for s in VISIBLE[tier]]


@pytest.mark.parametrize("tier", Tier)
def test_the_gate_names_what_is_behind_it(client, visit_as, company, tier):
    visit_as(tier)
    page = soup(client, "/en/companies/example")
    hidden = [LABELS[section] for section in SECTIONS if section not in VISIBLE[tier]]
    assert [tag.get_text() for tag in page.select(".gate .tag")] == hidden
    assert bool(page.select_one(".gate")) == bool(hidden)
    signs_up = [link["href"] for link in page.select(".gate a.btn")]
    assert signs_up == (["/en/register?kind=investor&next=/en/companies/example"] if tier == Tier.PUBLIC else [])


def test_a_section_that_does_not_exist_is_not_promised(client, app):
    a_company(slug="short", passages=[("summary", "概况", "Summary")])
    db.session.commit()
    assert soup(client, "/en/companies/short").select_one(".gate") is None


def test_the_people_of_a_company_see_all_of_it_and_only_of_it(client, visit_as):
    own, other = an_organisation(), an_organisation()
    texts = [("financing", "募集资金", "Money wanted")]
    a_company(slug="own", organisation_id=own.id, passages=texts)
    a_company(slug="other", organisation_id=other.id, passages=texts)
    a_company(slug="nobodys", passages=texts)
    db.session.commit()
    visit_as(Tier.REGISTERED, organisation_id=own.id)
    seen = {slug: "Money wanted" in client.get(f"/en/companies/{slug}").text for slug in ("own", "other", "nobodys")}
    assert seen == {"own": True, "other": False, "nobodys": False}


def test_sides_stand_in_the_order_of_the_reader_with_their_languages(client, company):
    for language, order in (("en", ["en", "zh-Hans"]), ("zh-Hant", ["zh-Hans", "en"])):
        row = soup(client, f"/{language}/companies/example").select_one(".bi")
        assert [side["lang"] for side in row.find_all("div", recursive=False)] == order


def test_the_other_script_is_derived_and_says_so(client, company):
    page = soup(client, "/zh-Hant/companies/example?script=Hant")
    assert page.select_one(".bi [lang=zh-Hant]").get_text(strip=True) == "概況：開放給所有人。"
    assert "自動轉換" in page.get_text() or "Converted automatically" in page.get_text()
    typed = soup(client, "/zh-Hant/companies/example?script=Hans")
    assert typed.select_one(".bi [lang=zh-Hans]").get_text(strip=True) == "概况：开放给所有人。"
    assert len(typed.select(".bilingual .tag.warn")) == 0


@pytest.mark.parametrize("query", ["script=Hent", "script=<b>", "view=all", "view=zh&script=Hans"])
def test_unknown_views_and_scripts_are_the_usual_ones(client, company, query):
    page = soup(client, f"/en/companies/example?{query}")
    checked = [radio["value"] for radio in page.select("input[name=view][checked]")]
    assert checked == ["zh" if query.startswith("view=zh") else "both"]
    assert "<b>" not in page.decode()


def test_the_view_is_a_form_that_works_without_script_and_keeps_the_chosen_script(client, company):
    form = soup(client, "/en/companies/example?view=en&script=Hant").select_one("form.bibar")
    assert form["method"] == "get"
    assert [radio["value"] for radio in form.select("input[type=radio]")] == ["both", "zh", "en"]
    assert form.select_one("input[type=hidden][name=script]")["value"] == "Hant"
    assert form.select_one("button[type=submit]")
    assert [a["href"] for a in form.select("a")] == [f"?view=en&script={s}" for s in ("", "Hans", "Hant")]


def test_a_missing_side_is_said_and_leaves_nothing_to_choose(client, app):
    a_company(slug="imported", market="HKEX", code="00002", origin="imported", passages=[("summary", "", "English.")])
    db.session.commit()
    page = soup(client, "/zh-Hans/companies/imported")
    assert len(page.select(".bi.single")) == 1
    assert page.select_one("form.bibar") is None
    assert page.select_one(".note") is not None


def test_names_stand_as_registered_and_the_other_script_is_marked(client, app):
    a_company(slug="hant", name_zh="潮痕減碳科技有限公司", name_script="Hant", name_en="Tidemark Limited")
    a_company(slug="given", name_zh="示例资讯", name_zh_alt="示例資訊", name_en="Given")
    a_company(slug="word", name_zh="航天信息", name_en="Word")
    db.session.commit()
    page = soup(client, "/zh-Hans/companies/hant")
    assert page.h1.select_one("[lang=zh-Hant]").get_text() == "潮痕減碳科技有限公司"
    derived = page.select_one("#facts + dl [lang=zh-Hans]")
    assert derived.get_text() == "潮痕减碳科技有限公司"
    assert derived.parent.select_one(".mute") is not None
    given = soup(client, "/en/companies/given").select_one("#facts + dl [lang=zh-Hant]")
    assert given.get_text() == "示例資訊"
    assert given.parent.select_one(".mute") is None
    assert soup(client, "/en/companies/word").select_one("#facts + dl [lang=zh-Hant]") is None


def test_facts_and_their_sources_are_stated(client, app):
    a_company(
        slug="facts",
        registration_scheme="USCC",
        registration_number="91152201078394644E",
        lei="5493001KJTIIGC8Y1R12",
        founded=2014,
        website="https://facts.example",
        sector_group="software",
        sector="ai",
        former_names=({"zh": "旧名有限公司", "en": "Old Name Limited", "until": "2020-05"},),
    )
    db.session.commit()
    page = soup(client, "/en/companies/facts")
    facts = {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in page.select("#facts + dl > div")}
    assert facts["Unified social credit code"] == "91152201078394644E"
    assert (facts["LEI"], facts["Founded"]) == ("5493001KJTIIGC8Y1R12", "2014")
    assert facts["Former name"] == "旧名有限公司 Old Name Limited until 2020-05"
    link = page.select_one("#facts + dl a")
    assert (link["href"], link.get_text()) == ("https://facts.example", "facts.example")
    assert set(link["rel"]) >= {"nofollow", "noopener"}
    checks = [(row.dt.get_text(), row.dd.get_text()) for row in page.select("#checked + dl > div")]
    assert checks == [
        ("Names and facts", "Fictional company"),
        ("Registration number", "Check digit does not match; shown as stated"),
        ("Texts and figures", "Invented for demonstration"),
    ]


def test_a_website_is_linked_only_when_it_is_one(client, company):
    company.website = "javascript:alert(1)"
    db.session.commit()
    assert "javascript:" not in client.get("/en/companies/example").text


def test_a_withdrawn_company_is_gone_with_date_and_nothing_else(client, company):
    publishing.withdraw(company=company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    page = soup(client, "/en/companies/example", 410)
    assert "23 Nov 2026" in page.main.get_text()
    assert page.h1.get_text(" ", strip=True) == "Example Software Limited 示例软件有限公司"
    assert not any(text in page.get_text() for texts in SECTIONS.values() for text in texts)
    assert page.select_one("form[role=search] input[name=q]") is not None
    assert client.get("/en/companies/example/qr.svg").status_code == 404


def test_a_suspended_company_shows_facts_and_no_texts_even_to_admitted_people(client, visit_as, company):
    publishing.suspend(company=company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    visit_as(Tier.ADMITTED)
    page = soup(client, "/en/companies/example")
    assert not any(text in page.decode() for texts in SECTIONS.values() for text in texts)
    assert page.select_one(".tag.bad").get_text() == "Display suspended"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("slug", ["no-such-company", "%F0%9F%92%A9", "a" * 300, "feeds"])
def test_an_unknown_company_is_404_with_a_search_box(client, slug):
    page = soup(client, f"/zh-Hans/companies/{slug}", 404)
    assert page.select_one("form[role=search] input[name=q]") is not None


def test_share_metadata_is_public_and_canonical(client, visit_as, company):
    visit_as(Tier.ADMITTED)
    page = soup(client, "/zh-Hant/companies/example?view=zh&script=Hant")
    address = "http://localhost/zh-Hant/companies/example"
    assert page.select_one("link[rel=canonical]")["href"] == address
    properties = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
    assert properties["og:url"] == address
    assert properties["og:title"] == "示例软件有限公司"
    assert properties["og:description"] == SECTIONS["summary"][0]
    assert properties["og:locale"] == "zh_HK"
    alternates = {tag["hreflang"]: tag["href"] for tag in page.select("link[rel=alternate][hreflang]")}
    expected = {code: f"http://localhost/{code}/companies/example" for code in ("zh-Hans", "zh-Hant", "en")}
    assert alternates == expected | {"x-default": expected["en"]}


def test_the_foot_of_the_print_carries_address_code_and_day(client, company):
    foot = soup(client, "/en/companies/example").select_one(".printfoot").get_text()
    assert foot == f"http://localhost/en/companies/example · Baybridge {company.code} · 23 Nov 2026"


def test_the_qr_code_is_an_svg_without_style_or_script(client, company):
    response = client.get("/en/companies/example/qr.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "<path" in response.text
    # it holds the host that was asked for: a cache shared by many must not hand one visitor's host to another
    assert response.headers["Cache-Control"] == "private, max-age=86400"
    assert "style" not in response.text
    assert "script" not in response.text


def test_revision_and_prevailing_language_are_stated(client, company):
    text = soup(client, "/en/companies/example").get_text(" ", strip=True)
    assert "Where the two texts differ, the Chinese text prevails." in text
    assert "Revision 1 of 23 Nov 2026" in text


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_four_statements(client, statements, app, number):
    for n in range(number):
        a_company(slug=f"c{n}", passages=[("summary", "概况", "Summary")] * number)
    db.session.commit()
    with statements() as seen:
        assert client.get("/en/companies/c0").status_code == 200
    # The company, its next roadshow, what it announced last, and its tier.
    assert len([s for s in seen if s.startswith("SELECT")]) == 4


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("participant", "Information is supplied by the companies."),
        ("imported", "These are public facts, not supplied by the company."),
        ("demo", "This company is fictional."),
    ],
)
def test_the_footer_says_who_supplied_what_stands_on_the_page(client, origin, said):
    a_company(name_en="Kept Limited", slug="kept", origin=origin)
    db.session.commit()
    page = soup(client, "/en/companies/kept")
    assert page.select_one(".foot p").get_text().startswith(f"{said} Nothing here is an offer")
    assert page.select_one("#checked").get_text() == "Source and checking"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "Imported, source not stated, not verified"),
        ("Annual reports", "Imported from Annual reports, not verified"),
    ],
)
def test_a_market_is_not_taken_for_the_source(client, source, said):
    a_company(slug="kept", origin="imported", market="HKEX", code="00001", source=source)
    db.session.commit()
    assert soup(client, "/en/companies/kept").select_one("#checked + dl dd").get_text() == said


def test_a_reader_of_traditional_gets_the_text_converted_by_one_link(client, company):
    page = soup(client, "/zh-Hant/companies/example")
    assert page.select_one("#in-traditional")["href"] == "?script=Hant"
    assert page.select_one(".scripts")["aria-labelledby"] == "script-label"
    assert soup(client, "/zh-Hant/companies/example?script=Hant").select_one("#in-traditional") is None
    english = soup(client, "/en/companies/example")
    assert english.select_one("#in-traditional") is None
    assert english.select_one("#script-label").get_text() == "Script of the Chinese text"


def test_a_print_names_what_it_does_not_show(client, visit_as, company):
    said = "Not shown on this page: Market and competition, Team, Financing"
    assert soup(client, "/en/companies/example").select_one(".not-shown").get_text() == said
    visit_as(Tier.ADMITTED)
    assert soup(client, "/en/companies/example").select_one(".not-shown") is None
