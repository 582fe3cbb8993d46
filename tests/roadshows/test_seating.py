"""Places and the waiting list: never oversold, nobody lost or doubled, the order kept, whatever happens in between."""

from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from datetime import time, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from listing.access.actor import SYSTEM
from listing.admission.models import Admission
from listing.bilingual.pair import Pair
from listing.journal.models import Entry
from listing.notifications.models import Notice
from listing.roadshows import agenda, attendance, queries, rules, waiting
from listing.roadshows.attendance import Admitted, Limits
from listing.roadshows.models import Day, Places, Registration
from listing.roadshows.operations import scheduling, seating
from listing.roadshows.queue import Colleague
from listing.store import scarce
from listing.store.db import db, reading
from tests.factories import NOW, a_member
from tests.store.example import at_once

from .made import a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer

HOUR = timedelta(hours=1)


def apply(member, day, now=NOW, mode=rules.ONSITE, **said):
    values = {"sessions": [], "interpretation": False, "needs": ""} | said
    row = seating.apply(day=day, mode=mode, actor=actor_of(member, now), now=now, **values)
    db.session.commit()
    return row


def states(day):
    return [
        r.state for r in db.session.scalars(select(Registration).where(Registration.day_id == day.id).order_by("id"))
    ]


def mails(message="roadshow_registration"):
    rows = db.session.scalars(select(Notice).where(Notice.message == message).order_by(Notice.id))
    return [(n.recipient_id, n.data.get("state")) for n in rows]


def test_a_place_that_becomes_free_is_offered_to_the_first_in_the_queue_and_then_to_the_next(app):
    day = a_roadshow(onsite=1).days[0]
    first, second, third = people = [an_admitted_investor() for _ in range(3)]
    rows = [apply(member, day) for member in people]
    assert states(day) == ["confirmed", "waitlisted", "waitlisted"]
    assert [waiting.position(row) for row in rows[1:]] == [1, 2]
    seating.withdraw(row=rows[0], actor=actor_of(first), now=NOW)
    assert states(day) == ["withdrawn", "offered", "waitlisted"]
    later = NOW + timedelta(hours=24)
    with pytest.raises(rules.OfferOver):
        seating.accept(row=rows[1], actor=actor_of(second), now=later)
    assert seating.tend_due(now=later, stopping=lambda: False) == 2
    assert states(day) == ["withdrawn", "expired", "offered"]
    seating.accept(row=rows[2], actor=actor_of(third), now=later)
    assert states(day) == ["withdrawn", "expired", "confirmed"]
    ids = [member.user_id for member in people]
    assert mails() == [
        (ids[0], "confirmed"),
        (ids[1], "waitlisted"),
        (ids[2], "waitlisted"),
        (ids[1], "offered"),
        (ids[1], "expired"),
        (ids[2], "offered"),
        (ids[2], "confirmed"),
    ]
    again = apply(first, day, later)
    assert (again.id, again.state) == (rows[0].id, "waitlisted")


@pytest.mark.parametrize(
    ("left", "stands"),
    [
        (timedelta(days=10), timedelta(hours=24)),
        (timedelta(days=1), timedelta(hours=6)),
        (timedelta(hours=1, seconds=1), timedelta(minutes=30)),
        (timedelta(hours=1), None),
    ],
)
def test_an_offer_stands_for_a_day_and_for_less_as_the_day_comes_near(left, stands):
    until = rules.offered_until(begins=NOW + left, now=NOW)
    assert until == (stands and NOW + stands)


def test_who_is_not_admitted_any_more_loses_the_place_to_the_next(app):
    day = a_roadshow(onsite=1).days[0]
    first, second = an_admitted_investor(until=NOW + HOUR), an_admitted_investor()
    apply(first, day), apply(second, day)
    seating.tend_due(now=NOW + HOUR, stopping=lambda: False)
    assert states(day) == ["expired", "offered"]
    with pytest.raises(rules.NotAdmitted):
        apply(first, day, NOW + HOUR)


