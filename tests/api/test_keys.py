"""Keys of programs: what opens with one, what never does, and when one dies."""

import json
from datetime import timedelta
from time import time

import pytest
from sqlalchemy import select

from listing.access.actor import SYSTEM
from listing.access.permission import Permission
from listing.access.scope import Scope
from listing.accounts import rules
from listing.accounts.bearer import attempts
from listing.accounts.models import AccessKey, Attempts
from listing.accounts.operations import membership as memberships
from listing.accounts.operations import people, recovery, sessions
from listing.accounts.operations.attempts import Bucket
from listing.accounts.operations.links import RESET, issue
from listing.journal.models import Entry
from listing.store.db import db
from tests.accounts.walk import hidden, page, send, sign_in
from tests.factories import NOW, PASSWORD, a_company, a_key, a_member, a_session, a_user, an_organisation, signed_in

from .conftest import BODIES

ADDRESSES = {
    "/api/v1/announcements": Scope.ANNOUNCEMENTS_READ,
    "/api/v1/companies": Scope.COMPANIES_READ,
    "/api/v1/companies/example": Scope.COMPANIES_READ,
    "/api/v1/terms/sector": Scope.COMPANIES_READ,
    "/api/v1/organisations": Scope.ORGANISATIONS_READ,
    "/api/v1/messages": Scope.MESSAGES_READ,
    "/api/v1/log": Scope.LOG_READ,
    "/api/v1/check": Scope.CHECK_USE,
}
TRIED = "/api/v1/log"


def _views(app):
    return {r.rule: app.view_functions[r.endpoint] for r in app.url_map.iter_rules() if r.rule.startswith("/api/")}


def test_every_address_for_programs_asks_for_a_scope(app):
    without = {rule for rule, view in _views(app).items() if view.scope is None}
    assert without == {"/api/v1/openapi.json"}
    elsewhere = {e for e, v in app.view_functions.items() if getattr(v, "scope", None) and not e.startswith("api.")}
    assert elsewhere == set()
    assert {view.scope for view in _views(app).values()} - {None} == set(ADDRESSES.values())


@pytest.mark.parametrize("path", ADDRESSES)
def test_only_a_key_with_the_scope_opens(app, ask, membership, path):
    a_company(slug="example")
    _right, right = a_key(membership.user, ADDRESSES[path])
    _wrong, wrong = a_key(membership.user, *(scope for scope in Scope if scope != ADDRESSES[path]))
    assert [ask(path, token).status_code for token in (right, wrong, "bbk_" + "x" * 43, None)] == [200, 403, 401, 401]


@pytest.mark.parametrize("path", ADDRESSES)
def test_taking_the_scope_away_closes_the_address(app, ask, path):
    a_company(slug="example")
    view = app.view_functions[app.url_map.bind("localhost").match(path, "POST" if path in BODIES else "GET")[0]]
    scope, view.scope = view.scope, None
    try:
        assert ask(path).status_code == 401
    finally:
        view.scope = scope


def test_refusals_say_how_to_ask(ask, membership):
    _row, poor = a_key(membership.user, Scope.MESSAGES_READ)
    unknown, nothing, narrow = ask(TRIED, "bbk_none"), ask(TRIED, None), ask(TRIED, poor)
    assert unknown.headers["WWW-Authenticate"] == 'Bearer realm="Baybridge", error="invalid_token"'
    assert nothing.headers["WWW-Authenticate"] == 'Bearer realm="Baybridge"'
    assert narrow.headers["WWW-Authenticate"] == (
        'Bearer realm="Baybridge", error="insufficient_scope", scope="log:read"'
    )
    for answer in (unknown, nothing, narrow, ask("/api/v1/nowhere"), ask("/api/v1/companies/none")):
        assert answer.content_type == "application/problem+json"
        assert json.loads(answer.text)["status"] == answer.status_code


