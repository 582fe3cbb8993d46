"""Typing outlives the session: back for the same person in the same browser, and for nobody else."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from listing.accounts.models import WebSession
from listing.profiles import operations, queries
from listing.store import keeping
from listing.store.db import db
from listing.store.keeping import KeptTyping
from tests.factories import NOW, a_member, signed_in
from tests.files.samples import PDF

from .answers import BUSINESS, content
from .conftest import acting
from .test_documents import ANSWERS
from .test_pages import fields, soup

MINE = BUSINESS | {"summary.en": "What I typed before the session ended."}


@pytest.fixture
def page(profile):
    db.session.commit()
    return f"/en/studio/profiles/{profile.id}/business"


@pytest.fixture
def studio(client, editor):
    client.set_cookie("device", "this-browser")
    return signed_in(client, editor.user)


def writing(page):
    """What the form with the fields of the sheet would send, the notice above it left aside."""
    aside = page.find("form", action=lambda there: bool(there) and there.endswith("/drop"))
    if aside:
        aside.extract()
    return fields(page)


def ended(client):
    """The client after its session has ended on the server."""
    db.session.query(WebSession).delete()
    db.session.commit()
    return client


def kept():
    return db.session.scalar(select(func.count()).select_from(KeptTyping))


def summary(answer):
    return soup(answer).find(attrs={"name": "summary.en"}).get_text().strip()


def test_what_was_typed_is_back_after_signing_in_and_gone_once_saved(studio, editor, profile, page):
    shown = fields(soup(studio.get(page)))
    refused = ended(studio).post(page, data=shown | MINE)
    assert (refused.status_code, refused.location) == (303, f"/en/login?next={page}")
    again = signed_in(studio, editor.user).get(page.replace("/en/", "/zh-Hans/"))
    assert summary(again) == MINE["summary.en"]
    assert queries.contents(profile) == {}
    assert studio.post(page, data=writing(soup(studio.get(page))) | MINE).status_code == 303
    assert kept() == 0
    assert queries.contents(profile)["business"]["summary"]["en"] == MINE["summary.en"]


def test_nobody_else_gets_it(studio, editor, app, page):
    shown = fields(soup(studio.get(page)))
    ended(studio).post(page, data=shown | MINE)
    colleague = signed_in(studio, a_member(editor.organisation, "editor").user)
    assert summary(colleague.get(page)) == ""
    elsewhere = app.test_client()
    elsewhere.set_cookie("device", "another-browser")
    assert summary(signed_in(elsewhere, editor.user).get(page)) == ""


def test_a_form_that_we_did_not_show_keeps_nothing(studio, page):
    shown = fields(soup(studio.get(page)))
    ended(studio)
    for forged in ({"shown_to": ""}, {"shown_to": shown["shown_to"] + "x"}):
        studio.post(page, data=shown | MINE | forged)
    studio.post(page, data=shown | {"summary.en": "x" * 700_000})
    assert kept() == 0


def test_a_form_of_an_earlier_session_comes_back_without_another_sign_in(studio, editor, page):
    shown = fields(soup(studio.get(page)))
    signed_in(ended(studio), editor.user)
    answer = studio.post(page, data=shown | MINE)
    assert (answer.status_code, answer.location) == (303, page)
    assert summary(studio.get(page)) == MINE["summary.en"]


def test_a_form_in_somebody_elses_session_is_kept_for_its_writer_alone(studio, editor, page):
    shown = fields(soup(studio.get(page)))
    signed_in(ended(studio), a_member(editor.organisation, "editor").user)
    assert studio.post(page, data=shown | MINE).status_code == 400
    assert summary(studio.get(page)) == ""
    assert summary(signed_in(studio, editor.user).get(page)) == MINE["summary.en"]


def test_what_somebody_saved_meanwhile_stands_beside_it(studio, editor, profile, page):
    shown = fields(soup(studio.get(page)))
    ended(studio).post(page, data=shown | MINE)
    other = a_member(editor.organisation, "editor")
    operations.save(
        profile=profile, sheet="business", content=content("business"), version=0, actor=acting(other), now=NOW
    )
    db.session.commit()
    back = soup(signed_in(studio, editor.user).get(page))
    assert BUSINESS["summary.en"] in back.find(id="theirs").find_parent("section").get_text()
    assert studio.post(page, data=writing(back) | MINE).status_code == 303
    assert queries.contents(profile)["business"]["summary"]["en"] == MINE["summary.en"]


def test_it_is_dropped_when_its_writer_says_so_or_a_day_has_gone(studio, editor, page):
    shown = fields(soup(studio.get(page)))
    ended(studio).post(page, data=shown | MINE)
    back = soup(signed_in(studio, editor.user).get(page))
    token = fields(back, "/drop")
    assert studio.post("/en/typing/drop", data=token).status_code == 303
    assert (kept(), summary(studio.get(page))) == (0, "")
    studio.post(page, data=writing(back) | MINE | {"go": "keep"})
    assert kept() == 1
    assert keeping.sweep(now=NOW + keeping.KEPT + timedelta(seconds=1)) == 1


def test_typing_is_kept_while_the_page_is_open_and_saves_nothing(studio, editor, profile, page):
    shown = fields(soup(studio.get(page)))
    assert studio.post(page, data=shown | MINE | {"go": "keep"}).status_code == 204
    assert queries.contents(profile) == {}
    assert summary(studio.get(page)) == MINE["summary.en"]
    other = a_member(editor.organisation, "editor")
    operations.save(
        profile=profile, sheet="business", content=content("business"), version=0, actor=acting(other), now=NOW
    )
    db.session.commit()
    assert studio.post(page, data=shown | MINE | {"go": "keep"}).status_code == 409
    assert kept() == 1


def test_what_was_under_way_while_it_was_saved_does_not_come_back(studio, page):
    shown = fields(soup(studio.get(page)))
    assert studio.post(page, data=shown | MINE).status_code == 303
    assert studio.post(page, data=shown | MINE | {"go": "keep"}).status_code == 409
    assert kept() == 0


def test_a_refused_answer_does_not_hide_what_somebody_saved_meanwhile(studio, editor, profile, page):
    shown = fields(soup(studio.get(page)))
    other = a_member(editor.organisation, "editor")
    operations.save(
        profile=profile, sheet="business", content=content("business"), version=0, actor=acting(other), now=NOW
    )
    db.session.commit()
    refused = soup(studio.post(page, data=shown | MINE | {"summary.zh": "\u202e"}), 409)
    assert BUSINESS["summary.en"] in refused.find(id="theirs").find_parent("section").get_text()


def test_what_was_said_of_a_file_is_back_too_and_the_file_is_asked_for_again(studio, editor, profile, page):
    address = f"/en/studio/profiles/{profile.id}/documents/add"
    sent = fields(soup(studio.get(address))) | ANSWERS
    refused = ended(studio).post(address, data=sent | {"file": (io.BytesIO(PDF), "audit.pdf")})
    assert (refused.status_code, refused.location) == (303, f"/en/login?next={address}")
    back = soup(signed_in(studio, editor.user).get(address))
    assert back.find(attrs={"name": "documents.0.title.en"})["value"] == ANSWERS["documents.0.title.en"]
    assert "Choose the file once more" in back.get_text()
    again = studio.post(address, data=fields(back) | {"file": (io.BytesIO(PDF), "audit.pdf")})
    assert (again.status_code, kept()) == (303, 0)
    assert [row["name"] for row in queries.documents(queries.contents(profile))] == ["audit.pdf"]
    assert "Choose the file once more" not in studio.get(address).text
