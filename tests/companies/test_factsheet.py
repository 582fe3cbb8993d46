"""The factsheet: the same bytes twice, whole in both languages, nothing hidden in it, hostile text as plain text."""

import io
import json
import re
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import select, update

from listing.access.actor import SYSTEM, Tier
from listing.companies.factsheet import content, press, shelf
from listing.companies.models import Company, Revision
from listing.companies.operations import publishing
from listing.journal.models import Entry
from listing.store.db import db
from tests.store.databases import on_one_database

from ..factories import NOW, a_company, a_member, an_organisation, signed_in
from .real import LISTED, real_data
from .test_figures import a_period
from .test_figures import content as figures_of

PATH = "/en/companies/example/factsheet.pdf"
PASSAGES = (
    ("summary", "我们生产“氮化硼”垫片——厚度 1 毫米。", "We make “boron nitride” pads — 1 mm thick."),
    ("technology", "第一段。\n第二段。", "First.\nSecond."),
    ("team", "团队五人。", "A team of five."),
    ("financing", "融资一亿元。", "We raise 100 million."),
)

pytestmark = pytest.mark.skipif(bool(press.missing("/usr/share/fonts")), reason="fonts-noto-cjk is not installed")


@pytest.fixture
def example(app):
    return a_company(slug="example", passages=PASSAGES)


def with_figures(company, *periods):
    with_sheets(company, figures=figures_of(*periods))


def fetched(client, path=PATH):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text[:300]
    return answer.data


def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def text(data):
    """Everything on the pages and in the metadata, without spaces, which a PDF breaks lines at."""
    pdf = reader(data)
    pages = " ".join(page.extract_text() for page in pdf.pages)
    return squeezed(f"{pages} {pdf.metadata}")


def squeezed(said):
    return re.sub(r"[\s\u00ad\u2010-]+", "", said)


def holds(data, *wanted):
    found = text(data)
    return [each for each in wanted if squeezed(each) not in found]


def test_everybody_gets_the_public_part_in_both_languages_and_no_more(client, example):
    data = fetched(client)
    open_part = [part for _section, *sides in PASSAGES[:2] for side in sides for part in side.split("\n")]
    assert holds(data, example.name_zh, example.name_en, *open_part, "Revision 1 of 23 Nov 2026", PATH[:21]) == []
    hidden = [side for _section, *sides in PASSAGES[2:] for side in sides]
    assert holds(data, *hidden) == hidden
    assert b"100 million" not in data


def test_the_same_sheet_is_the_same_bytes_without_the_shelf_and_later(
    app, client, example, clock, tmp_path, monkeypatch
):
    monkeypatch.setitem(app.config, "FACTSHEET_CACHE", str(tmp_path / "a"))
    first = fetched(client)
    monkeypatch.setitem(app.config, "FACTSHEET_CACHE", str(tmp_path / "b"))
    clock.set(NOW.replace(year=2027))
    assert fetched(client) == first


def test_a_sheet_is_set_once_and_then_lies_on_the_shelf(client, example, monkeypatch):
    set_ = []
    monkeypatch.setattr(press, "pdf", lambda data, **_by: set_.append(data) or b"%PDF-" + str(len(set_)).encode())
    assert [client.get(PATH).data, client.get(PATH).data] == [b"%PDF-1", b"%PDF-1"]
    publishing.publish_revision(company=example, facts=publishing.facts_of(example), actor=SYSTEM, now=NOW)
    with_figures(example, a_period("2024-12-31"), a_period())
    db.session.commit()
    assert client.get(PATH + "?script=Hant").data == b"%PDF-2"


def test_a_reader_who_has_it_already_is_told_so(client, example):
    etag = client.get(PATH).headers["ETag"]
    assert client.get(PATH, headers={"If-None-Match": etag}).status_code == 304


def test_fonts_are_embedded_and_subset_the_file_tagged_and_archival(client, example):
    pdf = reader(fetched(client))
    root = pdf.trailer["/Root"]
    fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert [name for name in fonts if not re.match(r"/[A-Z]{6}\+NotoSansCJK", name)] == []
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert "/StructTreeRoot" in root
    about = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2" in about
    assert "<pdfuaid:part>1" in about
    assert pdf.metadata.title == f"{example.name_zh} · {example.name_en}"


@pytest.mark.parametrize(
    ("script", "said", "not_said"), [("Hant", "我們生產", "我们生产"), ("Hans", "我们生产", "我們生產")]
)
def test_either_script_can_be_had(client, example, script, said, not_said):
    data = fetched(client, f"{PATH}?script={script}")
    assert holds(data, said, not_said) == [not_said]
    note = "converted to this script by a program"
    assert holds(data, note) == ([] if script == "Hant" else [note])
    assert holds(data, example.name_zh) == []  # a registered name is never converted
    assert client.get(f"{PATH}?script=nonsense").data == fetched(client, f"{PATH}?script=Hans")