def test_a_signed_in_browser_opens_no_address_for_programs(app, membership):
    browser = signed_in(app.test_client(), membership.user)
    assert browser.get("/en/account").status_code == 200
    sent = [browser.post(path, json=BODIES[path]) if path in BODIES else browser.get(path) for path in ADDRESSES]
    assert [answer.status_code for answer in sent] == [401] * len(ADDRESSES)


def test_a_key_opens_no_page_and_is_none_in_a_cookie(app, ask, membership):
    _row, token = a_key(membership.user)
    assert ask("/en/account", token).location.startswith("/en/login")
    carrying = app.test_client()
    carrying.set_cookie("session", token)
    assert carrying.get("/en/account").location.startswith("/en/login")
    assert carrying.get(TRIED).status_code == 401


def test_nothing_asked_with_a_key_leaves_a_cookie_or_wakes_a_session(app, membership, clock):
    browser = signed_in(app.test_client(), membership.user)
    _row, token = a_key(membership.user)
    clock.advance(timedelta(minutes=30))
    answer = browser.get(TRIED, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
    clock.advance(timedelta(minutes=31))
    assert browser.get("/en/account").status_code == 302


def _leave(m):
    a_member(m.organisation)  # so that somebody stays in charge
    memberships.remove(membership=m, actor=SYSTEM, now=NOW)


DEATHS = {
    "disabled": lambda m: people.disable(user=m.user, actor=SYSTEM, now=NOW),
    "second factor reset": lambda m: people.reset_second_factor(user=m.user, actor=SYSTEM, now=NOW),
    "sessions ended": lambda m: sessions.end_all_of(user=m.user, actor=SYSTEM, now=NOW),
    "password set": lambda m: recovery.set_password(
        token=issue(m.user, RESET, lasts=rules.RESET_LASTS, now=NOW), password="another lantern eight", now=NOW
    ),
    "left": _leave,
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_key_dies_at_once_and_for_good(ask, membership, death):
    _row, token = a_key(membership.user, organisation=membership.organisation)
    assert ask(TRIED, token).status_code == 200
    person, organisation = membership.user, membership.organisation
    DEATHS[death](membership)
    assert ask(TRIED, token).status_code == 401
    person.active = True
    if death == "left":
        a_member(organisation, user=person)
    assert ask(TRIED, token).status_code == 401


def test_the_closed_account_and_the_lost_membership_are_asked_about_again(ask, membership):
    """Whatever ended the right, and whether or not the keys were ended with it."""
    row, token = a_key(membership.user, organisation=membership.organisation)
    membership.user.active = False
    assert ask(TRIED, token).status_code == 401
    membership.user.active = True
    assert ask(TRIED, token).status_code == 200
    db.session.delete(membership)
    assert ask(TRIED, token).status_code == 401
    assert row.ended_at is None


def test_a_changed_password_ends_the_keys(app, client, ask, membership):
    sign_in(client, membership.user)
    new = dict.fromkeys(("new_password", "new_password_confirm"), "another lantern eight") | {"password": PASSWORD}
    assert send(client, "/en/change", new).status_code == 302
    assert ask(TRIED).status_code == 401


def test_a_key_is_over_when_it_says(ask, clock):
    clock.set(NOW + timedelta(days=30, seconds=-1))
    assert ask(TRIED).status_code == 200
    clock.advance(timedelta(seconds=1))
    assert ask(TRIED).status_code == 401


def test_unknown_ended_and_expired_keys_are_refused_alike(ask, membership):
    _row, ended = a_key(membership.user, ended_at=NOW)
    _row, over = a_key(membership.user, expires_at=NOW)
    told = [ask(TRIED, token) for token in ("bbk_" + "0" * 43, ended, over)]
    assert len({(a.status_code, a.text, a.headers["WWW-Authenticate"]) for a in told}) == 1


def test_a_key_acts_for_its_organisation_only_and_never_for_the_operator(app, ask):
    person = a_user(tf_primary_method="authenticator", tf_totp_secret="secret")
    first, second = a_member(user=person), a_member(an_organisation("investor"), user=person)
    a_member(an_organisation("operator"), "reviewer", person)
    _row, narrow = a_key(person, organisation=second.organisation)
    _row, wide = a_key(person)
    _row, operator = a_key(person, organisation=person.memberships[2].organisation)
    ids = lambda answer: [o["id"] for o in answer.json["items"]]  # noqa: E731
    assert ids(ask("/api/v1/organisations", narrow)) == [second.organisation_id]
    assert ids(ask("/api/v1/organisations", wide)) == [first.organisation_id, second.organisation_id]
    assert ask("/api/v1/organisations", operator).status_code == 401


def test_a_role_that_needs_a_second_step_lends_a_key_nothing_before_it_is_set_up(ask):
    approver = a_member(role="approver")
    _row, token = a_key(approver.user)
    assert ask("/api/v1/organisations", token).json["items"] == []
    approver.user.tf_primary_method, approver.user.tf_totp_secret = "authenticator", "secret"
    assert len(ask("/api/v1/organisations", token).json["items"]) == 1


def test_too_many_calls_have_to_wait_and_another_key_need_not(ask, membership, clock, monkeypatch):
    monkeypatch.setattr(rules, "CALLS", 3)
    _row, other = a_key(membership.user)
    assert [ask(TRIED).status_code for _ in range(4)] == [200, 200, 200, 429]
    clock.advance(timedelta(seconds=20))
    slowed = ask(TRIED)
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "40")
    assert json.loads(slowed.text)["status"] == 429
    assert ask(TRIED, other).status_code == 200
    clock.advance(timedelta(seconds=41))
    assert ask(TRIED).status_code == 200


def test_guessing_is_slowed_and_does_not_keep_the_right_key_out(ask):
    assert [ask(TRIED, f"bbk_{n}").status_code for n in range(22)] == [401] * 21 + [429]
    assert ask(TRIED, "bbk_once more").headers["Retry-After"] == "2"
    assert ask(TRIED).status_code == 200


def test_calls_are_counted_in_one_statement(app):
    bucket = Bucket("calls", "1")
    assert {attempts.call(bucket, NOW) for _ in range(rules.CALLS)} == {timedelta(0)}
    assert attempts.call(bucket, NOW) == rules.CALLS_WITHIN
    assert db.session.scalar(select(Attempts.failures)) == rules.CALLS + 1


def test_the_last_use_is_kept_to_the_hour(ask, membership, clock):
    row, token = a_key(membership.user)
    clock.advance(timedelta(minutes=59, seconds=59))
    ask(TRIED, token)
    db.session.refresh(row)
    assert row.used_at == NOW


@pytest.mark.parametrize("token", ["", "x" * 9_000, "bbk_\u00e9\u00ff", "a b", "%00"])
def test_hostile_keys_are_unknown_ones(client, app, token):
    assert client.get(TRIED, headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert client.get(TRIED, headers={"Authorization": token}).status_code == 401


# The pages.

WISH = {"name": "Monthly report", "organisation_id": "", "scopes": "log:read", "days": "90"}


def test_a_key_is_made_shown_once_used_and_ended(client, ask, membership):
    sign_in(client, membership.user)
    shown = send(client, "/en/account/keys/new", WISH)
    assert shown.status_code == 201
    token = page(shown).find("code", class_="secret").text
    assert token.startswith("bbk_")
    assert token not in client.get("/en/account/keys").text
    assert ask(TRIED, token).status_code == 200
    assert ask("/api/v1/messages", token).status_code == 403
    row = db.session.scalars(select(AccessKey).where(AccessKey.name == "Monthly report")).one()
    assert token not in str({c.name: getattr(row, c.name) for c in AccessKey.__table__.c})
    assert row.expires_at == NOW + timedelta(days=90)
    assert send(client, f"/en/account/keys/{row.id}/end", shown_at="/en/account/keys").status_code == 302
    assert ask(TRIED, token).status_code == 401
    codes = db.session.scalars(select(Entry.code).order_by(Entry.index)).all()
    assert codes[-2:] == ["account.key_made", "account.key_ended"]
    assert token not in str([e.data for e in db.session.scalars(select(Entry))])


def test_the_form_sent_twice_makes_one_key_and_shows_it_once(client, membership):
    sign_in(client, membership.user)
    sent = hidden(client, "/en/account/keys/new") | WISH
    first, second = (client.post("/en/account/keys/new", data=sent) for _ in range(2))
    assert (first.status_code, second.status_code, second.location) == (201, 303, "/en/account/keys")
    assert "bbk_" not in second.text
    assert len(db.session.scalars(select(AccessKey)).all()) == 1


def test_a_key_is_made_only_soon_after_the_password(client, membership):
    old = {"_user_id": membership.user.fs_uniquifier, "_fresh": True, "fs_paa": time() - 16 * 60}
    a_session(membership.user, "old", data=old)
    client.set_cookie("session", "old")
    assert client.get("/en/account/keys/new").location.startswith("/en/verify")
    assert client.get("/en/account/keys").status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "\u202ereport"},
        {"name": "x" * 101},
        {"organisation_id": "999999"},
        {"organisation_id": "me"},
        {"scopes": ""},
        {"scopes": "everything"},
        {"days": "366"},
        {"days": "soon"},
    ],
)
def test_what_does_not_fit_is_refused_and_kept(client, membership, change):
    sign_in(client, membership.user)
    answer = send(client, "/en/account/keys/new", WISH | change)
    assert answer.status_code == 422
    assert page(answer).find(class_="errsum")
    assert change.get("name") == "" or "report" in answer.text or "xxx" in answer.text
    assert db.session.scalars(select(AccessKey)).all() == []


