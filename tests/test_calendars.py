from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing import calendars
from listing.calendars import OutsideCalendar

days = st.dates(date(2024, 2, 1), date(2027, 11, 30))
regions = st.sampled_from(calendars.REGIONS)


def test_every_region_has_every_year():
    assert sorted(calendars.years()) == [(r, y) for r in sorted(calendars.REGIONS) for y in (2024, 2025, 2026, 2027)]


def test_every_day_lies_in_its_year_and_every_rule_has_a_source():
    for (region, number), year in calendars.years().items():
        listed = [*year.off, *year.work, *year.exchange_closed]
        assert {day.year for day in listed} == {number}, region
        assert year.source
        assert year.status in ("verified", "memory")


def test_days_worked_instead_are_weekend_days_that_are_no_holidays():
    for year in calendars.years().values():
        assert all(day.weekday() > 4 and day not in year.off for day in year.work)


def test_hong_kong_has_seventeen_general_holidays_a_year():
    count = {year: len(row.off) for (region, year), row in calendars.years().items() if region == "HK"}
    assert count == dict.fromkeys((2024, 2025, 2026, 2027), 17)


def test_the_mainland_works_as_many_days_as_its_notices_leave():
    works = Counter(y for y in (2024, 2025, 2026) for d in _days(y) if calendars.is_working_day("CN", d))
    assert works == {2024: 251, 2025: 248, 2026: 248}


def _days(year):
    first = date(year, 1, 1)
    return (first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days))


@pytest.mark.parametrize(
    ("region", "day", "works", "trades"),
    [
        ("CN", date(2026, 2, 14), True, False),  # a Saturday worked for the Spring Festival
        ("CN", date(2026, 2, 16), False, False),
        ("CN", date(2024, 2, 9), True, False),  # the eve: offices were asked to let people go, the exchanges closed
        ("CN", date(2026, 7, 1), True, True),
        ("HK", date(2026, 7, 1), False, False),
        ("HK", date(2026, 4, 7), False, False),
        ("HK", date(2026, 2, 16), True, True),
        ("HK", date(2026, 10, 2), True, True),
    ],
)
def test_known_days(region, day, works, trades):
    assert (calendars.is_working_day(region, day), calendars.is_trading_day(region, day)) == (works, trades)


@pytest.mark.parametrize(
    ("day", "session"),
    [
        (date(2026, 2, 16), "morning"),
        (date(2026, 12, 24), "morning"),
        (date(2026, 12, 31), "morning"),
        (date(2026, 12, 23), "full"),
        (date(2026, 12, 25), "closed"),
        (date(2026, 12, 26), "closed"),
    ],
)
def test_hong_kong_trades_in_the_morning_on_three_eves(day, session):
    assert calendars.session("HK", day) == session


def test_the_mainland_has_no_half_days():
    assert calendars.session("CN", date(2026, 12, 24)) == "full"


def test_macao_works_on_its_own_days_and_has_no_exchange():
    assert not calendars.is_working_day("MO", date(2026, 12, 8))
    with pytest.raises(ValueError, match="no exchange"):
        calendars.is_trading_day("MO", date(2026, 12, 8))


def test_four_working_days_over_the_national_day_say_what_they_passed():
    reckoning = calendars.working_days_after("CN", date(2026, 9, 29), 4)
    assert reckoning.day == date(2026, 10, 10)  # a Saturday, worked instead
    assert [day.day for day, _ in reckoning.passed] == [1, 2, 5, 6, 7]
    assert {reason.id for _, reason in reckoning.passed} == {"national_day"}


def test_both_open_days_are_shifted_by_either_holiday():
    # Mainland closed 15–23 February; Hong Kong 17–19.
    assert calendars.both_open_days_after(date(2026, 2, 13), 1).day == date(2026, 2, 24)
    assert calendars.both_open_days_after(date(2026, 6, 30), 1).day == date(2026, 7, 2)


def test_an_open_day_counts_as_its_own_zeroth():
    assert calendars.working_days_after("HK", date(2026, 11, 26), 0).day == date(2026, 11, 26)
    assert calendars.working_days_after("HK", date(2026, 11, 28), 0).day == date(2026, 11, 30)


@given(regions, days, st.integers(1, 20))
def test_counting_on_and_counting_between_agree(region, day, count):
    end = calendars.working_days_after(region, day, count).day
    assert calendars.is_working_day(region, end)
    assert calendars.working_days_between(region, day, end) == count


@given(regions, days, st.integers(1, 15))
def test_counting_back_undoes_counting_on_from_an_open_day(region, day, count):
    start = calendars.working_days_after(region, day, 0).day
    end = calendars.working_days_after(region, start, count).day
    assert calendars.working_days_after(region, end, -count).day == start


def test_a_year_that_is_not_entered_is_refused():
    with pytest.raises(OutsideCalendar) as refused:
        calendars.working_days_after("HK", date(2027, 12, 30), 5)
    assert refused.value.params == {"year": 2028}


def test_a_count_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(calendars, "is_working_day", lambda region, day: False)
    with pytest.raises((ValueError, OutsideCalendar)):
        calendars.working_days_after("HK", date(2026, 1, 1), 1)