def test_who_has_an_account_sees_their_part_and_bands(client, example, visit_as):
    with_figures(example, a_period("2024-12-31"), a_period(revenue=12_345_678_00))
    visit_as(Tier.REGISTERED)
    data = fetched(client)
    assert holds(data, "团队五人。", "CNY 5 million to CNY 20 million") == []
    gone = ["融资一亿元。", "12,345,678"]
    assert holds(data, *gone) == gone
    visit_as(Tier.PUBLIC)
    assert holds(fetched(client), "CNY 5 million", "Headcount") == ["CNY 5 million", "Headcount"]


FINANCING = {
    "instrument": "preferred",
    "currency": "CNY",
    "unit": "wan",
    "amount_min": 80_000_000_00,
    "amount_max": 100_000_000_00,
    "closes": "2027-03-31",
    "accepted": ["CNY", "HKD"],
    "paid_out": ["CNY"],
    "uses": [
        {
            "purpose": "research",
            "place": "gba_mainland",
            "share": "62.50",
            "note": {"zh": "试产线", "en": "Pilot line"},
        },
        {"purpose": "market", "place": "abroad", "share": "37.50"},
    ],
}
IN_THE_BOX = (
    "优先股",
    "人民币 8,000 万元",
    "CNY 100 million",
    "31 Mar 2027",
    "研发 · 大湾区内地九市",
    "62.5% · Pilot line",
)
IN_THE_BOX += ("Market development · Abroad", "人民币 CNY、港元 HKD", "Renminbi CNY, Hong Kong dollar HKD")


def with_sheets(company, **sheets):
    whole = company.revision.content | {"sheets": sheets}
    db.session.execute(update(Revision).where(Revision.id == company.revision_id).values(content=whole))
    db.session.commit()


@pytest.fixture
def owner(client, app):
    enterprise = an_organisation("enterprise", name_zh="示例企业集团", name_en="Example Group")
    company = a_company(slug="example", organisation_id=enterprise.id, passages=PASSAGES)
    with_figures(company, a_period("2024-12-31", net_profit=5), a_period(revenue=12_345_678_00))
    person = a_member(enterprise, "owner").user
    db.session.commit()
    return signed_in(client, person), person


def copied(client):
    app_ = client.application
    app_.config["WTF_CSRF_CHECK_DEFAULT"] = False
    answer = client.post(PATH)
    app_.config["WTF_CSRF_CHECK_DEFAULT"] = True
    return answer


def test_a_copy_of_the_admitted_part_is_marked_on_every_page_and_recorded(owner):
    client, person = owner
    answer = copied(client)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    db.session.commit()
    entry = db.session.scalars(select(Entry).where(Entry.code == "company.factsheet_copied")).one()
    assert entry.actor_id == person.id
    assert entry.data["revision"] == 1
    number = entry.data["copy"]
    for page in reader(answer.data).pages:
        found = squeezed(page.extract_text())
        for mark in (number, person.name, "示例企业集团", "Example Group", "Mon 23 Nov 2026, 10:00 HKT/CST (UTC+8)"):
            assert found.count(squeezed(mark)) >= 2, mark  # across the page, and in its foot
    assert holds(answer.data, "融资一亿元。", "We raise 100 million.", "12,345,678", "Revenue growth", "23.5%") == []
    plain = fetched(client)  # asked for without a record, even the company's own people get no admitted part
    assert holds(plain, number, "融资一亿元。", "12,345,678") == [number, "融资一亿元。", "12,345,678"]


def test_the_financing_need_stands_in_its_box_for_admitted_readers_only(owner, visit_as):
    client, _person = owner
    company = db.session.scalars(select(Company)).one()
    with_sheets(company, financing=FINANCING)
    assert holds(copied(client).data, *IN_THE_BOX) == []
    visit_as(Tier.REGISTERED)
    data = fetched(client)
    assert holds(data, *IN_THE_BOX, "Financing need") == [*IN_THE_BOX, "Financing need"]


def test_two_copies_have_two_numbers_and_none_lies_on_the_shelf(owner, app):
    client, _person = owner
    before = set(Path(app.config["FACTSHEET_CACHE"]).glob("*"))
    assert copied(client).data != copied(client).data
    assert set(Path(app.config["FACTSHEET_CACHE"]).glob("*")) == before


