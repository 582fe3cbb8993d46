"""Local times, and what gets in each other's way."""

from datetime import UTC, date, datetime, time

import pytest

from listing.bilingual.pair import Pair
from listing.roadshows import agenda, queries, rules
from listing.roadshows.operations import scheduling
from tests.factories import NOW, a_company

from .made import BOTH, a_presenter, a_roadshow, a_session, actor_of, an_organizer

HALL, SALON = Pair("大厅", "Hall"), Pair("沙龙", "Salon")


def test_a_time_that_the_clocks_skip_or_repeat_is_refused():
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    with pytest.raises(agenda.Skipped):
        agenda.instant(spring, time(1, 30), "Europe/London")
    with pytest.raises(agenda.Repeated):
        agenda.instant(autumn, time(1, 30), "Europe/London")
    assert agenda.instant(spring, time(2, 30), "Europe/London") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert agenda.instant(autumn, time(1, 30), "Asia/Hong_Kong") == datetime(2027, 10, 30, 17, 30, tzinfo=UTC)


def test_sessions_that_clash_are_refused_by_name(app):
    day = a_roadshow().days[0]
    company = a_presenter()
    a_session(day, time(11), company=company, room=HALL)
    for begins, room, refusal in (
        (time(11, 15), HALL, agenda.RoomTaken),
        (time(11, 15), SALON, agenda.CompanyTaken),
        (time(17, 45), SALON, agenda.OutsideDay),
        (time(9, 45), SALON, agenda.OutsideDay),
    ):
        with pytest.raises(refusal):
            a_session(day, begins, company=company, room=room)
    a_session(day, time(11, 15), room=SALON)
    after = a_session(day, time(11, 33), room=HALL)
    assert list(agenda.short_breaks(queries.slots(day))) == [after.id]


def test_only_companies_on_display_in_both_languages_present(app):
    day = a_roadshow().days[0]
    half = a_company(passages=(("technology", "只有中文。", ""),))
    foreign = a_company(market="SZSE", origin="imported", **BOTH)
    for company in (half, foreign):
        with pytest.raises(rules.UnfitCompany):
            a_session(day, time(12), company=company)
    assert a_session(day, time(12), company=a_presenter(), title=Pair("", "")).company_id
    with pytest.raises(rules.Untitled):
        a_session(day, time(13), title=Pair("标题", ""))


def test_two_neighbours_change_places_within_the_same_time(app):
    organizer = an_organizer()
    day = a_roadshow(organizer).days[0]
    first = day.sessions[0]
    second = a_session(day, time(10, 40), minutes=50)
    scheduling.swap(session=second, earlier=True, seen=second.begins_at, actor=actor_of(organizer), now=NOW)
    shown = [(s.id, f"{agenda.local(s.begins_at, 'Asia/Hong_Kong'):%H:%M}") for s in (second, first)]
    assert shown == [(second.id, "10:00"), (first.id, "11:00")]
    with pytest.raises(rules.NotNow):
        scheduling.swap(session=second, earlier=True, seen=second.begins_at, actor=actor_of(organizer), now=NOW)
