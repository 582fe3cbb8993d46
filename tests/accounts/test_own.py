"""One's own account: preferences, the way to one's room, the alert for a new browser."""

import pytest
from flask_babel import force_locale, gettext

from listing.accounts import queries
from listing.accounts.models import User
from listing.store.db import db
from tests.factories import a_member, a_user, an_organisation
from tests.store.databases import on_one_database

from .walk import is_in, mails, page, send, sign_in

WISHES = {"name": "岑若溪", "language": "zh-Hant", "zone": "Europe/London", "currency": "GBP", "documents": "en"}


@pytest.fixture
def user(app):
    return a_member().user


def test_preferences_are_kept_and_rule_the_next_page_and_mail(app, client, user):
    sign_in(client, user)
    assert send(client, "/en/account/preferences", WISHES).location == "/zh-Hant/account"
    db.session.commit()
    assert {key: getattr(db.session.get(User, user.id), key) for key in WISHES} == WISHES
    send(app.test_client(), "/en/reset", {"email": user.email})
    assert mails(user.email)[-1][1].startswith("/zh-Hant/reset/")
    assert app.test_client().get("/").location == "/en/"


@pytest.mark.parametrize(
    "change", [{"language": "fr"}, {"documents": "fr"}, {"zone": "Mars/Base"}, {"currency": "BTC"}, {"name": "\u202ea"}]
)
def test_preferences_outside_the_lists_are_refused(client, user, change):
    sign_in(client, user)
    assert send(client, "/en/account/preferences", WISHES | change).status_code == 422
    db.session.commit()
    assert db.session.get(User, user.id).language == "en"


@pytest.mark.parametrize(
    ("kind", "path"),
    [("enterprise", "studio"), ("agent", "studio"), ("investor", "desk"), ("organizer", "events/manage")],
)
def test_everybody_lands_in_their_own_room(client, kind, path):
    sign_in(client, a_member(an_organisation(kind=kind), role="viewer").user)
    assert client.get("/en/account/area").location == f"/en/{path}"


def test_somebody_without_an_organisation_lands_on_the_account(client):
    sign_in(client, a_user())
    assert client.get("/en/account/area").location == "/en/account"
    assert "You belong to no organisation" in client.get("/en/account").text


@pytest.mark.parametrize("wished", ["zh-Hant", "zh-Hans"])
def test_saving_preferences_is_said_in_the_language_of_the_next_page(app, client, user, wished):
    with app.test_request_context(), force_locale(wished.replace("-", "_")):
        words = gettext("Your preferences are saved.")
    assert words != "Your preferences are saved."
    sign_in(client, user)
    then = send(client, "/en/account/preferences", WISHES | {"language": wished}).location
    assert page(client.get(then)).find(class_="flash").text.strip() == words


def test_signing_out_is_said_once(client, user):
    sign_in(client, user)
    out = send(client, "/en/logout", shown_at="/en/account")
    assert page(client.get(out.location)).find(class_="flash").text.strip() == "You are signed out."
    assert page(client.get(out.location)).find(class_="flash") is None


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_page_that_does_not_exist_speaks_the_language_of_its_address(client, lang):
    sign_in(client, a_user(language="en" if lang == "zh-Hant" else "zh-Hant"))
    missing = client.get(f"/{lang}/no-such-page")
    assert (missing.status_code, page(missing).html["lang"]) == (404, lang)


def test_a_new_browser_brings_an_alert_the_first_and_a_known_one_none(app, client, user):
    sign_in(client, user)
    send(client, "/en/logout", shown_at="/en/account")
    sign_in(client, user)
    assert mails(user.email) == []
    sign_in(app.test_client(), user)
    assert mails(user.email) == [("new_device", "/en/account/sessions")]


def test_each_person_of_a_shared_browser_is_known(client, user):
    other = a_user()
    for person in (user, other, user, other):
        sign_in(client, person)
        send(client, "/en/logout", shown_at="/en/account")
    assert mails() == []


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "login",
        "register",
        "reset",
        "confirm",
        "register/sent",
        "reset/sent",
        "reset/spent",
        "confirm/spent",
        "invitation/spent",
        "wan-signin",
    ],
)
def test_every_page_for_visitors_stands_in_three_languages(client, lang, path):
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == (410 if path.endswith("spent") else 200)
    assert page(answer).html["lang"] == lang


@on_one_database
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "account",
        "account/preferences",
        "account/sessions",
        "change",
        "verify",
        "tf-setup",
        "mf-recovery-codes",
        "wan-register",
        "wan-verify",
    ],
)
def test_every_page_of_the_account_stands_in_three_languages(client, user, lang, path):
    sign_in(client, user, lang=lang)
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert page(answer).html["lang"] == lang


def test_json_is_not_spoken(client, user):
    sign_in(client, user)
    token = page(client.get("/en/verify")).find("input", attrs={"name": "csrf_token"})["value"]
    refused = client.post("/en/verify", json={"password": ["x"]}, headers={"X-CSRFToken": token})
    assert refused.status_code == 400


def test_an_auth_token_in_the_address_opens_nothing(app, client, user):
    with app.test_request_context():
        token = user.get_auth_token()
    assert client.get("/en/account", query_string={"auth_token": token}).status_code == 302
    assert client.get("/en/account", headers={"Authentication-Token": token}).status_code == 302
    assert not is_in(client)


def test_a_visitor_costs_no_statement(app, statements):
    with app.test_request_context("/en/"), statements() as sent:
        assert queries.current_actor() is None
    assert sent == []