def test_only_scopes_of_addresses_that_exist_are_offered(client, membership):
    sign_in(client, membership.user)
    offered = {i["value"] for i in page(client.get("/en/account/keys/new")).find_all("input", attrs={"name": "scopes"})}
    assert offered == set(ADDRESSES.values())


def test_nobody_ends_anothers_key_or_makes_one_for_an_organisation_of_others(client, membership):
    row, _token = a_key(a_user())
    other = an_organisation()
    sign_in(client, membership.user)
    sent = hidden(client, "/en/account/keys/new")
    assert client.post(f"/en/account/keys/{row.id}/end", data=sent).status_code == 404
    assert client.post("/en/account/keys/new", data=sent | WISH | {"organisation_id": other.id}).status_code == 422
    db.session.refresh(row)
    assert row.ended_at is None


def test_there_is_an_end_to_keys(client, membership):
    for _ in range(rules.MOST_KEYS):
        a_key(membership.user)
    sign_in(client, membership.user)
    answer = send(client, "/en/account/keys/new", WISH)
    assert answer.status_code == 422
    assert f"You have {rules.MOST_KEYS} keys" in answer.text


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_pages_stand_in_three_languages(client, membership, lang):
    a_key(membership.user, organisation=membership.organisation, used_at=NOW)
    a_key(membership.user, expires_at=NOW)
    sign_in(client, membership.user)
    for path in ("account/keys", "account/keys/new", "api"):
        assert page(client.get(f"/{lang}/{path}")).html["lang"] == lang


def test_the_list_costs_the_same_with_one_key_and_with_three(client, membership, statements):
    def asked():
        with statements() as found:
            client.get("/en/account/keys")
        return len(found)

    sign_in(client, membership.user)
    a_key(membership.user, organisation=membership.organisation)
    one = asked()
    for _ in range(2):
        a_key(membership.user, organisation=a_member(user=membership.user).organisation)
    assert asked() == one


def test_permissions_are_asked_as_well_as_scopes(app, ask):
    view = app.view_functions["api.log"]
    kept, view.permission = view.permission, Permission.PEOPLE_MANAGE
    try:
        assert ask(TRIED).status_code in (403, 404)
    finally:
        view.permission = kept
