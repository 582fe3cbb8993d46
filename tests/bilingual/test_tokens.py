"""The tokeniser: equal words are equal tokens, and nothing typed is an operator."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing.bilingual.tokens import INITIALS, SOUND, WHOLE, Phrase, fold, name_sounds, name_words, query, runs, words


def cut(text):
    return words(runs(text)).split()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("騰訊控股", "腾讯控股"),
        ("衞星", "卫星"),
        ("滙豐", "汇丰"),
        ("裏面裡面", "里面里面"),
        ("著名", "着名"),
        ("ＴＥＮＣＥＮＴ", "tencent"),
        ("Éclair Straße", "eclair strasse"),
        ("Ten\u200bcent\u202e", "tencent"),
        ("ﬁnance Ⅳ", "finance iv"),
    ],
)
def test_folding_makes_equal_words_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("深圳科技", ["深圳", "圳科", "科技", "技"]),
        ("深圳，科技", ["深圳", "圳", "科技", "技"]),
        ("港", ["港"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("\U00031350一", ["\U00031350一", "一"]),
        ("5G通信3D打印", ["5g", "通信", "信", "3d", "打印", "印"]),
        ("SZ DJI Technology Co., Ltd.", ["sz", "dji", "technology", "co", "ltd"]),
        ("Tencent Holdings Limited", ["tencent", "hldgs", "ltd"]),
        ("U.S. R&D, AT&T; N.V. 1,000", ["us", "rd", "att", "nv", "1000"]),
        ("Int'l People’s", ["intl", "peoples"]),
        ("00700 000001", ["00700", "000001", "700", "0700", "1", "0001"]),
        ("a_b\0c\ud800d", ["a", "b", "c", "d"]),
        ("カナ 한국", ["カナ", "ナ", "한국", "국"]),
        ("，。！", []),
    ],
)
def test_text_is_cut_into_pairs_words_and_numbers(text, tokens):
    assert cut(text) == tokens


def test_a_name_is_also_one_token_whole_and_without_its_place():
    assert name_words([tuple(runs("深圳市大疆创新（集团）"))]).split()[-2:] == [
        WHOLE + "深圳市大疆创新集团",
        WHOLE + "大疆创新集团",
    ]


def test_a_name_is_heard_by_syllable_and_by_initials():
    assert name_sounds([tuple(runs("騰訊控股")), tuple(runs("Tencent"))]).split() == [
        *(SOUND + syllable for syllable in ("teng", "xun", "kong", "gu")),
        INITIALS + "txkg",
    ]


def test_a_query_asks_for_unbroken_chinese_and_all_words():
    assert query("半导体 深 2026").clauses == (
        (Phrase(("半导", "导体")),),
        (Phrase(("深",), prefix=True),),
        (Phrase(("2026",)),),
    )


def test_a_latin_word_may_be_pinyin_or_initials_of_a_name():
    assert query("tengxun").clauses == ((Phrase(("tengxun",)), Phrase((SOUND + "teng", SOUND + "xun"))),)
    assert query("txkg").clauses == ((Phrase(("txkg",)), Phrase((INITIALS + "txkg",), prefix=True)),)
    assert query("Ltd.").clauses == ((Phrase(("ltd",)),),)


@pytest.mark.parametrize("text", ["", " ", '"*^:()', "\0\u202e", "\ud800", "🚀"])
def test_a_query_without_words_is_false(text):
    assert not query(text)


def test_a_long_query_is_read_in_part():
    assert len(query("a b c d e f g h j k l m n o p q r s t " * 10_000).clauses) == 19
    assert query("深" * 100_000) == query("深" * 200)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_raises_or_yields_more_than_letters_digits_and_marks(text):
    plain = re.compile("[^\\s\"'()*:^&|!<>{}\\\\+-]+")
    asked = query(text)
    tokens = [token for clause in asked.clauses for phrase in clause for token in phrase.tokens]
    assert [token for token in [*cut(text), *tokens] if not plain.fullmatch(token)] == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="深圳科技騰訊Aé. &',1 0", max_size=20))
def test_every_text_is_found_by_itself(text):
    assert [run for run in runs(text) if run not in set(runs(" ".join(runs(text))))] == []
