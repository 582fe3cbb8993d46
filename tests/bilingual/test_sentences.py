"""Where sentences end, and which stand for which."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing.bilingual.sentences import Link, align, split
from listing.bilingual.sentences.alignment import STRAY


def _texts(text, lang):
    return [sentence.text for sentence in split(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司成立于2012年。总部在深圳！", ["公司成立于2012年。", "总部在深圳！"]),
        ("收入1.2亿元。", ["收入1.2亿元。"]),
        ("已量产；正在扩产。", ["已量产；", "正在扩产。"]),
        ("《公司法》（2023年修订。）规定：应当披露。", ["《公司法》（2023年修订。）规定：应当披露。"]),
        ("他表示：“先稳住。再扩产。”公司随后公告。", ["他表示：“先稳住。再扩产。”", "公司随后公告。"]),
        ("“我们很高兴。”他说。真的？！", ["“我们很高兴。”他说。", "真的？！"]),
        ("「先穩住。」他說。（見附註。）完。", ["「先穩住。」他說。", "（見附註。）", "完。"]),
        ("第一段\n\n第二段。", ["第一段", "第二段。"]),
        ("未闭合的“引号。下一句。", ["未闭合的“引号。", "下一句。"]),
        ("省略……后面。", ["省略……", "后面。"]),
    ],
)
def test_chinese_sentences(text, expected):
    assert _texts(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales rose 1.5 per cent. Costs fell.", ["Sales rose 1.5 per cent.", "Costs fell."]),
        ("Sampan Co., Ltd. makes cells. It grows.", ["Sampan Co., Ltd. makes cells.", "It grows."]),
        ("It belongs to Sampan Ltd. The firm grows!", ["It belongs to Sampan Ltd.", "The firm grows!"]),
        ("Dr. Li and Mr. Wu, e.g. in the U.S. market.", ["Dr. Li and Mr. Wu, e.g. in the U.S. market."]),
        ("He said: “We grow. We win.” Then he left.", ["He said: “We grow. We win.”", "Then he left."]),
        ("See No. 5 (Fig. 3). Opened at 9 a.m. It closed.", ["See No. 5 (Fig. 3).", "Opened at 9 a.m.", "It closed."]),
        ("One line\nanother line", ["One line", "another line"]),
        ("Up 5%; down 3%.", ["Up 5%; down 3%."]),
    ],
)
def test_english_sentences(text, expected):
    assert _texts(text, "en") == expected


def test_a_sentence_keeps_its_name_while_others_come_and_go():
    first, second = split("公司成立。公司成立。", "zh")
    assert second.id == f"{first.id}.2"
    assert split("新的一句。 公司成立。", "zh")[1].id == first.id


ZH = "公司成立于2012年。总部位于深圳，员工312人。产品销往12个国家；其中欧洲占四成。"
EN = (
    "The company was founded in 2012. It has 312 employees and is based in Shenzhen. "
    "It sells to 12 countries, Europe 40%."
)


def _linked(zh, en, kept=()):
    here, there = split(zh, "zh"), split(en, "en")
    numbers = {s.id: n for side in (here, there) for n, s in enumerate(side)}
    return [(*([numbers[i] for i in side] for side in link[:2]), link.by_hand) for link in align(here, there, kept)]


def test_sentences_are_aligned_and_two_may_stand_for_one():
    assert _linked(ZH, EN) == [([0], [0], False), ([1], [1], False), ([2, 3], [2], False)]


def test_a_sentence_without_a_like_stands_alone():
    en = EN.replace(" It has 312 employees and is based in Shenzhen.", "")
    assert _linked(ZH, en)[:2] == [([0], [0], False), ([1], [], False)]


def test_a_link_made_by_hand_stands_while_its_sentences_do():
    here, there = split(ZH, "zh"), split(EN, "en")
    mine = Link((here[2].id,), (there[2].id,), by_hand=True)
    assert ([2], [2], True) in _linked(ZH, EN, [mine])
    assert ([3], [3], True) in _linked("开头一句。" + ZH, "A beginning. " + EN, [mine])
    assert not any(link[2] for link in _linked(ZH.replace("12个", "13个"), EN, [mine]))
    assert not any(link[2] for link in _linked(ZH, EN, [mine._replace(by_hand=False)]))


def test_links_by_hand_may_cross():
    here, there = split(ZH, "zh"), split(EN, "en")
    crossed = [Link((here[0].id,), (there[1].id,), True), Link((here[1].id,), (there[0].id,), True)]
    assert _linked(ZH, EN, crossed) == [([0], [1], True), ([1], [0], True), ([2, 3], [2], False)]


TEXT = st.text(alphabet=st.sampled_from("公司12。！；“”（《》）\n .?AbLtd,\"'…"), max_size=60) | st.text(max_size=40)


@given(TEXT, st.sampled_from(("zh", "en")))
@settings(deadline=None)
def test_sentences_hold_all_that_is_no_blank(text, lang):
    found = split(text, lang)
    assert [text[s.start : s.end] for s in found] == [s.text for s in found]
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
    assert len({s.id for s in found}) == len(found)


@given(TEXT, TEXT, st.data())
@settings(deadline=None)
def test_each_sentence_is_in_exactly_one_link(zh, en, data):
    here, there = split(zh, "zh"), split(en, "en")
    names = [[s.id for s in side] for side in (here, there)]
    pick = [st.lists(st.sampled_from(side), unique=True) if side else st.just([]) for side in names]
    kept = [Link(tuple(data.draw(pick[0])), tuple(data.draw(pick[1])), True) for _ in range(2)]
    links = align(here, there, kept)
    assert sorted(name for link in links for name in link.zh) == sorted(s.id for s in here)
    assert sorted(name for link in links for name in link.en) == sorted(s.id for s in there)


@pytest.mark.slow
def test_long_passages_are_aligned_in_good_time():
    begun = time.process_time()
    zh, en = (
        split("公司成立于2012年，员工312人。" * 600, "zh"),
        split("It was founded in 2012. It is big. " * 300, "en"),
    )
    assert len(align(zh, en)) >= 300
    assert len(align(zh[: STRAY + 3], en)) > 0
    assert len(align(zh + zh, en)) == 1_800, "too long: each stands alone"
    assert time.process_time() - begun < 20
