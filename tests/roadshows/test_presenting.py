"""A company is on the agenda once it agreed, and an answer that comes too late changes nothing."""

from datetime import date, time, timedelta

import icalendar
import pytest
from sqlalchemy import delete, select, update

from listing.bilingual.pair import Pair
from listing.notifications.dispatch import never
from listing.notifications.models import Notice
from listing.roadshows import agenda
from listing.roadshows import rules as shows
from listing.roadshows.models import Session, Speaker
from listing.roadshows.operations import asking, planning, scheduling
from listing.roadshows.presenting import queries, rules
from listing.roadshows.presenting.operations import inviting, replying, speaking
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_company, a_member, an_organisation, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer

NONE = Pair("", "")
DAY = timedelta(days=1)


@pytest.fixture
def planned(app):
    """An organizer, the owner of a company, and a session on show for which that company is planned."""
    organizer, owner = an_organizer(), a_member(an_organisation(), "owner")
    company = a_presenter(organisation_id=owner.organisation_id)
    session = a_session(a_roadshow(organizer).days[0], time(12), company=company, title=NONE, agreed=False)
    db.session.commit()
    return organizer, owner, company, session


def asked(planned):
    organizer, _owner, _company, session = planned
    row = queries.standing_in(session)
    inviting.ask(row=row, by=date(2026, 11, 30), actor=actor_of(organizer), now=NOW)
    db.session.commit()
    return row


def letters(message="roadshow_company"):
    rows = db.session.scalars(select(Notice).where(Notice.message == message).order_by(Notice.id))
    return [(row.recipient_id, row.data.get("event", row.data.get("confirmed"))) for row in rows]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_company_is_asked_and_stands_on_the_agenda_once_it_agrees(app, client, planned, lang):
    organizer, owner, company, session = planned
    show, name = session.day.roadshow, company.name_en if lang == "en" else company.name_zh
    manager, theirs = signed_in(app.test_client(), organizer.user), signed_in(app.test_client(), owner.user)
    public, home = f"/{lang}/roadshows/{show.code}", f"/{lang}/events/manage/roadshows/{show.id}"
    own = f"/{lang}/studio/roadshows/{queries.standing_in(session).id}"
    assert theirs.get(own).status_code == 404
    assert name in manager.get(home).text
    wrong = submit(manager, f"{home}/companies", by="2026-12-09")
    assert (wrong.status_code, "2026-12-09" in wrong.text) == (422, True)
    assert submit(manager, f"{home}/companies", by="2026-11-30").status_code == 303
    assert letters() == [(owner.user_id, "asked")]
    assert own in theirs.get(f"/{lang}/studio").text
    assert name not in client.get(public).text
    assert client.get(f"/{lang}/companies/{company.slug}").text.count(show.code) == 0
    assert submit(theirs, own, "/confirm").status_code == 303
    assert letters("roadshow_answered") == [(organizer.user_id, True)]
    shown = client.get(public).text
    assert shown.count(name) == 2  # on the agenda, and in what changed
    assert show.code in client.get(f"/{lang}/companies/{company.slug}").text
    assert theirs.get(own).status_code == manager.get(f"{home}/companies").status_code == 200


def test_a_company_that_declines_frees_its_session_and_may_name_another(app, planned):
    organizer, owner, _company, session = planned
    row, other = asked(planned), a_presenter()
    inviting.confirm(row=row, actor=actor_of(owner), now=NOW)
    db.session.commit()
    manager, theirs = signed_in(app.test_client(), organizer.user), signed_in(app.test_client(), owner.user)
    own, home = f"/en/studio/roadshows/{row.id}", f"/en/events/manage/roadshows/{session.day.roadshow_id}/companies"
    empty = submit(theirs, own, "/decline", substitute_id=str(other.id))
    assert (empty.status_code, f'selected value="{other.id}"' in empty.text) == (422, True)
    assert submit(theirs, own, "/decline", reason="Fair", substitute_id=str(other.id)).status_code == 303
    assert (row.state, session.company_id, session.named) == ("declined", None, False)
    assert all(text in manager.get(home).text for text in ("Fair", other.name_en))
    a_session(session.day, time(12), company=other, title=NONE, room=Pair("二", "Two"))
    db.session.commit()
    with pytest.raises(agenda.CompanyTaken):
        inviting.plan_substitute(row=row, actor=actor_of(organizer), now=NOW)
    scheduling.remove_session(session=session.day.sessions[-1], actor=actor_of(organizer), now=NOW)
    db.session.commit()
    assert submit(manager, home, f"{row.id}/substitute").status_code == 303
    assert queries.holding([session.id]) == {session.id: other.id}


