"""What a new secret ends, and what goes on: docs/security.md, tried."""

from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from flask import current_app
from sqlalchemy import select

from listing.access.actor import SYSTEM
from listing.accounts.models import Membership, User
from listing.accounts.operations import links
from listing.journal import checkpoint
from listing.journal import operations as journal
from listing.store.db import db
from listing.webhooks.seal import opened
from tests.accounts import walk
from tests.factories import NOW, PASSWORD, a_key, a_member, a_webhook

from .conftest import KINDS

NEW = "a-new-secret-".ljust(64, "9")


@pytest.fixture(params=KINDS)
def before(request, installation):
    """An installation with one member, before the secret is changed."""
    app = installation(request.param, "before")
    with app.app_context():
        a_member()
        journal.append(code="test.noted", actor=SYSTEM, now=NOW)
        db.session.commit()
    return app


@pytest.fixture
def after(before, installation):
    """The same installation, started again with other settings."""
    same = {name: before.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "FILES_URL")}
    return lambda **settings: installation("sqlite", "after", with_tables=False, **same, **settings)


def member():
    return db.session.scalars(select(User)).one()


def signed_in_at(app, client=None):
    client = client or app.test_client()
    with app.app_context():
        answer = walk.sign_in(client, member())
    assert answer.status_code == 302, answer.text
    return client


def carried(client, app):
    """A client of ``app`` with the cookie of another one's client."""
    fresh = app.test_client()
    fresh.set_cookie("session", client.get_cookie("session").value)
    return fresh


def test_secret_key_ends_sessions_and_open_forms_and_nothing_else(before, after):
    client = signed_in_at(before)
    form = walk.hidden(client, "/en/account/preferences")
    same, other = after(), after(SECRET_KEY=NEW)
    assert walk.is_in(carried(client, same))
    assert not walk.is_in(carried(client, other))
    fresh = signed_in_at(other)
    assert walk.is_in(fresh)
    assert fresh.post("/en/account/preferences", data=form).status_code == 400


def test_secret_key_ends_the_keys_of_programs_and_the_signing_of_webhooks(before, after):
    with before.app_context():
        owner = db.session.scalars(select(Membership)).one()
        sent = {"Authorization": f"Bearer {a_key(owner.user)[1]}"}
        sealed = a_webhook(owner.organisation).secret
        db.session.commit()
    same, other = after(), after(SECRET_KEY=NEW)
    assert [app.test_client().get("/api/v1/log", headers=sent).status_code for app in (same, other)] == [200, 401]
    assert opened(sealed, same.secret_key) == b"secret"
    with pytest.raises(InvalidToken):
        opened(sealed, other.secret_key)


def test_password_salt_ends_every_password_and_a_mailed_link_sets_a_new_one(before, after):
    other = after(SECURITY_PASSWORD_SALT=NEW)
    client = signed_in_at(before)
    assert walk.is_in(carried(client, other))
    with other.app_context():
        token = links.issue(member(), links.RESET, lasts=timedelta(hours=1), now=NOW)
        db.session.commit()
        visitor = other.test_client()
        assert walk.sign_in(visitor, member()).status_code == 422
    chosen = {"password": PASSWORD, "password_confirm": PASSWORD}
    assert walk.send(visitor, f"/en/reset/{token}", chosen).status_code == 302
    assert walk.is_in(signed_in_at(other))


def test_totp_secret_ends_one_time_and_recovery_codes_and_no_password(before, after):
    client = signed_in_at(before)
    with before.app_context():
        secret = walk.set_up_codes(client)
        codes = [c.text for c in walk.page(walk.send(client, "/en/mf-recovery-codes")).select("main li code")]
    same, other = after(), after(TOTP_SECRET=NEW)
    for app, works in ((other, False), (same, True)):
        visitor = signed_in_at(app)
        assert not walk.is_in(visitor)
        walk.send(visitor, "/en/tf-validate", {"code": walk.code(secret, 1)})
        assert walk.is_in(visitor) == works
        visitor = signed_in_at(app)
        walk.send(visitor, "/en/mf-recovery", {"code": codes[0]})
        assert walk.is_in(visitor) == works


def test_log_signing_key_changes_the_signature_and_not_the_log(before, after):
    other = after(LOG_SIGNING_KEY=NEW)
    keys = {app: checkpoint.Signer.of(app.config).verifier() for app in (before, other)}
    notes = {app: app.test_client().get("/log/checkpoint").text for app in (before, other)}
    assert [checkpoint.verify(notes[app], keys[app]).size for app in (before, other)] == [1, 1]
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.verify(notes[before], keys[other])
    with other.app_context():
        assert current_app.test_cli_runner().invoke(args=["log", "verify"]).exit_code == 0


def test_metrics_token_ends_the_former_one(before, after):
    def status(app, token):
        return app.test_client().get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code

    old, new = after(METRICS_TOKEN="m" * 40), after(METRICS_TOKEN=NEW)
    assert [status(old, "m" * 40), status(new, "m" * 40), status(new, NEW)] == [200, 401, 200]
