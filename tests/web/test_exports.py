"""F18: no spreadsheet runs what we export, every value comes back, nobody gets a column above their tier."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from urllib.parse import unquote
from xml.etree import ElementTree as xml

import pytest
from flask import Flask
from openpyxl import load_workbook

from listing.access import gate
from listing.access.actor import Actor, Tier
from listing.web import atom, cells, exports
from listing.web.exports import Column
from tests.factories import NOW

EVIL = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+852 2345 6789",
    "-5 °C",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''",
]
PLAIN = ["", "廣東", "𠮷野", "ção", "a=b", " =1", "1-2", 'say "x", y', "two\nlines", "#N/A", "00700", "1e5", "it's"]


@pytest.fixture
def app():
    app = Flask(__name__)
    app.extensions["reader"] = None
    gate.init_app(app, {}, lambda: app.extensions["reader"])
    return app


@pytest.fixture
def read(app):
    """What a request for an export is answered with, read to its end."""

    def read(write, rows, columns, **more):
        with app.test_request_context():
            answer = write(rows, columns, **{"name": "公司.x", **more})
            content = b"".join(answer.iter_encoded())
            answer.close()
            return answer, content

    return read


def _columns(*names: str) -> list[Column]:
    return [Column(name, lambda row, at=at: row[at]) for at, name in enumerate(names)]


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", EVIL + PLAIN)
def test_a_text_comes_back_from_csv_and_is_no_formula_there(read, text):
    _answer, content = read(exports.as_csv, [(text, "end")], _columns("name", "end"))
    [_head, [cell, _end]] = _csv(content)
    assert cells.unguarded(cell) == text
    assert cell == (f"'{text}" if text in EVIL else text)


@pytest.mark.parametrize("text", EVIL + PLAIN)
def test_a_text_comes_back_from_xlsx_as_a_text(read, text):
    _answer, content = read(exports.as_xlsx, [(text, "end")], _columns("name", "end"))
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.value or "") == text.replace("\r", "\n")
    assert cell.data_type == ("s" if text else "n")
    assert cell.quotePrefix is (text in EVIL)
    assert b"<f" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", EVIL + PLAIN)
def test_a_text_comes_back_from_json(read, text):
    _answer, content = read(exports.as_json, [(text,)], _columns("name"))
    assert json.loads(content) == {"items": [{"name": text}]}


VALUES = {
    "none": (None, "", None, None),
    "yes": (True, "true", True, True),
    "whole": (-5, "-5", -5, -5),
    "large": (10**15, "1000000000000000", 10**15, "1000000000000000"),
    "decimal": (Decimal("-0.10"), "-0.10", "-0.10", "-0.10"),
    "day": (date(2026, 11, 23), "2026-11-23", "2026-11-23", datetime.combine(date(2026, 11, 23), time())),
    "instant": (
        datetime(2026, 11, 23, 2, tzinfo=UTC),
        "2026-11-23T02:00:00+00:00",
        "2026-11-23T02:00:00+00:00",
        "2026-11-23T02:00:00+00:00",
    ),
    "tier": (Tier.STAFF, "3", 3, 3),
}


@pytest.mark.parametrize(("value", "in_csv", "in_json", "in_xlsx"), VALUES.values(), ids=VALUES)
def test_other_values_are_written_exactly(read, value, in_csv, in_json, in_xlsx):
    assert _csv(read(exports.as_csv, [(value, "end")], _columns("v", "end"))[1])[1][0] == in_csv
    assert json.loads(read(exports.as_json, [(value,)], _columns("v"))[1]) == {"items": [{"v": in_json}]}
    sheet = load_workbook(io.BytesIO(read(exports.as_xlsx, [(value, "end")], _columns("v", "end"))[1])).active
    assert sheet["A2"].value == in_xlsx


def test_a_csv_file_is_what_excel_expects(read):
    answer, content = read(exports.as_csv, [("廣東", 1)], _columns("=name", "n"), name="公司.csv")
    assert content == "\ufeff=name,n\r\n廣東,1\r\n".encode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert unquote(answer.headers["Content-Disposition"]).endswith("filename*=UTF-8''公司.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"


def test_json_says_what_it_is_about(read):
    _answer, content = read(
        exports.as_json, [(1,), (2,)], _columns("n"), items="seats", about={"at": date(2026, 11, 23)}
    )
    assert content == b'{"at": "2026-11-23", "seats": [\n{"n": 1},\n{"n": 2}\n]}\n'
    assert json.loads(read(exports.as_json, [], _columns("n"))[1]) == {"items": []}


@pytest.mark.parametrize("write", [exports.as_csv, exports.as_json, exports.as_xlsx])
@pytest.mark.parametrize(
    ("tier", "seen"),
    [(None, ["public"]), (Tier.REGISTERED, ["public", "known"]), (Tier.STAFF, ["public", "known", "secret"])],
)
def test_nobody_gets_a_column_above_their_tier(app, read, write, tier, seen):
    app.extensions["reader"] = None if tier is None else Actor(user_id=1, label="", tier=tier)
    tiers = {"public": Tier.PUBLIC, "known": Tier.REGISTERED, "secret": Tier.STAFF}
    columns = [Column(name, lambda _row, name=name: f"{name} value", at) for name, at in tiers.items()]
    _answer, content = read(write, [()], columns)
    if write is exports.as_xlsx:
        content = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert [name for name in tiers if f"{name} value".encode() in content] == seen
    assert [name for name in tiers if name.encode() in content] == seen


def test_what_xml_cannot_carry_is_marked(read):
    _answer, content = read(exports.as_xlsx, [("a\0b\ud800c\x1b\ufffe", "end")], _columns("v", "end"))
    assert load_workbook(io.BytesIO(content)).active["A2"].value == "a\ufffdb\ufffdc\ufffd\ufffd"


def test_a_cell_holds_as_much_as_a_spreadsheet_can(read):
    _answer, content = read(exports.as_xlsx, [("字" * 40_000, "end")], _columns("v", "end"))
    assert load_workbook(io.BytesIO(content)).active["A2"].value == "字" * 32_767


def test_rows_that_fit_no_sheet_go_onto_the_next(read, monkeypatch):
    monkeypatch.setattr(exports, "SHEET_ROWS", 3)
    _answer, content = read(exports.as_xlsx, [(n,) for n in range(5)], _columns("n"), title="公司")
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames[0] == "公司"
    assert [[row[0].value for row in sheet] for sheet in book] == [["n", 0, 1], ["n", 2, 3], ["n", 4]]


@pytest.mark.parametrize("write", [exports.as_csv, exports.as_json])
def test_rows_are_read_as_they_are_written(app, write):
    taken = []

    def rows():
        for n in range(10_000):
            taken.append(n)
            yield (n,)

    with app.test_request_context():
        pieces = write(rows(), _columns("n"), name="n").iter_encoded()
        next(pieces), next(pieces)
        assert len(taken) < 1_000
        pieces.close()


@pytest.mark.slow
def test_a_hundred_thousand_rows_take_little_memory(app):
    rows = ((n, "深圳市前海示例科技有限公司" * 4) for n in range(100_000))
    with app.test_request_context():
        tracemalloc.start()
        size = sum(map(len, exports.as_csv(rows, _columns("n", "name"), name="n").iter_encoded()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert size > 15_000_000
    assert peak < 2_000_000


def test_a_feed_holds_its_entries_and_says_when_it_changed(app):
    earlier, later = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    feed = {
        "title": "公司 <&>",
        "own": "https://market.example/feed",
        "page": "https://market.example/",
        "author": "湾桥",
        "language": "zh-Hans",
        "entries": [
            atom.Entry("https://market.example/a", "甲 <b>\0", "摘要 & 更多", "zh-Hans", ("芯片",), earlier, later),
            atom.Entry("https://market.example/b", "乙", "", "", (), earlier, earlier),
        ],
    }
    with app.test_request_context():
        answer = atom.answer(**feed)
    tree = xml.fromstring(answer.get_data())
    names = {"a": atom.ATOM}
    assert [e.findtext("a:title", namespaces=names) for e in tree.iterfind("a:entry", names)] == ["甲 <b>", "乙"]
    assert [e.findtext("a:summary", namespaces=names) for e in tree.iterfind("a:entry", names)] == ["摘要 & 更多", None]
    assert tree.findtext("a:updated", namespaces=names) == later.isoformat()
    assert tree.find("a:entry/a:category", names).get("term") == "芯片"
    assert tree.find("a:entry/a:summary", names).get(f"{{{atom.XML}}}lang") == "zh-Hans"
    with app.test_request_context(headers={"If-None-Match": answer.headers["ETag"]}):
        assert atom.answer(**feed).status_code == 304


def test_a_feed_leaves_out_what_xml_cannot_carry():
    entry = atom.Entry("http://x", "a\x00b\x0b\ufffe", "c\ud800d", "en", ("e\x1f",), NOW, NOW)
    body = atom.written(title="t\x00", own="o", page="p", author="a", language="en", entries=[entry])
    names = {"a": atom.ATOM}
    assert xml.fromstring(body).findtext("a:entry/a:title", namespaces=names) == "ab"
    assert xml.fromstring(body).findtext("a:entry/a:summary", namespaces=names) == "cd"
