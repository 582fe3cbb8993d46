"""A figure said in any language is read back as it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing.bilingual.agreement import check
from listing.bilingual.figures import figures
from listing.bilingual.measures import PARTS, UNITS, Measure, period, ratio, say

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
WHOLE = ("count", "duration")
MEASURES = st.builds(
    lambda key, digits, places: Measure(*key, Decimal(digits).scaleb(0 if key[0] in WHOLE else -places)),
    st.sampled_from(sorted(UNITS)),
    st.integers(2, 10**9),
    st.integers(0, 4),
)


def read(text, lang):
    (figure,) = figures(text, "en" if lang == "en" else "zh")
    return figure


@given(MEASURES, st.sampled_from(LANGUAGES))
def test_a_measure_is_read_back_as_it_was(measure, lang):
    figure = read(say(measure, lang), lang)
    assert figure.value == measure.value
    if measure.kind in ("percent", "multiple", "quantity"):
        assert (figure.kind, figure.unit) == (measure.kind, measure.unit)


@given(MEASURES)
def test_what_is_said_in_two_languages_agrees(measure):
    assert [f for f in check(say(measure, "zh-Hans"), say(measure, "en")) if f.severity != "hint"] == []


@given(st.integers(1990, 2080), st.sampled_from(PARTS), st.sampled_from(LANGUAGES))
def test_a_period_is_read_back_as_it_was(year, part, lang):
    assert read(period(year, part, lang), lang).value == (f"FY{year}" if part == "FY" else f"{year}-{part}")


@given(st.integers(1, 20), st.integers(1, 9), st.sampled_from(LANGUAGES))
def test_a_ratio_is_read_back_as_it_was(first, second, lang):
    """Up to nine: 1:10 alone is also ten past one."""
    assert read(ratio(first, second), lang).value == f"{first}:{second}"


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (Measure("percent", "%", Decimal("-31.50")), ("−31.5%", "−31.5%", "−31.5%")),
        (Measure("percent", "pp", 1), ("1 个百分点", "1 個百分點", "1 percentage point")),
        (Measure("count", "patent", 1200), ("1,200 项专利", "1,200 項專利", "1,200 patents")),
        (Measure("quantity", "t", Decimal("4.7E+4")), ("47,000 吨", "47,000 公噸", "47,000 tonnes")),
        (Measure("count", "person", 1), ("1 人", "1 人", "1 person")),
    ],
)
def test_how_a_measure_reads(measure, said):
    assert tuple(say(measure, lang).replace("\u00a0", " ") for lang in LANGUAGES) == said


def test_a_float_and_an_unknown_unit_are_refused():
    with pytest.raises(TypeError):
        Measure("percent", "%", 0.1)
    with pytest.raises(ValueError, match="parsec"):
        Measure("quantity", "parsec", 1)
