"""Passkeys: adding one, signing in with it alone or after the password, confirming with it; those that stay out."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask_security.utils import naive_utcnow as utcnow
from sqlalchemy import select

from listing.access.actor import SYSTEM
from listing.accounts.models import Passkey
from listing.accounts.operations import people
from listing.store.db import db
from tests.factories import NOW, a_member

from .keyring import Keyring
from .walk import hidden, is_in, mails, page, send, sign_in


@pytest.fixture
def user(app):
    return a_member().user


def step(client, path, answer, data=None):
    """Begin at ``path``, let the device answer, send the answer back."""
    shown = page(send(client, path, data))
    form = shown.find("form", attrs={"data-passkey": True})
    values = {i["name"]: i.get("value", "") for i in form.find_all("input")}
    options = json.loads(form["data-options"])
    return options, client.post(form["action"], data=values | {"credential": answer(options)})


def add(client, keyring, usage="first", name="Phone"):
    return step(client, "/en/wan-register", keyring.create, {"name": name, "usage": usage})


@pytest.fixture
def keyring(client, user):
    sign_in(client, user)
    made = Keyring()
    add(client, made)
    send(client, "/en/logout", shown_at="/en/account")
    return made


def test_a_passkey_of_any_make_is_added_and_the_person_told(client, user):
    sign_in(client, user)
    options, added = add(client, Keyring())
    assert added.location == "/en/wan-register"
    assert "authenticatorAttachment" not in options["authenticatorSelection"]
    assert db.session.scalars(select(Passkey.name)).all() == ["Phone"]
    assert "Phone" in client.get("/en/wan-register").text
    assert [m for m, _path in mails(user.email)] == ["security_changed"]


def test_it_signs_in_alone(client, user, keyring):
    _options, done = step(client, "/en/wan-signin", keyring.get)
    assert done.location == "/en/account/area"
    assert is_in(client)


def test_the_sign_in_page_names_no_credential(client, keyring):
    options, _done = step(client, "/en/wan-signin", keyring.get)
    assert options.get("allowCredentials", []) == []


def test_a_device_that_does_not_know_its_key_stays_out(client, keyring):
    impostor = Keyring()
    impostor.key = ec.derive_private_key(7, ec.SECP256R1())
    impostor.user_handle = keyring.user_handle
    _options, done = step(client, "/en/wan-signin", impostor.get)
    assert done.location == "/en/wan-signin"
    assert not is_in(client)


def test_an_answer_to_another_question_stays_out(client, keyring):
    asked = []
    step(client, "/en/wan-signin", lambda options: asked.append(options) or keyring.get(options))
    send(client, "/en/logout", shown_at="/en/account")
    _options, done = step(client, "/en/wan-signin", lambda _options: keyring.get(asked[0]))
    assert done.location == "/en/wan-signin"
    assert not is_in(client)


def test_a_passkey_begun_in_another_account_does_not_pass_by_the_password(app, client, user, monkeypatch):
    other = app.test_client()
    sign_in(other, a_member().user)
    begun = page(send(other, "/en/wan-register", {"name": "Mine", "usage": "first"})).find(attrs={"data-passkey": True})
    made = Keyring().create(json.loads(begun["data-options"]))
    sign_in(client, user)
    token = hidden(client, "/en/account/preferences")["csrf_token"]
    monkeypatch.setattr("flask_security.utils.naive_utcnow", lambda: utcnow() + timedelta(minutes=16))
    sent = client.post(begun["action"], data={"csrf_token": token, "credential": made})
    assert sent.location == "/en/wan-register"
    assert db.session.scalars(select(Passkey)).all() == []


def test_a_closed_account_is_closed_to_its_passkey(client, user, keyring):
    people.disable(user=user, actor=SYSTEM, now=NOW)
    step(client, "/en/wan-signin", keyring.get)
    assert not is_in(client)


def test_as_second_step_it_is_asked_for_after_the_password(client, user):
    sign_in(client, user)
    keyring = Keyring(verifies=False)
    add(client, keyring, usage="secondary")
    send(client, "/en/logout", shown_at="/en/account")
    assert sign_in(client, user).location.startswith("/en/wan-signin")
    assert not is_in(client)
    step(client, "/en/wan-signin", keyring.get)
    assert is_in(client)


def test_it_stands_for_the_password_before_high_value_acts(client, user, keyring):
    sign_in(client, user)
    _options, done = step(client, "/en/wan-verify", keyring.get)
    assert done.location == "/en/account"


def test_it_can_be_removed(client, user, keyring):
    sign_in(client, user)
    shown = page(client.get("/en/wan-register")).find("form", action="/en/wan-delete")
    client.post("/en/wan-delete", data={i["name"]: i["value"] for i in shown.find_all("input")})
    assert db.session.scalars(select(Passkey)).all() == []


@pytest.mark.parametrize(
    "rubbish", ["", "{}", "[]", "nonsense", '{"id": 1}', '{"id":"a","rawId":"a","type":"x","response":{}}']
)
def test_rubbish_from_a_device_is_refused_without_an_error(client, keyring, rubbish):
    _options, done = step(client, "/en/wan-signin", lambda _options: rubbish)
    assert done.location == "/en/wan-signin"


@pytest.mark.parametrize(("first", "password"), [("/en/wan-signin", "/en/login"), ("/en/wan-verify", "/en/verify")])
def test_every_step_with_a_passkey_says_what_it_needs_and_leads_to_the_password(client, user, first, password):
    if first == "/en/wan-verify":
        sign_in(client, user)
        add(client, Keyring())
    shown = page(client.get(first + "?next=/en/account/sessions"))
    begun = page(send(client, first + "?next=/en/account/sessions"))
    for step_page in (shown, begun):
        assert step_page.noscript.text == "Passkeys need JavaScript. Use your password instead."
        (way,) = step_page.main.find_all("a", string="Use a password instead")
        assert way["href"] == f"{password}?next=/en/account/sessions"
