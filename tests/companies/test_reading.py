"""Files of every format and encoding, and what is said about those that are broken or meant to harm."""

import codecs
import json
import random
from contextlib import suppress

import pytest

from listing.companies.reading import tables, workbook
from listing.companies.reading.findings import (
    BrokenBytes,
    BrokenTable,
    BrokenWorkbook,
    Empty,
    JsonArray,
    NoHeading,
    OldExcel,
    SuspiciousWorkbook,
    TooLarge,
    TooManyRows,
    TwiceInHeading,
    UnclearEncoding,
    Unreadable,
)
from listing.companies.reading.prepared import prepare

from . import sheets

KEYS = [("HKEX", "00001"), ("SSE", "600198"), ("SZSE", "002594")]
SHEET = "xl/worksheets/sheet1.xml"


def read(data):
    """Market, code and Chinese name of each sound row."""
    return [(entry.market, entry.code, entry.facts.name_zh) for entry in prepare(data).entries]


def codes(data):
    """Line and code of each finding."""
    return [(finding.line, finding.code) for finding in prepare(data).findings]


def one(**cells):
    """The findings and facts of a JSON file with one row."""
    row = {"market": "HKEX", "code": "00001", "name_en": "Acme"} | cells
    prepared = prepare(json.dumps(row).encode())
    return [finding.code for finding in prepared.findings], [entry.facts for entry in prepared.entries]


ENCODED = {
    "utf-8": sheets.csv_text().encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + sheets.csv_text().encode(),
    "utf-16": sheets.csv_text().encode("utf-16"),
    "utf-16-le without mark": sheets.csv_text().encode("utf-16-le"),
    "utf-16-be": codecs.BOM_UTF16_BE + sheets.csv_text().encode("utf-16-be"),
    "gb18030": sheets.csv_text().encode("gb18030"),
    "tabs": sheets.csv_text(mark="\t").encode("utf-16"),
    "semicolons": sheets.csv_text(mark=";").encode(),
    "json lines": sheets.json_lines(),
    "json lines with mark": codecs.BOM_UTF8 + sheets.json_lines(),
    "workbook": sheets.workbook(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_the_same_rows_come_out_of_every_format_and_encoding(data):
    assert read(data) == [(row[0], row[1], row[2]) for row in sheets.ROWS]


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "gb18030", "utf-8"])
def test_traditional_names_survive_their_old_encodings(codec):
    data = sheets.csv_text(sheets.TRADITIONAL).encode(codec)
    assert [name for _market, _code, name in read(data)] == ["長江和記實業有限公司", "香港中華煤氣有限公司"]


def test_a_file_that_both_old_encodings_can_read_is_not_guessed_at():
    data = "market,code,name_zh\nSSE,600001,腾讯\n".encode("gb18030")
    with pytest.raises(UnclearEncoding) as refused:
        prepare(data)
    assert refused.value.params == {"line": 2}


def test_a_flaw_in_utf8_is_named_by_its_line_and_not_taken_for_another_encoding():
    data = sheets.csv_text().encode()
    broken = data.replace("电信".encode(), "电".encode() + b"\xe4\xbf", 1)
    with pytest.raises(BrokenBytes) as refused:
        prepare(broken)
    assert refused.value.params == {"line": 3, "encoding": "UTF-8"}


