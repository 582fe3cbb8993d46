"""The directory as feed, CSV, XLSX and JSON: the same companies, the same visibility, nothing a spreadsheet runs."""

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree as xml

import pytest
from openpyxl import load_workbook

from listing.access.actor import SYSTEM, Tier
from listing.companies import files, queries
from listing.companies.operations import publishing
from listing.store.db import db
from listing.web import exports

from ..factories import NOW, a_company

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HIDDEN = [
    ("team", "机密团队二十人", "secret team of twenty"),
    ("financing", "机密融资一亿", "secret raise of a hundred million"),
]


def rows(response):
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


def companies(response):
    assert response.mimetype == "application/json"
    return json.loads(response.data)["companies"]


def workbook(response):
    assert response.mimetype == exports.XLSX
    return load_workbook(io.BytesIO(response.data))


def sheet_rows(response):
    header, *lines = workbook(response).active.values
    return [dict(zip(header, line, strict=True)) for line in lines]


def entries(response):
    assert response.mimetype == "application/atom+xml"
    return xml.fromstring(response.data).findall("a:entry", ATOM)


def test_each_form_holds_what_the_page_of_the_query_shows(client):
    a_company(name_en="First", market="HKEX", code="00001", stage="listed", passages=[("summary", "概况", "Summary")])
    a_company(name_en="Other", stage="seed")
    a_company(name_en="Second", market="HKEX", code="00002", stage="listed", now=NOW + timedelta(hours=1))
    db.session.commit()
    query = "?market=HKEX"
    assert [row["name_en"] for row in rows(client.get(f"/en/companies/csv{query}"))] == ["Second", "First"]
    assert [row["name_en"] for row in companies(client.get(f"/en/companies/json{query}"))] == ["Second", "First"]
    assert [row["name_en"] for row in sheet_rows(client.get(f"/en/companies/xlsx{query}"))] == ["Second", "First"]
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in entries(client.get(f"/en/companies/feed{query}"))]
    assert [title.split(" · ")[0] for title in titles] == ["Second", "First"]


def test_files_hold_every_company_in_order_however_many_batches_that_takes(client, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 7)
    for n in range(30):
        a_company(name_en=f"Enterprise {n:02d}", now=NOW + timedelta(minutes=n * 7 % 30))
    db.session.commit()
    expected = list(db.session.scalars(db.select(queries.Company.slug).order_by(queries.Company.displayed_at.desc())))
    got = [row["url"].rsplit("/", 1)[1] for row in companies(client.get("/en/companies/json"))]
    assert got == expected
    by_name = [row["name_en"] for row in rows(client.get("/en/companies/csv?sort=name"))]
    assert by_name == sorted(by_name)
    assert len(by_name) == 30
    found = companies(client.get("/en/companies/json?q=Enterprise"))
    assert len(found) == 30


def test_the_page_asked_for_does_not_cut_a_file(client):
    for n in range(3):
        a_company(name_en=f"Enterprise {n}")
    db.session.commit()
    assert len(rows(client.get("/en/companies/csv?page=last"))) == 3
    assert len(entries(client.get("/en/companies/feed?page=last"))) == 3


@pytest.mark.parametrize("tier", Tier)
def test_no_form_holds_a_text_that_is_hidden(client, visit_as, tier):
    a_company(name_en="Gated", passages=[("summary", "公开概况", "public summary"), *HIDDEN])
    db.session.commit()
    visit_as(tier)
    for form in ("feed", "csv", "json"):
        text = client.get(f"/en/companies/{form}").data.decode()
        assert "Gated" in text
        assert not any(side in text for _section, *sides in HIDDEN for side in sides), form
    cells = str(sheet_rows(client.get("/en/companies/xlsx")))
    assert "Gated" in cells
    assert not any(side in cells for _section, *sides in HIDDEN for side in sides)


def test_a_search_in_a_file_finds_by_what_the_visitor_may_read(client, visit_as):
    a_company(name_en="Gated", passages=HIDDEN)
    db.session.commit()
    for tier, number in ((Tier.PUBLIC, 0), (Tier.REGISTERED, 1)):
        visit_as(tier)
        assert len(rows(client.get("/en/companies/csv?q=secret+team"))) == number
        assert len(companies(client.get("/en/companies/json?q=机密团队"))) == number
        assert len(sheet_rows(client.get("/en/companies/xlsx?q=secret+team"))) == number
        assert len(entries(client.get("/en/companies/feed?q=secret+team"))) == number


