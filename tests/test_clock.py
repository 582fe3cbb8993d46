from datetime import UTC, datetime, timedelta, timezone

import pytest

from listing.clock import FixedClock, SystemClock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_system_clock_tells_whole_utc_seconds():
    before = datetime.now(UTC).replace(microsecond=0)
    told = SystemClock().now()
    assert (told.tzinfo, told.microsecond) == (UTC, 0)
    assert before <= told <= datetime.now(UTC)


def test_a_fixed_clock_stands_still_until_moved():
    clock = FixedClock(NOON)
    assert (clock.now(), clock.now()) == (NOON, NOON)
    clock.advance(timedelta(minutes=-5))
    assert clock.now() == NOON - timedelta(minutes=5)
    clock.set(NOON + timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)


def test_a_fixed_clock_answers_in_utc_whatever_zone_it_was_set_in():
    clock = FixedClock(datetime(2026, 11, 23, 20, 0, tzinfo=timezone(timedelta(hours=8))))
    assert (clock.now(), clock.now().tzinfo) == (NOON, UTC)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 11, 23, 12, 0))  # noqa: DTZ001
