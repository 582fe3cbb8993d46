"""Reminders: once for each person and time, not before and not too late, whatever is killed or moved in between."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from email import message_from_string
from pathlib import Path

import pytest
from sqlalchemy import func, select

from listing.access.actor import SYSTEM
from listing.bilingual.pair import Pair
from listing.notifications import dispatch, render
from listing.notifications.models import Notice
from listing.roadshows import audiences, letters, rules
from listing.roadshows.models import Registration
from listing.roadshows.operations import door, planning, reminding, scheduling, seating
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_member, a_user, an_organisation, saved, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_seating import apply

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE = [7 * DAY, DAY, HOUR]


def tell(now):
    return reminding.tell_due(now=now, stopping=lambda: False)


def reminded():
    rows = db.session.scalars(select(Notice).where(Notice.message == "roadshow_reminder").order_by(Notice.id))
    return [notice.key.split(":")[3] for notice in rows]


def test_each_reminder_goes_once_at_its_time(app):
    day = a_roadshow().days[0]
    apply(an_admitted_investor(), day)
    for before in BEFORE:
        assert tell(day.begins_at - before - timedelta(seconds=1)) == 0
        assert [tell(day.begins_at - before) for _ in range(2)] == [1, 0]
    assert tell(day.begins_at) == 0
    assert tell(day.ends_at + 2 * HOUR) == 1
    assert reminded() == ["start10080", "start1440", "start60", "end120"]


def test_a_scheduler_that_was_down_sends_the_one_that_holds_and_none_once_it_has_begun(app):
    first = a_roadshow().days[0]
    apply(an_admitted_investor(), first)
    assert tell(first.begins_at - timedelta(minutes=30)) == 1
    assert reminded() == ["start60"]
    second = a_roadshow().days[0]
    apply(an_admitted_investor(), second)
    assert tell(second.begins_at) == 0
    assert tell(second.ends_at + timedelta(days=4)) == 0


def test_who_came_late_is_not_sent_what_they_missed(app):
    day = a_roadshow().days[0]
    apply(an_admitted_investor(), day, now=day.begins_at - 2 * DAY)
    assert tell(day.begins_at - 2 * DAY + HOUR) == 0
    assert tell(day.begins_at - DAY) == 1


def test_only_confirmed_places_are_reminded_and_a_cancelled_roadshow_reminds_nobody(app):
    organizer = an_organizer()
    show = a_roadshow(organizer, onsite=1)
    day = show.days[0]
    for _ in range(2):
        apply(an_admitted_investor(), day)
    assert tell(day.begins_at - DAY) == 1
    who = {"actor": actor_of(organizer), "now": day.begins_at - DAY}
    planning.cancel(show=show, reason=Pair("台风", "Typhoon"), **who)
    assert tell(day.begins_at - HOUR) == 0
    states = Counter((n.message, n.state) for n in db.session.scalars(select(Notice)))
    assert states["roadshow_reminder", "lapsed"] == 1
    assert states["roadshow_cancelled", "pending"] == 2


def test_moving_by_an_hour_moves_what_is_due_and_repeats_nothing(app):
    show = a_roadshow()
    day = show.days[0]
    apply(an_admitted_investor(), day)
    assert tell(day.begins_at - DAY) == 1
    scheduling.move(show=show, days=0, minutes=60, tell=False, actor=SYSTEM, now=day.begins_at - DAY)
    assert tell(day.begins_at - DAY) == 0
    assert tell(day.begins_at - HOUR - timedelta(minutes=1)) == 0
    assert tell(day.begins_at - HOUR) == 1
    scheduling.move(show=show, days=14, minutes=0, tell=False, actor=SYSTEM, now=day.begins_at - HOUR)
    assert tell(day.begins_at - DAY) == 1


class Dies(BaseException):
    """The scheduler is gone."""


def test_three_hundred_reminders_survive_a_kill_in_the_tick_and_one_in_the_pass(app, clock, monkeypatch):
    day = a_roadshow(onsite=300).days[0]
    member = an_admitted_investor()
    for n in range(300):
        fixed = {"day_id": day.id, "organisation_id": member.organisation_id, "mode": "onsite", "state": "confirmed"}
        person = {"account_id": a_user().id, "turn": n, "state_at": NOW, "applied_at": NOW}
        saved(Registration(**fixed, **person))
    day.places[0].taken = 300
    db.session.commit()
    clock.set(day.begins_at - HOUR)
    begun, remind = [], letters.remind

    def dying(*args):
        begun.append(args)
        if len(begun) == 150:
            raise Dies
        return remind(*args)

    monkeypatch.setattr(letters, "remind", dying)
    with pytest.raises(Dies):
        tell(clock.now())
    db.session.rollback()
    monkeypatch.undo()
    assert tell(clock.now()) == 300
    mail = Path(app.config["MAIL_FOLDER"])
    earlier = set(mail.glob("*.eml"))

    def sent():
        texts = [path.read_text() for path in set(mail.glob("*.eml")) - earlier]
        return Counter(message_from_string(text)["X-Reminder-Key"] for text in texts)

    dispatch.run(now=clock.now(), stopping=lambda: len(set(mail.glob("*.eml")) - earlier) >= 100)
    for _ in range(9):
        clock.advance(timedelta(seconds=121))
        dispatch.run(now=clock.now())
    assert (len(sent()), set(sent().values())) == (300, {1})
    assert db.session.scalar(select(func.count()).where(Notice.state != "sent")) == 0


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_organizer_sees_what_became_of_each_and_changes_the_times(app, client, clock, lang):
    organizer, guest = an_organizer(), an_admitted_investor(language=lang, zone="Europe/London", name="Ann Guest")
    show = a_roadshow(organizer)
    day = show.days[0]
    apply(guest, day)
    clock.set(day.begins_at - DAY)
    tell(clock.now())
    db.session.commit()
    dispatch.run(now=clock.now())
    clock.set(NOW)
    signed_in(client, organizer.user)
    address = f"/{lang}/events/manage/roadshows/{show.id}/reminders"
    told = next(kept.id for kept in show.reminders if (kept.anchor, kept.minutes) == ("start", 24 * 60))
    assert "Ann Guest" in client.get(f"{address}/{told}").text
    assert submit(client, address, "/reminders", number="3", unit="60", anchor="start").status_code == 303
    assert submit(client, address, "/reminders", number="3", unit="60", anchor="start").status_code == 422
    assert submit(client, address, "/reminders", number="31", unit="1440", anchor="start").status_code == 422
    db.session.expire_all()
    rule = next(kept for kept in show.reminders if kept.minutes == 180)
    assert submit(client, address, f"{rule.id}/remove").status_code == 303
    db.session.expire_all()
    assert [(r.anchor, r.minutes) for r in show.reminders] == list(rules.DEFAULT_REMINDERS)
    letter = db.session.scalars(select(Notice).where(Notice.message == "roadshow_reminder")).one()
    assert (letter.language, letter.zone, letter.state) == (lang, "Europe/London", "sent")


# Other people than those with a place, and other times.


def reminders(show, audience, anchor, **said):
    who = {"actor": actor_of(show.organizer), "now": NOW}
    rule = reminding.add(show=show, audience=audience, anchor=anchor, **{"minutes": 60} | said, **who)
    db.session.commit()
    return rule


def letters_of(audience):
    rows = db.session.scalars(select(Notice).where(Notice.message == "roadshow_reminder").order_by(Notice.id))
    return [notice.email for notice in rows if notice.data["audience"] == audience]


@pytest.fixture
def planned(app):
    """A roadshow by invitation with one place, a guest on it, one who waits, and one who did not answer."""
    organizer = an_organizer()
    emails = ["ann@example.com", "bo@example.com", "cy@example.com", "stranger@example.com"]
    show = a_roadshow(organizer, onsite=1, invitation_only=True, invited=emails)
    show.organizer = organizer
    guests = [an_admitted_investor(email=email) for email in emails[:3]]
    show.rows = [apply(guest, show.days[0]) for guest in guests[:2]]
    return show


def test_those_who_wait_and_those_invited_are_told_before_registration_closes(planned):
    for audience in ("waitlisted", "invited"):
        reminders(planned, audience, "close", minutes=24 * 60)
    closes = planned.registration_closes_at
    assert [tell(closes - DAY - timedelta(seconds=1)) for _ in range(2)] == [1, 0]  # a week before, with a place
    assert [tell(closes - DAY) for _ in range(2)] == [3, 0]
    assert letters_of("waitlisted") == ["bo@example.com"]
    assert letters_of("invited") == ["cy@example.com", "stranger@example.com"]
    assert tell(closes - HOUR) == 1  # with a place, a day before; nobody else again


def test_who_did_not_come_is_told_so_only_where_somebody_was_checked_in(planned):
    day, who = planned.days[0], {"actor": actor_of(planned.organizer)}
    seating.resize(day=day, capacities={"onsite": 2}, now=NOW)
    seating.accept(row=planned.rows[1], actor=who["actor"], now=NOW)
    reminders(planned, "absent", "end", minutes=180)
    after = day.ends_at + 3 * HOUR
    assert tell(after) == 2
    assert letters_of("absent") == []
    door.check_in(row=planned.rows[0], now=after, **who)
    assert tell(after) == 1
    assert letters_of("absent") == ["bo@example.com"]


def test_who_came_is_led_straight_to_what_they_thought_and_who_did_not_is_not(app):
    organizer = an_organizer()
    day = a_roadshow(organizer).days[0]
    for name in ("Ann Came", "Bo Away"):
        row = apply(an_admitted_investor(name=name), day)
        if name == "Ann Came":
            door.check_in(row=row, actor=actor_of(organizer), now=day.begins_at)
    assert tell(day.ends_at + 2 * HOUR) == 2
    sent = db.session.scalars(select(Notice).where(Notice.key.like("roadshow_reminder:%:end120:%")))
    told = {each.name: render.telling(each, "en", "Asia/Hong_Kong") for each in sent}
    page = f"/en/roadshows/{day.roadshow.code}"
    assert {name: (each.path, each.action) for name, each in told.items()} == {
        "Ann Came": (f"{page}#feedback", "Say what you thought of the companies"),
        "Bo Away": (page, "Open the roadshow"),
    }


def test_owners_of_the_companies_that_present_are_told(planned):
    owner = a_member(an_organisation("enterprise"), "owner")
    company = a_presenter(organisation_id=owner.organisation_id)
    a_session(planned.days[0], time(12), company=company, title=Pair("", ""))
    reminders(planned, "companies", "start")
    tell(planned.days[0].begins_at - HOUR)
    assert letters_of("companies") == [owner.user.email]


def test_a_time_that_stands_by_itself_stays_and_tells_late_comers_only_if_it_says_so(planned):
    at = datetime(2026, 12, 1, 9)  # noqa: DTZ001 - what a form gives
    rule = reminders(planned, "confirmed", "fixed", at=at, late=True)
    for refusal, said in (
        (audiences.NoInstant, {"audience": "confirmed", "anchor": "fixed", "at": datetime(2026, 11, 1)}),  # noqa: DTZ001
        (audiences.NoInstant, {"audience": "confirmed", "anchor": "fixed"}),
        (audiences.Misfit, {"audience": "absent", "anchor": "start"}),
        (rules.ReminderKept, {"audience": "confirmed", "anchor": "fixed", "at": at}),
    ):
        with pytest.raises(refusal):
            reminders(planned, **said)
    instant = datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert [tell(instant - timedelta(seconds=1)), tell(instant)] == [0, 1]
    planned.registration_closes_at = planned.days[0].begins_at
    seating.resize(day=planned.days[0], capacities={"onsite": 2}, now=instant + DAY)
    seating.accept(row=planned.rows[1], actor=actor_of(planned.organizer), now=instant + DAY)
    assert [tell(instant + DAY) for _ in range(2)] == [2, 0]  # the week before goes to whoever had a place by then
    assert (rule.late, letters_of("confirmed").count("bo@example.com")) == (True, 1)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_reminder_is_read_in_each_language_before_it_goes_and_tried_again_where_it_failed(
    planned, client, clock, lang
):
    day = planned.days[0]
    tell(day.begins_at - DAY)
    notice = db.session.scalars(select(Notice).where(Notice.message == "roadshow_reminder")).one()
    notice.state, notice.last_error = "failed", "550 no such user"
    signed_in(client, planned.organizer.user)
    rule = next(kept for kept in planned.reminders if (kept.anchor, kept.minutes) == ("start", 24 * 60))
    address = f"/{lang}/events/manage/roadshows/{planned.id}/reminders"
    page = client.get(f"{address}/{rule.id}").text
    for words in ("提醒：湾区路演", "Reminder: Bay Area Roadshow", "550 no such user"):
        assert words in page
    assert submit(client, f"{address}/{rule.id}", "/retry").status_code == 303
    db.session.expire_all()
    assert notice.state == "pending"
    form = {"audience": "invited", "anchor": "fixed", "number": "", "at": "2026-12-02T09:00"}
    assert submit(client, address, "/reminders", **form).status_code == 303
    wrong = submit(client, address, "/reminders", **form | {"audience": "absent", "anchor": "start"})
    assert (wrong.status_code, "2026-12-02T09:00" in wrong.text) == (422, True)
