"""The financing need on the company page: for admitted readers only, amounts beside their conversions."""

from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM, Tier
from listing.rates import operations
from listing.store.db import db
from tests.rates.conftest import CSV

from ..factories import NOW, a_company, a_member, an_organisation, signed_in
from .test_factsheet import FINANCING, with_sheets


def shown(client, lang="en"):
    page = BeautifulSoup(client.get(f"/{lang}/companies/example").text, "lxml")
    section = page.find(attrs={"aria-labelledby": "s-financing"})
    return " ".join(section.get_text(" ").replace("\xa0", " ").split()) if section else None


def owner_of(client, **fields):
    enterprise = an_organisation("enterprise")
    company = a_company(slug="example", organisation_id=enterprise.id, passages=(("summary", "甲", "A"),))
    person = a_member(enterprise, "owner").user
    for name, value in fields.items():
        setattr(person, name, value)
    with_sheets(company, financing=FINANCING)
    return signed_in(client, person)


def test_only_admitted_readers_see_it(client, visit_as):
    with_sheets(a_company(slug="example", passages=(("summary", "甲", "A"),)), financing=FINANCING)
    said = {}
    for tier in (Tier.PUBLIC, Tier.REGISTERED, Tier.ADMITTED):
        visit_as(tier)
        said[tier] = client.get("/en/companies/example").text
    assert [tier for tier, page in said.items() if "Preferred shares" in page or "80\xa0million" in page] == [
        Tier.ADMITTED
    ]


def test_an_amount_stands_beside_what_it_is_in_the_readers_currency(client):
    operations.import_rates(data=CSV, actor=SYSTEM, now=NOW)
    owner_of(client, currency="HKD")
    said = shown(client)
    assert "Amount from CNY 80 million ≈ HKD 87.95 million (1 CNY = 1.0994154 HKD, computed from EUR/CNY 7.8509" in said
    assert "融资额下限 人民币 8,000 万元 ≈ 8,795 万港元" in shown(client, "zh-Hans")
    assert "融資額下限 人民幣 8,000 萬元 ≈ 8,795 萬港元" in shown(client, "zh-Hant")


def test_without_a_rate_or_in_the_same_currency_nothing_is_converted(client):
    owner_of(client, currency="HKD")
    assert "Amount from CNY 80 million Amount up to" in shown(client)
    operations.import_rates(data=CSV, actor=SYSTEM, now=NOW)
    db.session.commit()
    assert "≈" in shown(client)


def test_the_own_currency_is_not_converted(client):
    operations.import_rates(data=CSV, actor=SYSTEM, now=NOW)
    owner_of(client, currency="CNY")
    assert "≈" not in shown(client)
