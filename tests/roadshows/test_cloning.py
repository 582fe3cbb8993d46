"""Another roadshow like one that was held: the same on the clocks, without anybody of it."""

from datetime import date, time

import pytest

from listing.access.actor import SYSTEM
from listing.bilingual.pair import Pair
from listing.companies.rules import SUSPENDED
from listing.roadshows import agenda, queries, rules
from listing.roadshows.operations import cloning, planning, reminding
from listing.roadshows.presenting import queries as presenting
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_company, signed_in

from .made import BOTH, a_presenter, a_roadshow, a_session, an_admitted_investor, an_organizer
from .test_seating import apply

WHO = {"actor": SYSTEM, "now": NOW}


def local(at, zone):
    return agenda.local(at, zone).replace(tzinfo=None)


def test_a_copy_keeps_the_clocks_across_summer_time_and_takes_nobody_along(app):
    show = a_roadshow(days=2, online=5, zone="Europe/London", invited=["guest@example.com"])
    leaves, stays = a_company(**BOTH), a_presenter()
    for company, at in ((leaves, time(11)), (stays, time(12))):
        a_session(show.days[0], at, company=company, title=Pair("", ""), room=Pair("正厅", "Main hall"))
    apply(an_admitted_investor(), show.days[0])
    reminding.add(show=show, anchor=rules.START, minutes=30, **WHO)
    reminding.remove(show=show, rule=show.reminders[0], **WHO)
    leaves.status = SUSPENDED
    db.session.commit()
    apart = date(2027, 6, 1) - show.days[0].date
    new = cloning.copy(show=show, code="again", first=date(2027, 6, 1), series=True, **WHO)
    db.session.commit()
    assert (new.state, new.series_id, new.version, planning.missing(new)) == ("draft", show.id, 0, [])
    for old, day in zip(show.days, new.days, strict=True):
        assert local(day.begins_at, new.zone) - local(old.begins_at, show.zone) == apart
        assert (day.venue, day.link) == (old.venue, "")
        assert [(p.mode, p.capacity, p.taken) for p in day.places] == [(p.mode, p.capacity, 0) for p in old.places]
    assert [s.company_id for s in new.days[0].sessions] == [None, None]
    assert presenting.holding([s.id for s in new.days[0].sessions]) == {new.days[0].sessions[1].id: stays.id}
    assert sorted((r.anchor, r.minutes) for r in new.reminders) == sorted((r.anchor, r.minutes) for r in show.reminders)
    assert (queries.invited(new), queries.registered(new), new.ends_at) == ([], 0, new.days[-1].ends_at)
    with pytest.raises(rules.CodeInUse):
        cloning.copy(show=show, code="again", first=date(2027, 6, 1), series=False, **WHO)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_an_organizer_goes_on_with_a_series_that_everybody_sees_once_it_is_published(app, client, lang):
    organizer = an_organizer()
    show = a_roadshow(organizer)
    signed_in(client, organizer.user)
    home, public = f"/{lang}/events/manage/roadshows/{show.id}", f"/{lang}/roadshows/{show.code}"
    taken = submit(client, f"{home}/copy", first="2027-03-01", code=show.code)
    assert (taken.status_code, "2027-03-01" in taken.text) == (422, True)
    draft = submit(client, f"{home}/copy", first="2027-03-01", code="next").location
    assert 'id="series"' not in client.get(public).text
    assert submit(client, draft, "/publish").status_code == 303
    assert f"/{lang}/roadshows/next" in client.get(public).text
    assert public in client.get(f"/{lang}/roadshows/next").text