def test_a_company_withdrawn_is_gone_and_one_suspended_shows_facts_only(client, example):
    publishing.suspend(company=example, reason="inquiry", actor=SYSTEM, now=NOW)
    db.session.commit()
    data = fetched(client)
    assert holds(data, example.name_zh, "The display of this company is suspended") == []
    assert holds(data, "我们生产") == ["我们生产"]
    publishing.withdraw(company=example, reason="request", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert client.get(PATH).status_code == 410
    assert client.get("/en/companies/none/factsheet.pdf").status_code == 404
    assert client.get("/en/companies/%00/factsheet.pdf").status_code == 404


def test_a_missing_side_is_said_in_words(client, app):
    a_company(slug="example", passages=(("summary", "只有中文。", ""), ("business", "", "English only.")))
    assert holds(fetched(client), "只有中文。", "English not yet available", "English only.", "暂无中文") == []


HOSTILE = (
    '#read("/etc/passwd") #panic("x") #eval("1+1") $x^2$ *bold* _it_ `raw` @label <label> // gone /* gone */ '
    "\\ \\u{41} = not a heading #[x] https://example.com/#x ~ -- --- ... '\" [a](b) #let x = 1"
)


def test_hostile_text_is_only_text(client, app):
    turned = "abc\u202edef\u200b\u2066ghi\u2069"
    a_company(
        slug="example",
        name_zh="＃壞＃（香港）有限公司",
        name_en="#import Limited",
        passages=(("summary", HOSTILE, turned),),
    )
    data = fetched(client)
    assert holds(data, HOSTILE, "abcdefghi", "＃壞＃（香港）有限公司", "#import Limited") == []
    assert "root:" not in text(data)
    assert "\u202e" not in text(data)


@pytest.mark.parametrize(
    "odd",
    ["😀 emoji", "\U000f1234 private", "שלום עולם", "مرحبا", "ก็", "𠮷野家 𠝹 㗎 咗", "ﷺ", "a" * 3000, "一" * 3000],
)
def test_any_text_makes_a_sheet(client, app, odd):
    a_company(slug="example", passages=(("summary", odd, odd),))
    assert len(reader(fetched(client)).pages) >= 1


def test_rare_characters_of_names_are_there(client, app):
    rare, beyond = "㗎 咗 峯 邨 堃 喆 çãõ", "𠮷𠝹"
    a_company(slug="example", passages=(("summary", rare, rare), ("business", beyond, beyond)))
    data = fetched(client)
    assert text(data).count(squeezed(rare)) == 2
    fonts = [font.get_object() for page in reader(data).pages for font in page["/Resources"]["/Font"].values()]
    maps = " ".join(font["/ToUnicode"].get_object().get_data().decode().lower() for font in fonts)
    assert [char for char in beyond if char.encode("utf-16-be").hex() not in maps] == []


@on_one_database
def test_ten_passages_of_five_thousand_characters_stay_a_small_file(client, app):
    zh = ("江门新会工厂年产垫片十八万平方米，老客户复购占收入百分之八十一；" * 200)[:5000]
    en = ("The plant in Xinhui, Jiangmen, makes 184,000 square metres of pads a year for repeat customers. " * 60)[
        :5000
    ]
    sections = ("summary", "business", "technology") * 3 + ("summary",)
    a_company(slug="example", passages=[(section, zh, en) for section in sections])
    data = fetched(client)
    assert len(data) < 2 * 1024**2
    assert squeezed(" ".join(page.extract_text() for page in reader(data).pages)).count(squeezed(en[:60])) >= 10


@real_data
def test_the_longest_real_names_fit(client, app):
    named = [json.loads(line) for line in LISTED.read_text().splitlines()]
    zh = max((row.get("name_zh") or row.get("name_zh_hans") or "" for row in named), key=len)
    en = max((row.get("name_en") or "" for row in named), key=len)
    a_company(slug="example", name_zh=zh, name_en=en)
    assert holds(fetched(client), zh, en) == []


def test_figures_stand_in_both_languages_eight_periods_at_most(client, owner):
    client, _person = owner
    company = db.session.scalars(select(Company)).one()
    with_figures(
        company, *(a_period(f"{2014 + n}-12-31", revenue=(-1) ** n * 10**15 + n if n > 5 else 0) for n in range(10))
    )
    data = copied(client).data
    assert holds(data, "2023年", "营业收入", "Revenue per head", "not meaningful", "无意义") == []
    assert holds(data, "2015年") == ["2015年"]


def test_without_fonts_a_page_says_so_and_doctor_finds_it(app, client, example, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "FONTS_FOLDER", str(tmp_path))
    for lang in ("en", "zh-Hans", "zh-Hant"):
        answer = client.get(PATH.replace("/en/", f"/{lang}/"))
        assert (answer.status_code, answer.mimetype) == (503, "text/html")
    said = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "FAIL fonts: Noto Sans CJK SC" in said


def test_the_shelf_stays_small_and_need_not_be_writable(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "MOST", 3)
    for n in range(5):
        assert shelf.kept(str(tmp_path), f"{n}", lambda n=n: str(n).encode()) == str(n).encode()
    assert len(list(tmp_path.glob("*"))) == 3
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert shelf.kept(str(blocked / "shelf"), "a", lambda: b"made") == b"made"


def test_every_word_of_the_sheet_stands_in_three_languages():
    for entry in content.words._entries().values():
        assert all(entry.labels())
        assert len({frozenset(re.findall(r"\{\w+\}", label)) for label in entry.labels()}) == 1