def test_who_may_attend(app):
    show = a_roadshow(markets=["CN"], classes=["HK-PI"], invitation_only=True, invited=["Guest@Example.com"])
    day = show.days[0]
    kinds = {
        rules.NotForMarket: an_admitted_investor(),
        rules.NotForClass: an_admitted_investor(book="SG-AI", markets=("CN",)),
        rules.NotInvited: an_admitted_investor(markets=("CN",)),
    }
    db.session.commit()
    for refusal, member in kinds.items():
        with pytest.raises(refusal):
            apply(member, day)
        db.session.rollback()
    assert apply(an_admitted_investor(markets=("CN",), email="guest@example.com"), day).state == "confirmed"


def test_who_belongs_to_several_institutions_comes_for_one_that_fits():
    asia, world = Admitted("HK-PI", frozenset({"HK"})), Admitted("SG-AI", frozenset({"SG"}))
    limits, said = Limits(markets=["SG"]), {"sectors": [], "invited": True}
    assert attendance.fitting({1: asia, 2: world}, limits, **said) == 2
    for institutions, refusal in (({1: asia, 2: None}, rules.NotForMarket), ({}, rules.NotAdmitted)):
        with pytest.raises(refusal):
            attendance.fitting(institutions, limits, **said)


def test_who_belongs_to_two_institutions_registers_for_the_one_that_fits(app):
    first, second = an_admitted_investor(), an_admitted_investor(markets=("CN",))
    day, actor = a_roadshow(markets=["CN"]).days[0], actor_of(first)
    both = replace(actor, standings=(*actor.standings, *actor_of(second).standings))
    row = seating.apply(day=day, mode="onsite", sessions=[], interpretation=False, needs="", actor=both, now=NOW)
    assert row.organisation_id == second.organisation_id


def test_in_the_last_hour_nobody_comes_before_those_who_wait(app):
    show = a_roadshow(onsite=1)
    day = show.days[0]
    show.registration_closes_at = day.begins_at
    first, second, third = [an_admitted_investor() for _ in range(3)]
    row = apply(first, day)
    apply(second, day)
    late = day.begins_at - timedelta(minutes=30)
    seating.withdraw(row=row, actor=actor_of(first), now=late)
    apply(third, day, late)
    assert states(day) == ["withdrawn", "waitlisted", "waitlisted"]


def test_places_are_not_lowered_below_those_taken_and_more_go_to_the_queue(app):
    show = a_roadshow(onsite=2)
    day = show.days[0]
    for _ in range(3):
        apply(an_admitted_investor(), day)
    with pytest.raises(rules.BelowTaken):
        seating.resize(day=day, capacities={"onsite": 1}, now=NOW)
    seating.resize(day=day, capacities={"onsite": 3}, now=NOW)
    assert states(day) == ["confirmed", "confirmed", "offered"]


def test_putting_somebody_first_needs_a_reason_that_the_log_keeps(app):
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=1).days[0]
    rows = [apply(an_admitted_investor(), day) for _ in range(3)]
    seating.promote(row=rows[2], reason="access", actor=actor_of(organizer), now=NOW)
    assert [waiting.position(row) for row in rows[1:]] == [2, 1]
    entry = db.session.scalars(select(Entry).order_by(Entry.index.desc()).limit(1)).one()
    assert (entry.code, entry.data["reason"]) == ("roadshow.registration_promoted", "access")


def test_with_approval_nobody_has_a_place_before_it(app):
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=1, approval=True).days[0]
    rows = [apply(an_admitted_investor(), day) for _ in range(3)]
    assert states(day) == ["applied"] * 3
    who = {"actor": actor_of(organizer), "now": NOW}
    seating.approve(row=rows[1], **who), seating.approve(row=rows[0], **who), seating.decline(row=rows[2], **who)
    assert states(day) == ["waitlisted", "confirmed", "declined"]


