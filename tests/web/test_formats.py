from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing.money import CURRENCIES, MOST_MINOR, Money
from listing.web import formats
from listing.web.formats import UnknownZone

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
TALK = datetime(2026, 12, 8, 6, 10, tzinfo=UTC)
SCALE = {
    "万": 10**4, "亿": 10**8, "万亿": 10**12, "萬": 10**4, "億": 10**8, "萬億": 10**12,
    "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip


def spaced(text):
    """The text with ordinary spaces, once it is sure that it had none that breaks."""
    assert " " not in text
    return text.replace("\u00a0", " ")


def three(minor, currency):
    return tuple(spaced(formats.money(Money(minor, currency), lang)) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("currency", "expected"),
    [
        ("CNY", ("人民币 8,000 万元", "人民幣 8,000 萬元", "CNY 80 million")),
        ("HKD", ("8,000 万港元", "8,000 萬港元", "HKD 80 million")),
        ("MOP", ("8,000 万澳门元", "8,000 萬澳門元", "MOP 80 million")),
        ("USD", ("8,000 万美元", "8,000 萬美元", "USD 80 million")),
        ("SGD", ("8,000 万新加坡元", "8,000 萬新加坡元", "SGD 80 million")),
        ("EUR", ("8,000 万欧元", "8,000 萬歐元", "EUR 80 million")),
        ("GBP", ("8,000 万英镑", "8,000 萬英鎊", "GBP 80 million")),
    ],
)
def test_every_market_currency_in_every_language(currency, expected):
    assert three(8_000_000_000, currency) == expected


@pytest.mark.parametrize(
    ("major", "hans", "hant", "en"),
    [
        ("0", "0 元", "0 元", "0"),
        ("0.01", "0.01 元", "0.01 元", "0.01"),
        ("1.5", "1.50 元", "1.50 元", "1.50"),
        ("9999", "9,999 元", "9,999 元", "9,999"),
        ("9999.99", "9,999.99 元", "9,999.99 元", "9,999.99"),
        ("10000", "1 万元", "1 萬元", "10,000"),
        ("10000.01", "10,000.01 元", "10,000.01 元", "10,000.01"),
        ("10001", "10,001 元", "10,001 元", "10,001"),
        ("10100", "1.01 万元", "1.01 萬元", "10,100"),
        ("12345", "12,345 元", "12,345 元", "12,345"),
        ("999999", "999,999 元", "999,999 元", "999,999"),
        ("1000000", "100 万元", "100 萬元", "1 million"),
        ("1234567.89", "1,234,567.89 元", "1,234,567.89 元", "1,234,567.89"),
        ("8690000", "869 万元", "869 萬元", "8.69 million"),
        ("86900000", "8,690 万元", "8,690 萬元", "86.9 million"),
        ("99999999", "99,999,999 元", "99,999,999 元", "99,999,999"),
        ("99990000", "9,999 万元", "9,999 萬元", "99.99 million"),
        ("100000000", "1 亿元", "1 億元", "100 million"),
        ("120000000", "1.2 亿元", "1.2 億元", "120 million"),
        ("123450000", "12,345 万元", "12,345 萬元", "123.45 million"),
        ("999999999", "999,999,999 元", "999,999,999 元", "999,999,999"),
        ("1000000000", "10 亿元", "10 億元", "1 billion"),
        ("1200000000", "12 亿元", "12 億元", "1.2 billion"),
        ("1234500000", "123,450 万元", "123,450 萬元", "1,234.5 million"),
        ("999999000000", "9,999.99 亿元", "9,999.99 億元", "999,999 million"),
        ("1000000000000", "1 万亿元", "1 萬億元", "1 trillion"),
        ("1234500000000", "12,345 亿元", "12,345 億元", "1,234.5 billion"),
        ("1000000000000.01", "1,000,000,000,000.01 元", "1,000,000,000,000.01 元", "1,000,000,000,000.01"),
    ],
)
def test_the_scale_at_its_edges(major, hans, hant, en):
    minor = Money.of(Decimal(major), "CNY").minor
    assert three(minor, "CNY") == (f"人民币 {hans}", f"人民幣 {hant}", f"CNY {en}")
    if minor:
        assert three(-minor, "CNY") == (f"人民币 \u2212{hans}", f"人民幣 \u2212{hant}", f"CNY \u2212{en}")


def test_the_figures_of_the_interface_guide():
    assert three(8_690_000_000, "HKD")[0] == "8,690 万港元"
    assert three(120_000_000_000, "HKD") == ("12 亿港元", "12 億港元", "HKD 1.2 billion")


def test_currencies_without_and_with_three_decimals():
    assert three(15_000_000, "JPY") == ("1,500 万日元", "1,500 萬日圓", "JPY 15 million")
    assert three(9_999, "JPY") == ("9,999 日元", "9,999 日圓", "JPY 9,999")
    assert three(1_005, "KWD") == ("1.005 科威特第纳尔", "1.005 科威特第納爾", "KWD 1.005")


def read(text, currency):
    """Read a formatted amount back, by rules of its own."""
    figures = next(word for word in text.replace("\u2212", "-").split("\u00a0") if word.lstrip("-")[0].isdigit())
    words = text.split("\u00a0")
    last = words[-1]
    scale = next((SCALE[w] for w in sorted(SCALE, key=len, reverse=True) if last.startswith(w)), 1)
    return Money.of(Decimal(figures.replace(",", "")) * scale, currency)


amounts = st.builds(
    lambda figure, zeros, code: Money(max(min(figure * 10**zeros, MOST_MINOR), -MOST_MINOR), code),
    st.integers(-(10**7), 10**7),
    st.integers(0, 14),
    st.sampled_from(sorted(CURRENCIES)),
)


@given(amounts, st.sampled_from(LANGUAGES))
def test_no_amount_is_rounded_and_none_carries_a_bare_sign(amount, lang):
    text = formats.money(amount, lang)
    assert read(text, amount.currency) == amount
    assert set(text) & set("¥$￥€£- ") == set()


@given(amounts)
def test_the_languages_never_contradict_each_other(amount):
    assert {read(formats.money(amount, lang), amount.currency) for lang in LANGUAGES} == {amount}


def test_every_currency_has_a_name_in_every_language():
    assert [formats.currency("MOP", lang) for lang in LANGUAGES] == ["澳门元", "澳門元", "Macao pataca"]
    assert {code for code in CURRENCIES for lang in LANGUAGES if formats.currency(code, lang)} == set(CURRENCIES)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "Tue 8 Dec 2026, 14:10 HKT/CST (UTC+8)"),
        ("zh-Hans", "2026年12月8日 星期二 14:10 HKT/CST (UTC+8)"),
        ("zh-Hant", "2026年12月8日 星期二 14:10 HKT/CST (UTC+8)"),
    ],
)
def test_an_instant_is_shown_by_the_fixed_pattern_with_its_zone(lang, expected):
    assert formats.when(TALK, lang, "Asia/Hong_Kong") == expected


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Macau", "Asia/Hong_Kong", "Asia/Singapore"])
def test_a_reader_on_the_same_clock_gets_one_line(zone):
    assert formats.when(TALK, "en", "Asia/Hong_Kong", zone) == "Tue 8 Dec 2026, 14:10 HKT/CST (UTC+8)"


