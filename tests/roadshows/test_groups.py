"""Colleagues who register together: all get places or all wait, nobody overtakes them, each may leave alone."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from listing.roadshows import attendance, queries, queue, rules
from listing.roadshows.attendance import Admitted, Limits
from listing.roadshows.models import Registration
from listing.roadshows.operations import seating
from listing.roadshows.queue import Colleague
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_member, a_user, signed_in

from .made import a_roadshow, actor_of, an_admitted_investor, an_organizer
from .test_seating import apply, mails, states

# In which order places go; pure.


@dataclass
class Row:
    id: int
    mode: str
    party: int | None


def lined_up(groups):
    """Rows in their turns: for each group the ways of its members."""
    rows = []
    for party, ways in enumerate(groups):
        rows += [Row(len(rows) + n, way, party if len(ways) > 1 else None) for n, way in enumerate(ways)]
    return queue.units(rows, together=True)


WAYS = st.lists(st.lists(st.sampled_from(rules.MODES), min_size=1, max_size=4), max_size=8)
FREE = st.fixed_dictionaries({mode: st.integers(0, 6) for mode in rules.MODES})


@given(WAYS, FREE)
def test_nobody_gets_a_place_that_one_before_them_lacks_and_none_stays_unused(ways, free):
    waiting = lined_up(ways)
    found, shut = queue.served(waiting, free)
    left = {mode: free[mode] - sum(unit.need[mode] for unit in found) for mode in free}
    assert min(left.values()) >= 0
    for place, unit in enumerate(waiting):
        if unit in found:
            continue
        later = [other for other in waiting[place + 1 :] if other in found]
        spared = {mode: left[mode] + sum(other.need[mode] for other in later) for mode in free}
        short = {mode for mode, number in unit.need.items() if spared[mode] < number}
        assert not any(other.need[mode] for other in later for mode in short), "overtaken where a place is lacking"
        assert short <= shut
        assert short or any(mode in shut for mode in unit.need), "passed over although there was room"


def test_a_group_on_site_and_online_holds_up_only_the_way_of_which_places_are_lacking():
    [pair, single] = waiting = lined_up([["onsite", "online"], ["online"]])
    assert queue.served(waiting, {"onsite": 0, "online": 5}) == ([single], {"onsite"})
    assert queue.served(waiting, {"onsite": 1, "online": 1}) == ([pair], {"online"})
    apart = queue.units([row for unit in waiting for row in unit.rows], together=False)
    assert [len(unit.rows) for unit in apart] == [1, 1, 1]


def test_the_rule_says_to_whom_it_is_open_and_what_somebody_is():
    limits = Limits(classes=["HK-PI"], markets=["CN", "MO"], sectors=["chips"], invitation_only=True)
    asia = Admitted("SG-AI", frozenset({"HK", "SG"}))
    lines = attendance.conditions(asia, limits, sectors=None, invited=False)
    assert [(line.name, line.open_to, line.own) for line in lines if not line.holds] == [
        ("classes", ("HK-PI",), ("SG-AI",)),
        ("markets", ("CN", "MO"), ("HK", "SG")),
        ("invitation", (), ()),
    ]
    fits = Admitted("HK-PI", frozenset({"CN"}))
    attendance.check(fits, limits, sectors=["chips"], invited=True)
    with pytest.raises(attendance.NotForSector):
        attendance.check(fits, limits, sectors=["biotech"], invited=True)


# In the database.


def a_house(size, **person):
    """Members of one admitted institution."""
    first = an_admitted_investor(**person)
    return [first, *(a_member(first.organisation, "viewer", a_user()) for _ in range(size - 1))]


def along(members, mode="onsite"):
    return [Colleague(member.user.email, mode) for member in members[1:]]


def test_a_group_waits_until_there_are_places_for_all_of_it_and_nobody_overtakes_it(app):
    day = a_roadshow(onsite=3).days[0]
    singles = [an_admitted_investor() for _ in range(3)]
    house = a_house(3)
    rows = [apply(singles[0], day), apply(singles[1], day)]
    apply(house[0], day, colleagues=along(house))
    apply(singles[2], day)
    assert states(day) == ["confirmed"] * 2 + ["waitlisted"] * 4
    assert day.places[1].taken + day.places[0].taken == 2
    seating.withdraw(row=rows[0], actor=actor_of(singles[0]), now=NOW)
    assert states(day)[2:] == ["waitlisted"] * 4
    seating.withdraw(row=rows[1], actor=actor_of(singles[1]), now=NOW)
    assert states(day)[2:] == ["offered"] * 3 + ["waitlisted"]
    assert [to for to, state in mails() if state == "offered"] == [member.user_id for member in house]


def test_one_of_a_group_leaves_alone_and_the_rest_may_fit_then(app):
    day = a_roadshow(onsite=2).days[0]
    house = a_house(3)
    apply(house[0], day, colleagues=along(house))
    assert states(day) == ["waitlisted"] * 3
    last = queries.registration(day.id, house[2].user_id)
    seating.withdraw(row=last, actor=actor_of(house[2]), now=NOW)
    assert states(day) == ["offered", "offered", "withdrawn"]
    again = apply(house[2], day)
    assert (again.party, again.state) == (None, "waitlisted")


def test_in_the_last_day_each_of_a_group_is_offered_a_place_alone(app):
    day = a_roadshow(onsite=1).days[0]
    house = a_house(2)
    apply(house[0], day, colleagues=along(house))
    seating.tend_due(now=day.begins_at - queue.TOGETHER_UNTIL - timedelta(seconds=1), stopping=lambda: False)
    assert states(day) == ["waitlisted"] * 2
    seating.tend_due(now=day.begins_at - queue.TOGETHER_UNTIL, stopping=lambda: False)
    assert states(day) == ["offered", "waitlisted"]


def test_a_group_is_refused_as_a_whole_in_the_same_words_for_any_address_that_is_no_colleague(app):
    day = a_roadshow(onsite=9, colleagues=2).days[0]
    house, stranger = a_house(4), an_admitted_investor()
    apply(house[3], day)
    own = house[0].user.email
    for typed, refusal in (
        ([house[1].user.email, stranger.user.email], queue.NoColleague),
        ([house[1].user.email, "nobody@example.com"], queue.NoColleague),
        ([house[3].user.email], queue.ColleagueIn),
        ([own], queue.NamedTwice),
        ([house[n].user.email for n in (1, 2, 3)], queue.TooManyColleagues),
    ):
        with pytest.raises(refusal):
            apply(house[0], day, colleagues=[Colleague(email, "onsite") for email in typed])
        db.session.rollback()
    assert states(day) == ["confirmed"]


def test_a_group_is_approved_and_put_first_as_one(app):
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=1, approval=True).days[0]
    house, single, who = a_house(2), an_admitted_investor(), {"actor": actor_of(organizer), "now": NOW}
    last = apply(single, day)
    row = apply(house[0], day, colleagues=along(house))
    seating.approve(row=last, **who)
    seating.approve(row=row, **who)
    assert states(day) == ["confirmed", "waitlisted", "waitlisted"]
    seating.promote(row=queries.registration(day.id, house[1].user_id), reason="host", **who)
    turns = db.session.scalars(select(Registration.turn).where(Registration.party.is_not(None)).order_by("id")).all()
    assert turns == [-1, 0]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_colleagues_are_named_on_the_page_and_each_finds_a_registration_of_their_own(app, lang):
    show = a_roadshow(onsite=5, markets=["HK"], sectors=["semiconductors"])
    house, outsider = a_house(2, language=lang), an_admitted_investor(markets=("CN",))
    address = f"/{lang}/roadshows/{show.code}"
    form = f"{address}/days/{show.days[0].id}"
    first, second, third = (signed_in(app.test_client(), m.user) for m in (*house, outsider))
    wrong = submit(first, form, mode="onsite", sectors="semiconductors", email_1="who@else.example")
    assert (wrong.status_code, "who@else.example" in wrong.text) == (422, True)
    assert submit(first, form, mode="onsite", email_1=house[1].user.email).status_code == 422  # no sector ticked
    assert submit(first, form, mode="onsite", sectors="semiconductors", email_1=house[1].user.email).status_code == 303
    assert [v.get(address).text.count("/leave") for v in (first, second)] == [1, 1]
    assert house[0].user.name in second.get(address).text
    closed = third.get(form).text
    assert ("<form" in closed.split("<main")[1], third.get(address).text.count(form)) == (False, 0)
    leave = f"/{lang}/roadshows/registrations/{queries.registration(show.days[0].id, house[1].user_id).id}/leave"
    assert (leave in second.get(address).text, house[0].user.name in second.get(leave).text) == (True, True)
    assert (first.get(leave).status_code, submit(second, leave).status_code) == (404, 303)
    assert second.get(leave).status_code == 302
    assert states(show.days[0]) == ["confirmed", "withdrawn"]