def test_half_a_character_at_the_end_of_utf16_is_named_by_its_line():
    with pytest.raises(BrokenBytes) as refused:
        prepare(sheets.csv_text().encode("utf-16")[:-1])
    assert refused.value.params["encoding"] == "UTF-16"


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", Empty),
        (b" \r\n\r\n", Empty),
        (b"market,code,name_en\r\n", Empty),
        (b"name,price\r\nAcme,1\r\n", NoHeading),
        (b"market,code,code,name_en\r\nSSE,1,1,Acme\r\n", TwiceInHeading),
        (b'market,code,name_en\r\nSSE,600001,"Acme\r\nSSE,600002,B\r\n', BrokenTable),
        (b'[{"market": "SSE"}]', JsonArray),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldExcel),
        (b"PK\x03\x04 not a workbook", BrokenWorkbook),
        (sheets.workbook()[:2000], BrokenWorkbook),
        (sheets.with_part(sheets.workbook(), SHEET, b"<worksheet><sheetData><row>"), BrokenWorkbook),
        (sheets.with_part(sheets.workbook(), SHEET, b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"), SuspiciousWorkbook),
        (sheets.with_part(sheets.workbook(), SHEET, b" " * (17 * 1024 * 1024)), SuspiciousWorkbook),
        (b"\x80" + bytes(range(128, 256)) * 20, BrokenBytes),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, refusal):
    with pytest.raises(refusal):
        prepare(data)


def test_limits_hold(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    for data in (ENCODED["utf-8"], ENCODED["json lines"], ENCODED["workbook"]):
        with pytest.raises(TooManyRows):
            prepare(data)
    monkeypatch.setattr(tables, "MOST_BYTES", 100)
    with pytest.raises(TooLarge):
        prepare(ENCODED["utf-8"])


def test_rows_without_text_end_a_sheet(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BLANK", 3)
    blank = [None] * 8
    assert [key[:2] for key in read(sheets.workbook([sheets.ROWS[0], blank, sheets.ROWS[1]]))] == KEYS[:2]
    assert [key[:2] for key in read(sheets.workbook([sheets.ROWS[0], *[blank] * 4, sheets.ROWS[1]]))] == KEYS[:1]


def test_a_workbook_keeps_codes_that_excel_took_for_numbers():
    rows = [["HKEX", 1, "甲公司", "A"], ["SZSE", 2594.0, "乙公司", "B"]]
    data = sheets.workbook(rows, ["market", "code", "name_zh", "name_en"])
    assert [key[:2] for key in read(data)] == [("HKEX", "00001"), ("SZSE", "002594")]


def test_formulas_are_text_and_no_name():
    rows = [["HKEX", "00001", "", '=HYPERLINK("http://x","Acme")', "=1+1"]]
    data = sheets.workbook(rows, ["market", "code", "name_zh", "name_en", "summary"])
    assert codes(data) == [(2, "formula")]
    found, facts = one(summary="=1+1 is two")
    assert (found, facts[0].passages[0].en) == ([], "=1+1 is two")


def test_lines_that_are_no_row_are_refused_and_the_others_taken():
    text = 'market,code,name_en\r\nSSE,600001,"Two\r\nlines"\r\nSSE,600002,B,more\r\nSSE,600003,C\r\n'
    assert codes(text.encode()) == [(4, "cells")]
    assert [key[1] for key in read(text.encode())] == ["600001", "600003"]
    lines = sheets.json_lines() + b"\n{broken\n[1]\n" + b"[" * 100_000
    assert codes(lines) == [(4, "bad_json"), (5, "bad_json"), (6, "bad_json")]


def test_a_repeated_code_is_refused_the_second_time_however_it_is_written():
    text = "market,code,name_en\r\nHKEX,5,A\r\nHKEX,00005,B\r\n"
    prepared = prepare(text.encode())
    assert [(f.line, f.code, f.params) for f in prepared.findings] == [(3, "duplicate", {"first": 2})]
    assert [entry.facts.name_en for entry in prepared.entries] == ["A"]


def test_columns_that_are_not_read_are_named_once():
    prepared = prepare(b"market,code,name_en,price,owner\r\nSSE,600001,A,1,x\r\n")
    assert [(f.line, f.code, f.params) for f in prepared.findings] == [
        (0, "ignored_columns", {"columns": "price, owner"})
    ]


def test_headings_may_be_chinese():
    text = "市场,证券代码,公司名称,英文名称,行业\r\nSSE,600001,甲科技有限公司,A,机器人\r\n"
    entry = prepare(text.encode("gb18030")).entries[0]
    assert (entry.facts.name_zh, entry.facts.sector) == ("甲科技有限公司", "robotics")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"market": ""}, ["no_market"]),
        ({"market": "GBA"}, ["own_market"]),
        ({"market": "ＧＢＡ"}, ["own_market"]),
        ({"market": "not one"}, ["bad_market"]),
        ({"code": ""}, ["no_code"]),
        ({"code": "1234567"}, ["bad_code"]),
        ({"name_en": ""}, ["no_name"]),
        ({"name_en": "Ac\u202eme"}, ["hostile"]),
        ({"city": "Shen\u200bzhen"}, ["hostile"]),
        ({"name_en": "x" * 401}, ["too_long"]),
        ({"summary": "x" * 20_001}, ["too_long"]),
    ],
)
def test_what_refuses_a_row(cells, found):
    assert one(**cells) == (found, [])


