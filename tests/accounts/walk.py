"""Steps that the journeys of these tests are made of."""

from time import time

import pyotp
from bs4 import BeautifulSoup
from lxml.html import document_fromstring
from sqlalchemy import select

from listing.notifications.models import Notice
from listing.store.db import db
from tests.factories import PASSWORD


def page(response):
    return BeautifulSoup(response.text, "lxml")


def hidden(client, path, at=0):
    """The hidden values of the page's form number ``at``, as a browser would send them back."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code, response.headers.get("Location"))
    form = document_fromstring(response.text).findall(".//form")[at]
    return {each.get("name"): each.get("value", "") for each in form.findall(".//input[@type='hidden']")}


def send(client, path, data=None, *, shown_at=None, at=0, **kwargs):
    """Fill in the form shown at ``shown_at`` (by default ``path`` itself) and send it to ``path``."""
    return client.post(path, data=hidden(client, shown_at or path, at) | (data or {}), **kwargs)


def sign_in(client, user, password=PASSWORD, lang="en", **kwargs):
    email = user if isinstance(user, str) else user.email
    return send(client, f"/{lang}/login", {"email": email, "password": password}, **kwargs)


def is_in(client):
    return client.get("/en/account").status_code == 200


def mails(email=None):
    """Message and path of every mail queued, oldest first; sensitive ones included."""
    db.session.commit()
    rows = db.session.execute(select(Notice.email, Notice.message, Notice.data).order_by(Notice.id)).all()
    return [(row.message, row.data["path"]) for row in rows if email in (None, row.email)]


def last_path(email):
    return mails(email)[-1][1]


def set_up_codes(client):
    """Switch one-time codes on for who is signed in; returns the secret."""
    shown = send(client, "/en/tf-setup")
    secret = page(shown).find("code").text.replace("-", "").replace(" ", "")
    form = page(shown).find("form", class_="form")
    token = form.find("input", attrs={"name": "csrf_token"})["value"]
    done = client.post(form["action"], data={"csrf_token": token, "code": pyotp.TOTP(secret).now()})
    assert done.status_code == 302, done.text
    return secret


def code(secret, steps=0):
    """The code of this moment, or of ``steps`` times thirty seconds later; the library asks the machine's own clock."""
    return pyotp.TOTP(secret).at(int(time()) + 30 * steps)


def token_of(client):
    """The session token that the browser carries."""
    return client.get_cookie("session").value
