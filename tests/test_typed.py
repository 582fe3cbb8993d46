"""What people type means what they meant, or is refused in words that say how to type it."""

from datetime import date
from functools import partial

import pytest
from flask_babel import force_locale

from listing import typed
from listing.money import Money, NotAnAmount, TooFine, TooLarge, UnknownCurrency
from listing.web.page import words

DAYS = (
    "2015-03-31", "2015-3-31", "2015/3/31", "2015/03/31", "2015.3.31", "2015年3月31日", "2015年03月31號",
    "2015 年 3 月 31 日", "２０１５－０３－３１", "２０１５年３月３１日", "２０１５／３／３１", " 2015-03-31\u3000",
)  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_however_its_year_stands_first(text):
    assert typed.day(text) == date(2015, 3, 31)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("31/3/2015", typed.YearNotFirst),
        ("3/31/2015", typed.YearNotFirst),
        ("03-04-2015", typed.YearNotFirst),
        ("15/3/31", typed.YearNotFirst),
        ("2015-02-29", typed.NoSuchDay),
        ("2015年13月1日", typed.NoSuchDay),
        ("0000-01-01", typed.NoSuchDay),
        ("2015-3/31", typed.NotADay),
        ("2015年3月", typed.NotADay),
        ("2015年3-31", typed.NotADay),
        ("20150331", typed.NotADay),
        ("104年3月31日", typed.NotADay),
        ("30 Sep 2026", typed.NotADay),
        ("٢٠١٥-٠٣-٣١", typed.NotADay),
        ("", typed.NotADay),
        ("9" * 100_000, typed.NotADay),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_day_that_could_be_another_one_or_none_is_refused(text, refusal):
    with pytest.raises(typed.Refusal) as found:
        typed.day(text)
    assert type(found.value) is refusal


@pytest.mark.parametrize("text", ["2019", "２０１９", "2019年", "２０１９ 年"])
def test_years(text):
    assert typed.year(text) == 2019


@pytest.mark.parametrize(
    ("text", "number"), [("2", 2), ("２", 2), ("1,200", 1200), ("１，２００", 1200), ("-3", -3), ("9" * 12, 10**12 - 1)]
)
def test_whole_numbers(text, number):
    assert typed.whole(text) == number


@pytest.mark.parametrize("text", ["8年", "８", "8 years", "8"])
def test_whole_years(text):
    assert typed.whole_years(text) == 8


@pytest.mark.parametrize(
    ("reader", "text", "refusal"),
    [
        (typed.year, "19", typed.NotAYear),
        (typed.year, "民国104年", typed.NotAYear),
        (typed.whole, "8.5", typed.NotANumber),
        (typed.whole, "8,5", typed.NotANumber),
        (typed.whole, "1,2,3", typed.NotANumber),
        (typed.whole, "1٢", typed.NotANumber),
        (typed.whole, "9" * 13, typed.NotANumber),
        (typed.whole_years, "8.5", typed.NotWholeYears),
        (typed.whole_years, "8.5年", typed.NotWholeYears),
        (typed.link, "example.com", typed.NotALink),
        (typed.link, "www.", typed.NotALink),
        (typed.link, "www.example", typed.NotALink),
        (typed.link, "javascript:alert(1)", typed.NotALink),
        (typed.link, "www.a@example.com", typed.NotALink),
    ],
)
def test_what_is_no_year_number_or_address(reader, text, refusal):
    with pytest.raises(refusal):
        reader(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.example.com", "https://www.example.com"),
        ("WWW.example.com/a?b=c", "https://www.example.com/a?b=c"),
        ("Https://example.com", "https://example.com"),
        ("http://example.com", "http://example.com"),
    ],
)
def test_an_address_without_its_scheme_is_at_https(text, address):
    assert typed.link(text) == address


yuan = partial(typed.amount, currency="CNY")


