"""One-to-ones: from both sides' wishes to a timetable that holds, told once to each party."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from listing.bilingual.pair import Pair
from listing.matching.problem import read
from listing.notifications.models import Notice
from listing.roadshows import agenda, links
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.meetings import queries, rules
from listing.roadshows.meetings.models import Meeting, Party, Run
from listing.roadshows.meetings.operations import cancelling, opening, running, wishing
from listing.roadshows.meetings.rules import Limits, Side, Slots
from listing.roadshows.operations import scheduling, seating
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_company, a_member, an_organisation, signed_in
from tests.matching.verifier import faults

from .made import BOTH, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_calendar import parsed
from .test_seating import apply

CLOSES = datetime(2026, 12, 7, 18)  # noqa: DTZ001 - what a form gives
CLOSED = NOW + timedelta(days=14, hours=12)
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def kept(day, organizer, now=NOW, **said):
    """One-to-ones from two o'clock on: two slots and two rooms, if nothing else is said."""
    values = {
        "begins": time(14),
        "minutes": 20,
        "pause": 10,
        "count": 2,
        "rooms": ["201", "202"],
        "interpreters": 0,
        "investor_most": 2,
        "company_most": 2,
        "min_gap": 0,
        "closes": CLOSES,
    }
    found = opening.keep(day=day, actor=actor_of(organizer), now=now, **values | said)
    db.session.commit()
    return found


def wish(found, member, row, wishes=(), now=NOW, **said):
    """What a party sends; ``row`` is a registration or a company."""
    values = {"available": [0, 1], "wishes": [each.id for each in wishes], "refused": [], "interpretation": False}
    who = {"actor": actor_of(member, now), "now": now, "found": found}
    if hasattr(row, "account_id"):
        party = wishing.of_investor(registration=row, **who, **values | said)
    else:
        party = wishing.of_company(company_id=row.id, **who, **values | said)
    db.session.commit()
    return party


@pytest.fixture
def market(app):
    """An organizer, one-to-ones, two investors with places and two companies on the agenda, with their people."""
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=5).days[0]
    guests = [an_admitted_investor(name=name, language="zh-Hant") for name in ("Ann Guest", "Bo Guest")]
    rows = [apply(guest, day) for guest in guests]
    editors = [a_member(an_organisation("enterprise"), "editor") for _ in range(2)]
    companies = [a_company(organisation_id=editor.organisation_id, **BOTH) for editor in editors]
    for number, company in enumerate(companies):
        a_session(day, time(11 + number), company=company, title=Pair("", ""))
    return (
        organizer,
        kept(day, organizer),
        list(zip(guests, rows, strict=True)),
        list(zip(editors, companies, strict=True)),
    )


def everybody_wishes(market):
    """Both investors wish the first company, who wishes the second of them; the second company refuses the first."""
    _organizer, found, [(ann, a), (bo, b)], [(first, x), (second, y)] = market
    wish(found, ann, a, [x, y])
    wish(found, bo, b, [x])
    wish(found, first, x, [b], available=[0])
    wish(found, second, y, refused=[a.id])


def worked_out(organizer, found, now=NOW):
    """A draft, after the verifier had a look at it."""
    data = running.written(found, now)
    answer = running.worked_out(data)
    run = running.keep(found=found, answer=answer, actor=actor_of(organizer), now=now)
    db.session.commit()
    told = [(f"i{m.registration_id}", f"c{m.company_id}", str(m.slot), m.room + 1) for m in run.meetings]
    shown = {
        "meetings": [dict(zip(("investor", "company", "slot", "room"), row, strict=True)) for row in told],
        "weight": run.weight,
        "bound": run.bound,
        "unmet": [{"investor": f"i{i}", "company": f"c{c}"} for i, c, *_why in run.unmet],
    }
    assert faults(data, shown) == []
    return run


def pairs(run):
    return [(m.registration_id, m.company_id, m.slot) for m in run.meetings]