def test_nobody_is_let_in_whose_admission_has_ended_since_they_applied(app):
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=1, approval=True).days[0]
    row = apply(an_admitted_investor(until=NOW + HOUR), day)
    with pytest.raises(rules.EndedAdmission):
        seating.approve(row=row, actor=actor_of(organizer), now=NOW + 2 * HOUR)


def test_a_moved_roadshow_tells_everybody_registered_and_keeps_their_places(app):
    show = a_roadshow(onsite=1, days=2)
    day, session = show.days[0], show.days[0].sessions[0]
    members = [an_admitted_investor() for _ in range(2)]
    for member in members:
        apply(member, day)
    begins = session.begins_at
    scheduling.move(show=show, days=1, minutes=60, tell=True, actor=SYSTEM, now=NOW)
    assert session.begins_at - begins == timedelta(days=1, hours=1)
    assert [d.date.isoformat() for d in queries.by_id(show.id).days] == ["2026-12-09", "2026-12-10"]
    assert states(day) == ["confirmed", "waitlisted"]
    assert [to for to, _state in mails("roadshow_moved")] == [member.user_id for member in members]


def test_a_roadshow_moves_neither_into_the_past_nor_by_nothing(app):
    show = a_roadshow(onsite=1)
    for days, refusal in ((-60, rules.IntoThePast), (0, rules.ByNothing)):
        with pytest.raises(refusal):
            scheduling.move(show=show, days=days, minutes=0, tell=True, actor=SYSTEM, now=NOW)
        db.session.rollback()
    assert mails("roadshow_moved") == []


def test_sessions_that_overlap_cannot_both_be_chosen(app):
    day = a_roadshow().days[0]
    first = day.sessions[0]
    beside = a_session(day, begins=time(10, 20), room=Pair("副厅", "Side room"))
    db.session.commit()
    with pytest.raises(agenda.ChoiceClash) as refused:
        apply(an_admitted_investor(), day, sessions=[first.id, beside.id])
    assert refused.value.params == {"first": "10:00 HKT/CST (UTC+8)", "second": "10:20 HKT/CST (UTC+8)"}
    db.session.rollback()
    assert apply(an_admitted_investor(), day, sessions=[beside.id, 999_999]).sessions == [beside.id]


def test_one_person_many_times_at_once_has_one_place(app):
    day_id = a_roadshow(onsite=5).days[0].id
    actor = actor_of(an_admitted_investor())
    db.session.commit()

    def arrive():
        day = db.session.get_one(Day, day_id)
        values = {"mode": "onsite", "sessions": [], "interpretation": False, "needs": ""}
        state = seating.apply(day=day, actor=actor, now=NOW, **values).state
        db.session.commit()
        return state

    assert Counter(at_once(app, 10, arrive)) == {"confirmed": 1, "AlreadyIn": 9}
    assert states(db.session.get_one(Day, day_id)) == ["confirmed"]


# A race, with the guard and without it.


def _race(app, *, many, transaction=nullcontext):
    """The states that so many arrivals at once end in, and the day; there are five places."""
    day_id = a_roadshow(onsite=5).days[0].id
    actors = iter([actor_of(an_admitted_investor()) for _ in range(many)])
    db.session.commit()

    def arrive():
        with transaction():
            day = db.session.get_one(Day, day_id)
            values = {"mode": "onsite", "sessions": [], "interpretation": False, "needs": ""}
            state = seating.apply(day=day, actor=next(actors), now=NOW, **values).state
            db.session.commit()
        return state

    return Counter(at_once(app, many, arrive)), day_id


def test_twenty_at_once_share_five_places(app):
    answers, day_id = _race(app, many=20)
    assert answers == {"confirmed": 5, "waitlisted": 15}
    day = db.session.get_one(Day, day_id)
    assert (Counter(states(day)), {p.mode: p.taken for p in day.places}) == (answers, {"onsite": 5, "online": 0})
    turns = db.session.scalars(select(Registration.turn).where(Registration.day_id == day.id)).all()
    assert sorted(turns) == list(range(1, 21))