@pytest.mark.parametrize(
    ("cells", "found", "column", "value"),
    [
        ({"registration_number": "91152201078394644E"}, ["check_digit"], "registration_number", "91152201078394644E"),
        ({"registration_number": "??"}, ["bad_number"], "registration_number", ""),
        ({"lei": "123"}, ["bad_lei"], "lei", ""),
        ({"website": "javascript:alert(1)"}, ["bad_website"], "website", ""),
        ({"website": "http://user@evil.example"}, ["bad_website"], "website", ""),
        ({"website": "www.acme.example/a b"}, ["bad_website"], "website", ""),
        ({"website": "www.acme.example"}, [], "website", "http://www.acme.example"),
        ({"url": "https://acme.example"}, [], "website", "https://acme.example"),
        ({"founded": "long ago"}, ["bad_year"], "founded", None),
        ({"founded": "2019年5月"}, [], "founded", 2019),
        ({"list_date": "20091030"}, [], "listed_on", "2009-10-30"),
        ({"list_date": "2009-13-30"}, ["bad_date"], "listed_on", None),
        ({"stage": "B轮"}, ["bad_stage"], "stage", "listed"),
        ({"stage": "B 轮"}, [], "stage", "b"),
        ({"industry": "Sorcery"}, ["no_sector"], "sector", ""),
        ({"country": "China", "area_zh": "深圳", "city": "New York"}, ["place_conflict"], "city", "shenzhen"),
        ({"name_en": "Аcme"}, ["alphabets"], "name_en", "Аcme"),
        ({"market": "MOEX"}, [], "stage", ""),
        ({"former_en": "Old; Older"}, [], "former_names", ({"zh": "", "en": "Old"}, {"zh": "", "en": "Older"})),
    ],
)
def test_what_is_doubtful_is_told_and_the_row_taken(cells, found, column, value):
    codes_, facts = one(**cells)
    kept = getattr(facts[0], column)
    assert (codes_, kept.isoformat() if column == "listed_on" and kept else kept) == (found, value)


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ({"name_zh_hant": "騰訊控股有限公司"}, ("騰訊控股有限公司", "Hant", "")),
        ({"name_zh_hans": "腾讯控股", "name_zh_hant": "騰訊控股"}, ("騰訊控股", "Hant", "腾讯控股")),
        ({"market": "SSE", "name_zh_hans": "腾讯", "name_zh_hant": "騰訊"}, ("腾讯", "Hans", "騰訊")),
        ({"market": "SSE", "name_zh_hant": "三瑞智能"}, ("三瑞智能", "Hant", "")),
        ({"name_zh": "腾讯控股"}, ("腾讯控股", "Hans", "")),
        ({"name_zh": "中山公用"}, ("中山公用", "Hant", "")),
        ({"market": "SSE", "name_zh": "中山公用"}, ("中山公用", "Hans", "")),
        ({"name_zh": "Guangdong\r\n有限公司"}, ("Guangdong 有限公司", "Hans", "")),
    ],
)
def test_the_registered_name_keeps_its_script_and_the_other_one_stands_beside_it(cells, names):
    if cells.get("name_zh", "").startswith("Guangdong"):
        cells = cells | {"market": "SSE"}
    facts = one(**cells)[1][0]
    assert (facts.name_zh, facts.name_script, facts.name_zh_alt) == names


def test_a_summary_stands_on_the_side_of_its_language():
    english = one(summary="Makes chips.\n\nSells them.")[1][0].passages[0]
    assert (english.section, english.zh, english.en) == ("summary", "", "Makes chips.\nSells them.")
    chinese = one(summary="公司生产芯片。")[1][0].passages[0]
    assert (chinese.zh, chinese.en, chinese.script) == ("公司生产芯片。", "", "Hans")
    both = one(summary_zh="公司生產晶片。", summary_en="Makes chips.")[1][0].passages[0]
    assert (both.zh, both.en, both.script) == ("公司生產晶片。", "Makes chips.", "Hant")


def test_no_bytes_whatever_end_in_anything_but_a_refusal():
    source = random.Random(7)
    seeds = list(ENCODED.values())
    for turn in range(300):
        data = bytearray(seeds[turn % len(seeds)])
        for _ in range(source.randrange(1, 12)):
            data[source.randrange(len(data))] = source.randrange(256)
        with suppress(Unreadable):
            prepare(bytes(data))