def test_a_meeting_is_worth_what_both_sides_give_and_either_may_refuse():
    investors = [Side(1, [0], wishes=[7, 8], interpretation=True), Side(2, [0], refused=[7])]
    data = rules.problem(Limits(1, 1, 3, 1, 1, 0), investors, [Side(7, [0], wishes=[2, 1]), Side(8, [0])])
    assert [(r["investor"], r["company"], r["weight"]) for r in data["requests"]] == [
        ("i1", "c7", 19),
        ("i1", "c8", 9),
        ("i2", "c7", 10),
    ]
    assert (data["forbidden"], data["interpreters"]["needs"]) == ([["i2", "c7"]], [["i1", "c7"], ["i1", "c8"]])
    assert read(data).interpreters == 3
    assert rules.digest(data) == rules.digest(data | {"locked": [["i1", "c7", "0"]]})
    assert rules.digest(data) != rules.digest(data | {"rooms": 2})


def test_slots_leave_out_what_else_one_does_and_companies_keep_their_room():
    slots = Slots(NOW, after=60, minutes=20, pause=10, count=3)
    hour = timedelta(hours=1)
    assert slots.times()[2] == (NOW + 2 * hour, NOW + 2 * hour + timedelta(minutes=20))
    assert slots.beside([(NOW, NOW + hour), (NOW + 2 * hour, NOW + 3 * hour)]) == [0, 1]
    rooms = rules.seated([(1, 7, 0), (2, 8, 0), (1, 8, 1), (2, 7, 2), (1, 9, 2), (3, 8, 2)], 3)
    assert rooms == {(1, 7): 0, (2, 8): 1, (1, 8): 1, (2, 7): 0, (3, 8): 1, (1, 9): 2}


def test_a_timetable_is_worked_out_locked_undone_and_told_once_to_each_party(app, market):
    organizer, found, [(_ann, a), (_bo, b)], [(_first, x), (_second, y)] = market
    everybody_wishes(market)
    run = worked_out(organizer, found)
    assert pairs(run) == [(b.id, x.id, 0)]
    taken = [a.id, x.id, "no_free_common_slot", 10, [[b.id, x.id]]]  # worth 20, and they share the one slot
    assert run.unmet == [taken, [a.id, y.id, "forbidden"]]
    who = {"actor": actor_of(organizer)}
    running.lock(meeting=run.meetings[0], locked=True, now=NOW, **who)
    second = worked_out(organizer, found)
    assert (pairs(second), second.meetings[0].locked) == (pairs(run), True)
    for _twice in range(2):
        running.undo(run=second, now=NOW, **who)
    assert queries.current(found) is run
    with pytest.raises(rules.StillOpen):
        running.publish(run=run, now=NOW, **who)
    for _twice in range(2):
        running.publish(run=run, now=CLOSED, **who)
        db.session.commit()
    assert [(n.language, len(n.data["meetings"])) for n in letters("meetings_published")] == [
        ("zh-Hant", 0),
        ("zh-Hant", 1),
        ("en", 1),
        ("en", 0),
    ]
    for operation in (lambda: running.undo(run=run, now=CLOSED, **who), lambda: kept(found.day, organizer)):
        with pytest.raises(rules.Published):
            operation()


def test_locked_meetings_that_clash_are_named_on_the_page_with_both_meetings(app, client, market):
    organizer, found, [(ann, a), (bo, b)], [(first, x), _second] = market
    wish(found, ann, a, [x]), wish(found, bo, b, [x]), wish(found, first, x, [b, a])
    for meeting in worked_out(organizer, found).meetings:
        running.lock(meeting=meeting, locked=True, actor=actor_of(organizer), now=NOW)
    both = sorted(pairs(queries.current(found)))
    kept(found.day, organizer, company_most=1)
    [full] = running.locks_clashing(running.written(found, NOW))
    assert (full.code, full.most, sorted(full.meetings)) == ("party_full", 1, both)
    seating.withdraw(row=a, actor=actor_of(ann), now=NOW)
    kept(found.day, organizer, company_most=2)
    assert running.locks_clashing(running.written(found, NOW)) == [
        ("gone", 0, [each for each in both if each[0] == a.id])
    ]
    signed_in(client, organizer.user)
    for lang in LANGUAGES:
        page = client.get(f"/{lang}/events/manage/roadshows/{found.day.roadshow_id}/days/{found.day_id}/meetings").text
        note = page.split('class="note warn"')[-1].split("</div>")[0]
        assert note.count(ann.organisation.name_en if lang == "en" else ann.organisation.name_zh) == 1


