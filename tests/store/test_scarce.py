"""F6: seats never oversell, and the test would see it if they did."""

from collections import Counter
from threading import Barrier

import pytest
from sqlalchemy import func, select

from listing.store import scarce
from listing.store.db import db, reading

from .example import Evening, Guest, an_evening, at_once


def _register(evening_id: int):
    evening = db.session.get_one(Evening, evening_id)
    seat = scarce.take(evening, Evening.taken, limit=Evening.seats)
    if seat:
        db.session.add(Guest(evening_id=evening_id, seat=seat))
    db.session.commit()
    return seat


def _rows(evening_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Guest.evening_id == evening_id))


def test_200_clients_share_50_seats(app):
    evening_id = an_evening(seats=50)
    answers = at_once(app, 200, lambda: _register(evening_id))
    assert Counter(answers) == {None: 150, **dict.fromkeys(range(1, 51), 1)}
    assert _rows(evening_id) == 50
    assert db.session.get_one(Evening, evening_id).taken == 50


def test_reading_first_and_writing_afterwards_is_seen_to_fail(app):
    """The guard taken out: ten people read a free seat at the same instant, and there are five."""
    evening_id = an_evening(seats=5)
    all_have_read = Barrier(10)

    def register():
        with reading():
            evening = db.session.get_one(Evening, evening_id)
            free, seat = evening.taken < evening.seats, evening.taken + 1
            all_have_read.wait(timeout=20)
            if free:
                evening.taken = seat
                db.session.add(Guest(evening_id=evening_id, seat=seat))
            db.session.commit()
        return free

    answers = Counter(at_once(app, 10, register))
    assert answers != {True: 5, False: 5}
    expected = {True: 10} if db.engine.dialect.name == "postgresql" else {True: 1, "OperationalError": 9}
    assert answers == expected


def test_a_limit_may_be_met_exactly_and_not_passed(app):
    evening = db.session.get_one(Evening, an_evening(seats=10, taken=3))
    assert scarce.take(evening, Evening.taken, limit=Evening.seats, amount=7) == 10
    assert scarce.take(evening, Evening.taken, limit=Evening.seats) is None
    assert evening.taken == 10


def test_the_row_in_hand_knows_the_count_others_made(app):
    evening_id = an_evening(seats=50)
    evening = db.session.get_one(Evening, evening_id)
    db.session.commit()
    at_once(app, 1, lambda: _register(evening_id))
    assert scarce.take(evening, Evening.taken, limit=Evening.seats) == 2
    assert evening.taken == 2
    db.session.commit()
    assert db.session.get_one(Evening, evening_id).taken == 2


def test_without_a_limit_it_is_a_sequence_without_gaps(app):
    evening_id = an_evening(seats=0)

    def number():
        found = scarce.take(db.session.get_one(Evening, evening_id), Evening.taken)
        db.session.commit()
        return found

    assert sorted(at_once(app, 20, number)) == list(range(1, 21))


def test_a_number_comes_back_when_the_transaction_fails(app):
    evening = db.session.get_one(Evening, an_evening(seats=5))
    scarce.take(evening, Evening.taken, limit=Evening.seats)
    db.session.rollback()
    assert scarce.take(evening, Evening.taken, limit=Evening.seats) == 1


def test_giving_back_never_falls_below_zero(app):
    evening = db.session.get_one(Evening, an_evening(seats=5, taken=2))
    assert scarce.give_back(evening, Evening.taken, amount=2) == 0
    assert scarce.give_back(evening, Evening.taken) is None
    assert evening.taken == 0


def test_other_rows_are_left_alone(app):
    other_id = an_evening(seats=5)
    evening = db.session.get_one(Evening, an_evening(seats=5))
    scarce.take(evening, Evening.taken, limit=Evening.seats)
    db.session.commit()
    assert db.session.get_one(Evening, other_id).taken == 0


@pytest.mark.parametrize("amount", [0, -1])
@pytest.mark.parametrize("move", [scarce.take, scarce.give_back])
def test_nothing_can_be_taken_backwards(app, move, amount):
    evening = db.session.get_one(Evening, an_evening(seats=5, taken=2))
    with pytest.raises(ValueError, match="at least one"):
        move(evening, Evening.taken, amount=amount)
