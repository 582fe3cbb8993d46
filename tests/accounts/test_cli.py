"""``flask users``: an account with a link to set its password, closing, opening, ending sessions, lost devices."""

import pytest
from sqlalchemy import select

from listing.accounts.models import User, WebSession
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import PASSWORD, a_member

from .walk import is_in, last_path, mails, send, set_up_codes, sign_in


@pytest.fixture
def run(app):
    def run(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["users", *words])

    return run


def test_staff_are_created_with_a_link_that_sets_the_password(client, run):
    made = run(
        "create", "Boss@Example.com", "--name", "阮敬川", "--role", "supervisor", "--organisation-name", "Baybridge"
    )
    assert made.exit_code == 0, made.output
    path = made.output.strip().partition("localhost:8000")[2]
    send(client, path, {"password": PASSWORD})
    sign_in(client, "boss@example.com")
    assert client.get("/en/review").location == "/en/account/second-factor"
    set_up_codes(client)
    assert client.get("/en/review").status_code == 200
    codes = db.session.scalars(select(Entry.code).order_by(Entry.index)).all()
    assert codes[:2] == ["account.created", "membership.admitted"]


def test_whoever_has_no_password_yet_and_asks_for_the_confirmation_gets_a_link_that_sets_one(client, run):
    run("create", "boss@example.com", "--name", "Boss", "--role", "supervisor", "--organisation-name", "Baybridge")
    send(client, "/en/confirm", {"email": "boss@example.com"})
    path = last_path("boss@example.com")
    assert send(client, path, {"password": PASSWORD}).location == "/en/login"
    assert sign_in(client, "boss@example.com").location == "/en/account/area"


@pytest.mark.parametrize(
    "words",
    [
        ["create", "x@example.com", "--name", "X", "--role", "owner", "--organisation", "999"],
        ["create", "x@example.com", "--name", "X", "--role", "reviewer"],
        ["create", "x@example.com", "--name", "X", "--role", "owner", "--organisation-name", "Baybridge"],
        ["disable", "nobody@example.com"],
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(run, words):
    refused = run(*words)
    assert refused.exit_code == 1
    assert db.session.scalars(select(User)).all() == []


def test_an_address_is_used_once(run, app):
    member = a_member()
    email = member.user.email
    refused = run("create", email, "--name", "X", "--role", "viewer", "--organisation", str(member.organisation_id))
    assert (refused.exit_code, "This address has an account already." in refused.output) == (1, True)


def test_closing_and_opening(client, run):
    user = a_member().user
    email = user.email
    sign_in(client, email)
    assert run("disable", email).exit_code == 0
    assert not is_in(client)
    assert run("enable", email).exit_code == 0
    assert sign_in(client, email).status_code == 302


def test_ending_sessions(client, run):
    email = a_member().user.email
    sign_in(client, email)
    assert run("end-sessions", email).exit_code == 0
    db.session.commit()
    assert db.session.scalars(select(WebSession)).all() == []
    assert not is_in(client)


def test_a_lost_device_is_forgotten_and_the_person_told(client, run):
    email = a_member().user.email
    sign_in(client, email)
    set_up_codes(client)
    assert run("reset-2fa", email).exit_code == 0
    assert sign_in(client, email).location == "/en/account/area"
    assert [message for message, _path in mails(email)][-1] == "security_changed"