@pytest.mark.parametrize("unit", [None, 10_000])
@pytest.mark.parametrize(
    "text",
    [
        "1,000万", "1,000 万元", "１，０００万元", "1000萬", "1,000萬圓", "一千万", "一千萬元", "壹仟萬圓", "+1,000万",
        "人民币1,000万元", "RMB 1,000万", "¥1,000万", "￥1000万", "cny 1000万", "1,000万元人民币",
    ],
)  # fmt: skip
def test_ten_million_is_read_where_nothing_or_the_same_unit_was_chosen(text, unit):
    assert yuan(text, unit=unit) == Money.of(10_000_000, "CNY")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("8,000,000", 8_000_000),
        ("1亿2000万", 120_000_000),
        ("1亿2,000万元", 120_000_000),
        ("3千万", 30_000_000),
        ("10 million", 10_000_000),
        ("三亿五千万", 350_000_000),
        ("一亿零五百万", 105_000_000),
        ("两千零五万", 20_050_000),
        ("十二万三千四百五十六", 123_456),
        ("一万零五", 10_005),
        ("八千元", 8_000),
        ("-5万", -50_000),
        ("1.5万亿", 1_500_000_000_000),
    ],
)
def test_amounts_without_a_unit_beside_them(text, amount):
    assert yuan(text, unit=None) == Money.of(amount, "CNY")


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1,000", 10_000, 10_000_000),
        ("1,000元", 1, 1_000),
        ("3千万", 10_000, 30_000_000),
        ("3百万", 1_000_000, 3_000_000),
        ("3 million", 1_000_000, 3_000_000),
        ("3千元", 1_000, 3_000),
        ("0.0001万", 10_000, 1),
    ],
)
def test_a_unit_typed_does_not_multiply_with_the_same_one_chosen(text, unit, amount):
    assert yuan(text, unit=unit) == Money.of(amount, "CNY")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1,000万", 1), ("1,000万", 1_000_000), ("1,000元", 10_000), ("1亿", 10_000), ("一千万", 1_000_000),
        ("1 million", 10_000), ("八千", 10_000), ("八千", 1_000), ("¥8000", 10_000), ("1亿2000万", 10**8),
    ],
)  # fmt: skip
def test_another_unit_than_the_one_chosen_is_refused_and_both_are_named(text, unit):
    with pytest.raises(typed.OtherUnit) as refusal:
        yuan(text, unit=unit)
    assert refusal.value.params == {"typed": text, "unit": typed.UNITS[unit]}


def test_a_currency_typed_is_the_one_chosen_or_refused():
    assert typed.amount("3,000萬港元", "HKD", unit=None) == Money.of(30_000_000, "HKD")
    assert typed.amount("HK$3,000萬元", "HKD", unit=10_000) == Money.of(30_000_000, "HKD")
    assert typed.amount("$8,000", "USD", unit=None) == Money.of(8_000, "USD")
    for text, currency in (("3,000萬港元", "CNY"), ("US$8", "HKD"), ("$8", "CNY"), ("港币8元", "USD")):
        with pytest.raises(typed.OtherCurrency):
            typed.amount(text, currency, unit=None)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        *((text, NotAnAmount) for text in (
            "", "元", "万", "千万", "1万5", "1万5千", "一万三", "三千五", "二三十万", "一亿五万", "几百万", "约1000万",
            "10万左右", "1-2万", "1,00万", "1.000.000", "1 000", "10k", "5m", "1e9", "1.5亿2000万", "1亿20000万",
            "万亿", "①", "10²", "一" * 65,
        )),
        ("0.001", TooFine),
        ("1.0000001万", TooFine),
        ("9" * 30 + "亿", TooLarge),
    ],
)  # fmt: skip
def test_amounts_that_could_be_others_are_refused(text, refusal):
    with pytest.raises(refusal):
        yuan(text, unit=None)


def test_a_currency_or_a_unit_that_was_never_offered_is_refused():
    with pytest.raises(UnknownCurrency):
        typed.amount("1元", "XXX", unit=None)
    with pytest.raises(typed.OtherUnit):
        yuan("1万", unit=5)


@pytest.mark.parametrize(
    ("locale", "unit"), [("en", "ten thousands (万)"), ("zh_Hans", "“万元”"), ("zh_Hant", "「萬元」")]
)
def test_the_unit_is_named_in_the_language_of_the_sentence(app, locale, unit):
    with app.test_request_context(), force_locale(locale):
        assert unit in words(typed.OtherUnit(typed="1", unit=typed.UNITS[10_000]))
