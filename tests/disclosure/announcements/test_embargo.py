"""What a company holds back until a time of its own: how it is typed, when it is released, who sees it before."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from listing.access.actor import Actor
from listing.alerts import operations as alerts
from listing.alerts.rules import AT_ONCE
from listing.companies.operations import watching
from listing.disclosure.announcements import embargo, queries, rules, texts, windows
from listing.disclosure.announcements.embargo import Typed
from listing.disclosure.announcements.operations import releasing, writing
from listing.localtime import Repeated, Skipped
from listing.notifications.models import Notice
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import a_reviewer
from tests.factories import a_user, signed_in

from .made import BODY, EVENING, NOON, SESSION, TITLE, TYPED, a_house, sent, signed

DAY = timedelta(days=1)


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


@pytest.mark.parametrize(
    ("day", "at", "zone", "found"),
    [
        (None, None, "Asia/Hong_Kong", None),
        ("2026-11-24", "09:00", "Asia/Hong_Kong", datetime(2026, 11, 24, 1, tzinfo=UTC)),
        ("2026-11-24", "09:00", "America/New_York", datetime(2026, 11, 24, 14, tzinfo=UTC)),
        ("2026-11-24", None, "Asia/Hong_Kong", embargo.Half),
        (None, "09:00", "Asia/Hong_Kong", embargo.Half),
        ("2026-11-23", "10:00", "Asia/Hong_Kong", embargo.Passed),
        ("2026-11-23", "10:01", "Asia/Hong_Kong", datetime(2026, 11, 23, 2, 1, tzinfo=UTC)),
        ("0001-01-01", "00:00", "Asia/Hong_Kong", embargo.Passed),
        ("9999-12-31", "23:59", "America/New_York", embargo.TooFar),
        ("2027-02-21", "10:00", "Asia/Hong_Kong", datetime(2027, 2, 21, 2, tzinfo=UTC)),
        ("2027-02-21", "10:01", "Asia/Hong_Kong", embargo.TooFar),
    ],
)
def test_a_time_is_typed_by_the_clocks_of_a_place(day, at, zone, found):
    typed = Typed(day and date.fromisoformat(day), at and time.fromisoformat(at), zone)
    if isinstance(found, type):
        pytest.raises(found, embargo.until, typed, SESSION)
    else:
        assert embargo.until(typed, SESSION) == found


def test_a_time_that_clocks_skip_or_show_twice_is_refused():
    spring, autumn = datetime(2027, 3, 1, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)
    pytest.raises(Skipped, embargo.until, Typed(date(2027, 3, 28), time(1, 30), "Europe/London"), spring)
    pytest.raises(Repeated, embargo.until, Typed(date(2026, 10, 25), time(1, 30), "Europe/London"), autumn)


@pytest.mark.parametrize(
    ("not_before", "at_once", "opens", "closes"),
    [
        (None, False, NOON - timedelta(minutes=10), NOON + timedelta(minutes=20)),
        (SESSION + timedelta(hours=1), False, NOON - timedelta(minutes=10), NOON + timedelta(minutes=20)),
        (NOON, False, NOON, NOON + timedelta(minutes=20)),  # within a window
        (NOON + timedelta(hours=1), False, EVENING - timedelta(minutes=30), EVENING + timedelta(hours=6)),
        (NOON + timedelta(hours=1), True, NOON + timedelta(hours=1), None),
        (SESSION - DAY, True, SESSION, None),  # passed: at once
    ],
)
def test_after_an_embargo_comes_the_next_window(not_before, at_once, opens, closes):
    found = windows.slot(windows.usual(), SESSION, at_once=at_once, not_before=not_before)
    assert (found.opens, found.closes) == (opens, closes)


def held_back(house, day, at, **written):
    typed = Typed(day, at, "Asia/Hong_Kong")
    row = signed(house, sent(house, not_before=typed, **written))
    db.session.commit()
    return row


def tick(now):
    return releasing.release_due(now=now, stopping=lambda: False)


def test_it_is_held_back_over_an_open_window_and_by_its_signed_time_only(house):
    row = held_back(house, date(2026, 11, 23), time(12, 20))
    assert (row.state, row.window_opens, tick(NOON)) == (rules.QUEUED, NOON + timedelta(minutes=10), 0)
    at_once = held_back(house, date(2026, 11, 23), time(15, 0), category="clarification", event_on=None)
    assert (at_once.window_closes, tick(NOON + timedelta(minutes=10))) == (None, 1)
    assert (tick(NOON + timedelta(hours=2)), tick(NOON + timedelta(hours=3))) == (0, 1)
    assert queries.release("2026-000002").missed is None
    changed = held_back(house, date(2026, 11, 24), time(12, 20))
    changed.not_before, changed.window_opens = None, SESSION  # past every operation
    db.session.commit()
    assert (tick(EVENING), changed.signed_digest == writing.digest(changed)) == (0, False)


ONE = "/en/announcements/2026-000001"
LISTS = ("/announcements", "/announcements?q=86.9", "/announcements/feed?company=lantern", "/companies/lantern")
LISTS += ("/announcements/json", "/announcements/csv?q=revenue")


def public(client):
    """What a stranger finds: lists, feed, search, the page of the company, the log, the check of the text."""
    pages = [client.get(f"/{lang}{path}").text for lang in ("en", "zh-Hant") for path in LISTS]
    log = [client.get(f"/log/entry/{n}{end}").text for n in range(8) for end in ("", "/proof")]
    whole = texts.plain(TITLE.en, texts.parts(BODY.en))
    form = submit(client, "/en/announcements/verify", text=whole).text.replace(whole.strip(), "")
    return " ".join([*pages, *log]), form


def test_nobody_outside_sees_anything_of_it_before(app, client, house):
    reader = a_user(zone="Asia/Hong_Kong")
    who = {"actor": Actor(user_id=reader.id, label=reader.name, zone=reader.zone), "now": SESSION}
    watching.watch(company=house.company, **who)
    alerts.follow_watched(cadence=AT_ONCE, **who)
    row = held_back(house, date(2026, 11, 24), time(12, 10))
    whole = [texts.plain(getattr(TITLE, side), texts.parts(getattr(BODY, side))) for side in rules.SIDES]
    secrets = [TITLE.zh, TITLE.en, "8,690", "86.9 million", row.signed_digest, *map(texts.digest, whole)]
    shown, held = public(client)
    assert [secret for secret in secrets if secret in shown] == []
    assert "Nothing like this was released here." in held
    files = ("", "/zh.txt", "/en.txt", "/announcement.pdf", "/receipt.json", "/files/1")
    assert {client.get(f"{ONE}{end}").status_code for end in files} == {404}
    assert signed_in(app.test_client(), a_reviewer()).get(f"/en/studio/announcements/{row.id}").status_code == 403
    assert alerts.tell_due(now=NOON + timedelta(hours=1), stopping=lambda: False) == 0
    told = db.session.scalars(select(Notice)).all()
    assert {notice.recipient_id for notice in told} == {house.signatory.user_id, house.second.user_id}
    assert [secret for secret in secrets if any(secret in str(notice.data) for notice in told)] == []
    assert (tick(NOON), tick(NOON + DAY)) == (0, 1)
    shown, held = public(client)  # the same places tell of it once it is released
    assert [secret for secret in secrets[:3] if secret not in shown] == []
    assert "It agrees to the last byte." in held


def test_what_is_typed_wrongly_is_said_beside_it_and_the_page_says_until_when(app, house):
    editor = signed_in(app.test_client(), house.editor.user)
    new = "/en/studio/companies/lantern/announcements/new"
    typed = TYPED | {"category": "clarification", "event_on": "", "read": "y", "not_before_on": "2026-11-24"}
    half = submit(editor, new, **typed)
    assert (half.status_code, "Give both the day and the time" in half.text, TITLE.en in half.text) == (422, True, True)
    past = submit(editor, new, **typed | {"not_before_on": "2026-11-22", "not_before_at": "09:00"})
    assert "22 Nov 2026, 09:00 in Hong Kong has passed." in past.text
    made = submit(editor, new, **typed, not_before_at="09:00", not_before_zone="Europe/London")
    page = editor.get(made.location).text
    assert "Once signed it is held back: embargo until" in page
    assert "Tue 24 Nov 2026, 09:00 GMT" in page
    assert 'value="09:00"' in editor.get(f"{made.location}/edit").text
