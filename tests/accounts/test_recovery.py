"""Setting a new password by a link: it works exactly once (F20)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from listing.accounts.models import User
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import PASSWORD, a_member, a_user

from .walk import hidden, last_path, mails, send, sign_in

NEW_PASSWORD = "another quiet harbour"


@pytest.fixture
def user(app):
    return a_member().user


def ask(client, user):
    send(client, "/en/reset", {"email": user.email})
    return last_path(user.email)


def test_eight_browsers_with_one_link_set_one_password(app, client, user):
    path = ask(client, user)
    browsers = [app.test_client() for _ in range(8)]
    forms = [hidden(browser, path) | {"password": f"{NEW_PASSWORD} {n}"} for n, browser in enumerate(browsers)]
    together = Barrier(8)
    db.session.commit()

    def press(n):
        together.wait()
        return browsers[n].post(path, data=forms[n]).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, range(8)))
    assert sorted(answers) == [302] + [410] * 7
    winner = answers.index(302)
    email = user.email
    assert sign_in(app.test_client(), email, f"{NEW_PASSWORD} {winner}").status_code == 302
    assert [m for m, _path in mails(email)] == ["reset_password", "security_changed"]


def test_it_does_not_work_later(client, user):
    path = ask(client, user)
    send(client, path, {"password": NEW_PASSWORD})
    assert client.get(path).status_code == 410


def test_a_newer_link_replaces_it(client, user):
    first = ask(client, user)
    second = ask(client, user)
    assert client.get(first).status_code == 410
    assert send(client, second, {"password": NEW_PASSWORD}).status_code == 302


def test_it_lasts_two_hours(client, clock, user):
    path = ask(client, user)
    clock.advance(timedelta(hours=2) - timedelta(seconds=1))
    values = hidden(client, path) | {"password": NEW_PASSWORD}
    clock.advance(timedelta(seconds=1))
    assert client.get(path).status_code == 410
    assert client.post(path, data=values).status_code == 410
    assert sign_in(client, user).status_code == 302


def test_a_password_that_does_not_fit_leaves_the_link_usable(client, user):
    path = ask(client, user)
    assert send(client, path, {"password": "short"}).status_code == 422
    assert send(client, path, {"password": user.email}).status_code == 422
    assert send(client, path, {"password": NEW_PASSWORD}).status_code == 302


def test_a_link_of_a_closed_account_opens_nothing(client, user):
    path = ask(client, user)
    values = hidden(client, path) | {"password": NEW_PASSWORD}
    user.active = False
    db.session.commit()
    assert client.post(path, data=values).status_code in (410, 422)
    user.active = True
    assert sign_in(client, user).status_code == 302


def test_it_confirms_the_address_as_well(client):
    user = a_user(confirmed_at=None)
    send(client, ask(client, user), {"password": NEW_PASSWORD})
    assert sign_in(client, user, NEW_PASSWORD).status_code == 302


def test_full_width_letters_are_the_same_password(client, user):
    send(client, ask(client, user), {"password": "ｌａｎｔｅｒｎ harbour eight"})
    assert sign_in(client, user, "lantern harbour eight").status_code == 302


def test_the_journal_keeps_that_it_happened_and_no_secret(client, user):
    path = ask(client, user)
    send(client, path, {"password": NEW_PASSWORD})
    entries = db.session.scalars(select(Entry)).all()
    assert [e.code for e in entries] == ["account.password_reset"]
    assert NEW_PASSWORD not in str(entries[0].data)


def test_the_log_does_not_keep_the_secret_link(client, user):
    path = ask(client, user)
    with capture_logs() as lines:
        client.get(path)
    assert [line["path"] for line in lines if line["event"] == "request"] == ["/<ui:lang>/reset/<token>"]
    assert path.rpartition("/")[2] not in str(lines)


def test_passwords_are_argon2(user):
    assert db.session.scalars(select(User.password)).one().startswith("$argon2id$")
    assert PASSWORD not in user.password