@pytest.mark.parametrize(
    ("instant", "zone", "en", "hans", "hant"),
    [
        (TALK, "Europe/London", *["06:10 GMT (UTC+0)"] * 3),
        (TALK, "UTC", *["06:10 UTC"] * 3),
        (TALK, "Asia/Kolkata", *["11:40 IST (UTC+5:30)"] * 3),
        (TALK, "America/Sao_Paulo", *["03:10 UTC\u22123"] * 3),
        (
            TALK.replace(hour=1),
            "America/New_York",
            "20:10 EST (UTC\u22125), previous day",
            "前一日 20:10 EST (UTC\u22125)",
            "前一日 20:10 EST (UTC\u22125)",
        ),
        (
            TALK.replace(hour=15, minute=30),
            "Asia/Tokyo",
            "00:30 JST (UTC+9), next day",
            "次日 00:30 JST (UTC+9)",
            "翌日 00:30 JST (UTC+9)",
        ),
        (TALK.replace(month=7), "Europe/London", *["07:10 BST (UTC+1)"] * 3),
    ],
)
def test_another_clock_gets_a_second_line(instant, zone, en, hans, hant):
    lines = {lang: formats.when(instant, lang, "Asia/Hong_Kong", zone).split("\n")[1:] for lang in LANGUAGES}
    assert lines == {"en": [en], "zh-Hans": [hans], "zh-Hant": [hant]}