def test_an_answer_that_comes_too_late_is_refused_and_a_stranger_finds_nothing(app, planned):
    organizer, owner, company, session = planned
    row, host, theirs = asked(planned), actor_of(organizer), actor_of(owner)
    no = {"reason": "Fair", "substitute_id": None}
    with pytest.raises(rules.NoSubstitute):
        inviting.decline(row=row, actor=theirs, now=NOW, reason="Fair", substitute_id=company.id)
    with pytest.raises(shows.NotNow):
        inviting.confirm(row=row, actor=theirs, now=session.begins_at)
    inviting.confirm(row=row, actor=theirs, now=NOW)
    with pytest.raises(shows.NotNow):
        inviting.confirm(row=row, actor=theirs, now=NOW)
    inviting.withdraw(row=row, actor=host, now=NOW)
    assert letters()[-1] == (owner.user_id, "withdrawn")
    for late in (inviting.confirm, lambda **who: inviting.decline(**who, **no)):
        with pytest.raises(shows.NotNow):
            late(row=row, actor=theirs, now=NOW)
    inviting.place(session=session, company_id=company.id, agreed=False, actor=host, now=NOW)
    again = asked(planned)
    planning.cancel(show=session.day.roadshow, reason=Pair("台风", "Typhoon"), actor=host, now=NOW)
    assert letters()[-1] == (owner.user_id, "cancelled")
    with pytest.raises(shows.NotNow):
        inviting.confirm(row=again, actor=theirs, now=NOW)
    db.session.commit()
    client = signed_in(app.test_client(), owner.user)
    for lang in ("zh-Hans", "zh-Hant", "en"):
        assert client.get(f"/{lang}/studio/roadshows/{row.id}").status_code == 200
        assert "Typhoon" in client.get(f"/{lang}/studio/roadshows/{again.id}").text
    for member in (a_member(an_organisation(), "owner"), an_admitted_investor(), organizer):
        stranger = signed_in(app.test_client(), member.user)
        assert stranger.get(f"/en/studio/roadshows/{row.id}").status_code == 404


def test_who_has_not_answered_is_reminded_once_and_who_has_is_not(app, planned):
    _organizer, owner, _company, session = planned
    row = asked(planned)
    due = rules.reminded_at(row.asked_at, row.answer_by)
    assert inviting.remind_due(now=due - timedelta(minutes=1), stopping=never) == 0
    assert [inviting.remind_due(now=due, stopping=never) for _ in range(2)] == [1, 0]
    assert letters() == [(owner.user_id, "asked"), (owner.user_id, "reminded")]
    row.reminded_at = None
    inviting.confirm(row=row, actor=actor_of(owner), now=NOW)
    assert inviting.remind_due(now=due, stopping=never) == 0
    assert session.company_id == row.company_id


def test_a_reminder_comes_two_days_before_the_end_and_never_in_the_first_half():
    assert rules.reminded_at(NOW, NOW + 7 * DAY) == NOW + 5 * DAY
    assert rules.reminded_at(NOW, NOW + 2 * DAY) == NOW + DAY


def test_the_organizer_notes_what_was_agreed_elsewhere_and_another_choice_ends_it(app, planned):
    organizer, owner, company, session = planned
    host, show = actor_of(organizer), session.day.roadshow
    nobodys = a_presenter()
    alone = a_session(session.day, time(13), company=nobodys, title=NONE, agreed=False)
    with pytest.raises(rules.NobodyThere):
        inviting.ask(row=queries.standing_in(alone), by=date(2026, 11, 30), actor=host, now=NOW)
    assert inviting.ask_all(show=show, by=date(2026, 11, 30), actor=host, now=NOW) == 1
    for each in (session, alone):
        inviting.note(row=queries.standing_in(each), actor=host, now=NOW)
    assert [each.company_id for each in (session, alone)] == [company.id, nobodys.id]
    said = {"title": NONE, "text": NONE, "room": NONE, "language": "en", "interpreted": False, "minutes": 30}
    other = a_presenter()
    changed = {"day": session.day, "session": session, "begins": time(12), "company_id": other.id, "agreed": False}
    scheduling.keep_session(**changed, **said, actor=host, now=NOW)
    assert (session.company_id, letters()[-1]) == (None, (owner.user_id, "withdrawn"))
    assert queries.holding([session.id]) == {session.id: other.id}
    unfit = a_company(name_en="Half")
    with pytest.raises(shows.UnfitCompany):
        scheduling.keep_session(**changed | {"company_id": unfit.id}, **said, actor=host, now=NOW)


ANN, BEA = Pair("安安", "Ann Lee"), Pair("貝貝", "Bea Lee")


def named(session, name, organizer):
    said = {"role": Pair("創辦人", "Founder"), "language": "yue", "actor": actor_of(organizer), "now": NOW}
    return speaking.name(session=session, name=name, **said)


