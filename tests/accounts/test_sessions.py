"""Sessions live in the table: whatever ends them kills every copy of the cookie at once (F19)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import request
from sqlalchemy import delete, event, select, update

from listing.access.actor import SYSTEM
from listing.accounts.models import User, WebSession
from listing.accounts.operations import membership, people
from listing.store.db import db
from tests.factories import NOW, PASSWORD, a_member, a_user

from .walk import is_in, last_path, mails, page, send, sign_in, token_of

NEW_PASSWORD = "another quiet harbour"


@pytest.fixture
def user(app):
    return a_member().user


def copy_of(app, client):
    """Another browser that carries the same cookie."""
    thief = app.test_client()
    thief.set_cookie("session", token_of(client))
    assert is_in(thief)
    return thief


def test_the_cookie_changes_at_sign_in_and_the_old_one_opens_nothing(app, client, user):
    client.get("/en/login")
    before = token_of(client)
    sign_in(client, user)
    assert token_of(client) != before
    planted = app.test_client()
    planted.set_cookie("session", before)
    assert not is_in(planted)


def test_a_planted_cookie_is_not_taken_over(client, user):
    client.set_cookie("session", "chosen-by-an-attacker")
    sign_in(client, user)
    assert token_of(client) != "chosen-by-an-attacker"
    assert is_in(client)


def test_giving_the_password_again_changes_the_cookie(client, user):
    sign_in(client, user)
    before = token_of(client)
    send(client, "/en/verify", {"password": PASSWORD})
    assert token_of(client) != before
    assert is_in(client)


def test_signing_out_kills_a_copied_cookie(app, client, user):
    sign_in(client, user)
    thief = copy_of(app, client)
    send(client, "/en/logout", shown_at="/en/account")
    assert not is_in(thief)
    assert not is_in(client)


def test_changing_the_password_kills_all_but_the_browser_that_did_it(app, client, user):
    sign_in(client, user)
    thief = copy_of(app, client)
    changed = send(client, "/en/change", {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert changed.location == "/en/account"
    assert not is_in(thief)
    assert is_in(client)
    assert mails(user.email)[-1] == ("security_changed", "/en/account")
    assert sign_in(app.test_client(), user).status_code == 422
    assert sign_in(app.test_client(), user, NEW_PASSWORD).status_code == 302


def test_resetting_the_password_kills_every_session(app, client, user):
    sign_in(client, user)
    other = app.test_client()
    send(other, "/en/reset", {"email": user.email})
    send(other, last_path(user.email), {"password": NEW_PASSWORD})
    assert not is_in(client)


@pytest.mark.parametrize("ending", ["disable", "role", "removal", "second factor"])
def test_what_the_operator_or_an_owner_decides_kills_the_session(app, client, ending):
    member = a_member(role="editor")
    a_member(member.organisation)
    sign_in(client, member.user)
    thief = copy_of(app, client)
    by = {"actor": SYSTEM, "now": NOW}
    {
        "disable": lambda: people.disable(user=member.user, **by),
        "role": lambda: membership.change_role(membership=member, role="viewer", **by),
        "removal": lambda: membership.remove(membership=member, **by),
        "second factor": lambda: people.reset_second_factor(user=member.user, **by),
    }[ending]()
    db.session.commit()
    assert not is_in(thief)
    assert not is_in(client)


def test_a_request_under_way_does_not_revive_an_ended_session(app, client, user):
    sign_in(client, user)
    store = app.session_interface
    with app.test_request_context(headers={"Cookie": f"session={token_of(client)}"}):
        held = store.open_session(app, request)
        held["note"] = "still here"
        db.session.execute(delete(WebSession))
        db.session.commit()
        store.save_session(app, held, app.response_class())
    assert db.session.scalars(select(WebSession)).all() == []


def test_idle_and_absolute_limits(client, clock, user):
    sign_in(client, user)
    for _ in range(13):
        clock.advance(timedelta(minutes=55))
        assert is_in(client)
    clock.advance(timedelta(minutes=4))
    assert is_in(client)
    clock.advance(timedelta(minutes=2))
    assert not is_in(client), "twelve hours are over"
    sign_in(client, user)
    clock.advance(timedelta(minutes=61))
    assert not is_in(client), "an hour without use"


def test_use_is_noted_once_a_minute_and_not_more_often(client, clock, user):
    sign_in(client, user)

    def seen():
        db.session.commit()
        return db.session.scalars(select(WebSession.seen_at)).one()

    clock.advance(timedelta(seconds=59))
    is_in(client)
    assert seen() == NOW
    clock.advance(timedelta(seconds=1))
    is_in(client)
    assert seen() == NOW + timedelta(seconds=60)


def test_the_list_shows_each_browser_and_ends_one_or_all_others(app, client, user):
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1"
    phone = app.test_client()
    sign_in(phone, user, headers={"User-Agent": agent})
    sign_in(client, user)
    listed = page(client.get("/en/account/sessions"))
    assert [row.td.text.split(" · ")[0] for row in listed.tbody.find_all("tr")] == [
        "Unknown browser This browser",
        "Safari",
    ]
    ends = [form["action"] for form in listed.tbody.find_all("form")]
    send(client, ends[1], shown_at="/en/account/sessions")
    assert not is_in(phone)
    assert is_in(client)
    sign_in(phone, user)
    send(client, "/en/account/sessions/end-others", shown_at="/en/account/sessions")
    assert not is_in(phone)
    assert is_in(client)


def test_nobody_ends_the_session_of_another(app, client, user):
    other = app.test_client()
    stranger = a_user()
    sign_in(other, stranger)
    sign_in(client, user)
    theirs = db.session.scalars(select(WebSession.id).where(WebSession.user_id == stranger.id)).one()
    assert send(client, f"/en/account/sessions/{theirs}/end", shown_at="/en/account/sessions").status_code == 404
    assert is_in(other)


def test_the_table_holds_no_token(client, user):
    sign_in(client, user)
    stored = db.session.execute(select(WebSession.__table__)).all()
    assert token_of(client) not in str(stored)


def test_the_cookie_is_marked_and_named_for_its_host_over_https(app, client, user, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    monkeypatch.setitem(app.config, "SESSION_COOKIE_NAME", "__Host-session")
    answer = client.get("/en/login", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert cookie.split("; ", 1)[1] == "Secure; HttpOnly; Path=/; SameSite=Lax"


def test_a_page_for_everybody_writes_nothing_even_with_a_cookie(client, user):
    sign_in(client, user)
    db.session.execute(update(WebSession).values(label="unchanged"))
    db.session.commit()
    client.get("/en/register/sent")
    assert db.session.scalars(select(WebSession.label)).one() == "unchanged"


def test_signing_out_needs_the_form_of_our_page(client, user):
    sign_in(client, user)
    assert client.post("/en/logout").status_code == 400
    assert is_in(client)


def test_a_closed_account_stays_closed_to_the_right_password(client, user):
    people.disable(user=user, actor=SYSTEM, now=NOW)
    refused = sign_in(client, user)
    assert (refused.status_code, "This account is closed" in refused.text) == (422, True)
    assert not is_in(client)
    people.enable(user=db.session.get(User, user.id), actor=SYSTEM, now=NOW)
    assert sign_in(client, user).status_code == 302


def test_the_way_back_leads_to_our_own_pages_only(client, user):
    for there in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = send(client, "/en/login", {"email": user.email, "password": PASSWORD}, query_string={"next": there})
        found = urlsplit(answer.location)
        assert (found.scheme, found.netloc) == ("", ""), answer.location
        send(client, "/en/logout", shown_at="/en/account")


def test_opening_the_sign_in_page_again_writes_nothing(app, client):
    client.get("/en/login")
    written = []

    def note(_connection, _cursor, statement, *_rest):
        written.append(statement.split()[0])

    event.listen(db.engine, "before_cursor_execute", note)
    client.get("/en/login")
    event.remove(db.engine, "before_cursor_execute", note)
    assert set(written) <= {"SELECT", "BEGIN"}
    assert "SELECT" in written
