"""Which text is in which language, and what the page shows of two checked texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing.checking import examples, marking, rules
from listing.checking.marking import AGREES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司收入1.2亿元", "zh"),
        ("Revenue of RMB 120 million", "en"),
        ("公司使用 OpenCC 与数据库 PostgreSQL 开发", "zh"),
        ("采用 OpenCC 与 Python 库", None),
        ("Shenzhen Sampan (深圳市舢板储能有限公司) makes cells for buses, ships and stores.", "en"),
        ("12,000 / 2025", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text, expected):
    assert rules.language_of(text) == expected


def test_texts_in_each_others_field_are_exchanged():
    assert rules.ordered("Sales rose.", "销售增长。") == ("销售增长。", "Sales rose.", True)
    assert rules.ordered("Sales rose 12%.", "12%") == ("12%", "Sales rose 12%.", True)
    assert rules.ordered("销售增长。", "Sales rose.") == ("销售增长。", "Sales rose.", False)
    assert rules.ordered("12%", "12%") == ("12%", "12%", False)


def test_two_texts_in_one_language_are_refused():
    with pytest.raises(rules.NoChinese):
        rules.ordered("Sales rose.", "Sales fell.")
    with pytest.raises(rules.NoEnglish):
        rules.ordered("销售增长。", "销售下降。")


def _marks(stretches):
    return [(s.text, s.mark, s.number) for s in stretches if s.mark]


def test_agreeing_figures_are_numbered_as_pairs_and_findings_by_gravity():
    result = marking.checked("2025年收入2,030万元，增长12%。", "Revenue rose 12% to RMB203 million in 2025.")
    assert _marks(result.zh) == [("2025年", AGREES, 1), ("2,030万元", "certain", 1), ("12%", AGREES, 2)]
    assert _marks(result.en) == [("12%", AGREES, 2), ("RMB203 million", "certain", 1), ("2025", AGREES, 1)]
    assert [(p.number, p.finding.kind, p.on_zh, p.on_en) for p in result.points] == [(1, "magnitude", True, True)]
    assert result.agreeing == 2
    led = marking.checked("2025年收入增长12%。", "Revenue rose 12% in 2025.", lead="en")
    assert _marks(led.en) == [("12%", AGREES, 1), ("2025", AGREES, 2)]


def test_terms_and_wording_are_marked_and_figures_are_judged_as_figures():
    result = marking.checked("公司股份已挂牌，保本，提高2个百分点。", "Its shares are listed, and up by 2%.")
    assert {p.finding.kind for p in result.points} == {"confusable", "forbidden", "unit"}
    assert result.points[0].finding.severity == "certain"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_example_shows_every_severity(lang):
    result = marking.checked(*examples.texts(lang))
    assert {p.finding.severity for p in result.points} == set(marking.SEVERITIES)
    assert {p.finding.kind for p in result.points} == {"magnitude", "value", "confusable", "unit", "modality"}
    assert result.agreeing == 9
    assert result.zh_lang == ("zh-Hant" if lang == "zh-Hant" else "zh-Hans")


SHORT = st.text(max_size=30) | st.text(alphabet="公司挂牌保本1234亿万元%.，A listed guaranteed return\n", max_size=60)


@given(SHORT, SHORT)
@settings(deadline=None)
def test_the_stretches_are_the_texts(zh, en):
    result = marking.checked(zh, en)
    assert "".join(s.text for s in result.zh) == zh
    assert "".join(s.text for s in result.en) == en
    assert [p.number for p in result.points] == list(range(1, len(result.points) + 1))
