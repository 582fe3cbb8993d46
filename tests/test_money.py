import decimal
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing.money import (
    CURRENCIES,
    MOST_MINOR,
    Money,
    NotAnAmount,
    Rate,
    TooFine,
    TooLarge,
    UnknownCurrency,
    UnlikeCurrencies,
    WrongRate,
    convert,
    total,
)

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
codes = st.sampled_from(sorted(CURRENCIES))
amounts = st.builds(Money, st.integers(-MOST_MINOR, MOST_MINOR), codes)


def a_rate(base="HKD", quote="CNY", value="0.9123", source="entered by hand", at=AT):
    return Rate(base, quote, Decimal(value), source, at)


def test_the_markets_and_their_minor_units():
    assert {c: CURRENCIES[c] for c in ("CNY", "HKD", "MOP", "USD", "SGD", "EUR", "GBP", "JPY", "KWD")} == {
        "CNY": 2, "HKD": 2, "MOP": 2, "USD": 2, "SGD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "currency", "unit", "minor"),
    [
        ("8000", "CNY", 10_000, 8_000_000_000),
        ("1.2", "HKD", 10**8, 12_000_000_000),
        ("1,234,567.89", "USD", 1, 123_456_789),
        ("１，２３４．５", "MOP", 1, 123_450),
        (" -0.05 ", "EUR", 1, -5),
        ("\u22120.05", "EUR", 1, -5),
        ("+7", "JPY", 1, 7),
        ("1.500", "CNY", 1, 150),
        ("0.0001", "JPY", 10_000, 1),
        ("007", "KWD", 1, 7_000),
        ("92233720368547758.07", "SGD", 1, MOST_MINOR),
    ],
)
def test_figures_are_read_exactly(text, currency, unit, minor):
    assert Money.parse(text, currency, unit=unit) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "-", "1.", ".5", "1,2", "1,23,456", "1234,567", "12,3456", "1,234,", "1.2.3", "1e9", "NaN",
        "Infinity", "0x10", "10²", "①", "½",
        "¥8", "$8", "8 million", "8万", "八千", "1 000", "1_000", "--1", "(1)", "1.5,000", "٣", "²/", "1\n2", "1" * 65,
    ],
)  # fmt: skip
def test_anything_else_is_not_an_amount(text):
    with pytest.raises(NotAnAmount):
        Money.parse(text, "CNY")


@pytest.mark.parametrize(
    ("text", "currency", "unit"), [("0.001", "CNY", 1), ("0.5", "JPY", 1), ("1.2345678", "HKD", 10_000)]
)
def test_a_fraction_of_the_smallest_unit_is_refused_and_names_the_currency(text, currency, unit):
    with pytest.raises(TooFine) as refusal:
        Money.parse(text, currency, unit=unit)
    assert refusal.value.params == {"currency": currency}


def test_what_the_database_cannot_hold_is_refused():
    with pytest.raises(TooLarge):
        Money.parse("92233720368547758.08", "SGD")
    with pytest.raises(TooLarge):
        Money(MOST_MINOR, "CNY") + Money(1, "CNY")
    with pytest.raises(TooLarge):
        Money(-MOST_MINOR - 1, "CNY")
    with pytest.raises(TooLarge):
        Money.of(Decimal("1e999999"), "CNY")


@pytest.mark.parametrize("currency", ["cny", "RMB", "CNH", "", None, "XXX", ["CNY"]])
def test_only_known_codes_are_currencies(currency):
    with pytest.raises(UnknownCurrency):
        Money(1, currency)
    with pytest.raises(UnknownCurrency):
        Money.parse("1", currency)


@pytest.mark.parametrize("minor", [1.0, True, "1", Decimal(1), None])
def test_minor_units_are_integers(minor):
    with pytest.raises(TypeError, match="minor units"):
        Money(minor, "CNY")


def test_exact_amounts_become_money():
    assert Money.of(Decimal("1E+3"), "CNY") == Money.of(1000, "CNY") == Money(100_000, "CNY")
    assert Money.of(Decimal("-0.10"), "HKD") == Money(-10, "HKD")
    assert Money.of(Decimal("0E-30"), "HKD") == Money(0, "HKD")


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        (Decimal("0.001"), TooFine),
        (Decimal("1.005"), TooFine),
        (Decimal("1e-999999"), TooFine),
        (Decimal("NaN"), NotAnAmount),
        (Decimal("-Infinity"), NotAnAmount),
        (0.1, TypeError),
        (True, TypeError),
    ],
)
def test_other_amounts_do_not(amount, error):
    with pytest.raises(error):
        Money.of(amount, "CNY")