def test_nobody_speaks_in_two_places_at_once_however_it_comes_about(app):
    organizer = an_organizer()
    day = a_roadshow(organizer).days[0]
    early, late = (a_session(day, at, room=Pair("二", "Two")) for at in (time(12), time(13)))
    beside = a_session(day, time(13), room=Pair("三", "Three"))
    named(early, ANN, organizer)
    named(late, ANN, organizer)
    named(beside, BEA, organizer)
    with pytest.raises(agenda.SpeakerTaken) as refused:
        named(beside, Pair(" 安安", "ANN LEE"), organizer)
    assert refused.value.params["begins"] == "13:00"
    with pytest.raises(agenda.SpeakerTaken):
        a_session(day, time(13, 15), room=Pair("四", "Four"), session=early)
    with pytest.raises(rules.HalfARole):
        speaking.name(session=late, name=BEA, role=Pair("", "x"), language="en", actor=actor_of(organizer), now=NOW)
    version = day.roadshow.version
    speaking.leave_out(speaker=late.speakers[0], actor=actor_of(organizer), now=NOW)
    named(beside, ANN, organizer)
    assert (day.roadshow.version, late.speakers) == (version + 2, [])


@pytest.mark.parametrize("leaves", ["declined", "replaced"])
def test_whom_a_company_named_and_what_it_answered_goes_with_it(app, planned, leaves):
    organizer, owner, company, session = planned
    row, own = asked(planned), {"actor": actor_of(owner), "now": NOW}
    inviting.confirm(row=row, **own)
    named(session, BEA, organizer)
    speaking.name(session=session, name=ANN, role=NONE, language="en", company_id=company.id, **own)
    investor = actor_of(an_admitted_investor())
    question = asking.ask(session=session, typed="When?", actor=investor, now=NOW)
    late = {"row": question, "presentation_id": row.id, "answer": Pair("明年", "Next year"), **own}
    replying.reply(**late)
    if leaves == "declined":
        inviting.decline(row=row, reason="No time", substitute_id=None, **own)
    else:
        other = a_presenter()
        a_session(session.day, time(12), session=session, company=other, title=NONE)
        assert session.company_id == other.id
    db.session.commit()
    assert [speaker.name for speaker in session.speakers] == [BEA]
    assert (question.reply.zh, question.replied_at) == ("", None)
    if leaves == "replaced":
        assert queries.standing_in(session).state == rules.CONFIRMED  # the next company's, not the late one's
    with pytest.raises(shows.NotNow):
        replying.reply(**late)


def test_who_speaks_is_held_until_it_is_decided_who_may_say_so(app, planned):
    organizer, owner, company, session = planned
    row, by = asked(planned), {"actor": actor_of(owner), "now": NOW, "company_id": company.id}
    inviting.confirm(row=row, actor=actor_of(owner), now=NOW)
    first, second = (named(session, name, organizer) for name in (ANN, BEA))
    db.session.commit()
    speakers = list(session.speakers)
    db.session.execute(delete(Speaker).where(Speaker.id == first.id).execution_options(synchronize_session=False))
    assert first in speakers  # as somebody read it who waits for another person to take her out
    with pytest.raises(shows.NotNow):
        speaking.leave_out(speaker=first, **by)
    free = update(Session).where(Session.id == session.id).values(company_id=None)
    db.session.execute(free.execution_options(synchronize_session=False))
    with pytest.raises(shows.NotNow):
        speaking.leave_out(speaker=second, **by)
    with pytest.raises(shows.NotNow):
        speaking.name(session=session, name=ANN, role=NONE, language="en", **by)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_company_that_agreed_says_who_speaks_and_everybody_reads_it(app, client, planned, lang):
    organizer, owner, _company, session = planned
    row, show = asked(planned), session.day.roadshow
    manager, theirs = signed_in(app.test_client(), organizer.user), signed_in(app.test_client(), owner.user)
    own = f"/{lang}/studio/roadshows/{row.id}/speakers"
    assert theirs.get(own).status_code == 404
    inviting.confirm(row=row, actor=actor_of(owner), now=NOW)
    db.session.commit()
    half = submit(theirs, own, name_zh="安安")
    assert (half.status_code, "安安" in half.text) == (422, True)
    assert (
        submit(theirs, own, name_zh="安安", name_en="Ann Lee", role_zh="創辦人", role_en="Founder").status_code == 303
    )
    for visitor, page in ((client, f"/{lang}/roadshows/{show.code}"), (theirs, own.removesuffix("/speakers"))):
        assert "Ann Lee" in visitor.get(page).text
    event = icalendar.Calendar.from_ical(client.get(f"/{lang}/roadshows/{show.code}/calendar.ics").data).walk("VEVENT")
    assert "安安 / Ann Lee" in str(event[0]["description"])
    assert "10:00–10:30 HKT/CST (UTC+8) 开场 / Opening" in str(event[0]["description"])
    home = f"/{lang}/events/manage/roadshows/{show.id}/sessions/{session.id}/speakers"
    assert submit(manager, home, f"{session.speakers[0].id}/remove").status_code == 303
    assert "Ann Lee" not in client.get(f"/{lang}/roadshows/{show.code}").text
