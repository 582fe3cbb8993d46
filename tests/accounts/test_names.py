"""The names of an organisation: its owner fills them in and changes them, and the journal keeps both states."""

import pytest
from sqlalchemy import select

from listing.accounts.models import Organisation
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import a_member, an_organisation, signed_in

from .walk import page, send


@pytest.fixture
def place(client):
    organisation = an_organisation(name_zh="示例芯片有限公司", name_en=None)
    signed_in(client, a_member(organisation).user)
    return f"/en/account/organisations/{organisation.id}"


def stored():
    db.session.commit()
    row = db.session.scalars(select(Organisation)).one()
    return row.name_zh, row.name_en, row.name_script


def renamings():
    return [e.data for e in db.session.scalars(select(Entry)) if e.code == "organisation.renamed"]


def test_an_owner_fills_in_the_missing_name_from_the_page_of_the_organisation(client, place):
    way = page(client.get(place)).find("a", string="Add the name in the other language")["href"]
    form = page(client.get(way))
    assert form.find(id="name_zh")["value"] == "示例芯片有限公司"
    names = {"name_zh": "示例芯片有限公司", "name_en": "Example Chips Limited", "name_script": "Hant"}
    assert send(client, way, names).location == place
    assert stored() == ("示例芯片有限公司", "Example Chips Limited", "Hant")
    shown = page(client.get(place))
    assert "Example Chips Limited" in shown.h1.text
    assert shown.find("a", string="Change the names")["href"] == way
    assert renamings() == [
        {
            "before": {"zh": "示例芯片有限公司", "en": "", "script": "Hans"},
            "after": {"zh": "示例芯片有限公司", "en": "Example Chips Limited", "script": "Hant"},
        }
    ]


def test_saving_without_a_change_writes_no_entry(client, place):
    send(client, f"{place}/names", {"name_zh": "示例芯片有限公司", "name_en": "", "name_script": "Hans"})
    assert renamings() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name_zh": " "}, "Enter the name of your organisation in at least one language."),
        ({"name_script": "Latn"}, "Choose the script of the Chinese name."),
        ({"name_en": "Example\u202e"}, "Remove invisible or direction-changing characters."),
        ({"name_en": "x" * 201}, "Use at most 200 characters."),
    ],
)
def test_names_that_do_not_fit_come_back_with_a_reason(client, place, change, words):
    names = {"name_zh": "示例软件有限公司", "name_en": "", "name_script": "Hans"}
    refused = send(client, f"{place}/names", names | change)
    assert refused.status_code == 422
    assert words in page(refused).find(class_="errsum").text
    assert stored() == ("示例芯片有限公司", None, "Hans")


def test_the_sign_up_page_asks_for_at_least_one_of_the_two_names(client):
    form = page(client.get("/en/register"))
    hints = [form.find(id=f"{name}-hint").text for name in ("name_zh", "name_en")]
    assert hints == ["At least one of the two names is needed"] * 2
    assert "(optional)" not in form.main.text