def test_two_days_apart_across_the_date_line_the_date_is_written_out():
    instant = datetime(2026, 12, 8, 10, 30, tzinfo=UTC)
    assert formats.when(instant, "en", "Pacific/Kiritimati", "Pacific/Pago_Pago").split("\n") == [
        "Wed 9 Dec 2026, 00:30 UTC+14",
        "Mon 7 Dec 2026, 23:30 SST (UTC\u221211)",
    ]


def test_the_shared_name_of_home_is_used_only_while_the_clocks_agree():
    summer = datetime(1975, 7, 1, 0, 0, tzinfo=UTC)
    assert formats.when(summer, "en", "Asia/Hong_Kong") == "Tue 1 Jul 1975, 09:00 HKST (UTC+9)"


def test_singapore_is_named_although_the_zone_database_does_not():
    assert formats.when(TALK, "en", "Asia/Singapore") == "Tue 8 Dec 2026, 14:10 SGT (UTC+8)"


@pytest.mark.parametrize(
    "zone",
    ["", "Mars/Base", "../../etc/passwd", "/etc/passwd", "Asia", "zone.tab", "a\x00b", "中", "\udc80", "a" * 5000],
)
def test_what_is_no_zone_is_named_as_such(zone):
    with pytest.raises(UnknownZone):
        formats.when(TALK, "en", zone)
    with pytest.raises(UnknownZone):
        formats.when(TALK, "en", "Asia/Hong_Kong", zone)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        formats.when(TALK.replace(tzinfo=None), "en", "Asia/Hong_Kong")


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        (False, ["2026年3月1日", "2026年3月1日", "1 Mar 2026"]),
        (True, ["2026年3月1日 星期日", "2026年3月1日 星期日", "Sun 1 Mar 2026"]),
    ],
)
def test_a_day(weekday, expected):
    assert [formats.day(date(2026, 3, 1), lang, weekday) for lang in LANGUAGES] == expected


@given(st.dates(), st.booleans())
def test_english_days_agree_with_the_c_library(value, weekday):
    expected = f"{value:%a} " * weekday + f"{value.day} {value:%b} {value.year}"
    assert formats.day(value, "en", weekday) == expected


def test_an_instant_is_not_a_day():
    with pytest.raises(TypeError, match="zone"):
        formats.day(TALK, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1,234,567"),
        (-1234, "\u22121,234"),
        (Decimal("-1234.50"), "\u22121,234.50"),
        (Decimal("1E+4"), "10,000"),
    ],
)
def test_a_number(lang, value, text):
    assert formats.number(value, lang) == text


def test_a_float_is_no_number_to_show():
    with pytest.raises(TypeError, match="float"):
        formats.number(0.1, "en")


@pytest.mark.parametrize(
    ("value", "cap", "text"), [(1234, None, "1,234"), (999, 1000, "999"), (1000, 1000, "1,000+"), (0, 1000, "0")]
)
def test_a_count_says_where_counting_stopped(value, cap, text):
    assert formats.count(value, "en", cap=cap) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1023, "1,023 bytes"),
        (1024, "1 KB"),
        (1025, "1.1 KB"),
        (1536, "1.5 KB"),
        (1024**2 - 1, "1 MB"),
        (20 * 1024**2, "20 MB"),
        (20 * 1024**2 + 1, "20.1 MB"),
        (5000 * 1024**3, "5,000 GB"),
    ],
)
def test_a_file_size_is_rounded_up(size, text):
    assert spaced(formats.file_size(size, "en")) == text


def test_small_files_are_counted_in_each_language():
    assert [spaced(formats.file_size(812, lang)) for lang in LANGUAGES] == ["812 字节", "812 位元組", "812 bytes"]
