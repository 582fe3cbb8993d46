"""The forms of figures that company texts and filings hold, as pairs: what agrees passes, what was altered is found."""

import re
from pathlib import Path
from time import process_time

import pytest

from listing.bilingual.agreement import check
from listing.bilingual.agreement.evaluation import alarms
from listing.bilingual.figures import figures
from listing.bilingual.figures.figure import written
from listing.bilingual.figures.numerals_zh import numerals
from listing.bilingual.script import to_hans, to_hant

# Chinese, English that says the same, English that does not.
PAIRS = [
    ("人民币3亿-5亿元", "RMB300 million to RMB500 million", "RMB300 million to RMB600 million"),
    ("港币3至5亿元", "between HK$300 million and HK$500 million", "between HK$30 million and HK$50 million"),
    ("1,000亿到2,000亿美元", "US$100 billion to $200 billion", "US$100 billion to $20 billion"),
    ("亏损人民币（3.2）百万元", "a loss of RMB(3.2) million", "a loss of RMB(2.3) million"),
    ("溢利41.6百萬港元", "profit of HK$41.6 million", "profit of HK$416 million"),
    ("120,000千元", "RMB120,000 thousand", "RMB120,000"),
    ("年发电5,000万千瓦时", "50 million kWh a year", "5 million kWh a year"),
    ("装机500万千瓦", "5 GW of capacity", "500 MW of capacity"),
    ("1,200亿千瓦时", "120 TWh", "12 TWh"),
    ("2025年前三季度收入增长8%", "revenue rose 8% in the first three quarters of 2025", "revenue rose 80% in 2025"),
    (
        "2025年首3季度",
        "the nine months ended 30 September 2025",
        "the 6 months ended 30 September 2025",
    ),
    ("2025Q3收入", "revenue of Q3 2025", "revenue of Q2 2025"),
    ("2025年H1", "1H2025", "2H2025"),
    ("FY2025业绩", "results of FY2025", "results of FY2024"),
    ("2024/25财年", "FY2024/25", "FY2022/23"),
    ("截至2025年6月30日止六个月", "the six months ended 30 June 2025", "the six months ended 30 June 2024"),
    ("股份代号：700", "Stock code: 700", "Stock code: 770"),
    ("通过ISO 9001:2015认证", "certified to ISO 9001:2015", "certified to ISO 9001:2008"),
    ("电话859-292-3680", "call 859-292-3680", "call 859-392-3680"),
    ("前10大客户", "the top 10 customers", "the top 20 customers"),
    ("第3号仓库", "Warehouse No. 3", "Warehouse No. 8"),
    ("占地300平方米", "covers 300 sq. m.", "covers 500 sq. m."),
    ("150万元", "one and a half million yuan", "RMB15 million"),
    ("注册资本500万元", "registered capital of Renminbi 5 million", "registered capital of Renminbi 50 million"),
    ("300多名员工", "300-odd employees", "800-odd employees"),
    ("两成半", "25 per cent", "35 per cent"),
    ("25个基点", "25 basis points", "52 basis points"),
    ("增长到3倍", "grew to three times, or 300%", "grew to 500%"),
    ("千分之三", "3 per mille", "5 per mille"),
    ("比例为1比3", "a ratio of 1:3", "a ratio of 1:8"),
    ("每10股派2.5元", "RMB2.5 for every 10 shares", "RMB2.5 for every 100 shares"),
]


@pytest.mark.parametrize(("zh", "same", "other"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_a_form_agrees_with_its_translation_and_not_with_another_figure(zh, same, other):
    for text in (zh, to_hant(zh)):
        assert alarms(check(text, same)) == []
        assert alarms(check(text, other)) != []


@pytest.mark.parametrize(
    ("text", "lang", "kind", "value", "unit"),
    [
        ("5000万千瓦时", "zh", "quantity", "50000000", "kWh"),
        ("前三季度", "zh", "duration", "9", "month"),
        ("首兩季", "zh", "duration", "6", "month"),
        ("first three quarters", "en", "duration", "9", "month"),
        ("1H2025", "zh", "date", "2025-H1", None),
        ("2025年Q3", "zh", "date", "2025-Q3", None),
        ("第3号", "zh", "ordinal", "3", None),
        ("ISO 14001:2015", "en", "identifier", "ISO 14001:2015", None),
        ("RMB(3.2) million", "en", "money", "-3200000", None),
        ("HK$(1,234)千元", "zh", "money", "-1234000", None),
        ("RMB'000", "en", "money", "1000", None),
        ("48.5 MGBP", "en", "money", "48500000", None),
        ("two and a half billion", "en", "number", "2500000000", None),
        ("tens of thousands", "en", "number", "10000", None),
        ("a year and a half", "en", "duration", "1.5", "year"),
    ],
)
def test_a_form_has_its_value(text, lang, kind, value, unit):
    (figure,) = (f for f in figures(text, lang) if f.kind == kind)
    assert (written(figure.value), figure.unit) == (value, unit)
    assert figure.text == (text if kind != "ordinal" else "第3")


def test_a_dash_is_no_minus_behind_an_amount_and_a_minus_elsewhere():
    assert [written(f.value) for f in figures("3亿-5亿元", "zh")] == ["300000000", "500000000"]
    assert [written(f.value) for f in figures("净利润-500万元，增速-3.2%", "zh")] == ["-5000000", "-3.2"]


# Sentences as filings and company profiles hold them, of either script, each with its English; all invented.
FILINGS = [line.split("\t") for line in Path(__file__).with_name("filings.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("zh", "en"), FILINGS, ids=[zh[:16] for zh, _ in FILINGS])
def test_a_filing_that_agrees_raises_not_even_a_hint(zh, en):
    for text in (zh, to_hans(zh), to_hant(zh)):
        assert [finding.sentence for finding in check(text, en)] == []


def test_nearly_every_altered_digit_of_the_filings_is_found():
    altered = [
        (zh, f"{en[: found.start()]}{(int(found.group()) + 3) % 10}{en[found.end() :]}")
        for zh, en in FILINGS
        for found in re.finditer(r"\d", en)
    ]
    missed = [en for zh, en in altered if not alarms(check(zh, en))]
    assert len(altered) > 300
    assert len(missed) <= 0.02 * len(altered), missed


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("最多120,000,000股", "up to 120,003,000 shares"),
        ("约16.67%", "approximately 16.60%"),
        ("1.23亿元", "RMB120 million"),
    ],
)
def test_what_is_no_rounding_is_an_alarm(zh, en):
    assert alarms(check(zh, en)) != []


def test_a_rounding_that_says_so_is_none():
    assert alarms(check("约1.23亿元", "approximately RMB120 million")) == []
    assert alarms(check("约16.67%", "approximately 16.7%")) == []


def test_a_long_row_of_pairs_with_commas_is_read_once():
    row = "12,34,56,78," * 2_000
    began = process_time()
    assert sum(1 for _ in numerals(row)) == 8_000
    assert process_time() - began < 1.5  # read to its end from each number it took six seconds
