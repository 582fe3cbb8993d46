from datetime import timedelta
from types import SimpleNamespace

import pytest

from listing.notifications import dispatch, operations, queries, rules
from listing.store.db import db

from .notices import NOW, an_address, queued, row, states
from .sink import RCPT


def test_the_same_key_is_queued_once(app):
    first = queued()
    second = queued(data={"path": "/elsewhere"})
    assert (first.id, second.data["path"]) == (second.id, "/en/roadshows/7")
    assert states() == {"pending": 1}


def test_nothing_is_queued_when_the_change_is_not_made(app):
    operations.queue(key="k", message="greeting", to=an_address(), data={"path": "/"}, now=NOW)
    db.session.rollback()
    assert states() == {}


def test_an_address_that_is_none_fails_alone(app, sink):
    queued(to=an_address(email="a@x.example,b@x.example"))
    assert (row("roadshow:7:1:day-before").state, dispatch.run(now=NOW)) == ("failed", dispatch.Pass())
    assert sink.taken == []


@pytest.mark.parametrize("path", ["", "en", "//evil.example", "https://evil.example", "/a\r\nb", "/a b"])
def test_a_message_leads_to_an_address_of_ours(app, path):
    with pytest.raises(ValueError, match="one address of ours"):
        operations.queue(key="k", message="greeting", to=an_address(), data={"path": path}, now=NOW)


@pytest.mark.parametrize("value", [(1, 2), {1: "a"}])
def test_data_must_survive_json(app, value):
    with pytest.raises(ValueError, match="survive JSON"):
        operations.queue(key="k", message="greeting", to=an_address(), data={"path": "/", "value": value}, now=NOW)


def test_inbox_shows_what_is_due_to_its_owner_and_no_secret_link(app):
    queued(1, to=an_address(5))
    queued(2, to=an_address(5), due_at=NOW - timedelta(hours=1))
    queued(3, to=an_address(5), due_at=NOW + timedelta(hours=1))
    queued(4, to=an_address(6))
    queued(5, to=an_address(5), sensitive=True)
    shown = queries.inbox(5, NOW)
    assert [notice.key.split(":")[2] for notice in shown] == ["1", "2"]
    assert [notice.key.split(":")[2] for notice in queries.inbox(5, NOW, before=shown[0].id)] == ["2"]
    assert queries.unread(5, NOW) == 2


def test_only_the_owner_marks_a_message_read_and_once(app):
    notice_id = queued(to=an_address(5)).id
    stranger, owner = SimpleNamespace(user_id=6), SimpleNamespace(user_id=5)
    marked = [operations.mark_read(notice_id=notice_id, actor=actor, now=NOW) for actor in (stranger, owner, owner)]
    assert (marked, queries.unread(5, NOW)) == ([False, True, False], 0)


def test_standing_counts_states_and_the_oldest_due(app):
    queued(1, due_at=NOW - timedelta(minutes=5))
    queued(2, due_at=NOW + timedelta(minutes=5))
    queued(3, due_at=NOW - timedelta(hours=5), until=NOW - timedelta(hours=4))
    assert queries.standing(NOW) == queries.Standing(
        {"pending": 3, "claimed": 0, "sent": 0, "failed": 0, "lapsed": 0}, timedelta(minutes=5)
    )


def test_retry_failed_gives_the_tries_again(app, sink):
    sink.fault = lambda stage, recipient, number: "550 no such user" if (stage, number) == (RCPT, 1) else None
    queued()
    dispatch.run(now=NOW)
    assert (states(), queries.failed()[0].last_error) == ({"failed": 1}, "550 no such user")
    db.session.rollback()
    assert operations.retry_failed(now=NOW) == 1
    db.session.commit()
    assert dispatch.run(now=NOW) == dispatch.Pass(sent=1)


def test_a_secret_link_is_erased_when_sent_and_when_given_up(app, sink):
    sink.fault = lambda stage, recipient, number: "550 no" if recipient.startswith("p2") else None
    for number in (1, 2):
        queued(
            number,
            sensitive=True,
            data={"path": "/en/confirm/secret", "title": "t", "starts_at": "2026-12-08T06:10:00+00:00"},
        )
    queued(3)
    dispatch.run(now=NOW)
    assert [
        (row(f"roadshow:7:{n}:day-before").state, row(f"roadshow:7:{n}:day-before").data is None) for n in (1, 2, 3)
    ] == [
        (rules.SENT, True),
        (rules.FAILED, True),
        (rules.SENT, False),
    ]