def test_what_is_off_display_is_in_no_form(client):
    gone = a_company(name_en="Gone", passages=[("summary", "概况", "Summary of gone")])
    publishing.withdraw(company=gone, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert rows(client.get("/en/companies/csv")) == companies(client.get("/en/companies/json")) == []
    assert entries(client.get("/en/companies/feed")) == sheet_rows(client.get("/en/companies/xlsx")) == []


def test_a_formula_in_a_name_is_harmless_in_the_file(client):
    company = a_company(name_en="Sound")
    company.name_en = '=HYPERLINK("http://evil.example","x")'
    company.name_zh = "多行\n名称，“引号”"
    db.session.commit()
    response = client.get("/en/companies/csv")
    assert response.data.startswith(b"\xef\xbb\xbfmarket,code,")
    assert "attachment" in response.headers["Content-Disposition"]
    (row,) = rows(response)
    assert row["name_en"] == '\'=HYPERLINK("http://evil.example","x")'
    assert row["name_zh"] == "多行\n名称，“引号”"


def test_a_workbook_holds_texts_as_texts_on_a_sheet_in_the_readers_language(client):
    a_company(name_en="Sound").name_en = '=HYPERLINK("http://evil.example","x")'
    db.session.commit()
    for lang, title in (("en", "Companies"), ("zh-Hans", "企业"), ("zh-Hant", "企業")):
        response = client.get(f"/{lang}/companies/xlsx")
        assert "companies.xlsx" in response.headers["Content-Disposition"]
        sheet = workbook(response).active
        assert sheet.title == title
        (cell,) = (cell for cell in sheet[2] if str(cell.value).startswith("="))
        assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_json_is_plain_data_with_the_query_it_answers(client):
    a_company(name_en="First", founded=2014, sector_group="software", sector="ai", passages=[("summary", "概况", "S")])
    db.session.commit()
    answer = json.loads(client.get("/zh-Hant/companies/json?sector=ai").data)
    assert answer["query"] == "http://localhost/zh-Hant/companies?sector=ai"
    assert (answer["language"], answer["generated_at"]) == ("zh-Hant", NOW.isoformat())
    (company,) = answer["companies"]
    assert list(company) == [column.name for column in files.columns(reader="en", base="", note=str)]
    assert (company["founded"], company["sector"], company["sector_label"]) == (2014, "ai", "人工智能")
    assert company["displayed_at"] == NOW.isoformat()


def test_a_feed_says_what_a_reader_of_feeds_needs(client):
    a_company(
        slug="fed", name_en="Fed", name_zh="饲料", sector="ai", passages=[("summary", "中文概况。", "English summary.")]
    )
    a_company(slug="zh-only", name_en="", name_zh="只有中文", passages=[("summary", "只有中文的概况。", "")])
    db.session.commit()
    response = client.get("/en/companies/feed?sort=name")
    feed = xml.fromstring(response.data)
    own = "http://localhost/en/companies/feed?sort=name"
    assert feed.findtext("a:id", namespaces=ATOM) == own
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"self": own, "alternate": "http://localhost/en/companies?sort=name"}
    assert feed.findtext("a:updated", namespaces=ATOM) == NOW.isoformat()
    by_id = {entry.findtext("a:id", namespaces=ATOM): entry for entry in entries(response)}
    fed = by_id["http://localhost/en/companies/fed"]
    assert fed.findtext("a:title", namespaces=ATOM) == "Fed · 饲料"
    assert [category.get("term") for category in fed.findall("a:category", ATOM)] == [
        "Artificial intelligence",
        "Fictional",
    ]
    summary = by_id["http://localhost/en/companies/zh-only"].find("a:summary", ATOM)
    assert (summary.text, summary.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("只有中文的概况。", "zh-Hans")


def test_a_feed_that_has_not_changed_is_not_sent_again(client):
    a_company()
    db.session.commit()
    tag = client.get("/en/companies/feed").headers["ETag"]
    assert client.get("/en/companies/feed", headers={"If-None-Match": tag}).status_code == 304
    a_company()
    db.session.commit()
    assert client.get("/en/companies/feed", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("form", ["feed", "csv", "xlsx", "json"])
def test_a_form_costs_the_same_statements_for_one_row_and_for_three(client, statements, form):
    costs = []
    for number in (1, 2):
        for _ in range(number):
            a_company(passages=[("summary", "概况", "Summary")])
        db.session.commit()
        with statements() as seen:
            client.get(f"/en/companies/{form}").data  # noqa: B018
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 4


def test_feed_and_files_say_what_is_imported_and_what_is_fictional(client):
    a_company(name_en="Real", origin="imported", market="HKEX", code="00001")
    a_company(name_en="Invented")
    a_company(name_en="Taking part", origin="participant")
    db.session.commit()
    marks = {"Real": "Imported facts, not verified, not a participant", "Invented": "Fictional", "Taking part": ""}
    told = client.get("/en/companies/json").get_json()["companies"]
    assert {company["name_en"]: company["note"] for company in told} == marks
    feed = client.get("/en/companies/feed").text
    assert (feed.count(f'term="{marks["Real"]}"'), feed.count('term="Fictional"')) == (1, 1)
