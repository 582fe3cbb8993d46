"""After the end the page is the record, and the organizer has a list to follow up with."""

import csv
import io
from datetime import timedelta

import pytest

from listing.bilingual.pair import Pair
from listing.roadshows import record
from listing.roadshows.operations import asking, door
from listing.store.db import db
from tests.factories import NOW, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_pages import _at
from .test_seating import apply

HOUR = timedelta(hours=1)


def test_minutes_run_from_the_check_in_within_the_day_and_are_unknown_for_who_was_ticked_later():
    begins, ends = NOW, NOW + 8 * HOUR
    arrivals = [NOW - HOUR, NOW + 7 * HOUR, ends, None]
    assert [record.minutes(at, begins=begins, ends=ends) for at in arrivals] == [480, 60, None, None]
    assert record.of(arrivals, begins=begins, ends=ends) == record.Attendance(4, 3, 2, 540)
    late, nobody = (record.of(at, begins=begins, ends=ends).unknown for at in ([ends], [None]))
    assert (late, nobody) == (True, False)


@pytest.fixture
def held(app):
    """A roadshow of one day that two guests had a place at: one came, planned and asked, the other did neither."""
    organizer, company = an_organizer(), a_presenter()
    show = a_roadshow(organizer, first=NOW.date())
    day = show.days[0]
    session = a_session(day, _at(12, 0), company=company, title=Pair("", ""))
    came, away = (an_admitted_investor(name=name) for name in ("=Ann Guest", "Bo Away"))
    row = apply(came, day, now=NOW - HOUR, sessions=[session.id])
    apply(away, day, now=NOW - HOUR)
    asking.ask(session=session, typed="?", actor=actor_of(came), now=NOW)
    door.check_in(row=row, actor=actor_of(organizer), now=day.begins_at + HOUR)
    db.session.commit()
    return organizer, show, company


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_of_a_roadshow_that_is_over_says_who_came_and_for_how_long(app, client, clock, held, lang):
    _organizer, show, _company = held
    page = f"/{lang}/roadshows/{show.code}"
    assert 'id="record"' not in client.get(page).text
    clock.set(show.ends_at)
    shown = client.get(page).text
    assert 'id="record"' in shown
    assert all(f">{number}<" in shown for number in (2, 1, 420))
    assert "Ann Guest" not in shown


def test_the_organizer_takes_the_list_of_whom_to_follow_up_with(app, client, held):
    organizer, show, company = held
    later = a_roadshow(organizer)
    signed_in(client, organizer.user)
    home, early = (f"/en/events/manage/roadshows/{each.id}" for each in (show, later))
    assert ["follow-up.csv" in client.get(f"{each}/people").text for each in (early, home)] == [False, True]
    answer = client.get(f"{home}/follow-up.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    told = [(row["person"], row["minutes"], row["company_en"], row["asked"], row["answered"]) for row in rows]
    assert told == [("'=Ann Guest", "420", company.name_en, "1", "0"), ("Bo Away", "", "", "0", "0")]
