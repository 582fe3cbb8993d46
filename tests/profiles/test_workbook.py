"""The workbook goes out and comes back: nothing is lost, and a wrong cell is named in the reader's language."""

import io

import pytest
from openpyxl import load_workbook

from listing.companies.sheets import sheets
from listing.profiles import operations, queries
from listing.store.db import db
from tests.factories import NOW, a_member, signed_in
from tests.files.samples import PDF, a_document

from .answers import BUSINESS, IDENTITY, content
from .conftest import acting, filled
from .test_documents import added
from .test_pages import fields, soup


@pytest.fixture
def studio(client, editor):
    return signed_in(client, editor.user)


@pytest.fixture
def base(profile, editor):
    filled(profile, editor)
    db.session.commit()
    return f"/en/studio/profiles/{profile.id}"


def download(studio, base, lang="en"):
    answer = studio.get(base.replace("/en/", f"/{lang}/") + "/profile.xlsx")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def at(book, sheet, mark, column="D"):
    """The cell of a field, whatever the worksheet is called."""
    page = next(page for page in book if str(page["A1"].value).startswith(f"{sheet} "))
    return next(page[f"{column}{row[0].row}"] for row in page.iter_rows(min_row=3) if row[0].value == mark)


def send(studio, base, book, lang="en", **more):
    target = io.BytesIO()
    if isinstance(book, bytes):
        target.write(book)
    else:
        book.save(target)
    target.seek(0)
    address = base.replace("/en/", f"/{lang}/") + "/import"
    return studio.post(address, data=fields(soup(studio.get(address))) | more | {"file": (target, "filled.xlsx")})


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_it_goes_out_and_comes_back_as_it_was(studio, base, profile, lang):
    before = {key: (row.version, row.content) for key, row in queries.saved(profile).items()}
    book = download(studio, base, lang)
    assert at(book, "identity", "name").value == IDENTITY["name.zh"]
    assert at(book, "identity", "name", "E").value == IDENTITY["name.en"]
    assert "600" in at(book, "business", "summary", "C").value
    assert sheets()["financing"].label(lang) in book.sheetnames
    assert send(studio, base, book, lang).status_code == 303
    assert {key: (row.version, row.content) for key, row in queries.saved(profile).items()} == before


def test_what_is_filled_in_is_saved_as_on_the_pages(studio, base, profile):
    added(studio, base)
    book = download(studio, base, "zh-Hant")
    at(book, "milestones", "milestones.+1.date").value = "2025-03-01"
    at(book, "milestones", "milestones.+1.event").value = "量產"
    at(book, "milestones", "milestones.+1.event", "E").value = "Mass production"
    at(book, "team", "people.+2.name").value = "林一"
    at(book, "team", "people.+2.technologist").value = "是"
    at(book, "technologies", "technologies.+1.name").value = "光纖傳感"
    at(book, "technologies", "technologies.+1.trl").value = "7 級：原型機在實際環境中通過驗證"
    file = queries.documents(queries.contents(profile))[0]["file"]
    at(book, "technologies", "technologies.+1.evidence").value = f"#{file} 审计报告"
    at(book, "business", "summary", "F").value = f"#{file} 审计报告"
    share = at(book, "financing", "uses.#1.share")
    share.value, share.number_format = 0.6, "0%"
    assert send(studio, base, book, "zh-Hant").status_code == 303
    contents = queries.contents(profile)
    assert contents["milestones"]["milestones"][0]["event"]["en"] == "Mass production"
    assert contents["team"]["people"][0]["technologist"] is True
    [technology] = contents["technologies"]["technologies"]
    assert (technology["trl"], technology["evidence"]) == (7, file)
    assert contents["business"]["summary"]["evidence"] == file
    assert [row["share"] for row in contents["financing"]["uses"]] == ["60.00", "40.00"]


