"""The message centre: one's own messages in the language of the page, marked by POST, a page at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.notifications import operations, queries
from listing.notifications.models import Notice
from listing.notifications.rules import Address
from listing.store.db import db
from tests.factories import NOW, a_user, signed_in

from .walk import page, send

PATH = "/en/account/messages"


def a_message(user, number=1, **changes):
    """An alert about a new browser, queued in Traditional Chinese."""
    to = Address(user.name, user.email, user.id, "zh-Hant", "Asia/Hong_Kong")
    data = {"path": "/zh-Hant/account/sessions", "at": NOW.isoformat(), "device": f"Firefox {number}", "network": ""}
    given = {"key": f"test:{user.id}:{number}", "message": "new_device", "to": to, "data": data, "now": NOW}
    given |= {"due_at": NOW - timedelta(hours=number)} | changes
    operations.queue(**given)
    row = db.session.scalars(select(Notice).where(Notice.key == given["key"])).one()
    db.session.commit()
    return row


@pytest.fixture
def user(app):
    return a_user(zone="Europe/London")


@pytest.fixture
def reader(client, user):
    return signed_in(client, user)


def _shown(answer):
    return [article.find_all("p")[2].text.rpartition("before: ")[2] for article in page(answer).find_all("article")]


def _mark(reader, row, mark, **query):
    return send(reader, f"{PATH}/{row.id}/{mark}", shown_at=PATH, query_string=query)


@pytest.mark.parametrize(
    ("lang", "subject"),
    [("en", "New sign-in to your account"), ("zh-Hans", "您的账户有新的登录"), ("zh-Hant", "您的帳戶有新的登入")],
)
def test_a_message_speaks_the_language_and_zone_of_whoever_looks(reader, user, lang, subject):
    a_message(user)
    article = page(reader.get(f"/{lang}/account/messages")).find("article")
    assert article.h2.text == subject
    assert [a["href"] for a in article.find_all("a")] == [f"/{lang}/account/sessions"]
    assert "UTC+0" in article.text
    assert "GMT" in article.time.text


def test_a_message_is_read_and_unread_by_post_and_never_by_looking(reader, user):
    row = a_message(user)
    reader.get(PATH)
    assert queries.unread(user.id, NOW) == 1
    assert _mark(reader, row, "read").location == PATH
    assert queries.unread(user.id, NOW) == 0
    assert _mark(reader, row, "unread").location == PATH
    assert queries.unread(user.id, NOW) == 1


def test_marking_all_leaves_what_came_after_the_page_was_shown(reader, user):
    a_message(user, 2)
    shown = a_message(user, 1)
    a_message(user, 3, due_at=NOW)
    a_message(a_user(), 4)
    _mark(reader, shown, "all-read")
    unread = db.session.scalars(db.select(Notice.key).where(Notice.read_at.is_(None)).order_by(Notice.key)).all()
    assert [key.split(":")[2] for key in unread if key.startswith(f"test:{user.id}:")] == ["3"]
    assert len(unread) == 2


def test_another_persons_message_and_a_secret_are_nobodys(reader, user):
    other, secret = a_message(a_user(), 1), a_message(user, 2, sensitive=True)
    later = a_message(user, 3, due_at=NOW + timedelta(hours=1))
    a_message(user, 4)
    assert _shown(reader.get(PATH)) == ["Firefox 4, network –."]
    for row in (other, secret, later):
        for mark in ("read", "unread", "all-read"):
            assert _mark(reader, row, mark).status_code == 404
        assert reader.get(f"{PATH}?before={row.id}").status_code == 404
    db.session.expire_all()
    assert other.read_at is secret.read_at is later.read_at is None


def test_pages_follow_one_another_without_gap_and_come_back_after_a_mark(reader, user):
    rows = [a_message(user, number) for number in range(1, 28)]
    first = reader.get(PATH)
    assert len(_shown(first)) == 25
    older = page(first).find("a", rel="next")["href"]
    assert _shown(reader.get(older)) == ["Firefox 26, network –.", "Firefox 27, network –."]
    back = _mark(reader, rows[25], "read", before=rows[24].id)
    assert back.location == older


@pytest.mark.parametrize("before", ["", "x", "-1", "٣", "1" * 30])
def test_an_odd_place_in_the_list_is_the_first_page(reader, user, before):
    a_message(user)
    assert len(_shown(reader.get(PATH, query_string={"before": before}))) == 1


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_no_message_has_is_no_page(reader, user, number):
    assert send(reader, f"{PATH}/{number}/read", shown_at="/en/account").status_code == 404
    assert reader.get(f"{PATH}?before={min(number, 10**18) or 999}").status_code == 404


@pytest.mark.parametrize("change", [{"message": "left_the_house"}, {"data": {"path": "/en/", "odd": 1}}])
def test_a_message_of_an_earlier_version_does_not_hide_the_others(reader, user, change):
    a_message(user, 1, **change)
    a_message(user, 2)
    articles = page(reader.get(PATH)).find_all("article")
    assert [a.h2.text for a in articles] == ["A message of an earlier version", "New sign-in to your account"]


def test_an_empty_inbox_says_what_will_come(reader):
    assert page(reader.get(PATH)).find(class_="empty").strong.text == "There are no messages yet."


@pytest.mark.parametrize(("count", "words"), [(0, None), (1, "(1 unread message)"), (2, "(2 unread messages)")])
def test_the_header_counts_what_is_unread_in_words(reader, user, count, words):
    for number in range(count):
        a_message(user, number)
    entry = page(reader.get("/en/account")).find("header").find("a", href=PATH)
    assert (entry.find(class_="vh").text if words else entry.find(class_="vh")) == words


def test_a_list_costs_the_same_statements_however_long(reader, user, statements):
    reader.get(PATH)  # the first notes the visit
    taken = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            a_message(user, number)
        with statements() as sent:
            reader.get(PATH)
        taken.append(len(sent))
    assert taken[0] == taken[1]
