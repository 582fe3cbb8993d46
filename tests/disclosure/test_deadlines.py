"""From an expression to a day: months that end, days that are worked, and the way there."""

from datetime import date

import pytest

from listing.calendars import OutsideCalendar
from listing.disclosure import deadlines
from listing.disclosure.deadlines import NoDayYet, NotAPeriodEnd, due, parse

YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "base", "region", "day"),
    [
        ("PE+4M", YEAR_END, "CN", date(2027, 4, 30)),
        ("PE+2M", YEAR_END, "CN", date(2027, 2, 28)),
        ("PE+2M", date(2023, 12, 31), "CN", date(2024, 2, 29)),
        ("PE+1M", date(2024, 2, 29), "CN", date(2024, 3, 31)),
        ("PE+3M", date(2026, 6, 30), "HK", date(2026, 9, 30)),
        ("PE+45D", date(2026, 3, 31), "CN", date(2026, 5, 15)),
        ("EV+3D", date(2026, 11, 26), "CN", date(2026, 11, 29)),
        ("EV+5WD", date(2026, 11, 26), "CN", date(2026, 12, 3)),
        ("EV+2TD", date(2026, 11, 27), "HK", date(2026, 12, 1)),
        ("EV+1TD", date(2026, 11, 26), "MO", date(2026, 11, 27)),
        ("PRE-14D", date(2026, 12, 10), "HK", date(2026, 11, 26)),
        ("EVERY-90D", date(2026, 1, 1), "CN", date(2026, 4, 1)),
        ("FIX(06-30)", date(2026, 6, 30), "CN", date(2026, 6, 30)),
        ("FIX(06-30)", date(2026, 7, 1), "CN", date(2027, 6, 30)),
        ("APPLY", date(2026, 11, 26), "CN", date(2026, 11, 26)),
    ],
)  # fmt: skip
def test_a_deadline_falls_on_its_day(text, base, region, day):
    assert due(parse(text), base, region).day == day


def test_holidays_on_the_way_are_named_and_a_weekend_worked_instead_counts():
    """Five days off from 17 to 23 February 2026 are Lunar New Year; on the mainland Saturday 14 was worked instead."""
    found = due(parse("EV+5WD"), date(2026, 2, 13), "CN")
    assert {holiday.id for _day, holiday in found.passed} == {"lunar_new_year"}
    assert found.day > due(parse("EV+5WD"), date(2026, 2, 13), "HK").day


def test_a_day_that_is_not_worked_stands_and_names_the_last_one_before():
    found = due(parse("PE+45D"), date(2026, 5, 31), "CN")  # 15 July 2026, a Wednesday
    assert found.at_leisure is None
    found = due(parse("PE+1M"), date(2026, 9, 30), "CN")  # 31 October 2026, a Saturday
    assert (found.day, found.at_leisure) == (date(2026, 10, 31), date(2026, 10, 30))


@pytest.mark.parametrize("day", [date(2026, 12, 30), date(2024, 2, 28), date(2026, 1, 1)])
def test_a_period_ends_with_a_month(day):
    with pytest.raises(NotAPeriodEnd):
        due(parse("PE+4M"), day, "CN")


def test_a_year_whose_holidays_are_unknown_is_refused():
    with pytest.raises(OutsideCalendar):
        due(parse("EV+5WD"), date(2031, 3, 3), "CN")


def test_what_comes_with_something_else_has_no_day_of_its_own():
    with pytest.raises(NoDayYet):
        due(parse("WITH"), YEAR_END, "CN")


@pytest.mark.parametrize(
    "text",
    ["", "PE", "PE+0M", "PE+4", "PE-4M", "PE+4WD", "EV+2M", "PRE+5D", "FIX(02-29)", "FIX(13-01)", "WITH(X)", "PE+4M ",
     "PE+４M", "apply", "PE+4M\n"],
)  # fmt: skip
def test_anything_else_is_no_deadline(text):
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_every_month_end_leads_to_month_ends():
    ends = [day for month in range(1, 13) if deadlines.is_period_end(day := deadlines.months_after(YEAR_END, month))]
    assert len(ends) == 12