def test_like_currencies_add_compare_and_multiply():
    five, three = Money(500, "MOP"), Money(300, "MOP")
    assert (five + three, five - three, three * 2, 2 * three) == tuple(Money(n, "MOP") for n in (800, 200, 600, 600))
    assert (-five, abs(-five)) == (Money(-500, "MOP"), five)
    assert three < five
    assert five >= three
    assert total([five, three], "MOP") == Money(800, "MOP")
    assert total([], "JPY") == Money(0, "JPY")


@pytest.mark.parametrize(
    "act",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a >= b,
        lambda a, b: total([a, b], "CNY"),
    ],
)
def test_unlike_currencies_do_not(act):
    with pytest.raises(UnlikeCurrencies):
        act(Money(1, "CNY"), Money(1, "HKD"))


@pytest.mark.parametrize(
    "act", [lambda m: m + 1, lambda m: m * 1.5, lambda m: m * m, lambda m: m < 1, lambda m: m - None]
)
def test_money_does_not_mix_with_bare_numbers(act):
    with pytest.raises(TypeError):
        act(Money(1, "CNY"))


def test_equal_figures_of_two_currencies_are_not_equal():
    assert Money(1, "CNY") != Money(1, "HKD")


@given(amounts)
def test_an_amount_survives_the_way_through_text_and_decimal(money):
    currency, text = str(money).split(" ")
    assert Money.parse(text, currency) == money == Money.of(money.major, money.currency)


@given(amounts)
def test_a_narrow_decimal_context_elsewhere_changes_nothing(money):
    with decimal.localcontext(prec=3):
        assert Money.of(money.major, money.currency) == money


@pytest.mark.parametrize(
    ("minor", "currency", "value", "expected"),
    [
        (100, "HKD", "0.9123", Money(91, "CNY")),
        (50, "HKD", "0.91", Money(46, "CNY")),  # 45.5: half up
        (-50, "HKD", "0.91", Money(-46, "CNY")),
        (91, "CNY", "0.91", Money(100, "HKD")),
        (1, "CNY", "3", Money(0, "HKD")),  # 0.333…
        (2, "CNY", "3", Money(1, "HKD")),  # 0.666…
    ],
)
def test_a_rate_converts_both_ways_and_rounds_once(minor, currency, value, expected):
    assert convert(Money(minor, currency), a_rate(value=value)) == expected


def test_conversion_minds_the_minor_units():
    yen = a_rate("JPY", "CNY", "0.0462")
    assert convert(Money(1000, "JPY"), yen) == Money(4620, "CNY")
    assert convert(Money(4620, "CNY"), yen) == Money(1000, "JPY")
    assert convert(Money(1_000, "KWD"), a_rate("KWD", "JPY", "489.5")) == Money(490, "JPY")


@pytest.mark.parametrize(
    ("mode", "plus", "minus"),
    [
        (decimal.ROUND_HALF_EVEN, 2, -2),
        (decimal.ROUND_HALF_UP, 3, -3),
        (decimal.ROUND_HALF_DOWN, 2, -2),
        (decimal.ROUND_DOWN, 2, -2),
        (decimal.ROUND_UP, 3, -3),
        (decimal.ROUND_FLOOR, 2, -3),
        (decimal.ROUND_CEILING, 3, -2),
    ],
)
def test_the_rounding_is_the_one_named(mode, plus, minus):
    half = a_rate(value="0.5")
    assert convert(Money(5, "HKD"), half, rounding=mode) == Money(plus, "CNY")
    assert convert(Money(-5, "HKD"), half, rounding=mode) == Money(minus, "CNY")


@given(st.integers(-(10**12), 10**12), st.decimals("0.0001", "10000", places=6))
def test_half_up_is_never_more_than_half_a_unit_off(minor, value):
    rate = a_rate(value=value)
    exact = minor / Fraction(value)
    assert abs(convert(Money(minor, "CNY"), rate).minor - exact) <= Fraction(1, 2)


def test_a_rate_of_other_currencies_does_not_convert():
    with pytest.raises(WrongRate, match="MOP is neither HKD nor CNY"):
        convert(Money(1, "MOP"), a_rate())


@pytest.mark.parametrize(
    "wrong",
    [
        {"base": "CNY"},
        {"value": "0"},
        {"value": "-1"},
        {"value": "NaN"},
        {"value": "Infinity"},
        {"value": "1e12"},
        {"value": "9e-13"},
        {"source": " "},
        {"at": AT.replace(tzinfo=None)},
    ],
)
def test_what_is_no_rate_is_refused(wrong):
    with pytest.raises(WrongRate):
        a_rate(**wrong)


def test_a_rate_is_never_a_float():
    with pytest.raises(WrongRate):
        Rate("HKD", "CNY", 0.9, "entered by hand", AT)
