"""Attempts slow down and are forgiven; a stranger's failures keep nobody out; a slowed attempt costs no hash."""

from datetime import timedelta

import flask_security.forms
import flask_security.utils
import pytest
from sqlalchemy import select

from listing.accounts import rules
from listing.accounts.models import Attempts
from listing.store.db import db
from tests.factories import NOW, PASSWORD, a_member, a_user

from .walk import hidden, is_in, mails, send, set_up_codes, sign_in


@pytest.fixture
def user(app):
    return a_member().user


def from_address(app, address):
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


def fail(client, user, times):
    return [sign_in(client, user, "wrong password here").status_code for _ in range(times)]


def test_the_first_failures_are_free_then_each_waits_longer(client, clock, user):
    assert fail(client, user, 7) == [422] * 6 + [429]
    slowed = sign_in(client, user)
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "2")
    waits = []
    for _ in range(10):
        clock.advance(timedelta(seconds=int(sign_in(client, user).headers["Retry-After"])))
        fail(client, user, 1)
        waits.append(int(sign_in(client, user).headers["Retry-After"]))
    assert waits[:5] == [4, 8, 16, 32, 64]
    assert max(waits) <= 300
    assert waits[-1] > 100


def test_known_and_unknown_addresses_are_slowed_alike(client, user):
    assert fail(client, user, 8) == fail(client, "nobody@example.com", 8)


def test_the_pause_fades_and_the_right_password_clears_it(client, clock, user):
    fail(client, user, 8)
    clock.advance(timedelta(minutes=20))
    assert sign_in(client, user).status_code == 302
    db.session.commit()
    assert db.session.scalars(select(Attempts.kind)).all() == ["address"]


def test_a_strangers_failures_do_not_keep_the_owner_out(app, user):
    stranger, owner = from_address(app, "203.0.113.9"), from_address(app, "198.51.100.7")
    fail(stranger, user, 30)
    assert sign_in(stranger, user).status_code == 429
    assert sign_in(owner, user).status_code == 302


def test_the_usual_browser_passes_even_from_the_strangers_network(app, client, user):
    sign_in(client, user)
    send(client, "/en/logout", shown_at="/en/account")
    stranger = app.test_client()
    fail(stranger, user, 30)
    assert sign_in(stranger, user).status_code == 429
    assert sign_in(client, user).status_code == 302


def test_one_network_cannot_try_many_accounts(client, user):
    for n in range(rules.FREE["address"] + 1):
        sign_in(client, f"nobody{n}@example.com", "wrong password here")
    assert sign_in(client, "one-more@example.com", "wrong password here").status_code == 429


def test_a_slowed_attempt_hashes_nothing(client, user, monkeypatch):
    fail(client, user, 7)

    def hashing(*_args, **_kwargs):
        raise AssertionError("a password was hashed")

    monkeypatch.setattr(flask_security.forms, "hash_password", hashing)
    monkeypatch.setattr(flask_security.utils, "verify_and_update_password", hashing)
    monkeypatch.setattr("flask_security.core.verify_and_update_password", hashing)
    assert sign_in(client, user).status_code == 429


def test_codes_are_slowed_too(app, client, user):
    sign_in(client, user)
    set_up_codes(client)
    other = app.test_client()
    sign_in(other, user)
    answers = [send(other, "/en/tf-validate", {"code": f"{n:06}"}).status_code for n in range(7)]
    assert answers == [422] * 6 + [429]
    assert not is_in(other)


@pytest.mark.parametrize("path", ["/en/reset", "/en/confirm"])
def test_nobody_fills_a_mailbox_by_asking(client, user, path):
    answers = [send(client, path, {"email": user.email}).status_code for _ in range(9)]
    assert answers == [302] * 6 + [429] * 3
    assert len(mails(user.email)) == 6


def test_the_table_names_nobody(client, user):
    fail(client, user, 1)
    db.session.commit()
    rows = db.session.execute(select(Attempts.__table__)).all()
    assert user.email not in str(rows)
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (5, 0), (6, 2), (7, 4), (10, 32), (12, 128), (13, 256), (14, 300), (500, 300)]
)
def test_the_pause_grows_to_five_minutes_and_no_further(failures, seconds):
    assert rules.delay("account", failures) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("minutes", "left"), [(0, 8), (1, 8), (2, 7), (15, 1), (16, 0), (99, 0), (-5, 8)])
def test_failures_are_forgotten_one_by_one(minutes, left):
    assert rules.faded(8, NOW, NOW + timedelta(minutes=minutes)) == left


def test_a_wrong_password_costs_as_much_for_an_unknown_address(client, user, monkeypatch):
    calls = []
    context = client.application.extensions["security"].pwd_context
    for name in ("hash", "verify"):
        real = getattr(context, name)
        monkeypatch.setattr(context, name, lambda *a, real=real, **k: calls.append(1) or real(*a, **k))
    sign_in(client, user, PASSWORD + "x")
    known, calls[:] = len(calls), []
    sign_in(client, "nobody@example.com", PASSWORD + "x")
    assert (known, len(calls)) == (1, 1)


@pytest.mark.parametrize("spelling", ["zhou.qin@\uff45xample.com", "ZHOU.QIN@EXAMPLE.COM", " zhou.qin@example.com "])
def test_another_spelling_of_an_address_is_not_another_account(client, spelling):
    fail(client, a_user(email="zhou.qin@example.com"), 6)
    assert sign_in(client, spelling, "wrong password here").status_code == 429


def test_another_spelling_of_an_address_brings_no_more_mails(client, user):
    a_user(email="zhou.qin@example.com")
    for n in range(12):
        domain = "".join(chr(ord(c) + 0xFEE0) if at == n else c for at, c in enumerate("example.com"))
        send(client, "/en/reset", {"email": f"zhou.qin@{domain}"})
    assert len(mails("zhou.qin@example.com")) == rules.FREE["mail"] + 1


def test_who_is_signed_in_cannot_clear_the_failures_of_another_account(app, client, user):
    other, victim = app.test_client(), a_user(email="zhou.qin@example.com")
    sign_in(other, user)
    token = hidden(other, "/en/account/preferences")["csrf_token"]
    fail(client, victim, 5)
    other.post("/en/login", data={"csrf_token": token, "email": victim.email, "password": "x"})
    assert fail(client, victim, 2) == [422, 429]
