"""The operator's pages for importing: send, see, take; and nobody else."""

import io
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from listing.companies.models import Company, Upload
from listing.companies.operations import uploading
from listing.store.db import db

from ..accounts import walk
from ..factories import NOW, a_member, an_organisation
from . import sheets

PATH = "/en/review/companies/import"
BAD = [*sheets.ROWS, ["SSE", "600000", "", "=cmd", "", "", "", ""]]


def rows(model):
    db.session.commit()
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def staff(client):
    """A browser of a reviewer with a second factor."""
    return reviewer(client)


def reviewer(client):
    person = a_member(an_organisation("operator"), role="reviewer").user
    db.session.commit()
    walk.sign_in(client, person)
    walk.set_up_codes(client)
    return client


def send(client, data, name="companies.csv"):
    """Send a file through the form; the answer."""
    fields = {**walk.hidden(client, PATH), "file": (io.BytesIO(data), name)}
    return client.post(PATH, data=fields, content_type="multipart/form-data")


def text(response):
    return " ".join(BeautifulSoup(response.text, "lxml").main.get_text(" ").split())


def test_a_file_is_sent_tried_and_taken(staff):
    tried_at = send(staff, sheets.csv_text().encode("gb18030")).location
    shown = text(staff.get(tried_at))
    assert re.search(r"File companies.csv Rows 3 New 3 Changed 0 Unchanged 0 .* Refused 0", shown)
    assert (rows(Company), rows(Upload)) == (0, 1)
    taken = walk.send(staff, tried_at, {"mode": "all-or-nothing"})
    assert (taken.status_code, taken.location) == (303, "/en/review")
    assert "Imported. New: 3, changed: 0." in text(staff.get("/en/review"))
    assert (rows(Company), rows(Upload)) == (3, 0)
    assert staff.get(tried_at).status_code == 404


def test_refused_rows_are_shown_and_taken_around_only_when_asked(staff):
    tried_at = send(staff, sheets.csv_text(BAD).encode()).location
    shown = text(staff.get(tried_at))
    assert "5 SSE 600000 =cmd Refused The name in the column name_en begins like a formula" in shown
    kept_out = walk.send(staff, tried_at, {"mode": "all-or-nothing"})
    assert (kept_out.status_code, rows(Company), rows(Upload)) == (422, 0, 1)
    assert "Rows refused: 1." in text(kept_out)
    assert walk.send(staff, tried_at, {"mode": "skip-bad-rows"}).status_code == 303
    assert rows(Company) == 3


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "This workbook is damaged."),
        (b"price\r\n1\r\n", "The first line must name the columns"),
        (b"", "The file holds no rows."),
    ],
)
def test_an_unreadable_file_is_told_on_the_form_and_not_kept(staff, data, why):
    answer = send(staff, data)
    assert (answer.status_code, rows(Upload)) == (422, 0)
    assert why in text(answer)


def test_a_form_without_a_file_says_so(staff):
    answer = walk.send(staff, PATH)
    assert (answer.status_code, "Choose a file." in text(answer)) == (422, True)


def test_a_file_that_breaks_off_later_is_told_in_place_of_the_report(staff):
    answer = staff.get(send(staff, b'market,code,name_en\r\nSSE,600001,A\r\nSSE,600002,"B\r\n').location)
    assert answer.status_code == 422
    assert "The table breaks off at line 3" in text(answer)


def test_a_file_is_its_senders_alone_and_for_an_hour(staff, app, clock):
    tried_at = send(staff, sheets.json_lines()).location
    assert reviewer(app.test_client()).get(tried_at).status_code == 404
    assert staff.get(tried_at).status_code == 200
    clock.set(NOW + uploading.LASTS - timedelta(seconds=1))
    assert staff.get(tried_at).status_code == 200
    clock.set(NOW + uploading.LASTS)
    assert staff.get(tried_at).status_code == 404


def test_a_second_file_replaces_the_first(staff):
    first = send(staff, sheets.json_lines()).location
    second = send(staff, sheets.csv_text().encode()).location
    assert (staff.get(first).status_code, staff.get(second).status_code, rows(Upload)) == (404, 200, 1)


@pytest.mark.parametrize(("name", "shown"), [("../../公司.csv", "公司.csv"), ("a\u202ecsv.exe", "—")])
def test_a_file_name_is_shown_without_its_path_and_tricks(staff, name, shown):
    assert f"File {shown} Rows" in text(staff.get(send(staff, sheets.json_lines(), name).location))


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
def test_the_pages_stand_in_chinese(staff, lang):
    tried_at = send(staff, sheets.csv_text(BAD).encode()).location.replace("/en/", f"/{lang}/")
    assert staff.get(tried_at).status_code == 200
    assert staff.get(PATH.replace("/en/", f"/{lang}/")).status_code == 200


def test_a_file_without_news_offers_nothing_to_take(staff):
    walk.send(staff, send(staff, sheets.json_lines()).location, {"mode": "all-or-nothing"})
    shown = staff.get(send(staff, sheets.json_lines()).location)
    assert "no row is new or changed" in text(shown)
    assert not BeautifulSoup(shown.text, "lxml").main.find("button")


def test_nobody_else_gets_there(client, app):
    assert client.get(PATH).location.startswith("/en/login")
    member = a_member(an_organisation("enterprise")).user
    db.session.commit()
    walk.sign_in(client, member)
    assert client.get(PATH).status_code == 403
    assert client.get(f"{PATH}/anything").status_code == 403


def test_the_source_of_a_file_is_stated_once_for_rows_that_name_none(staff):
    data = sheets.csv_text(
        [[*row, said] for row, said in zip(sheets.ROWS, ("", "Own list", ""), strict=True)], [*sheets.HEADING, "source"]
    ).encode()
    fields = {**walk.hidden(staff, PATH), "file": (io.BytesIO(data), "a.csv"), "source": " Annual list 2026 "}
    tried_at = staff.post(PATH, data=fields, content_type="multipart/form-data").location
    assert "Refused 0 Source of rows that name none Annual list 2026" in text(staff.get(tried_at))
    assert walk.send(staff, tried_at, {"mode": "all-or-nothing"}).status_code == 303
    sources = db.session.scalars(select(Company.source).order_by(Company.market, Company.code)).all()
    assert sources == ["Annual list 2026", "Own list", "Annual list 2026"]


def test_the_check_names_companies_counts_kinds_and_says_how_long_it_takes(staff):
    bad = [*BAD, ["SSE", "600001", "", "=cmd", "", "", "", ""]]
    page = BeautifulSoup(staff.get(send(staff, sheets.csv_text(bad).encode()).location).text, "lxml")
    assert "2 × The name in the column … begins like a formula (=, +, - or @)." in [
        li.get_text() for li in page.select(".kinds li")
    ]
    rows_shown = [[cell.get_text() for cell in tr.select("th, td")][:2] for tr in page.select("tbody tr")]
    assert rows_shown[:2] == [["5", "SSE 600000 =cmd"], ["6", "SSE 600001 =cmd"]]
    assert "This takes about 1 second." in page.main.get_text()
