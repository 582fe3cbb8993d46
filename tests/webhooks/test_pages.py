"""An owner gives an address, sees its secret once, what was delivered, and stops, starts, removes and resends."""

import pytest
from sqlalchemy import func, select

from listing.journal.models import Entry
from listing.store.db import db
from listing.webhooks import rules
from listing.webhooks.models import Delivery, Webhook
from listing.webhooks.seal import opened
from tests.accounts.conftest import statements  # noqa: F401
from tests.accounts.walk import hidden, page, send, sign_in
from tests.factories import NOW, a_delivery, a_member, a_webhook, an_organisation

WISH = {"address": "https://hooks.example.com/baybridge", "kinds": ["company.suspended", "membership.joined"]}


@pytest.fixture
def place(client, owner):
    sign_in(client, owner.user)
    return f"/en/account/organisations/{owner.organisation_id}/webhooks"


def test_an_address_is_given_and_its_secret_shown_once(app, client, place):
    shown = send(client, f"{place}/new", WISH)
    assert shown.status_code == 201
    secret = page(shown).find("code", class_="secret").text
    row = db.session.scalars(select(Webhook)).one()
    assert (row.address, row.kinds) == (WISH["address"], sorted(WISH["kinds"]))
    assert rules.written(opened(row.secret, app.secret_key)) == secret
    assert secret.removeprefix("whsec_") not in row.secret
    for path in (place, f"{place}/{row.id}"):
        assert secret not in client.get(path).text
    entry = db.session.scalars(select(Entry).order_by(Entry.index.desc()).limit(1)).one()
    assert (entry.code, entry.data) == ("webhook.registered", {"kinds": row.kinds})


def test_the_form_sent_twice_gives_one_address(client, place):
    sent = hidden(client, f"{place}/new") | WISH
    first, second = (client.post(f"{place}/new", data=sent) for _ in range(2))
    assert (first.status_code, second.status_code, second.location) == (201, 303, place)
    assert db.session.scalar(select(func.count()).select_from(Webhook)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"address": ""},
        {"address": "http://hooks.example.com/"},
        {"address": "https://127.0.0.1/"},
        {"address": "https://metadata"},
        {"address": "https://hooks.example.com/" + "x" * 500},
        {"kinds": []},
        {"kinds": ["account.signed_in"]},
    ],
)
def test_what_does_not_fit_is_refused_and_kept(client, place, change):
    answer = send(client, f"{place}/new", WISH | change)
    assert answer.status_code == 422
    form = page(answer)
    assert form.find(class_="errsum")
    assert form.find("input", attrs={"name": "address"})["value"] == (WISH | change)["address"]
    assert db.session.scalars(select(Webhook)).all() == []


def test_there_is_an_end_to_addresses(client, place, owner):
    for _ in range(rules.MOST):
        a_webhook(owner.organisation)
    answer = send(client, f"{place}/new", WISH)
    assert (answer.status_code, f"{rules.MOST} addresses" in answer.text) == (422, True)


def test_giving_an_address_asks_for_the_password_when_it_is_long_ago(client, place, monkeypatch):
    monkeypatch.setattr("listing.accounts.freshness.check_and_update_authn_fresh", lambda *_args: False)
    assert client.get(f"{place}/new").location == f"/en/verify?next={place}/new"


def test_an_address_is_stopped_started_and_removed(client, place, owner):
    row = a_webhook(owner.organisation)
    waiting = a_delivery(row, state="pending", attempts=3)
    shown = f"{place}/{row.id}"
    assert client.post(f"{shown}/remove", data=hidden(client, shown)).status_code == 409
    send(client, f"{shown}/stop", shown_at=shown)
    db.session.refresh(row)
    assert (row.state, row.stopped_for) == (rules.STOPPED, rules.OWNER)
    assert "This address is not called." in client.get(shown).text
    send(client, f"{shown}/start", shown_at=shown)
    db.session.refresh(row)
    db.session.refresh(waiting)
    assert (row.state, row.stopped_for, waiting.attempts) == (rules.ACTIVE, None, 0)
    send(client, f"{shown}/stop", shown_at=shown)
    assert send(client, f"{shown}/remove", shown_at=shown, at=1).location == place
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 0
    assert client.get(shown).status_code == 404
    codes = db.session.scalars(select(Entry.code).order_by(Entry.index)).all()
    assert [code for code in codes if code.startswith("webhook.")] == [
        "webhook.stopped",
        "webhook.started",
        "webhook.stopped",
        "webhook.removed",
    ]


def test_what_was_delivered_is_shown_and_sent_again(client, place, owner):
    row = a_webhook(owner.organisation)
    failed = a_delivery(row, state="failed", status=None, reason=rules.TIMEOUT, attempts=16)
    a_delivery(row, state="pending", attempts=0, status=None, tried_at=None)
    shown = client.get(f"{place}/{row.id}")
    assert "No answer within 10 seconds" in shown.text
    assert len([b for b in page(shown).find_all("button") if b.text == "Send again"]) == 1
    again = f"{place}/{row.id}/deliveries/{failed.id}/resend"
    assert send(client, again, shown_at=f"{place}/{row.id}").status_code == 302
    db.session.refresh(failed)
    assert (failed.state, failed.attempts, failed.due_at) == (rules.PENDING, 0, NOW)


def test_the_address_of_another_organisation_is_nowhere(client, place):
    other = a_webhook(an_organisation())
    theirs = a_delivery(other)
    values = hidden(client, f"{place}/new")
    assert client.get(f"{place}/{other.id}").status_code == 404
    for path in ("stop", "start", "remove", f"deliveries/{theirs.id}/resend"):
        assert client.post(f"{place}/{other.id}/{path}", data=values).status_code == 404
    own = a_webhook(db.session.get(type(an_organisation()), int(place.split("/")[4])))
    assert client.post(f"{place}/{own.id}/deliveries/{theirs.id}/resend", data=values).status_code == 404


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_pages_stand_in_three_languages(client, place, owner, lang):
    row = a_webhook(owner.organisation, state=rules.STOPPED, stopped_for=rules.FAILING)
    for reason in (None, rules.STATUS, rules.CLOSED_NETWORK):
        a_delivery(row, state="failed" if reason else "delivered", reason=reason)
    there = place.replace("/en/", f"/{lang}/")
    for path in (there, f"{there}/new", f"{there}/{row.id}"):
        assert page(client.get(path)).html["lang"] == lang


def test_a_page_costs_the_same_with_one_delivery_and_with_three(client, place, owner, statements):  # noqa: F811
    row = a_webhook(owner.organisation)

    def asked():
        with statements() as found:
            client.get(f"{place}/{row.id}")
        return len(found)

    a_delivery(row)
    one = asked()
    a_delivery(row), a_delivery(row)
    a_member(owner.organisation)
    assert asked() == one
