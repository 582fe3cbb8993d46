from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing.alerts import rules

ZONES = ("Asia/Hong_Kong", "Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Singapore", "Asia/Kathmandu")
YEAR = 365 * 24 * 60
instants = st.integers(0, 2 * YEAR).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@pytest.mark.parametrize(
    ("cadence", "now", "zone", "then"),
    [
        ("daily", datetime(2026, 11, 23, 2, tzinfo=UTC), "Asia/Hong_Kong", datetime(2026, 11, 24, 0, tzinfo=UTC)),
        ("daily", datetime(2026, 11, 22, 23, tzinfo=UTC), "Asia/Hong_Kong", datetime(2026, 11, 23, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 23, 2, tzinfo=UTC), "Asia/Hong_Kong", datetime(2026, 11, 30, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 22, 23, tzinfo=UTC), "Asia/Hong_Kong", datetime(2026, 11, 23, 0, tzinfo=UTC)),
        # London's clocks go forward in the night to Sunday 29 March 2026.
        ("daily", datetime(2026, 3, 28, 12, tzinfo=UTC), "Europe/London", datetime(2026, 3, 29, 7, tzinfo=UTC)),
        ("at_once", datetime(2026, 11, 23, 2, tzinfo=UTC), "Asia/Hong_Kong", datetime(2026, 11, 23, 2, 5, tzinfo=UTC)),
    ],
)
def test_the_next_time(cadence, now, zone, then):
    assert rules.next_time(cadence, now=now, zone=zone) == then


def test_never_has_no_next_time():
    assert rules.next_time("never", now=datetime(2026, 1, 1, tzinfo=UTC), zone="Asia/Macau") is None


@given(instants, st.sampled_from(ZONES), st.sampled_from(("daily", "weekly")))
def test_a_morning_is_the_first_one_that_comes(now, zone, cadence):
    then = rules.next_time(cadence, now=now, zone=zone)
    there = then.astimezone(ZoneInfo(zone))
    assert now < then <= now + timedelta(days=1 if cadence == "daily" else 7, hours=1)
    assert (there.hour, there.minute) == (8, 0)
    assert cadence == "daily" or there.weekday() == 0
