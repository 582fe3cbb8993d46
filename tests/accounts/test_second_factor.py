"""The second step: one-time codes without replay, recovery codes, and who must have one."""

from datetime import timedelta

import pytest
from flask_security.utils import naive_utcnow as utcnow
from sqlalchemy import select

from listing.accounts.models import User
from listing.store.db import db
from tests.factories import a_member, an_organisation

from .walk import code, hidden, is_in, mails, page, send, set_up_codes, sign_in


@pytest.fixture
def user(app):
    return a_member().user


@pytest.fixture
def secret(client, user):
    sign_in(client, user)
    found = set_up_codes(client)
    send(client, "/en/logout", shown_at="/en/account")
    return found


def enter(client, value):
    return send(client, "/en/tf-validate", {"code": value})


def test_after_the_password_a_code_is_asked_for(client, user, secret):
    assert sign_in(client, user).location.startswith("/en/tf-validate")
    assert not is_in(client)
    refused = enter(client, "000000")
    assert refused.status_code == 422
    assert page(refused).find(id="code-error").text == (
        "This code does not fit. Check the clock of your phone and enter the next one."
    )
    assert not is_in(client)
    assert enter(client, code(secret, 1)).location == "/en/account/area"
    assert is_in(client)


def test_a_code_works_once(app, client, user, secret):
    shown = code(secret, 1)
    sign_in(client, user)
    enter(client, shown)
    thief = app.test_client()
    sign_in(thief, user)
    assert enter(thief, shown).status_code == 422
    assert not is_in(thief)


def test_the_code_of_the_set_up_does_not_sign_in(client, user):
    sign_in(client, user)
    key, action, token = begun(client)
    used = code(key.replace("-", "").replace(" ", ""))  # made once: between two codes of "now" thirty seconds may end
    assert client.post(action, data={"csrf_token": token, "code": used}).status_code == 302
    send(client, "/en/logout", shown_at="/en/account")
    sign_in(client, user)
    assert enter(client, used).status_code == 422


def test_the_secret_is_stored_encrypted(client, user, secret):
    assert secret not in db.session.scalars(select(User.tf_totp_secret)).one()


def test_recovery_codes_work_once_and_are_stored_encrypted(app, client, user, secret):
    sign_in(client, user)
    enter(client, code(secret, 1))
    codes = [c.text for c in page(send(client, "/en/mf-recovery-codes")).find_all("code")]
    assert len(codes) == 10
    stored = db.session.scalars(select(User.mf_recovery_codes)).one()
    assert codes[0] not in str(stored)
    lost = app.test_client()
    for answer in (302, 422):
        sign_in(lost, user)
        assert send(lost, "/en/mf-recovery", {"code": codes[0].upper()}).status_code == answer
        lost = app.test_client()
    sign_in(lost, user)
    assert page(send(lost, "/en/mf-recovery", {"code": codes[0]})).find(id="code-error").text == (
        "This is none of your unused recovery codes. Check the letters, or take another one."
    )
    told = [m for m, _path in mails(user.email)]
    assert told.count("security_changed") == 2, "codes on, and a recovery code used"


def test_setting_up_asks_for_the_password_when_it_is_long_ago(client, user, monkeypatch):
    sign_in(client, user)
    monkeypatch.setattr("flask_security.utils.naive_utcnow", lambda: utcnow() + timedelta(minutes=16))
    assert client.get("/en/tf-setup").location == "/en/verify?next=/en/tf-setup"


def test_a_key_from_another_account_does_not_pass_by_the_password(app, client, user, monkeypatch):
    other = app.test_client()
    sign_in(other, a_member().user)
    key, action, _token = begun(other)
    sign_in(client, user)
    token = hidden(client, "/en/account/preferences")["csrf_token"]
    monkeypatch.setattr("flask_security.utils.naive_utcnow", lambda: utcnow() + timedelta(minutes=16))
    sent = client.post(action, data={"csrf_token": token, "code": code(key.replace("-", "").replace(" ", ""))})
    assert sent.location == "/en/tf-setup"
    assert db.session.scalars(select(User.tf_totp_secret)).all() == [None, None]


