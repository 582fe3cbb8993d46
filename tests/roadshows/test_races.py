"""Organizers and guests at the same instant: one does it, the other is told; without the guard they are not."""

from datetime import date, time

import pytest

from listing.access.actor import SYSTEM
from listing.bilingual.pair import Pair
from listing.roadshows import queries, rules
from listing.roadshows.models import Day, Roadshow
from listing.roadshows.operations import planning, reminding, scheduling, seating
from listing.store.db import db
from tests.factories import NOW
from tests.store.example import ON_POSTGRESQL, overlapping, together

from .made import SAID, a_roadshow, actor_of, an_admitted_investor, an_organizer
from .test_seating import mails

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


# Somebody registers while the organizer moves, cancels or takes out the day. PATIENCE is waited in full where one holds
# the other back, as it should be; without the hold nothing is waited for.

PATIENCE, ALWAYS = 0.2, 20


def meeting(app, second_first=False, patience=PATIENCE, **what):
    """What came of a registration and of what an organizer does while it is written, and who was told what of it."""
    organizer, guest = an_organizer(), an_admitted_investor()
    show = a_roadshow(organizer, days=2)
    day_id, actor, who = show.days[0].id, actor_of(guest), {"actor": actor_of(organizer), "now": NOW}
    db.session.commit()
    [(name, said)] = what.items()

    def arrives():
        day = db.session.get_one(Day, day_id)
        seating.apply(day=day, mode="onsite", sessions=[], interpretation=False, needs="", actor=actor, now=NOW)

    def plans():
        day = db.session.get_one(Day, day_id)
        about = {"show": day.roadshow} if name in ("cancel", "move") else {"day": day}
        getattr(planning if name == "cancel" else scheduling, name)(**about, **said, **who)

    acts = (plans, arrives) if second_first else (arrives, plans)
    came = overlapping(app, *acts, patience=patience)
    db.session.expire_all()
    return came, len(mails("roadshow_cancelled")) + len(mails("roadshow_moved"))


CANCEL = {"cancel": {"reason": Pair("台风", "Typhoon")}}
MOVE = {"move": {"days": 0, "minutes": 60, "tell": True}}
CHANGE = {"change_day": SAME_DAY | PLACES}
REMOVE = {"remove_day": {}}


def test_who_registers_while_the_organizer_decides_is_told_or_counted(app):
    assert meeting(app, **CANCEL) == (["done", "done"], 1)
    assert meeting(app, **MOVE) == (["done", "done"], 2)
    assert meeting(app, **CHANGE)[0] == ["done", "DayInUse"]
    assert meeting(app, **REMOVE)[0] == ["done", "DayInUse"]


def test_who_registers_after_the_organizer_decided_is_refused(app):
    assert meeting(app, second_first=True, **CANCEL) == (["done", "NotOpen"], 0)
    gone = (
        "NotOpen" if db.engine.dialect.name == "postgresql" else "NoResultFound"
    )  # nobody reads beside a writer there
    assert meeting(app, second_first=True, **REMOVE) == (["done", gone], 0)


@ON_POSTGRESQL
def test_without_the_lock_of_the_places_who_registers_is_not_told(app, monkeypatch):
    monkeypatch.setattr(queries, "lock_places", lambda days: None)
    for operations in (planning, scheduling):  # the log would hold them back once they have told the others
        monkeypatch.setattr(operations, "noted", lambda *args, **kwargs: None)
    assert meeting(app, patience=ALWAYS, **CANCEL) == (["done", "done"], 0)
    assert meeting(app, patience=ALWAYS, **MOVE) == (["done", "done"], 0)
