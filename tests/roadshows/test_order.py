"""The order of classes in which people wait: declared beforehand, followed by places, kept while it binds."""

import pytest

from listing.roadshows import queue, waiting
from listing.roadshows.operations import planning, seating
from tests.admission.conftest import submit
from tests.factories import NOW, signed_in

from .made import SAID, a_roadshow, actor_of, an_admitted_investor, an_organizer
from .test_groups import a_house, along
from .test_seating import apply, states

ORDER = ["institutional", "professional"]


def test_a_rank_is_the_place_of_the_class_and_those_not_named_stand_last_together():
    ranks = [queue.rank(each, ORDER) for each in ("institutional", "professional", "accredited", "")]
    assert (ranks, queue.rank("accredited", []), queue.FIRST) == ([0, 1, 2, 2], 0, -1)


def test_a_class_stands_before_others_on_the_list_and_before_a_group_of_a_later_class_that_lacks_places(app):
    day = a_roadshow(onsite=2, priority=ORDER).days[0]
    house = a_house(2, grade="accredited")
    first = apply(an_admitted_investor(grade="sophisticated"), day)
    apply(house[0], day, colleagues=along(house))
    assert states(day) == ["confirmed", "waitlisted", "waitlisted"]  # a place is free, and two are needed
    apply(an_admitted_investor(grade="accredited"), day)
    apply(an_admitted_investor(), day)
    assert states(day)[3:] == ["waitlisted", "confirmed"]
    last = apply(an_admitted_investor(grade="institutional"), day)
    assert (last.state, waiting.position(last)) == ("waitlisted", 1)
    seating.withdraw(row=first, actor=actor_of(an_organizer()), now=NOW)
    assert states(day) == ["withdrawn", "waitlisted", "waitlisted", "waitlisted", "confirmed", "offered"]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_order_is_read_before_one_registers_and_stays_while_somebody_waits(app, clock, lang):
    organizer, place = (
        an_organizer(),
        {"zh-Hans": "机构投资者", "zh-Hant": "機構投資者", "en": "Institutional investor"}[lang],
    )
    show = a_roadshow(organizer, onsite=1)
    day, (first, second) = show.days[0], [an_admitted_investor() for _ in range(2)]
    basics = f"/{lang}/events/manage/roadshows/{show.id}/basics"
    planner, investor = signed_in(app.test_client(), organizer.user), signed_in(app.test_client(), first.user)
    twice = submit(planner, basics, priority_1="institutional", priority_3="institutional")
    assert twice.status_code == 422
    assert submit(planner, basics, priority_2="institutional", priority_4="professional").status_code == 303
    form = f"/{lang}/roadshows/{show.code}/days/{day.id}"
    assert [place in investor.get(address).text for address in (form, form.split("/days")[0])] == [True, True]
    apply(first, day)
    assert submit(planner, basics, priority_2="").status_code == 303  # nobody waits
    apply(second, day)
    refused = submit(planner, basics, priority_1="accredited")
    assert (refused.status_code, waiting.is_waited_for(show), show.priority) == (422, True, ["institutional"])
    said = {name: SAID[name] for name in ("title", "summary", "zone", "opens", "closes")}
    same = {"priority": ["institutional"], "approval": True, "actor": actor_of(organizer), "now": NOW}
    assert planning.change(show=show, **said, **same).approval