@pytest.mark.parametrize(
    ("kind", "role"), [("operator", "reviewer"), ("operator", "supervisor"), ("enterprise", "approver")]
)
def test_staff_and_approvers_reach_nothing_before_the_second_step(client, kind, role):
    member = a_member(an_organisation(kind=kind), role=role)
    a_member(member.organisation, role="supervisor" if kind == "operator" else "owner")
    sign_in(client, member.user)
    for path in ("/en/account", "/en/review", "/en/studio", "/en/account/preferences", "/en/"):
        assert client.get(path).location == "/en/account/second-factor", path
    assert "Set up a second sign-in step" in client.get("/en/account/second-factor").text
    set_up_codes(client)
    assert is_in(client)
    assert client.get("/en/review" if kind == "operator" else "/en/studio").status_code == 200


def test_who_must_have_a_second_step_cannot_switch_it_off(client):
    member = a_member(an_organisation(kind="operator"), role="reviewer")
    sign_in(client, member.user)
    set_up_codes(client)
    send(client, "/en/tf-setup", {"setup": "disable"})
    assert db.session.scalars(select(User.tf_primary_method)).one() == "authenticator"


def test_others_may_switch_it_off_and_are_told(client, user):
    sign_in(client, user)
    set_up_codes(client)
    off = hidden(client, "/en/tf-setup", at=1)
    assert off["setup"] == "disable"
    client.post("/en/tf-setup", data=off)
    assert db.session.scalars(select(User.tf_primary_method)).one() is None
    assert [m for m, _path in mails(user.email)] == ["security_changed"] * 2


def test_a_code_page_without_a_password_before_leads_to_sign_in(client):
    for path in ("/en/tf-validate", "/en/mf-recovery", "/en/tf-select"):
        assert client.get(path).location == "/en/login", path


def begun(client):
    """The page with a new key, and what its form sends."""
    shown = page(send(client, "/en/tf-setup"))
    form = shown.find("form", class_="form")
    return shown.find("code").text, form["action"], form.find("input", attrs={"name": "csrf_token"})["value"]


def test_a_wrong_code_while_setting_up_keeps_the_key_and_says_what_to_do(client, user):
    sign_in(client, user)
    key, action, token = begun(client)
    refused = client.post(action, data={"csrf_token": token, "code": "000000"})
    again = page(refused)
    assert refused.status_code == 422
    assert again.find("code").text == key
    assert again.find(id="code-error").text == (
        "This code does not fit. Check the clock of your phone and enter the next one."
    )
    assert again.find(class_="flash") is None
    form = again.find("form", class_="form")
    fits = {"csrf_token": token, "code": code(key.replace("-", "").replace(" ", ""))}
    assert client.post(form["action"], data=fits).location == "/en/mf-recovery-codes"


def test_a_set_up_that_took_too_long_is_no_success(client, user):
    sign_in(client, user)
    _key, _action, token = begun(client)
    sent = client.post("/en/tf-setup/made-up", data={"csrf_token": token, "code": "000000"})
    assert sent.location == "/en/tf-setup"
    shown = page(client.get("/en/tf-setup")).find(class_="flash")
    assert (shown["class"], shown["role"]) == (["flash", "bad"], "alert")


def test_switching_on_leads_to_the_recovery_codes_and_on(client, user):
    sign_in(client, user)
    set_up_codes(client)
    offered = page(client.get("/en/mf-recovery-codes"))
    flash = offered.find(class_="flash")
    assert (flash.text.strip(), flash["class"]) == ("One-time codes are on.", ["flash"])
    assert offered.find("a", string="Show the codes that are left") is None
    made = page(send(client, "/en/mf-recovery-codes"))
    assert len(made.find_all("code")) == 10
    assert made.find("a", string="I have saved them")["href"] == "/en/account"
    assert page(client.get("/en/mf-recovery-codes")).find("a", string="Show the codes that are left")
