"""Any text is readable in bounded time, and what is rendered is read back as it was."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing.bilingual.agreement import check
from listing.bilingual.figures import figures

ANY = st.text(st.characters(), max_size=200)
FIGURED = st.text(
    st.sampled_from("0123456789.,:/-%$€年月日一二三十百千万亿零点分之第成折倍元半翻 abdefhlmnortuvwy٣५９½⅔²"),
    max_size=80,
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(ANY, FIGURED), st.sampled_from(["zh", "en"]))
def test_figures_of_any_text_are_in_order_and_do_not_overlap(text, lang):
    found = figures(text, lang)
    assert all(text[figure.start : figure.end] == figure.text for figure in found)
    assert all(first.end <= second.start for first, second in zip(found, found[1:], strict=False))


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.one_of(ANY, FIGURED), st.one_of(ANY, FIGURED))
def test_any_pair_is_answered(zh, en):
    assert all(finding.sentence for finding in check(zh, en))


LENGTH = 30_000  # characters; a reader that is quadratic in them needs twice what is allowed or more
HOSTILE = [
    "1" * 100_000,
    "one " * 25_000,
    "1 " * 50_000,
    "一" * 100_000,
    "1万" * 50_000,
    "百分之" * 33_000,
    "a1-" * 33_000,
]
HOSTILE += ["元(1" * 33_000, "rmb(1)" * 16_000, "前三季" * 33_000, "万千瓦" * 33_000, "one and a half million " * 4_300]
HOSTILE += ["ISO 9001:" * 11_000, "first three quarters " * 4_700, "3亿-" * 33_000, "rmb'000 " * 12_000]
HOSTILE += [" " * 100_000, "1," * 50_000, "May 1, " * 14_000, "一又" * 50_000, "www." + "a" * 99_000, "a@" * 50_000]
HOSTILE = [text[:LENGTH] for text in HOSTILE]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:6]!r}")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_takes_less_than_a_second_for_ten_thousand_characters(text, lang):
    start = time.process_time()
    figures(text, lang)
    assert time.process_time() - start < len(text) / 10_000


@pytest.mark.slow
def test_a_number_of_a_million_digits_is_no_quantity():
    assert [figure.kind for figure in figures("9" * 1_000_000, "zh")] == []
    assert [figure.kind for figure in figures("9" * 1_000_000, "en")] == []


_HAN = "零一二三四五六七八九"


def in_han(number: int) -> str:
    """The number from 1 to 99,999,999 as Chinese writes it."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return in_han(high) + "万" + (("零" if low < 1000 else "") + in_han(low) if low else "")
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero else "") + _HAN[digit] + name
            zero = False
        elif text:
            zero = True
    return text


_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(number: int) -> str:
    """The number from 1 to 999,999,999 as English writes it."""
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            high, low = divmod(number, size)
            joint = " and " if low and low < 100 else " "
            return f"{in_english(high)} {name}" + (joint + in_english(low) if low else "")
    if number >= 20:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    return _ONES[number]


@settings(max_examples=200, deadline=None)
@given(st.integers(11, 99_999_999))
def test_a_number_in_han_reads_back(number):
    assert [figure.value for figure in figures(f"{in_han(number)}元", "zh")] == [Decimal(number)]


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 999_999_999))
def test_a_number_in_english_words_reads_back(number):
    assert [figure.value for figure in figures(f"{in_english(number)} yuan", "en")] == [Decimal(number)]


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**12), st.sampled_from(["", "万", "亿", "万亿"]))
def test_an_amount_agrees_with_itself_in_the_other_language(cents, unit):
    power = {"": 0, "万": 4, "亿": 8, "万亿": 12}[unit]
    value = Decimal(cents).scaleb(-2)
    zh, en = f"注册资本为人民币{value:,f}{unit}元。", f"The registered capital is RMB{value.scaleb(power):,f}."
    assert [figure.value for figure in figures(zh, "zh")] == [value.scaleb(power)]
    assert [figure.value for figure in figures(en, "en")] == [value.scaleb(power)]
    assert check(zh, en) == []
