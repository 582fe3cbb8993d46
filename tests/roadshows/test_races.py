"""Organizers and guests at the same instant: one does it, the other is told; without the guard they are not."""

from datetime import date, time

import pytest

from listing.access.actor import SYSTEM
from listing.bilingual.pair import Pair
from listing.roadshows import queries, rules
from listing.roadshows.models import Roadshow
from listing.roadshows.operations import planning, reminding, scheduling
from listing.store.db import db
from tests.factories import NOW
from tests.store.example import ON_POSTGRESQL, together

from .made import SAID, a_roadshow, actor_of, an_organizer

SAME_DAY = {"date": date(2026, 12, 20), "begins": time(10), "ends": time(18), "venue": Pair("澳门", "Macao")}
PLACES = {"link": "", "onsite": 1, "online": 1}


def by_two(app, organizer, show, act):
    """What comes of two windows of an organizer in which the same is done at once."""
    number, who = show.id, {"actor": actor_of(organizer), "now": NOW}

    def seen():
        found = db.session.get_one(Roadshow, number)
        return found, found.days, found.reminders

    def does(found):
        return act(found[0], who)

    return together(app, (seen, does), (seen, does))


def adds_the_day(show, who):
    scheduling.add_day(show=show, **SAME_DAY, **PLACES, **who)


def adds_the_reminder(show, who):
    reminding.add(show=show, anchor=rules.START, minutes=30, **who)


def test_of_two_windows_that_do_the_same_at_once_one_does_it(app):
    organizer = an_organizer()
    show = a_roadshow(organizer)
    assert by_two(app, organizer, show, adds_the_day) == {"done": 1, "DayTaken": 1}
    db.session.expire_all()
    assert [day.date.day for day in show.days] == [8, 20]
    show = a_roadshow(organizer)
    assert by_two(app, organizer, show, adds_the_reminder) == {"done": 1, "ReminderKept": 1}


@ON_POSTGRESQL
def test_without_the_hold_the_second_is_an_error_of_the_database(app, monkeypatch):
    monkeypatch.setattr(queries, "held", lambda show: show)
    organizer = an_organizer()
    assert by_two(app, organizer, a_roadshow(organizer), adds_the_day) == {"done": 1, "IntegrityError": 1}
    assert by_two(app, organizer, a_roadshow(organizer), adds_the_reminder) == {"done": 1, "IntegrityError": 1}


def test_a_code_taken_since_it_was_looked_at_is_refused_like_any_other(app, monkeypatch):
    monkeypatch.setattr(queries, "is_code_free", lambda code: True)
    show = a_roadshow()
    said = {"organisation_id": show.organisation_id, "actor": SYSTEM, "now": NOW}
    with pytest.raises(rules.CodeInUse):
        planning.create(code=show.code, **SAID, **said)
    assert planning.create(code="another", **SAID, **said).id
