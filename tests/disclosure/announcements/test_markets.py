"""When both exchanges trade again after a release: said to the writers where a holiday of one side comes between."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from listing.disclosure.announcements import markets, windows
from listing.store.db import db
from tests.factories import signed_in

from .made import a_house, begun, sent, signed

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


def at(*parts):
    return datetime(*parts, tzinfo=HONG_KONG)


@pytest.mark.parametrize(
    ("released", "places", "region", "day"),
    [
        (at(2026, 2, 13, 17), {"CN"}, "HK", date(2026, 2, 24)),  # the mainland is closed from 15 to 23 February
        (at(2026, 2, 16, 6, 30), {"CN", "HK"}, "HK", date(2026, 2, 24)),  # on its eve Hong Kong trades alone
        (at(2026, 2, 16, 12, 30), {"CN"}, "HK", date(2026, 2, 24)),
        (at(2026, 9, 30, 12), {"CN"}, "HK", None),  # both trade that afternoon
        (at(2026, 9, 30, 16, 30), {"CN"}, "HK", date(2026, 10, 8)),
        (at(2026, 10, 7, 18), {"CN"}, "HK", None),
        (at(2026, 6, 30, 17), {"CN"}, "HK", None),  # Hong Kong's own holiday is none that its windows pass over
        (at(2026, 6, 30, 17), {"MO"}, "CN", date(2026, 7, 2)),
        (at(2026, 2, 13, 17), {"HK", "MO"}, "HK", None),  # nobody of the other side
        (at(2026, 2, 13, 17), {"CN"}, "CN", None),
        (at(2026, 3, 13, 17), {"CN"}, "HK", None),
        (at(2027, 12, 31, 17), {"CN"}, "HK", None),  # the next year is not entered
    ],
)
def test_the_day_on_which_both_trade_is_told_where_one_side_is_on_holiday(released, places, region, day):
    assert markets.together(replace(windows.usual(), region=region), released, places) == day


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "next trade on the same day on"), ("zh-Hans", "共同交易日"), ("zh-Hant", "共同交易日")],
)
def test_writers_of_a_mainland_company_read_it_before_and_after_it_is_signed(app, clock, lang, words):
    clock.instant = SESSION = datetime(2026, 9, 30, 7, tzinfo=UTC)  # 15:00; the window opens at 16:30
    mainland, local = a_house(slug="lantern", domicile="CN"), a_house(slug="harbour", domicile="HK")
    written = {"event_on": date(2026, 9, 28)}
    for house, holds in ((mainland, True), (local, False)):
        draft, queued = begun(house, SESSION, **written), signed(house, sent(house, SESSION, **written), now=SESSION)
        db.session.commit()
        desk = signed_in(app.test_client(), house.editor.user)
        for row in (draft, queued):
            page = desk.get(f"/{lang}/studio/announcements/{row.id}")
            assert (page.status_code, words in page.text, "2026-10-08" in page.text) == (200, holds, holds)
