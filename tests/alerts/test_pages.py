"""Watching from the company page, saving a search from the directory, stopping from a mail."""

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.alerts import links, operations
from listing.alerts.models import Alert
from listing.companies.models import Watch
from listing.journal.models import Entry
from listing.store.db import db

from ..factories import NOW, a_company, a_member, an_organisation, signed_in
from .test_telling import acting


@pytest.fixture
def investor(app):
    return a_member(an_organisation("investor")).user


@pytest.fixture
def desk(client, investor):
    return signed_in(client, investor)


def press(client, page, label):
    """Press the button of that label on a page of ours."""
    for form in BeautifulSoup(page.text, "lxml").find_all("form"):
        button = form.find("button", string=re.compile(label)) or (
            form.find("button") if form.find("button") and label in form.find("button").get_text() else None
        )
        if button:
            sent = {i["name"]: i.get("value", "") for i in form.select("input[type=hidden]")}
            return client.post(form["action"], data=sent)
    raise AssertionError(f"no button {label}")


def codes():
    return db.session.scalars(select(Entry.code).order_by(Entry.index)).all()


def test_watch_and_stop_watching_on_the_company_page(desk, investor):
    a_company(slug="lantern", name_en="Lantern Limited")
    db.session.commit()
    page = desk.get("/en/companies/lantern")
    assert press(desk, page, "Watch this company").location == "/en/companies/lantern"
    page = desk.get("/en/desk/watching")
    assert "Lantern Limited" in page.text
    assert "Changes at the companies you watch" in page.text
    assert "Lantern Limited" in desk.get("/en/desk").text
    press(desk, desk.get("/en/companies/lantern"), "Stop watching this company")
    assert db.session.scalars(select(Watch)).all() == []
    assert codes()[-3:] == ["alert.opened", "company.watched", "company.unwatched"]


def test_only_investors_are_offered_to_watch(client):
    a_company(slug="lantern")
    enterprise = a_member(an_organisation("enterprise")).user
    db.session.commit()
    assert "Watch this company" not in client.get("/en/companies/lantern").text
    assert "Watch this company" not in signed_in(client, enterprise).get("/en/companies/lantern").text


def test_a_search_is_saved_from_the_directory_once_however_often_sent(desk, investor):
    a_company(name_en="Lantern Limited", sector_group="software", sector="ai")
    db.session.commit()
    directory = desk.get("/en/companies?sector=ai&q=lantern&sort=relevance")
    link = BeautifulSoup(directory.text, "lxml").find("a", string="Save this search")["href"]
    page = desk.get(link)
    form = BeautifulSoup(page.text, "lxml").find("form", attrs={"method": "post"})
    sent = {i["name"]: i.get("value", "") for i in form.select("input[type=hidden]")} | {"cadence": "weekly"}
    first, second = desk.post(link, data=sent), desk.post(link, data=sent)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    [alert] = db.session.scalars(select(Alert)).all()
    assert (alert.query, alert.cadence) == ("q=lantern&sector=ai&sort=newest", "weekly")
    assert "人工智能" in desk.get("/zh-Hant/desk/watching").text


def test_where_nothing_is_found_one_can_ask_to_be_told(desk):
    page = BeautifulSoup(desk.get("/en/companies?q=nobodyyet").text, "lxml")
    assert page.select_one(".empty a[href='/en/desk/searches/new?q=nobodyyet']")


def test_a_search_for_everything_is_not_saved(desk):
    page = desk.get("/en/desk/searches/new")
    form = BeautifulSoup(page.text, "lxml").find("form", attrs={"method": "post"})
    sent = {i["name"]: i.get("value", "") for i in form.select("input[type=hidden]")} | {"cadence": "daily"}
    answer = desk.post("/en/desk/searches/new", data=sent)
    assert answer.status_code == 422
    assert "a search for everything cannot be saved" in answer.text


@pytest.fixture
def alert(investor):
    made = operations.save(query="q=secretword", cadence="daily", actor=acting(investor), now=NOW)
    db.session.commit()
    return made


def test_a_mail_stops_without_signing_in_and_without_a_form_of_ours(app, client, alert):
    address = f"/en/alerts/{links.token(alert.id)}"
    assert "Stop these e-mails" in client.get(address).text
    answer = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.location) == (303, address)
    db.session.refresh(alert)
    assert (alert.cadence, alert.next_at) == ("never", None)
    assert "No more e-mails are sent about this." in client.get(address).text
    assert codes()[-1] == "alert.stopped"
    client.post(address)
    assert codes().count("alert.stopped") == 1


def test_looking_at_the_page_stops_nothing(client, alert):
    client.get(f"/en/alerts/{links.token(alert.id)}")
    db.session.refresh(alert)
    assert alert.cadence == "daily"


@pytest.mark.parametrize("token", ["1", "none", "IjEi.x", "MQ.AAAA"])
def test_a_token_that_is_not_ours_is_no_page(client, alert, token):
    assert client.get(f"/en/alerts/{token}").status_code == 404
    assert client.post(f"/en/alerts/{token}").status_code == 404


def test_anothers_alert_is_not_there(client, alert):
    other = signed_in(client, a_member(an_organisation("investor")).user)
    page = other.get("/en/desk/watching")
    assert "secretword" not in page.text
    for end in ("", "/remove"):
        token = BeautifulSoup(other.get("/en/account").text, "lxml").find("input", {"name": "csrf_token"})
        sent = {"csrf_token": token["value"], f"a{alert.id}-cadence": "never"}
        assert other.post(f"/en/desk/alerts/{alert.id}{end}", data=sent).status_code == 404


def test_change_and_remove(desk, alert):
    page = BeautifulSoup(desk.get("/en/desk/watching").text, "lxml")
    change = page.find("form", action=f"/en/desk/alerts/{alert.id}")
    sent = {i["name"]: i["value"] for i in change.select("input[type=hidden]")}
    assert desk.post(change["action"], data=sent | {f"a{alert.id}-cadence": "weekly"}).status_code == 303
    db.session.refresh(alert)
    assert alert.cadence == "weekly"
    assert desk.post(change["action"], data=sent | {f"a{alert.id}-cadence": "hourly"}).status_code == 422
    press(desk, desk.get("/en/desk/watching"), "Remove this search")
    assert db.session.scalars(select(Alert)).all() == []
