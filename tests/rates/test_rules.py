"""Which rate holds, and what chains make of it: by hand-computed figures."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from listing.money import Money, Rate
from listing.rates import rules
from listing.rates.rules import MANUAL, REFERENCE, Leg, NoRate

DAY = date(2026, 11, 20)


def leg(pair, value, day=DAY, kind=REFERENCE, source=None):
    base, quote = pair.split("/")
    at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    return Leg(Rate(base, quote, Decimal(value), source or ("ECB" if kind == REFERENCE else "AMCM"), at), day, kind)


ECB = [leg("EUR/CNY", "7.8509"), leg("EUR/HKD", "8.6314"), leg("EUR/USD", "1.105")]
PEG = leg("HKD/MOP", "1.03", date(2026, 10, 1), MANUAL)


def said(found):
    return f"1 {found.rate.base} = {found.rate.value} {found.rate.quote}", found.rate.source, len(found.legs), found.age


@pytest.mark.parametrize(
    ("base", "quote", "want"),
    [
        ("EUR", "CNY", ("1 EUR = 7.8509 CNY", "ECB", 1, 3)),
        ("CNY", "EUR", ("1 EUR = 7.8509 CNY", "ECB", 1, 3)),  # in its own direction: a stated rate is never turned
        ("CNY", "HKD", ("1 CNY = 1.0994154 HKD", "ECB", 2, 3)),  # 8.6314 / 7.8509
        ("HKD", "MOP", ("1 HKD = 1.03 MOP", "AMCM", 1, 53)),
        ("CNY", "MOP", ("1 CNY = 1.1323978 MOP", "ECB + AMCM", 3, 53)),  # × 1.03
    ],
)
def test_a_rate_is_stated_or_computed_along_the_shortest_chain(base, quote, want):
    assert said(rules.quoted([*ECB, PEG], base, quote, date(2026, 11, 23))) == want


def test_reference_rates_of_two_days_are_never_mixed():
    newer = date(2026, 11, 23)
    legs = [*ECB, leg("EUR/CNY", "7.9", newer)]
    assert rules.quoted(legs, "EUR", "CNY", newer).day == newer
    crossed = rules.quoted(legs, "CNY", "HKD", newer)
    assert (crossed.rate.value, {part.day for part in crossed.legs}) == (Decimal("1.0994154"), {DAY})


@pytest.mark.parametrize(
    ("on", "holds"), [("2026-11-19", False), ("2026-11-20", True), ("2026-12-01", True), ("2026-12-02", False)]
)
def test_no_rate_of_a_later_day_and_none_older_than_eleven_days(on, holds):
    if holds:
        assert rules.quoted(ECB, "EUR", "CNY", date.fromisoformat(on))
    else:
        with pytest.raises(NoRate, match=on):
            rules.quoted(ECB, "EUR", "CNY", date.fromisoformat(on))


def test_an_entered_rate_lasts_a_quarter_and_the_latest_counts():
    newer = leg("HKD/MOP", "1.031", date(2026, 10, 2), MANUAL)
    assert rules.quoted([newer, PEG], "MOP", "HKD", DAY).rate.value == Decimal("1.031")
    assert rules.quoted([PEG], "MOP", "HKD", date(2027, 1, 1)).age == 92
    with pytest.raises(NoRate):
        rules.quoted([PEG], "MOP", "HKD", date(2027, 1, 2))


@pytest.mark.parametrize("pair", [("CNY", "CNY"), ("CNY", "MOP"), ("CNY", "GBP")])
def test_where_nothing_joins_two_currencies_there_is_no_rate(pair):
    with pytest.raises(NoRate):
        rules.quoted(ECB, *pair, DAY)


def test_a_conversion_stands_beside_its_original_and_is_exact_to_the_minor_unit():
    original = Money(8_000_000_000, "CNY")
    done = rules.conversion(original, rules.quoted(ECB, "CNY", "HKD", DAY))
    assert (done.original, done.amount, done.shown) == (
        original,
        Money(8_795_323_200, "HKD"),
        Money(8_795_000_000, "HKD"),
    )


@pytest.mark.parametrize(
    ("minor", "shown"),
    [
        (123_449_999, 123_400_000),
        (123_450_000, 123_500_000),
        (-123_450_000, -123_500_000),
        (99, 99),
        (12_345, 12_350),
        (0, 0),
    ],
)
def test_what_stands_behind_the_sign_has_four_figures_rounded_half_up(minor, shown):
    assert rules.rounded(Money(minor, "HKD")) == Money(shown, "HKD")


@pytest.mark.parametrize("text", ["1.03", " 1.03 ", "0.000000001", "9999999999"])
def test_a_rate_is_read(text):
    assert rules.value(text) == Decimal(text.strip())


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "1e3", "1,03", "1.0.3", "NaN", "Infinity", "一", "²", "1" * 40, "0.00000000001", "1.0000000000001"],
)
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(rules.NotARate):
        rules.value(text)


def test_a_change_is_told_in_per_cent():
    assert rules.change(Decimal("1.03"), Decimal("1.1")) == Decimal("6.80")
    assert rules.change(Decimal("1.03"), Decimal("0.103")) == Decimal("-90.00")