def test_what_changes_meanwhile_is_not_published_and_not_kept(app, market):
    organizer, found, [(ann, a), (bo, b)], [(_first, x), _second] = market
    everybody_wishes(market)
    run, stale = worked_out(organizer, found), running.worked_out(running.written(found, NOW))
    seating.withdraw(row=b, actor=actor_of(bo), now=NOW)
    for operation, said in ((running.publish, {"run": run}), (running.keep, {"found": found, "answer": stale})):
        with pytest.raises(rules.InputChanged):
            operation(actor=actor_of(organizer), now=CLOSED, **said)
    running.lock(meeting=run.meetings[0], locked=True, actor=actor_of(organizer), now=NOW)
    with pytest.raises(rules.LocksClash):
        running.worked_out(running.written(found, NOW))
    with pytest.raises(rules.WishesClosed):
        wish(found, ann, a, [x], now=CLOSED)
    with pytest.raises(rules.NoPlace):
        wish(found, bo, b)
    assert db.session.scalars(select(Party).where(Party.registration_id == a.id)).one().wishes[0] == x.id


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"begins": time(9)}, agenda.OutsideDay),
        ({"begins": time(17, 30)}, agenda.OutsideDay),
        ({"closes": datetime(2026, 12, 8, 14, 1)}, rules.ClosesLate),  # noqa: DTZ001
        ({"count": 3}, rules.SlotsInUse),
    ],
)
def test_slots_lie_within_the_day_after_the_wishes_and_stay(app, market, said, refusal):
    organizer, found, [(ann, a), _bo], _companies = market
    wish(found, ann, a)
    with pytest.raises(refusal):
        kept(found.day, organizer, **said)


def test_a_day_with_one_to_ones_stays(app):
    organizer = an_organizer()
    day = a_roadshow(organizer, days=2).days[1]
    kept(day, organizer)
    with pytest.raises(rules.MeetingsOpen):
        scheduling.remove_day(day=day, actor=actor_of(organizer), now=NOW)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_first_form_to_the_page_of_each_party(app, clock, market, lang):
    organizer, found, [(ann, a), _bo], [(first, x), (_second, y)] = market
    show, day = found.day.roadshow, found.day
    manager, guest, editor = (signed_in(app.test_client(), each.user) for each in (organizer, ann, first))
    home = f"/{lang}/events/manage/roadshows/{show.id}/days/{day.id}/meetings"
    own, studio = (
        f"/{lang}/roadshows/{show.code}/days/{day.id}/meetings",
        f"/{lang}/studio/companies/{x.slug}/days/{day.id}/meetings",
    )
    wrong = submit(manager, f"{home}/setup", rooms="201\n201", closes="2026-11-23T10:20")
    assert (wrong.status_code, "201\n201" in wrong.text) == (422, True)
    assert (
        submit(manager, f"{home}/setup", rooms="201\n202", interpreters="1", closes="2026-11-23T10:20").status_code
        == 303
    )
    assert "Ann Guest" not in editor.get(studio).text
    both = {f"to_{x.id}": "1", f"to_{y.id}": "1"}
    assert submit(guest, own, **both).status_code == 422
    assert submit(guest, own, **{f"to_{x.id}": "1"}).status_code == 303
    assert "Ann Guest" in editor.get(studio).text
    assert submit(editor, studio, **{f"to_{a.id}": "1"}, interpretation="y").status_code == 303
    for _twice in range(2):
        assert submit(manager, home, "/run").status_code == 303
    meeting = db.session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    assert submit(manager, home, f"/{meeting.id}/lock").status_code == 303
    assert "/publish" not in manager.get(home).text
    clock.set(NOW + timedelta(minutes=20))
    assert submit(manager, home, "/publish").status_code == 303
    assert [db.session.get(Run, n).state for n in (1, 2)] == ["draft", "published"]
    for visitor, page in ((guest, own), (editor, studio), (manager, home), (manager, f"{home}/plan")):
        assert "201" in visitor.get(page).text
    assert f'{own}"' in guest.get(f"/{lang}/desk/roadshows").text
    assert submit(guest, f"/{lang}/desk/roadshows", "/make").status_code == 303
    with app.test_request_context():
        feed = f"/roadshows/calendar/{links.token(roadshows.feed_of(ann.user_id))}.ics"
    for visitor, file in ((app.test_client(), feed), (guest, f"{own}.ics"), (editor, f"{studio}.ics")):
        _method, entries = parsed(visitor.get(file).data)
        [entry] = [each for each in entries if each[0].startswith("one-to-one-")]
        assert (entry[2], entry[3]) == ("CONFIRMED", found.slots.times()[meeting.slot][0])
    assert submit(guest, own, "/times").status_code == submit(editor, studio, "/times").status_code == 303
    assert submit(editor, studio, f"/{meeting.id}/cancel").status_code == 303
    assert [each[2] for each in parsed(guest.get(f"{own}.ics").data)[1]] == ["CANCELLED"]
    assert "/cancel" not in guest.get(own).text
    assert [n.recipient_id for n in letters("meeting_cancelled")] == [ann.user_id]