def test_without_the_lock_and_the_counter_the_race_is_lost(app, monkeypatch):
    """The guards taken out: ten read a free place before any has taken it, and there are five."""
    all_have_read = Barrier(10)

    def looked_at(day_id):
        return {p.mode: p for p in db.session.scalars(select(Places).where(Places.day_id == day_id))}

    def read_then_write(places, counter, *, limit, amount):
        free = places.taken + amount <= places.capacity
        all_have_read.wait(timeout=20)
        return 1 if free else None

    monkeypatch.setattr(queries, "locked_places", looked_at)
    monkeypatch.setattr(scarce, "take", read_then_write)
    answers, _day_id = _race(app, many=10, transaction=reading)
    expected = {"confirmed": 10} if db.engine.dialect.name == "postgresql" else {"confirmed": 1, "OperationalError": 9}
    assert answers == expected


# Random sequences.

WHAT = ["apply"] * 4 + ["group"] * 2 + ["leave"] * 3 + ["accept"] * 2 + ["wait"] * 2 + ["first", "more", "fewer", "end"]
STEP = st.tuples(st.sampled_from(WHAT), st.integers(0, 6))
HOUSE = (0, 1, 2)  # members of one institution, who may come as a group


def _invariants(day):
    rows = list(db.session.scalars(select(Registration).where(Registration.day_id == day.id)))
    places = db.session.scalars(select(Places).where(Places.day_id == day.id, Places.mode == "onsite")).one()
    db.session.refresh(places)
    seated = [row for row in rows if row.state in rules.SEATED]
    waits = sorted((row for row in rows if row.state == rules.WAITLISTED), key=lambda row: (row.rank, row.turn))
    assert places.taken == len(seated) <= places.capacity
    assert len({row.account_id for row in rows}) == len(rows)
    need = sum(row is waits[0] or None is not row.party == waits[0].party for row in waits)
    assert not waits or places.capacity - places.taken < need, "places free for those who are next"
    assert all(len({row.state for row in together}) == 1 for together in _never_apart(rows)), "part of a group"
    assert len({row.turn for row in rows}) == len(rows)


class Order:
    """In which order those who wait should stand, by the test's own book: put first, by class, by arrival."""

    def __init__(self, priority, classes):
        self.priority, self.classes = priority, classes
        self.keys, self.seated, self.steps = {}, set(), 0

    def follow(self, day, put_first):
        """Look at a day after a step; whoever got a place in it stood before everybody who still waits."""
        rows, self.steps = sorted(queries.live_of_day(day.id), key=lambda row: row.turn), self.steps + 1
        self.keys = {row.id: self.keys.get(row.id) or self._key(row, nth) for nth, row in enumerate(rows)}
        for nth, number in enumerate(put_first):
            self.keys[number] = (-1, -self.steps, nth)
        waits = [row for row in rows if row.state == rules.WAITLISTED]
        seated = {row.id for row in rows if row.state in rules.SEATED}
        fresh = [self.keys[number] for number in seated - self.seated]
        if fresh and waits:
            assert max(fresh) < min(self.keys[row.id] for row in waits), "out of turn"
        expected = sorted(waits, key=lambda row: self.keys[row.id])
        assert [waiting.position(row) for row in expected] == list(range(1, len(waits) + 1))
        self.seated = seated

    def _key(self, row, nth):
        own = self.classes[row.organisation_id]
        return (self.priority.index(own) if own in self.priority else 9, self.steps, nth)


def _never_apart(rows):
    """The groups of which nobody has left, lapsed or accepted yet."""
    parties = [[row for row in rows if row.party == n] for n in {row.party for row in rows} - {None}]
    return [own for own in parties if {row.state for row in own} <= {rules.WAITLISTED, rules.OFFERED}]


