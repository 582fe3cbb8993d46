"""Sessions outside the working hours of the audience's markets: told in words, and nothing is held back."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from listing.roadshows import workplaces
from listing.roadshows.operations import planning
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import signed_in

from .made import a_roadshow, a_session, an_organizer


def found(local, *ids, minutes=30):
    """How a session that begins at this time in Hong Kong lies in these places."""
    begins = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)
    session = SimpleNamespace(id=1, begins_at=begins, ends_at=begins + timedelta(minutes=minutes))
    return [each.why for each in workplaces.outside(session, ids)]


@pytest.mark.parametrize(
    ("local", "place", "told"),
    [
        ("2026-12-08T14:30", "LDN", ["before"]),  # 06:30
        ("2026-12-08T16:00", "LDN", []),  # 08:00
        ("2026-12-08T15:59", "LDN", ["before"]),
        ("2026-07-07T15:00", "LDN", []),  # an hour more in summer
        ("2026-10-23T15:00", "LDN", []),  # the last Friday before clocks go back there
        ("2026-10-26T15:00", "LDN", ["before"]),  # and the Monday after
        ("2026-12-08T22:00", "NYC", []),  # 09:00
        ("2026-12-08T09:30", "NYC", ["after"]),  # 20:30 the day before
        ("2026-12-07T09:30", "NYC", ["day off"]),  # Sunday evening there
        ("2026-12-08T17:30", "SG", []),
        ("2026-12-08T17:31", "SG", ["ends after"]),
        ("2026-12-08T18:00", "SG", ["after"]),
        ("2026-10-01T10:00", "CN", ["day off"]),  # National Day
        ("2026-12-25T10:00", "HK", ["day off"]),
        ("2026-12-25T10:00", "CN", []),
        ("2026-02-14T10:00", "CN", []),  # a Saturday worked instead
        ("2026-02-14T10:00", "HK", ["day off"]),
        ("2099-12-25T10:00", "HK", []),  # a year that is not entered: only weekends are known
        ("2026-12-08T10:00", "gone", []),
    ],
)
def test_a_session_lies_in_working_hours_or_before_or_after_them_or_on_a_day_off(local, place, told):
    assert found(local, place) == told


def test_each_place_is_told_apart_and_one_that_ends_after_midnight_ends_after():
    assert found("2026-12-08T14:30", "HK", "LDN", "NYC") == ["before", "before"]
    assert found("2026-12-08T17:00", "HK", minutes=600) == ["ends after"]
    holiday = next(iter(workplaces.outside(SimpleNamespace(id=1, begins_at=XMAS, ends_at=XMAS), ["HK"]))).holiday
    assert holiday.en == "Christmas Day"
    assert all(each.source and each.status == "memory" for each in workplaces.places().values())


XMAS = datetime(2026, 12, 25, 2, tzinfo=UTC)
WORDS = {
    "zh-Hans": "香港 14:30 是伦敦 06:30，当地未到上班时间。",
    "zh-Hant": "香港 14:30 是倫敦 06:30，當地未到辦公時間。",
    "en": "14:30 in Hong Kong is 06:30 in London, before working hours.",
}


@pytest.mark.parametrize("lang", WORDS)
def test_the_organizer_chooses_markets_reads_it_beside_the_session_and_may_publish(app, client, lang):
    organizer = an_organizer()
    show = a_roadshow(organizer, published=False)
    a_session(show.days[0], time(14, 30))
    db.session.commit()
    signed_in(client, organizer.user)
    home = f"/{lang}/events/manage/roadshows/{show.id}"
    assert WORDS[lang] not in client.get(home).text
    assert submit(client, f"{home}/basics", workplaces=["LDN", "NYC"]).status_code == 303
    assert WORDS[lang] in client.get(home).text
    wrong = submit(client, f"{home}/basics", workplaces=["MARS"])
    assert (wrong.status_code, show.workplaces) == (422, ["LDN", "NYC"])
    assert planning.missing(show) == []