def letters(message):
    return db.session.scalars(select(Notice).where(Notice.message == message).order_by(Notice.id)).all()


def test_a_repair_moves_only_what_must_move_and_tells_only_whose_meetings_change(app, market):
    organizer, found, [(ann, a), (bo, b)], [(first, x), (second, y)] = market
    everybody_wishes(market)
    wish(found, second, y, available=[1])
    run, who = worked_out(organizer, found), {"actor": actor_of(organizer), "now": CLOSED}
    running.publish(run=run, **who)
    assert sorted(pairs(run)) == [(a.id, y.id, 1), (b.id, x.id, 0)]
    with pytest.raises(rules.Published):
        worked_out(organizer, found, CLOSED)
    cancelling.cancel(meeting=run.meetings[0], side=rules.COMPANY, actor=actor_of(first), now=CLOSED)
    data = running.written(found, CLOSED)
    answer = running.worked_out(data, running.standing(found, data))
    repair = running.keep(found=found, answer=answer, **who)
    assert (pairs(repair), repair.moved, repair.least_moved) == ([(a.id, x.id, 0), (a.id, y.id, 1)], 0, 0)
    assert [tuple(row) for row in repair.unmet] == [(b.id, x.id, "cancelled")]
    running.undo(run=repair, **who)
    assert queries.current(found) is run
    again = running.keep(found=found, answer=answer, **who)
    running.publish(run=again, **who)
    told = [n.recipient_id for n in letters("meetings_published")[4:]]
    assert told == [ann.user_id, first.user_id]  # the other was told of the cancellation
    assert [m.slot for m in queries.of_person(bo.user_id)] == []


def test_a_slot_taken_out_moves_the_meeting_when_it_is_repaired(app, market):
    organizer, found, [_ann, (bo, b)], [(first, x), _second] = market
    everybody_wishes(market)
    wish(found, first, x, [b], available=[0, 1])
    party = queries.party(found, registration_id=b.id)
    times = {"party": party, "actor": actor_of(bo)}
    with pytest.raises(shows.NotNow):
        wishing.change_times(available=[1], now=NOW, **times)
    run, who = worked_out(organizer, found), {"actor": actor_of(organizer), "now": CLOSED}
    running.publish(run=run, **who)
    slot = running.places(run)[b.id, x.id]
    wishing.change_times(available=[1 - slot], now=CLOSED, **times)
    data = running.written(found, CLOSED)
    repair = running.keep(found=found, answer=running.worked_out(data, running.standing(found, data)), **who)
    assert (running.places(repair)[b.id, x.id], repair.moved == repair.least_moved) == (1 - slot, True)


def test_a_meeting_is_cancelled_once_and_only_before_it_begins(app, market):
    organizer, found, [_ann, (bo, _b)], _companies = market
    everybody_wishes(market)
    run = worked_out(organizer, found)
    who = {"meeting": run.meetings[0], "side": rules.INVESTOR, "actor": actor_of(bo)}
    with pytest.raises(shows.NotNow):
        cancelling.cancel(now=NOW, **who)
    running.publish(run=run, actor=actor_of(organizer), now=CLOSED)
    with pytest.raises(shows.NotNow):
        cancelling.cancel(now=run.meetings[0].begins_at, **who)
    cancelling.cancel(now=CLOSED, **who)
    cancelling.cancel(now=CLOSED + timedelta(hours=1), **who | {"side": rules.COMPANY})
    assert (run.meetings[0].cancelled_by, run.meetings[0].cancelled_at) == (rules.INVESTOR, CLOSED)
    assert [n.language for n in letters("meeting_cancelled")] == ["en"]
