"""What changed, by word: in Chinese by word and not by character."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing.bilingual.difference import GONE, NEW, SAME, difference, words


def _shown(old, new, lang="zh"):
    marks = {SAME: "{}", GONE: "[-{}-]", NEW: "[+{}+]"}
    return "".join(marks[part.kind].format(part.text) for part in difference(old, new, lang))


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("产品销往大湾区，收入1.2亿元。", "zh", "产品|销往|大湾区|，|收入|1.2亿元|。"),
        ("產品銷往大灣區，收入1.2億元。", "zh", "產品|銷往|大灣區|，|收入|1.2億元|。"),
        ("Sales rose 12 per cent to HK$41.6 million.", "en", "Sales| |rose| |12 per cent| |to| |HK$41.6 million|.|"),
        ("the company’s state-of-the-art R&D", "en", "the| |company’s| |state-of-the-art| |R&D"),
        ("与Baybridge合作", "zh", "与|Baybridge|合作"),
    ],
)
def test_words(text, lang, expected):
    assert "|".join(words(text, lang)) == expected.rstrip("|")


def test_a_figure_changes_as_a_whole():
    assert _shown("收入1.2亿元。", "收入1.3亿元。") == "收入[-1.2亿元-][+1.3亿元+]。"
    assert _shown("Up 12%.", "Up 12.5%.", "en") == "Up [-12%-][+12.5%+]."


def test_chinese_changes_by_word():
    assert _shown("公司专注于研发与生产。", "公司专注于研发与销售。") == "公司专注于研发与[-生产-][+销售+]。"
    assert _shown("本公司从事電池研發", "本公司从事電池銷售") == "本公司从事電池[-研發-][+銷售+]"


def test_a_lone_word_between_two_changes_is_no_island():
    assert _shown("the old red house", "the new blue house", "en") == "the [-old red-][+new blue+] house"
    assert _shown("研发的产品上市", "销售的设备上市") == "[-研发的产品-][+销售的设备+]上市"


def test_the_edges_stay():
    assert _shown("One. Two.", "One. Two. Three.", "en") == "One. Two.[+ Three.+]"
    assert _shown("", "新的一段", "zh") == "[+新的一段+]"
    assert _shown("同", "同") == "同"
    assert difference("", "", "en") == []


MIXED = st.text(alphabet=st.sampled_from("研发生产销售的公司，。3万亿 ab1%\n-'𠮷囍"), max_size=40) | st.text(
    max_size=30
)


@given(MIXED, MIXED, st.sampled_from(("zh", "en")))
def test_the_parts_are_the_texts(old, new, lang):
    parts = difference(old, new, lang)
    assert "".join(part.text for part in parts if part.kind != NEW) == old
    assert "".join(part.text for part in parts if part.kind != GONE) == new
    assert all(part.text for part in parts)
    assert all(a.kind != b.kind for a, b in zip(parts, parts[1:], strict=False))


@pytest.mark.parametrize("worst", ["的研发" * 7_000, "a b " * 5_000, "12 " * 6_000])
def test_the_longest_texts_are_compared_in_good_time(worst):
    begun = time.process_time()
    difference(worst, worst[::-1] + "完", "zh")
    assert time.process_time() - begun < 8
