"""A rule written from memory is held against its source by a named person before anybody is admitted by it."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.admission import books, confirmed
from listing.admission.book_models import RuleConfirmation
from listing.admission.operations.confirming import NoSource, NothingToConfirm, SeenLater, confirm
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import NOW, a_member, a_user, an_organisation, signed_in

from .cases import ON
from .conftest import SECOND_FACTOR, acting

PATH = "/en/review/rulebooks/MO-PI/2021-01-01"


@pytest.fixture
def supervisor(app):
    return a_member(an_organisation("operator"), "supervisor", a_user(**SECOND_FACTOR))


@pytest.fixture
def strict(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_VERIFIED_RULES", True)


def book():
    return books.library().current("MO-PI", ON)


def confirming(supervisor, **changed):
    values = {"book": book(), "rule": book().unverified()[0], "source": "AMCM, official gazette", "seen_on": NOW.date()}
    return confirm(**values | changed, actor=acting(supervisor), now=NOW)


def test_a_book_is_withheld_until_its_last_rule_is_confirmed(app, supervisor, strict):
    rules = book().unverified()
    assert rules
    for rule in rules:
        with pytest.raises(books.NotConfirmed):
            confirmed.library().of_residence("MO", ON)
        confirming(supervisor, rule=rule)
    assert confirmed.library().of_residence("MO", ON) == (book(),)
    assert len(list(db.session.scalars(select(Entry).where(Entry.code == "rulebook.rule_confirmed")))) == len(rules)


def test_a_confirmation_counts_for_the_content_it_was_made_of(app, supervisor, strict):
    row = confirming(supervisor)
    row.digest = "0" * 64
    db.session.flush()
    assert confirmed.waiting(book()) == list(book().unverified())


def test_where_it_is_not_asked_for_every_book_may_be_selected(app):
    assert confirmed.library() is books.library()


def test_a_confirmation_that_says_nothing_is_refused(app, supervisor):
    later = NOW.date().replace(year=NOW.year + 1)
    for changed, refusal in (
        ({"rule": "MO-PI.individual.portfolio"}, NothingToConfirm),
        ({"seen_on": later}, SeenLater),
        ({"source": " a "}, NoSource),
    ):
        with pytest.raises(refusal):
            confirming(supervisor, **changed)
    confirming(supervisor)
    with pytest.raises(NothingToConfirm):
        confirming(supervisor)


def test_the_page_confirms_one_rule_and_says_who_saw_what(client, supervisor):
    signed_in(client, supervisor.user)
    page = BeautifulSoup(client.get(PATH).text, "lxml")
    sent = {field["name"]: field["value"] for field in page.find_all("input", type="hidden")}
    sent |= {"rule": page.find("select").option["value"], "source": "AMCM, gazette 12", "seen_on": "2026-01-02"}
    answer = client.post(PATH, data=sent)
    assert answer.status_code == 303, answer.text
    assert client.post(PATH, data=sent).status_code == 303  # the same form again
    assert len(list(db.session.scalars(select(RuleConfirmation)))) == 1
    assert f"{supervisor.user.name} saw “AMCM, gazette 12”" in client.get(PATH).text
    assert client.post(PATH, data=sent | {"source": ""}).status_code == 422
