"""Coming back to the page one came from, over a mail and the sign-in; and the pages that say a mail is on its way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.accounts.models import Link
from listing.accounts.rules import PATH_MAX, own_path
from listing.store.db import db
from tests.factories import PASSWORD, a_company, a_user

from .walk import hidden, last_path, page, send

COMPANY = "/en/companies/example"
NEW = {"kind": "investor", "name": "Ann", "name_en": "Example", "email": "new@example.com", "password": PASSWORD}


def onward_kept():
    db.session.commit()
    return db.session.scalars(select(Link.onward).order_by(Link.id.desc())).first()


def sign_in_at(client, path, email, password=PASSWORD):
    return client.post(path, data=hidden(client, path) | {"email": email, "password": password})


def test_from_the_gate_of_a_company_over_signing_up_back_to_it(app, client):
    a_company(slug="example", passages=[("market", "市场：注册可见。", "Market text for registered people.")])
    way = page(client.get(COMPANY)).find("a", string="Sign up as an investor")["href"]
    assert way == f"/en/register?kind=investor&next={COMPANY}"
    sent = send(client, way, NEW)
    assert sent.location == f"/en/register/sent?next={COMPANY}"
    phone = app.test_client()  # the mail is read elsewhere
    path = last_path("new@example.com")
    assert "next" not in path
    assert send(phone, path, {"password": PASSWORD}).location == COMPANY


def test_from_a_forgotten_password_back_to_the_page(client):
    user = a_user()
    login = page(client.get(f"/en/login?next={COMPANY}"))
    forgot = login.find("a", string="I forgot my password")["href"]
    assert send(client, forgot, {"email": user.email}).location == f"/en/reset/sent?next={COMPANY}"
    done = send(client, last_path(user.email), {"password": "another quiet harbour"})
    assert done.location == f"/en/login?next={COMPANY}"
    assert sign_in_at(client, done.location, user.email, "another quiet harbour").location == COMPANY


def test_a_second_mail_leads_back_too(client):
    user = a_user(confirmed_at=None)
    send(client, f"/en/confirm?next={COMPANY}", {"email": user.email})
    assert send(client, last_path(user.email), {"password": PASSWORD}).location == COMPANY


@pytest.mark.parametrize("path", ["/en/register", "/en/reset", "/en/confirm"])
def test_a_page_elsewhere_is_neither_kept_nor_gone_to(client, path):
    sent = send(client, f"{path}?next=//evil.example/en", NEW)
    assert "evil" not in sent.location
    assert onward_kept() is None


OURS = ["/en/", "/zh-Hans/companies/a-b_1.x", "/zh-Hant/companies?q=%E6%B9%BE&page=2", "/en"]
FOREIGN = [
    None,
    "",
    "//evil.example",
    "https://evil.example/en/",
    "/\\evil.example",
    "/en\\..\\evil",
    "/en//evil.example",
    "/en/../x",
    "/en/..",
    "/fr/companies",
    "/english",
    "/en@evil.example",
    "/en/a\nb",
    "/en/a\n",
    "/en/" + "a" * PATH_MAX,
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", OURS)
def test_a_path_of_ours_is_kept_as_it_is(text):
    assert own_path(text) == text


@pytest.mark.parametrize("text", FOREIGN)
def test_anything_else_is_no_path_of_ours(text):
    assert own_path(text) is None


def test_the_page_after_asking_for_a_new_password_is_not_that_of_signing_up(client):
    send(client, "/en/reset", {"email": "typed@example.com"})
    shown = page(client.get("/en/reset/sent"))
    assert "typed@example.com" in shown.main.text
    assert shown.find("a", string="Send the confirmation again") is None
    assert shown.header.find("a", string="Sign up").get("aria-current") is None


def test_the_typed_address_is_shown_to_who_typed_it_and_not_for_long(app, client, clock):
    send(client, "/en/register", NEW)
    assert "new@example.com" in page(client.get("/en/register/sent")).main.text
    assert "new@example.com" not in page(app.test_client().get("/en/register/sent")).main.text
    clock.advance(timedelta(minutes=11))
    assert "new@example.com" not in page(client.get("/en/register/sent")).main.text
