"""An exchange that closes exceptionally: what waited for its window goes on to the next, and nobody missed it."""

from datetime import UTC, datetime

import pytest

from listing import almanac, calendars
from listing.disclosure.announcements import queries, rules
from listing.disclosure.announcements.operations import releasing
from listing.store.db import db

from .made import EVENING, NOON, a_house, sent, signed

STORM = """\
years:
  - {region: HK, year: 2026, how: adds, source: HKEX circular, status: verified, exchange_closed: [2026-11-23]}
"""
NIGHT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # 18:30 before a trading day


def tick(now):
    return releasing.release_due(now=now, stopping=lambda: False)


@pytest.fixture
def storm(tmp_path):
    def comes():
        path = tmp_path / "own.yaml"
        path.write_text(STORM, encoding="utf-8")
        almanac.install(str(path))

    yield comes
    calendars.install(None)


@pytest.mark.parametrize("ticks", [[NOON, EVENING], [EVENING], []])
def test_what_waited_for_a_window_of_the_day_goes_on_to_the_next(app, storm, ticks):
    house = a_house()
    row = signed(house, sent(house))
    db.session.commit()
    storm()
    assert [tick(now) for now in ticks] == [0] * len(ticks)
    assert (tick(NIGHT), row.state) == (1, rules.PUBLISHED)
    release = queries.release("2026-000001")
    assert (release.released_at, release.missed) == (NIGHT, None)
