"""The embargo of what is signed is moved: by whom, to when, what is kept of it, and against a release at once."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from listing.accounts import queries as accounts
from listing.companies.operations import publishing
from listing.disclosure.announcements import embargo, overrides, parties, proofs, queries, rules
from listing.disclosure.announcements.embargo import Signed, Typed
from listing.disclosure.announcements.models import Release
from listing.disclosure.announcements.operations import joining, moving, overriding, withdrawing, writing
from listing.journal.models import Entry
from listing.localtime import Skipped
from listing.notifications.models import Notice
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import a_reviewer
from tests.factories import signed_in
from tests.store.example import ON_POSTGRESQL

from .made import BODY, EVENING, NOON, SESSION, TITLE, a_house, acting, at_once, begun, sent, signed
from .test_embargo import held_back, public, tick
from .test_joint import HARBOUR, LANTERN, sent_jointly
from .test_overrides import REASON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "The counterparty asked for one more day."
NOT_PUBLIC = ("counterparty asked", "one more day")
UNTIL = datetime(2026, 11, 24, 4, 10, tzinfo=UTC)  # 12:10 in Hong Kong on the day after


@pytest.fixture
def house(app):
    return a_house(**LANTERN)


@pytest.fixture
def houses(app):
    return a_house(**LANTERN), a_house(**HARBOUR)


def at(day, hour, minute=0, zone="Asia/Hong_Kong"):
    return Typed(date(2026, 11, day), time(hour, minute), zone)


def held(house, typed=None, **written):
    """Signed on Monday at ten, held back until 12:10 of Tuesday."""
    typed = typed or at(24, 12, 10)
    return held_back(house, typed.day, typed.at, **written)


def move(row, by, to, now=SESSION, why=WHY):
    return moving.move(announcement=row, not_before=to, reason=why, actor=acting(by), now=now)


ALONE, SHARED = (Signed(UNTIL, SESSION, alone) for alone in (True, False))
LAST = datetime(2027, 2, 21, 2, tzinfo=UTC)  # 90 days after the signature


@pytest.mark.parametrize(
    ("typed", "signed", "now", "found"),
    [
        (at(25, 9), SHARED, SESSION, datetime(2026, 11, 25, 1, tzinfo=UTC)),
        (at(24, 12, 10), SHARED, SESSION, UNTIL),  # back to what was signed
        (at(24, 12, 9), SHARED, SESSION, embargo.OthersSigned),
        (at(24, 12, 9), ALONE, SESSION, UNTIL - timedelta(minutes=1)),
        (at(23, 10), ALONE, SESSION, embargo.Passed),
        (at(24, 12, 30), ALONE, SESSION, embargo.Unmoved),
        (Typed(None, None, "Asia/Hong_Kong"), ALONE, SESSION, embargo.Missing),
        (Typed(None, time(9), "Asia/Hong_Kong"), ALONE, SESSION, embargo.Half),
        (Typed(date(2027, 2, 21), time(10), "Asia/Hong_Kong"), ALONE, SESSION + 30 * DAY, LAST),
        (Typed(date(2027, 2, 21), time(10, 1), "Asia/Hong_Kong"), ALONE, SESSION + 30 * DAY, embargo.TooLate),
        (Typed(date(9999, 12, 31), time(23, 59), "America/New_York"), ALONE, SESSION, embargo.TooFar),
        (Typed(date(2027, 3, 28), time(1, 30), "Europe/London"), ALONE, SESSION + 60 * DAY, Skipped),
    ],
)
def test_to_which_instant_it_may_be_moved(typed, signed, now, found):
    in_force = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    if isinstance(found, type):
        pytest.raises(found, embargo.moved, typed, signed, in_force, now)
    else:
        assert embargo.moved(typed, signed, in_force, now) == found


def test_moved_it_waits_for_the_next_window_under_the_same_signature(house):
    row = held(house)
    digest = row.signed_digest
    move(row, house.signatory, at(24, 15))
    db.session.commit()
    evening = EVENING + DAY - timedelta(minutes=30)
    assert (row.moved_from, row.moved_why, row.window_opens) == (UNTIL, WHY, evening)
    assert row.signed_digest == writing.digest(row) == digest
    [entry] = db.session.scalars(select(Entry).where(Entry.code == "announcement.embargo_moved")).all()
    assert (entry.data["until"], entry.data["signed"]) == ("2026-11-24T07:00:00Z", "2026-11-24T04:10:00Z")
    assert [word for word in NOT_PUBLIC if word in str(entry.data)] == []
    told = db.session.scalars(select(Notice.recipient_id).where(Notice.message == "announcement_moved")).all()
    assert {*told} == {house.editor.user_id, house.second.user_id}
    move(row, house.second, at(24, 18), why="Later still.")
    db.session.commit()
    assert (row.moved_from, row.window_opens) == (UNTIL, datetime(2026, 11, 24, 10, tzinfo=UTC))
    assert [tick(now) for now in (UNTIL, evening, evening + HOUR, evening + 2 * HOUR)] == [0, 0, 0, 1]
    release = queries.release("2026-000001")
    assert (release.missed, release.held, proofs.entry(release).data["signed"]) == (None, None, digest)


def test_alone_a_company_moves_it_earlier_and_beside_others_never_before_what_they_signed(houses):
    first, other = houses
    row = held(first)
    move(row, first.signatory, at(23, 12, 20))
    db.session.commit()
    assert (tick(NOON), tick(NOON + timedelta(minutes=10))) == (0, 1)
    row = sent_jointly(houses, not_before=at(24, 12, 10))
    for house in houses:
        signed(house, row)
    with pytest.raises(embargo.OthersSigned):
        move(row, first.signatory, at(24, 12, 9))
    move(row, other.signatory, at(25, 12, 10))
    with pytest.raises(embargo.OthersSigned):
        move(row, first.signatory, at(24, 12, 9))
    move(row, first.signatory, at(24, 12, 10), why="Both agree.")
    db.session.commit()
    assert (tick(UNTIL - HOUR), tick(UNTIL)) == (0, 1)
    row = held(first)
    row.endorsed_at = SESSION  # an intermediary has signed it, too
    with pytest.raises(embargo.OthersSigned):
        move(row, first.signatory, at(24, 12, 9))


def test_what_is_not_signed_or_was_released_is_not_moved_nor_by_who_wrote_it(house):
    for row in (begun(house, not_before=at(24, 12)), sent(house, not_before=at(24, 12))):
        with pytest.raises(rules.NotNow):
            move(row, house.signatory, at(25, 12))
    with pytest.raises(embargo.NoEmbargo):
        move(signed(house, sent(house)), house.signatory, at(25, 12))
    row = held(house)
    with pytest.raises(rules.NoReason):
        move(row, house.signatory, at(25, 12), why=" \n")
    row.writers = [*row.writers, house.second.user_id]
    with pytest.raises(rules.WroteIt):
        move(row, house.second, at(25, 12))
    with pytest.raises(embargo.Begun):
        move(row, house.signatory, at(25, 12), UNTIL + timedelta(minutes=1))
    db.session.commit()
    assert (row.moved_from, tick(UNTIL)) == (None, 2)
    with pytest.raises(embargo.Released):
        move(row, house.signatory, at(25, 12), UNTIL)
    withdrawn = held(house)
    withdrawing.withdraw(announcement=withdrawn, reason="No.", actor=acting(house.signatory), now=SESSION)
    with pytest.raises(rules.NotNow):
        move(withdrawn, house.signatory, at(25, 12))


def test_suspended_it_may_be_moved_over_its_own_open_window(house):
    row = held(house)
    publishing.suspend(company=house.company, reason="operator", actor=acting(house.editor), now=SESSION)
    move(row, house.signatory, at(25, 12, 10), UNTIL + timedelta(minutes=1))
    assert row.window_opens == datetime(2026, 11, 25, 4, 10, tzinfo=UTC)


def test_a_window_that_the_platform_missed_stays_noted(app, client, house):
    row = held(house)
    move(row, house.signatory, at(24, 18), UNTIL + HOUR)
    db.session.commit()
    page = signed_in(app.test_client(), house.editor.user).get(f"/en/studio/announcements/{row.id}").text
    assert "It should have been released in the window from" in page
    assert (row.missed, tick(UNTIL + 6 * HOUR)) == (UNTIL, 1)
    release = queries.release("2026-000001")
    until = datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert (release.missed, release.held, proofs.entry(release).data["held"]) == (UNTIL, until, until.isoformat())
    shown = client.get("/en/announcements/2026-000001").text
    assert "After that the company itself held it back until" in shown
    assert client.get("/en/announcements/2026-000001/announcement.json").json["held"] == until.isoformat()


def test_sent_back_what_is_in_force_is_what_is_signed_next(houses):
    row = sent_jointly(houses, not_before=at(24, 12, 10))
    for house in houses:
        signed(house, row)
    digest = row.signed_digest
    move(row, houses[0].signatory, at(25, 12, 10))
    joining.leave(announcement=row, reason="No.", actor=acting(houses[1].second), now=SESSION)
    assert (row.moved_from, row.moved_why, row.not_before) == (None, None, UNTIL + DAY)
    joining.invite(announcement=row, code="GBA-2", actor=acting(houses[0].editor), now=SESSION)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(houses[0].editor), now=SESSION)
    for house in houses:
        signed(house, row)
    assert row.signed_digest == writing.digest(row) != digest
    assert parties.signatories(row) == [house.signatory.user_id for house in houses]


def test_a_request_to_release_it_at_once_closes(house):
    reviewer = a_reviewer()
    row = held(house, at(23, 11))
    later = SESSION + 90 * timedelta(minutes=1)  # the embargo has passed, its window has not come
    overriding.ask(announcement=row, reason=REASON, actor=accounts.as_actor(reviewer), now=later)
    move(row, house.signatory, at(24, 9), later)
    [closed] = overrides.own_closed(accounts.as_actor(reviewer), later)
    assert (closed.request.closed_for, overrides.open_of(row.id)) == (rules.MOVED, None)
    with pytest.raises(rules.Embargoed):
        overriding.ask(announcement=row, reason=REASON, actor=accounts.as_actor(reviewer), now=later)


JUST_BEFORE = UNTIL - timedelta(seconds=1)


def moved_and_released(number):
    db.session.expire_all()
    return queries.by_id(number).moved_from is not None, bool(db.session.scalars(select(Release)).all())


def test_moved_and_released_at_once_one_counts(app, house):
    number, by = held(house).id, acting(house.signatory)

    def moves():
        row = queries.by_id(number)
        moving.move(announcement=row, not_before=at(25, 12, 10), reason=WHY, actor=by, now=JUST_BEFORE)

    told = at_once(app, moves, lambda: tick(UNTIL))
    assert (told, *moved_and_released(number)) in (
        (["done", "done"], True, False),
        (["Released", "done"], False, True),
    )


@ON_POSTGRESQL  # on SQLite a transaction begins with the lock on the whole database
@pytest.mark.parametrize("guarded", [True, False])
def test_released_between_reading_and_moving_it_is_refused_and_with_the_guard_off_it_is_both(
    app, house, monkeypatch, guarded
):
    number, by = held(house).id, acting(house.signatory)
    hold = moving.hold

    def late(row):
        def release():
            with app.app_context():
                tick(UNTIL)
                db.session.remove()

        thread = Thread(target=release)
        thread.start()
        thread.join()
        if guarded:
            hold(row)

    monkeypatch.setattr(moving, "hold", late)

    def moves():
        row = queries.by_id(number)
        moving.move(announcement=row, not_before=at(25, 12, 10), reason=WHY, actor=by, now=JUST_BEFORE)

    told = at_once(app, moves)
    assert (told, *moved_and_released(number)) == ((["Released"], False, True) if guarded else (["done"], True, True))


def test_moved_on_its_page_by_those_who_sign_and_by_nobody_else(app, client, house):
    row = held(house)
    other, reviewer = a_house(**HARBOUR), a_reviewer()
    path = f"/en/studio/announcements/{row.id}"
    page = f"{path}/embargo"
    editor, signer, stranger, desk = (
        signed_in(app.test_client(), user)
        for user in (house.editor.user, house.signatory.user, other.signatory.user, reviewer)
    )
    assert [each.get(page).status_code for each in (editor, stranger, desk)] == [403, 404, 403]
    assert [page in each.get(path).text for each in (editor, signer)] == [False, True]
    assert client.get(page).status_code == 302
    typed = {"not_before_on": "2026-11-25", "not_before_at": "12:15", "not_before_zone": "Asia/Hong_Kong"}
    bare = submit(signer, page, **typed)
    assert (bare.status_code, "Say why" in bare.text, 'value="12:15"' in bare.text) == (422, True, True)
    far = submit(signer, page, reason=WHY, **typed | {"not_before_on": "2027-02-22"})
    assert ("At most 90 days" in far.text, WHY in far.text) == (True, True)
    odd = submit(signer, page, reason="\0\u202e" + WHY * 100, **typed | {"not_before_on": "9" * 400})
    assert odd.status_code in (400, 422)
    assert submit(signer, page, reason=WHY, **typed).status_code == 303
    again = submit(signer, page, reason=WHY, **typed)
    assert (again.status_code, "It is held back until that time already." in again.text) == (422, True)
    for lang, embargoed in (("en", "As signed: until"), ("zh-Hans", "签署时为"), ("zh-Hant", "簽署時為")):
        shown = editor.get(path.replace("/en/", f"/{lang}/")).text
        assert [words in shown for words in (embargoed, WHY)] == [True, True]
    assert "Embargo moved" in editor.get(path).text
    assert tick(UNTIL + DAY + timedelta(minutes=5)) == 1
    assert "so the embargo can be moved no more" in signer.get(page).text


def test_nobody_outside_sees_that_it_was_moved_nor_why(client, house):
    row = held(house)
    move(row, house.signatory, at(25, 12, 15))
    db.session.commit()
    secrets = [TITLE.zh, TITLE.en, BODY.en[:30], *NOT_PUBLIC]
    found, _verified = public(client)
    assert [secret for secret in secrets if secret in found] == []
    assert tick(UNTIL + DAY + timedelta(minutes=5)) == 1
    found, _verified = public(client)
    assert [secret for secret in secrets if secret in found] == secrets[:3]


def test_the_desk_of_what_waits_for_a_window_says_why_it_is_another_one(app, clock, house):
    desk = signed_in(app.test_client(), a_reviewer())
    row = held(house, at(23, 11))
    move(row, house.signatory, at(23, 10, 5))
    db.session.commit()
    queued = "/en/review/announcements/queued"
    later = SESSION + HOUR / 6
    for path, now, shown in ((queued, SESSION, False), (queued, later, True), (f"{queued}/{row.id}", later, True)):
        clock.set(now)
        assert [words in desk.get(path).text for words in (WHY, "As signed: until")] == [shown, shown]
