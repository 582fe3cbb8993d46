"""Figures of both languages: value, kind, unit, place. The sentences are our own."""

from decimal import Decimal

import pytest

from listing.bilingual.figures import figures, written
from listing.bilingual.script import to_hant


def read(text: str, lang: str) -> list[tuple[str, str, str, str | None]]:
    """What the tests compare: text, kind, value, and currency or unit."""
    return [(f.text, f.kind, written(f.value), f.currency or f.unit) for f in figures(text, lang)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("人民币1.2亿元", "money", "120000000", "CNY"),
        ("港幣4,160萬元", "money", "41600000", "HKD"),
        ("ＨＫ＄４１．６萬", "money", "416000", "HKD"),
        ("350万澳门元", "money", "3500000", "MOP"),
        ("MOP$20,000", "money", "20000", "MOP"),
        ("五元三毛", "money", "5.3", "CNY"),
        ("一万五千亿元", "money", "1500000000000", "CNY"),
        ("百分之三点五", "percent", "3.5", "%"),
        ("百分百", "percent", "100", "%"),
        ("千分之二", "percent", "0.2", "%"),
        ("3.5‰", "percent", "3.5", "‰"),
        ("两成半", "percent", "25", "%"),
        ("九成", "percent", "90", "%"),
        ("八折", "percent", "80", "%"),
        ("八五折", "percent", "85", "%"),
        ("12个百分点", "percent", "12", "pp"),
        ("25个基点", "percent", "25", "bp"),
        ("负3.9%", "percent", "-3.9", "%"),
        ("一半", "number", "0.5", None),
        ("三分之一", "number", "0.333333333333333", None),
        ("翻一番", "multiple", "2", "×"),
        ("翻两番", "multiple", "4", "×"),
        ("1,100万", "number", "11000000", None),
        ("4.78萬億", "number", "4780000000000", None),
        ("數十", "number", "10", None),
        ("二零二五年十二月三十一日", "date", "2025-12-31", None),
        ("2025年6月", "date", "2025-06", None),
        ("2025財年", "date", "FY2025", None),
        ("2025年上半年", "date", "2025-H1", None),
        ("2025年第三季度", "date", "2025-Q3", None),
        ("上世纪90年代", "date", "199X", None),
        ("19世紀80年代", "date", "188X", None),
        ("晚上7点半", "time", "19:30", None),
        ("3.5公里", "quantity", "3.5", "km"),
        ("20亩", "quantity", "20", "mu"),
        ("1,200平方呎", "quantity", "1200", "ft²"),
        ("7nm", "quantity", "7", "nm"),
        ("30GWh", "quantity", "30", "GWh"),
        ("六个月", "duration", "6", "month"),
        ("三比一", "ratio", "3:1", None),
        ("第十九", "ordinal", "19", None),
        ("0700.HK", "identifier", "0700.HK", None),
    ],
)
def test_chinese_figure(text, kind, value, unit):
    assert read(text, "zh") == [(text, kind, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "注册资本约2亿3千万元，其中一半为美元，逾三千名员工",
        "二零二五年上半年增长两成半，第三季度下降5个百分点",
        "占地20亩，年产30万吨，气温32.2摄氏度，成立于上世纪90年代",
        "不足100家，最多5个钟头，两星期内回复，十余载经验，共3则公告",
    ],
)
def test_both_scripts_give_the_same_figures(text):
    def told(of: str) -> list[tuple[str, str, str | None, str | None]]:
        return [(f.kind, written(f.value), f.currency, f.hedge) for f in figures(of, "zh")]

    assert told(to_hant(text)) == told(text)
    assert len(told(text)) > 2


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("HK$41.6 million", "money", "41600000", "HKD"),
        ("RMB120m", "money", "120000000", "CNY"),
        ("US$1.5bn", "money", "1500000000", "USD"),
        ("2 million patacas", "money", "2000000", "MOP"),
        ("$20", "money", "20", "$"),
        ("3 dollars 50 cents", "money", "3.5", "$"),
        ("12.5 per cent", "percent", "12.5", "%"),
        ("four percentage points", "percent", "4", "pp"),
        ("25 basis points", "percent", "25", "bp"),
        ("3 per mille", "percent", "3", "‰"),
        ("one hundred and sixty-one", "number", "161", None),
        ("two million and a half", "number", "2500000", None),
        ("two thirds", "number", "0.666666666666667", None),
        ("a dozen", "number", "12", None),
        ("minus five point five", "number", "-5.5", None),
        ("threefold", "multiple", "3", "×"),
        ("quadrupled", "multiple", "4", "×"),
        ("30 June 2025", "date", "2025-06-30", None),
        ("Dec. 31, 2024", "date", "2024-12-31", None),
        ("June 2025", "date", "2025-06", None),
        ("FY2025", "date", "FY2025", None),
        ("1H2025", "date", "2025-H1", None),
        ("Q3 2025", "date", "2025-Q3", None),
        ("1990s", "date", "199X", None),
        ("5.30pm", "time", "17:30", None),
        ("90,000 tonnes", "quantity", "90000", "t"),
        ("2mm", "quantity", "2", "mm"),
        ("six months", "duration", "6", "month"),
        ("1:3", "ratio", "1:3", None),
        ("19th", "ordinal", "19", None),
        ("COVID-19", "identifier", "COVID-19", None),
        ("5G", "identifier", "5G", None),
        ("H200", "identifier", "H200", None),
        ("24/7", "identifier", "24/7", None),
        ("+852 2345 6789", "identifier", "+852 2345 6789", None),
    ],
)
def test_english_figure(text, kind, value, unit):
    assert read(text, "en") == [(text, kind, value, unit)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("这一切都很顺利，四川分公司的产品十分可靠", "zh"),
        ("统一标准、队伍建设、登陆市场，唯一的要求是合规", "zh"),
        ("He may lead the one you mentioned", "en"),
        ("", "zh"),
        ("   ", "en"),
    ],
)
def test_words_that_only_look_like_figures_are_left(text, lang):
    assert figures(text, lang) == []