def _is_free(day, members, now):
    """Whether the house can register together."""
    live = {row.account_id for row in queries.live_of_day(day.id)}
    return not live & {members[i].user_id for i in HOUSE} and actor_of(members[0], now).standings[0].open


def _put_first(row, now):
    """Put somebody at the head, with those who wait along; return who that is."""
    if row is None or row.state != rules.WAITLISTED:
        return []
    put = [each.id for each in waiting.together(row, rules.WAITLISTED)]
    seating.promote(row=row, reason="host", actor=SYSTEM, now=now)
    return put


def _step(day, members, what, n, now):
    member, row = members[n], queries.registration(day.id, members[n].user_id)
    places = queries.locked_places(day.id)["onsite"]
    admitted = any(standing.open for standing in actor_of(member, now).standings)
    if what == "apply" and admitted and not (row and row.state in rules.LIVE):
        seating.apply(
            day=day, mode="onsite", sessions=[], interpretation=False, needs="", actor=actor_of(member, now), now=now
        )
    elif what == "group" and _is_free(day, members, now):
        first, *rest = HOUSE
        colleagues = [Colleague(members[i].user.email, "onsite") for i in rest]
        said = {"mode": "onsite", "sessions": [], "interpretation": False, "needs": "", "colleagues": colleagues}
        seating.apply(day=day, actor=actor_of(members[first], now), now=now, **said)
    elif what == "leave" and row and row.state in rules.LIVE:
        seating.withdraw(row=row, actor=actor_of(member, now), now=now)
    elif what == "accept" and row and row.state == rules.OFFERED and row.offered_until > now:
        seating.accept(row=row, actor=actor_of(member, now), now=now)
    elif what == "more":
        seating.resize(day=day, capacities={"onsite": places.capacity + 1}, now=now)
    elif what == "end":
        gone = update(Admission).where(Admission.organisation_id == member.organisation_id)
        db.session.execute(gone.values(until=now))
        seating._tend(day, queries.locked_places(day.id), now)
    elif what == "fewer" and places.capacity > max(1, places.taken):
        seating.resize(day=day, capacities={"onsite": places.capacity - 1}, now=now)


def test_no_place_is_lost_none_doubled_and_the_order_kept_within_and_between_classes(app):
    day = a_roadshow(onsite=2).days[0]
    first = an_admitted_investor()
    members = [first, *(a_member(first.organisation, "viewer") for _ in HOUSE[1:])]
    grades = ("institutional", "institutional", "professional", "accredited")
    members += [an_admitted_investor(grade=grade) for grade in grades]
    db.session.commit()
    houses = [member.organisation_id for member in members[len(HOUSE) - 1 :]]
    day_id, classes = day.id, dict(zip(houses, ("professional", *grades), strict=True))

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(STEP, min_size=10, max_size=30), st.sampled_from([[], ["institutional", "professional"]]))
    def hold(steps, priority):
        now, day, order = NOW, db.session.get_one(Day, day_id), Order(priority, classes)
        try:
            day.roadshow.priority = priority
            for what, n in steps:
                now += timedelta(hours=9 if what == "wait" else 0, minutes=1)
                put_first = []
                if what == "wait":
                    day = db.session.get_one(Day, day_id)
                    seating._tend(day, queries.locked_places(day_id), now)
                elif what == "first":
                    put_first = _put_first(queries.registration(day_id, members[n].user_id), now)
                else:
                    _step(day, members, what, n, now)
                db.session.flush()
                _invariants(day)
                order.follow(day, put_first)
        finally:
            db.session.rollback()

    hold()


def test_admissions_are_looked_up_once_for_a_day(app, statements):
    day = a_roadshow(onsite=9).days[0]
    for _ in range(3):
        apply(an_admitted_investor(), day)
    with statements() as seen:
        seating.tend_due(now=NOW, stopping=lambda: False)
    assert sum("FROM admission " in one or "FROM admission\n" in one for one in seen) == 1
    assert db.session.scalar(select(func.count()).select_from(Admission)) == 3
