"""A form survives the end of its session: filled in again for the same person in the same browser, once."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from wtforms import PasswordField, StringField

from listing.access.actor import Actor
from listing.accounts.models import WebSession
from listing.checking.forms import CheckForm
from listing.disclosure.announcements.forms import VerifyForm
from listing.personal import erasing
from listing.personal.held import groups
from listing.screening.forms import NameForm
from listing.store import keeping
from listing.store.db import db
from listing.store.keeping import KeptTyping
from listing.web import interrupted
from listing.web.form import Form
from tests.disclosure.announcements.made import TYPED, a_house
from tests.factories import NOW, a_member, signed_in

NEW = "/en/studio/companies/lantern/announcements/new"
BACK = "What you wrote is below; send it again."
UNDONE = "Nothing was done; do it again on this page."


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


@pytest.fixture
def editor(client, house):
    client.set_cookie("device", "this-browser")
    return signed_in(client, house.editor.user)


def hidden(browser, page, end=""):
    """The hidden fields of the form of a page whose address ends so."""
    forms = BeautifulSoup(browser.get(page).text, "lxml").select("main form[method=post]")
    form = next(f for f in forms if f.get("action", "").endswith(end) and "typing" not in f.get("action", ""))
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def ended(browser):
    db.session.query(WebSession).delete()
    db.session.commit()
    return browser


def kept():
    return db.session.scalar(select(func.count()).select_from(KeptTyping))


def value(answer, name):
    field = BeautifulSoup(answer.text, "lxml").find(attrs={"name": name})
    return field.get("value") if field.name == "input" else field.get_text().removeprefix("\n")


def test_an_announcement_is_back_with_a_new_key_and_gone_once_it_is_taken(editor, house):
    form = hidden(editor, NEW)
    answer = ended(editor).post(NEW, data=form | TYPED)
    assert (answer.status_code, answer.location) == (303, f"/en/login?next={NEW}")
    assert kept() == 1
    back = signed_in(editor, house.editor.user).get(NEW.replace("/en/", "/zh-Hant/"))
    assert value(back, "title_en") == TYPED["title_en"]
    again = editor.get(NEW)
    assert BACK in again.text
    assert value(again, "body_zh") == TYPED["body_zh"]
    assert form["idempotency_key"] not in again.text
    assert editor.post(NEW, data=hidden(editor, NEW) | TYPED).status_code == 303
    assert (kept(), BACK in editor.get(NEW).text) == (0, False)


def test_nobody_else_finds_it_and_its_writer_drops_it(editor, house):
    form = hidden(editor, NEW)
    ended(editor).post(NEW, data=form | TYPED)
    colleague = signed_in(editor, a_member(house.editor.organisation, "editor").user)
    assert value(colleague.get(NEW), "title_en") == ""
    forged = form | {"shown_to": form["shown_to"] + "x"}
    assert ended(editor).post(NEW, data=forged | TYPED | {"title_en": "Forged"}).status_code == 400
    mine = signed_in(editor, house.editor.user)
    assert value(mine.get(NEW), "title_en") == TYPED["title_en"]
    token = BeautifulSoup(mine.get(NEW).text, "lxml").select('form[action="/en/typing/drop"] input[type=hidden]')
    dropped = mine.post("/en/typing/drop", data={field["name"]: field["value"] for field in token})
    assert (dropped.location, kept(), value(mine.get(NEW), "title_en")) == (NEW, 0, "")


def test_one_person_fills_no_database_whatever_browsers_they_claim(editor, house, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    form = hidden(editor, NEW)
    ended(editor)
    for number in range(4):
        editor.set_cookie("device", f"browser-{number}")
        editor.post(NEW, data=form | TYPED)
    assert kept() == 2
    assert value(signed_in(editor, house.editor.user).get(NEW), "title_en") == TYPED["title_en"]


def test_a_form_of_an_earlier_session_comes_back_without_another_sign_in(editor, house):
    form = hidden(editor, NEW)
    answer = signed_in(ended(editor), house.editor.user).post(NEW, data=form | TYPED)
    assert (answer.status_code, answer.location) == (303, NEW)
    assert value(editor.get(NEW), "title_en") == TYPED["title_en"]


def test_a_form_with_a_password_and_what_is_promised_to_be_kept_nowhere_are_never_kept(app, monkeypatch):
    class SecretForm(Form):
        name = StringField()
        password = PasswordField()

    monkeypatch.setattr(interrupted, "signature", lambda form, told_by: "signed")
    with app.test_request_context(NEW):
        several = (Form, SecretForm, CheckForm, VerifyForm, NameForm)
        signed = {kind.__name__ for kind in several if "shown_to" in kind().hidden_tag()}
    assert signed == {"Form"}


def test_a_button_leads_back_to_its_page_which_says_once_that_nothing_was_done(editor, house):
    page = "/en/account/data"
    button = hidden(editor, page, "/copy")
    answer = ended(editor).post(f"{page}/copy", data=button)
    assert (answer.status_code, answer.location) == (303, f"/en/login?next={page}")
    elsewhere = signed_in(editor, house.editor.user)
    assert elsewhere.post(f"{page}/copy", data=button).location == page
    assert UNDONE not in editor.get("/en/account").text
    assert [UNDONE in editor.get(page).text for _ in range(2)] == [True, False]
    forged = button | {"shown_to": button["shown_to"] + "x"}
    assert editor.post(f"{page}/copy", data=forged).status_code == 400
    assert kept() == 0


def test_it_goes_with_its_person_stands_in_their_copy_and_comes_back_for_nobody_gone(editor, house):
    person, form = house.editor.user, hidden(editor, NEW)
    ended(editor).post(NEW, data=form | TYPED)
    [row] = db.session.execute(groups()["typing"].tables[0].rows(person.id)).mappings()
    assert (row["path"], row["typed"]["typed"]["title_en"]) == (NEW.removeprefix("/en"), [TYPED["title_en"]])
    assert not {"token_hash", "page_hash"} & set(row)
    erasing.erase(account_id=person.id, actor=Actor(user_id=person.id, label="x"), now=NOW)
    db.session.commit()
    assert kept() == 0
    assert editor.post(NEW, data=form | TYPED).status_code == 303
    assert kept() == 0


def test_nobody_drops_what_another_wrote(editor, house):
    form = hidden(editor, NEW)
    ended(editor).post(NEW, data=form | TYPED)
    [key] = db.session.scalars(select(KeptTyping.token_hash))
    colleague = signed_in(editor, a_member(house.editor.organisation, "editor").user)
    token = hidden(colleague, "/en/account/data", "/copy")
    for sent in (key, "\0", "x" * 5000, ""):
        assert colleague.post("/en/typing/drop", data=token | {"kept": sent}).status_code == 303
    assert kept() == 1