def test_growing_by_is_not_growing_to():
    assert read("营收增长3倍", "zh") == [("3倍", "multiple", "3", "+×")]
    assert read("营收增长到3倍", "zh") == [("3倍", "multiple", "3", "×")]


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("3至5亿元", "zh", ["300000000", "500000000"]),
        ("300万到800万英镑", "zh", ["3000000", "8000000"]),
        ("百分之30至43", "zh", ["30", "43"]),
        ("3至6月", "zh", ["XXXX-03", "XXXX-06"]),
        ("$3-5 million", "en", ["3000000", "5000000"]),
        ("between 30 and 43 percent", "en", ["30", "43"]),
        ("2016-18", "en", ["2016", "2018"]),
    ],
)
def test_ends_of_a_range_share_what_one_of_them_says(text, lang, values):
    assert [written(figure.value) for figure in figures(text, lang)] == values
    assert len({figure.kind for figure in figures(text, lang)}) == 1


@pytest.mark.parametrize(
    ("text", "lang", "hedge"),
    [
        ("约2.3亿元", "zh", "about"),
        ("逾300家", "zh", "over"),
        ("十几家", "zh", "over"),
        ("不足5%", "zh", "under"),
        ("500万元以上", "zh", "over"),
        ("80人左右", "zh", "about"),
        ("至少20名", "zh", "least"),
        ("5%", "zh", None),
        ("nearly 20 per cent", "en", "nearly"),
        ("more than 300", "en", "over"),
        ("up to HK$5 million", "en", "most"),
        ("approximately 120 million", "en", "about"),
        ("300 staff", "en", None),
    ],
)
def test_hedges(text, lang, hedge):
    assert [figure.hedge for figure in figures(text, lang)] == [hedge]


def test_places_are_those_of_the_text_as_given():
    text = "２０２４年，營業額為港幣１，２３４萬元（按年升 5.6％）"
    found = figures(text, "zh")
    assert [text[figure.start : figure.end] for figure in found] == ["２０２４年", "港幣１，２３４萬元", "5.6％"]
    assert [figure.text for figure in found] == ["２０２４年", "港幣１，２３４萬元", "5.6％"]
    assert found[1].value == Decimal(12340000)


def test_the_record_holds_the_fields_of_the_contract():
    assert figures("Revenue was over RMB120m", "en")[0].record() == {
        "text": "RMB120m",
        "start": 17,
        "end": 24,
        "kind": "money",
        "value": "120000000",
        "unit": None,
        "currency": "CNY",
        "hedge": "over",
    }


def test_one_amount_does_not_lend_its_currency_to_the_next():
    assert read("4人民币 5美元", "zh") == [("4人民币", "money", "4", "CNY"), ("5美元", "money", "5", "USD")]


def test_a_number_ends_before_the_next_one_begins():
    assert read("1.7 million four years ago", "en") == [
        ("1.7 million", "number", "1700000", None),
        ("four years", "duration", "4", "year"),
    ]
