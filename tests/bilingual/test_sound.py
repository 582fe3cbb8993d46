"""The pinyin of names, and Latin words read as pinyin."""

import subprocess
import sys

import pytest

from listing.bilingual.sound import may_be_initials, readings, syllables


@pytest.mark.parametrize(
    ("han", "read"),
    [
        ("重庆银行", ["chong", "qing", "yin", "hang"]),
        ("长江和记", ["chang", "jiang", "he", "ji"]),
        ("女娲", ["nv", "wa"]),
        ("𠮷", []),
        ("", []),
    ],
)
def test_names_are_read_with_their_phrases(han, read):
    assert syllables(han) == read


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("tengxun", [("teng", "xun")]),
        ("xian", [("xian",), ("xi", "an")]),
        ("fangan", [("fang", "an"), ("fan", "gan")]),
        ("bank", []),
        ("", []),
        ("a" * 37, []),
        ("腾讯", []),
        ("5g", []),
    ],
)
def test_a_word_is_read_as_pinyin_where_it_is_whole_syllables(word, read):
    assert readings(word) == read


def test_readings_of_an_ambiguous_word_are_few():
    assert len(readings("xian" * 9)) == 4


@pytest.mark.parametrize(("word", "may"), [("txkg", True), ("tx", True), ("t", False), ("via", False), ("t3", False)])
def test_initials_are_letters_a_syllable_can_open_with(word, may):
    assert may_be_initials(word) is may


def test_a_query_does_not_load_the_dictionary_of_readings():
    code = "import sys; from listing.bilingual import tokens as t; t.query('tengxun'); print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
