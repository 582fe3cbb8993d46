"""Signing up: from the form to the first page inside, in three languages; known addresses look like unknown ones."""

import pytest
from sqlalchemy import func, select

from listing.accounts.models import Membership, Organisation, User
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import PASSWORD, a_user

from .walk import hidden, is_in, last_path, mails, page, send, sign_in

NEW = {
    "kind": "enterprise",
    "name": "池望舒",
    "name_zh": "示例芯片有限公司",
    "email": "New@Example.com",
    "password": PASSWORD,
}


def count(table):
    db.session.commit()
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    ("kind", "area"), [("enterprise", "studio"), ("investor", "desk"), ("organizer", "events/manage")]
)
def test_from_the_form_to_the_first_page_inside(client, lang, kind, area):
    sent = send(client, f"/{lang}/register", NEW | {"kind": kind})
    assert (sent.status_code, sent.location) == (303, f"/{lang}/register/sent")
    path = last_path("new@example.com")
    assert path.startswith(f"/{lang}/confirm/")
    assert send(client, path, {"password": PASSWORD}).location == f"/{lang}/account/area"
    assert is_in(client)
    assert client.get(f"/{lang}/account/area").location == f"/{lang}/{area}"
    user = db.session.scalars(select(User)).one()
    assert (user.language, user.name, user.email) == (lang, "池望舒", "new@example.com")
    assert [(m.role, m.organisation.kind) for m in user.memberships] == [("owner", kind)]


def test_a_password_does_not_open_an_account_that_is_not_confirmed(client):
    send(client, "/en/register", NEW)
    refused = sign_in(client, "new@example.com")
    assert "Confirm your e-mail address first" in refused.text
    assert not is_in(client)
    assert "Confirm your e-mail address first" not in sign_in(client, "new@example.com", "another wrong one").text


def test_a_confirmation_works_once_and_only_by_its_button(client):
    send(client, "/en/register", NEW)
    path = last_path("new@example.com")
    client.get(path)
    assert db.session.scalars(select(User)).one().confirmed_at is None
    send(client, path, {"password": PASSWORD})
    assert client.get(path).status_code == 410


def test_who_did_not_sign_up_cannot_open_the_account_for_somebody_else(client):
    """A stranger signed up with this address and a password of their own; its owner answers in good faith."""
    send(client, "/en/register", NEW)
    path = last_path("new@example.com")
    answer = send(client, path, {"password": "not what the stranger chose"})
    assert answer.status_code == 422
    assert "not the password you chose" in answer.text
    assert not is_in(client)
    db.session.rollback()
    assert db.session.scalars(select(User)).one().confirmed_at is None
    assert client.get(path).status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer_and_one_mail_each(client):
    known = a_user()
    answers = []
    for email in (known.email, "nobody@example.com"):
        before = len(mails(email))
        sent = send(client, "/en/register", NEW | {"email": email})
        followed = client.get(sent.location)
        answers.append(
            (
                sent.status_code,
                sent.location,
                sent.text,
                page(followed).main.text.replace(email, "the address"),
                len(mails(email)) - before,
            )
        )
    assert answers[0] == answers[1]
    assert count(User) == 2
    assert [m[0] for m in mails(known.email)] == ["account_exists"]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    known = a_user()
    answers = []
    for email in (known.email, "nobody@example.com"):
        sent = sign_in(client, email, "a wrong password")
        answers.append((sent.status_code, page(sent).main.text, len(mails())))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert "The e-mail address or the password is not right. Check both and try again." in answers[0][1]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
def test_a_wrong_password_is_not_answered_with_talk_of_codes(client, lang):
    said = page(sign_in(client, "nobody@example.com", "a wrong password", lang=lang)).find(class_="errsum").text
    assert [word for word in ("验证码", "驗證碼", "账号", "帳號") if word in said] == []


@pytest.mark.parametrize(("path", "then"), [("/en/reset", "/en/reset/sent"), ("/en/confirm", "/en/register/sent")])
def test_asking_for_help_tells_nobody_whether_an_account_exists(client, path, then):
    known = a_user()
    answers = []
    for email in (known.email, "nobody@example.com"):
        sent = send(client, path, {"email": email})
        shown = page(client.get(then)).main.text
        assert email in shown
        answers.append((sent.status_code, sent.location, shown.replace(email, "the address"), len(mails(email))))
    assert answers[0] == answers[1] == (302, then, answers[0][2], 1)


def test_a_form_sent_twice_makes_one_account_and_one_mail(client):
    values = hidden(client, "/en/register") | NEW
    answers = [client.post("/en/register", data=values) for _ in range(3)]
    assert [(a.status_code, a.location) for a in answers] == [(303, "/en/register/sent")] * 3
    assert (count(User), count(Organisation), count(Membership), len(mails())) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "Choose a password of at least 12 characters."),
        ({"password": "password123456"}, "among the first that attackers try"),
        ({"password": "new@example.com"}, "does not consist of your name or e-mail address"),
        ({"name": "Ann\u202egro.elpmaxe"}, "Remove invisible or direction-changing characters."),
        ({"name_zh": "示例\u200b公司"}, "Remove invisible or direction-changing characters."),
        ({"name": "Ann\r\nBcc: all@example.com"}, "Remove invisible or direction-changing characters."),
        ({"name_zh": ""}, "Enter the name of your organisation in at least one language."),
        ({"email": "not an address"}, "Enter an e-mail address such as name@example.com."),
        ({"email": "a@example.com,b@example.com"}, "Enter an e-mail address such as name@example.com."),
        ({"kind": "operator"}, "Choose what kind of organisation you are here for."),
        ({"password": "xiaoyu123456"}, "among the first that attackers try"),
        ({"name": "Ouyang", "password": "ouyang19900307"}, "does not consist of your name or e-mail address"),
        ({"name": ""}, "Enter your name."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_reason_and_changes_nothing(client, change, words):
    refused = send(client, "/en/register", NEW | change)
    assert refused.status_code == 422
    assert words in page(refused).find(class_="errsum").text
    assert page(refused).title.text.startswith("Error:")
    assert (count(User), len(mails())) == (0, 0)


def test_real_names_are_accepted_as_they_are(client):
    for n, name in enumerate(["廣東", "𠮷野家", "João Conceição", "区 柏謙", "O’Neill-Wong"]):
        send(client, "/en/register", NEW | {"name": name, "email": f"p{n}@example.com"})
    assert db.session.scalars(select(User.name).order_by(User.id)).all() == [
        "廣東",
        "𠮷野家",
        "João Conceição",
        "区 柏謙",
        "O’Neill-Wong",
    ]


def test_every_step_is_in_the_journal_without_an_address(client):
    send(client, "/en/register", NEW)
    send(client, last_path("new@example.com"), {"password": PASSWORD})
    entries = db.session.scalars(select(Entry).order_by(Entry.index)).all()
    assert [e.code for e in entries] == ["account.signed_up", "account.confirmed", "account.signed_in"]
    assert not any("example.com" in f"{e.data}{e.actor_label}" for e in entries)


def test_a_visitor_leaves_no_row_and_gets_no_cookie_on_public_pages(client):
    answer = client.get("/en/register/sent")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