@pytest.mark.parametrize(
    ("lang", "sheet", "mark", "value", "said"),
    [
        ("en", "identity", "founded", 1066, "Enter a year in four digits, between 1800 and this year."),
        ("zh-Hant", "identity", "founded", 1066, "請填寫 1800 年至今年之間的四位數年份。"),
        ("zh-Hans", "financing", "uses.#1.share", "50.555", ""),
        ("zh-Hans", "financing", "instrument", "猜一猜", ""),
        ("en", "team", "people.+1.technologist", "perhaps", "Choose one of the list."),
        ("en", "business", "summary", "x" * 700, "Shorten this to 600 characters; it has 700."),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(studio, base, profile, lang, sheet, mark, value, said):
    before = queries.contents(profile)
    book = download(studio, base, lang)
    cell = at(book, sheet, mark)
    cell.value = value
    at(book, "business", "business").value = "另一段文字。"
    page = soup(send(studio, base, book, lang), 422)
    panel = page.find(id="cells").find_parent("section").get_text()
    assert f"{sheets()[sheet].label(lang)}!{cell.coordinate}" in panel
    assert said in panel
    assert queries.contents(profile) == before


def test_what_somebody_saved_since_is_not_replaced_unseen(studio, base, profile, editor):
    book = download(studio, base)
    at(book, "business", "summary", "E").value = "We make lasers."
    other = a_member(editor.organisation, "editor")
    newer = content("business", BUSINESS | {"summary.en": "We make the sensors of machines."})
    operations.save(profile=profile, sheet="business", content=newer, version=1, actor=acting(other), now=NOW)
    db.session.commit()
    page = soup(send(studio, base, book), 422)
    shown = page.find(id="newer-business").find_parent("section").get_text()
    assert other.user.name in shown
    assert "We make the sensors of machines." in shown
    assert "We make lasers." in shown
    assert queries.contents(profile)["business"]["summary"]["en"] == "We make the sensors of machines."
    assert send(studio, base, book, over="y").status_code == 303
    assert queries.contents(profile)["business"]["summary"]["en"] == "We make lasers."


def test_rows_keep_their_number_and_go_when_emptied(studio, base, profile):
    book = download(studio, base)
    for part in ("purpose", "place", "share"):
        at(book, "financing", f"uses.#1.{part}").value = None
    at(book, "financing", "uses.#2.share").value = "100"
    assert send(studio, base, book).status_code == 303
    assert [(row["id"], row["share"]) for row in queries.contents(profile)["financing"]["uses"]] == [("2", "100.00")]


def test_a_line_that_is_gone_leaves_what_is_saved(studio, base, profile):
    book = download(studio, base)
    page = at(book, "business", "business").parent
    page.delete_rows(at(book, "business", "business").row)
    before = queries.contents(profile)
    assert send(studio, base, book).status_code == 303
    assert queries.contents(profile) == before


def test_a_text_that_looks_like_a_formula_stays_a_text(studio, base, profile):
    typed = {"summary.en": "=1+1", "summary.zh": "=1+1"}
    studio.post(f"{base}/business", data=fields(soup(studio.get(f"{base}/business"))) | typed)
    cell = at(download(studio, base), "business", "summary", "E")
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "The file is empty."),
        (PDF, "The content of this file is not XLSX"),
        (a_document("XLSX"), "not one of a profile"),
        (a_document("XLSX")[:-30], "The file is damaged or incomplete."),
        (a_document("XLSX", {"big.xml": bytes(80_000_000)}), "would unpack to far more than its size"),
        (a_document("XLSX", {f"{n}.xml": bytes(1_000_000) for n in range(24)}), "would unpack to far"),
        (a_document("XLSX", {"xl/a.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "The file is damaged or incomplete."),
    ],
)
def test_what_is_no_workbook_of_a_profile_is_refused(studio, base, sent, said):
    assert said in soup(send(studio, base, sent), 422).find(id="file-error").get_text()


def test_another_workbook_is_refused(studio, base):
    book = download(studio, base)
    for page in book:
        page["A1"].value = "x"
    assert "not one of a profile" in soup(send(studio, base, book), 422).find(id="file-error").get_text()
