"""Who reads a company: what is counted, as whom, what its enterprise sees, and that no reader waits for it."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.access.actor import Standing, Tier
from listing.companies.models import Company, Reading
from listing.companies.operations import counting
from listing.store import db as store
from listing.store.db import BUSY_TIMEOUT_MS, db

from ..factories import NOW, a_company, a_member, a_user, an_organisation, signed_in

PAGE = "/en/companies/lantern"
SECOND_FACTOR = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
READERS = "/en/studio/companies/lantern/readers"


@pytest.fixture
def enterprise(app):
    """The owner of an enterprise whose company is on display at PAGE."""
    owner = a_member(an_organisation("enterprise"))
    a_company(slug="lantern", organisation_id=owner.organisation_id, name_en="Lantern Limited")
    db.session.commit()
    return owner


@pytest.fixture
def admitted(app, monkeypatch):
    """A function that makes a member of an admitted institution."""
    known = app.extensions["load_actor"]

    def load():
        person = known()
        own = [m.organisation_id for m in person.memberships if m.kind == "investor"] if person else []
        if not own:
            return person
        standings = tuple(Standing(one, "admitted", NOW, frozenset(), True) for one in own)
        return replace(person, tier=Tier.ADMITTED, standings=standings)

    monkeypatch.setitem(app.extensions, "load_actor", load)

    def made(**fields):
        member = a_member(an_organisation("investor", **fields))
        db.session.commit()
        return member

    return made


def kept():
    db.session.rollback()
    rows = db.session.scalars(select(Reading).order_by(Reading.what, Reading.tier, Reading.institution_id))
    found = [(row.what, row.tier, row.institution_id, row.number) for row in rows]
    db.session.rollback()
    return found


def reads(app, user=None, *addresses, **headers):
    client = signed_in(app.test_client(), user)
    for address in addresses or (PAGE,):
        assert client.get(address, headers=headers).status_code == 200
    return client


def test_each_kind_of_reader_has_one_row_a_day_and_nobody_is_a_person(app, enterprise, admitted):
    person = admitted()
    reads(app, None, PAGE, PAGE)
    reads(app, a_user())
    reads(app, person.user, PAGE, PAGE, PAGE)
    own = person.organisation_id
    assert kept() == [("page", 0, 0, 2), ("page", 1, 0, 1), ("page", 2, own, 3)]
    assert {column.name for column in Reading.__table__.columns} == {
        "company_id", "day", "what", "tier", "institution_id", "number",
    }  # fmt: skip


def test_own_people_staff_crawlers_and_what_is_loaded_ahead_are_not_counted(app, client, enterprise):
    reads(app, enterprise.user)
    reads(app, a_member(an_organisation("operator"), "reviewer", a_user(**SECOND_FACTOR)).user)
    reads(app, None, **{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    reads(app, None, **{"User-Agent": ""})
    reads(app, None, **{"Sec-Purpose": "prefetch;prerender"})
    client.head(PAGE)
    client.get(PAGE + "/documents/1")  # a document that is not there
    assert kept() == []


def test_imported_facts_that_nobody_would_look_at_are_not_counted(app, client):
    a_company(slug="imported", origin="imported")
    page = client.get("/en/companies/imported").text
    assert "What is counted" not in page
    assert kept() == []


def test_a_hidden_institution_leaves_no_name_and_one_that_hides_later_loses_it(app, enterprise, admitted):
    hidden, later = admitted(hidden=True), admitted(name_en="Harbour Capital")
    reads(app, hidden.user)
    reads(app, later.user)
    assert kept() == [("page", 2, 0, 1), ("page", 2, later.organisation_id, 1)]
    own = signed_in(app.test_client(), enterprise.user)
    assert "Harbour Capital" in own.get(READERS).text
    later.organisation.hidden = True
    db.session.commit()
    for address in (READERS, READERS + ".csv", READERS + ".json"):
        assert "Harbour" not in own.get(address).text
    assert own.get(READERS + ".json").json["readers"] == [
        {"day": "2026-11-23", "opened": "page", "reader": "admitted", "institution_zh": None,
         "institution_en": None, "number": 2}
    ]  # fmt: skip


def test_the_page_says_what_is_kept_of_who_looks(app, enterprise, admitted):
    named, hidden = admitted(name_en="Harbour Capital"), admitted(hidden=True)
    said = {}
    for who, user in {"nobody": None, "named": named.user, "hidden": hidden.user, "own": enterprise.user}.items():
        page = BeautifulSoup(reads(app, user).get(PAGE).text, "lxml")
        section = page.find(id="counted")
        said[who] = section.parent.get_text(" ", strip=True) if section else ""
    assert "nothing is kept that names you" in said["nobody"]
    assert "Harbour Capital opened this page" in said["named"]
    assert "chose not to be named" in said["hidden"]
    assert said["own"] == ""


def test_the_funnel_from_the_page_to_watching(app, enterprise, admitted):
    person = admitted(name_en="Harbour Capital", name_zh="海港资本")
    client = reads(app, person.user, PAGE, PAGE, PAGE, PAGE)
    form = BeautifulSoup(client.get(PAGE).text, "lxml").find("form", action=PAGE + "/watch")
    client.post(PAGE + "/watch", data={i["name"]: i["value"] for i in form.select("input[type=hidden]")})
    own = signed_in(app.test_client(), enterprise.user)
    page = BeautifulSoup(own.get(READERS + "?days=7").text, "lxml")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.find("table").find_all("tr")]
    assert rows[1] == ["Page opened", "0", "0", "5", "5", "100%"]
    assert rows[4] == ["Began to watch", "0", "0", "1", "1", "20%"]
    assert "Page opened 5" in page.find("svg")["aria-label"]
    assert "1 person watches this company now." in page.text
    got = list(csv.DictReader(io.StringIO(own.get(READERS + ".csv?days=90").text.removeprefix("\ufeff"))))
    assert [(row["opened"], row["institution_zh"], row["number"]) for row in got] == [
        ("page", "海港资本", "5"), ("watch", "海港资本", "1"),
    ]  # fmt: skip


def test_days_are_those_asked_for_and_old_counts_go(app, enterprise):
    company_id = db.session.scalar(select(Company.id))
    db.session.rollback()
    for days in (0, 29, 30, 180, 181):
        with store.in_passing() as connection:
            then = NOW - timedelta(days=days)
            about = {"what": "page", "tier": Tier.PUBLIC, "institution_id": 0, "now": then}
            counting.count(connection=connection, company_id=company_id, **about)
    own = signed_in(app.test_client(), enterprise.user)
    shown = {days: len(own.get(f"{READERS}.json?days={days}").json["readers"]) for days in ("7", "", "90", "-1")}
    assert shown == {"7": 1, "": 2, "90": 3, "-1": 2}
    assert counting.sweep(now=NOW) == 1
    db.session.commit()
    assert len(kept()) == 4


def test_an_opening_costs_one_statement_after_the_answer(app, client, enterprise, statements):
    client.get(PAGE)
    with statements() as seen:
        client.get(PAGE)
    written = [each for each in seen if not each.lstrip().startswith(("SELECT", "BEGIN", "SET"))]
    assert len(written) == 1
    assert seen[-1].startswith("INSERT INTO company_reading")


def test_a_reader_waits_for_nobody_who_writes(app, client, enterprise, monkeypatch):
    monkeypatch.setattr(store, "PASSING_MS", 20)
    client.get(PAGE)
    with db.engine.connect() as other:  # holds the row, and on SQLite the whole file
        other.execute(Reading.__table__.update().values(number=Reading.number + 1))
        began = monotonic()
        assert client.get(PAGE).status_code == 200
        assert monotonic() - began < BUSY_TIMEOUT_MS / 2000
        other.rollback()
    client.get(PAGE)
    assert kept() == [("page", 0, 0, 2)]


def test_an_owner_of_an_institution_chooses(app, admitted):
    owner = admitted(name_en="Harbour Capital")
    client = signed_in(app.test_client(), owner.user)
    address = f"/en/account/organisations/{owner.organisation_id}/naming"
    token = BeautifulSoup(client.get(address).text, "lxml").find("input", attrs={"name": "csrf_token"})["value"]
    assert client.post(address, data={"csrf_token": token, "hidden": "perhaps"}).status_code == 422
    assert client.post(address, data={"csrf_token": token, "hidden": "yes"}).status_code == 302
    assert "Institution hidden" in client.get(address.removesuffix("/naming")).text
    db.session.refresh(owner.organisation)
    assert owner.organisation.hidden
