"""What stands on display is not typed again; and nobody draws on what they may not read."""

import pytest

from listing.companies.facts import Facts, Passage
from listing.profiles import publication, queries
from listing.profiles.models import Profile
from listing.store.db import db
from tests.factories import a_company, a_member, an_organisation, signed_in

from .answers import BUSINESS, FINANCING, IDENTITY, content
from .test_pages import fields, soup

FACTS = publication.facts(
    {
        "identity": content("identity", IDENTITY | {"former.0.name.zh": "深圳旧名有限公司"}),
        "business": content("business"),
        "financing": content("financing", FINANCING),
    }
)


@pytest.fixture
def owner(app):
    return a_member(an_organisation("enterprise"), "owner")


@pytest.fixture
def studio(client, owner):
    return signed_in(client, owner.user)


def begin(studio, slug):
    address = f"/en/studio/profiles/new?of={slug}"
    return studio.post(address, data=fields(soup(studio.get(address))))


def the_profile():
    return db.session.query(Profile).one()


def test_ones_own_company_is_taken_over_whole_and_stays_the_same_company(studio, owner):
    company = a_company(FACTS, slug="own", organisation_id=owner.organisation_id)
    db.session.commit()
    assert soup(studio.get("/en/studio")).find("a", href="/en/studio/profiles/new?of=own")
    assert begin(studio, "own").status_code == 303
    profile = the_profile()
    contents = queries.contents(profile)
    assert profile.company_id == company.id
    assert publication.facts(contents).content() == FACTS.content()
    assert contents["business"]["summary"]["zh"] == BUSINESS["summary.zh"]
    assert contents["financing"]["amount_max"] == content("financing")["amount_max"]
    assert studio.get("/en/studio/profiles/new?of=own").status_code == 404
    assert soup(studio.get("/en/studio")).find("a", href="/en/studio/profiles/new?of=own") is None


def test_imported_facts_are_a_beginning_and_what_does_not_fit_stays_behind(studio):
    facts = Facts(
        name_zh="騰訊控股有限公司",
        name_script="Hant",
        name_en="Tencent Holdings Limited",
        stage="listed",
        city="nowhere",
        passages=(Passage("summary", "社交", "Social"), Passage("business", "x" * 9_000, "y")),
    )
    a_company(facts, slug="tencent", origin="imported")
    db.session.commit()
    assert soup(studio.get("/en/companies/tencent")).find("a", href="/en/studio/profiles/new?of=tencent")
    assert begin(studio, "tencent").status_code == 303
    profile = the_profile()
    contents = queries.contents(profile)
    assert profile.company_id is None
    assert contents["identity"]["name"]["zh"] == "騰訊控股有限公司"
    assert not {"stage", "city"} & contents["identity"].keys()
    assert contents["business"]["summary"]["en"] == "Social"


def test_nobody_begins_from_the_company_of_another_enterprise(studio):
    other = an_organisation("enterprise")
    a_company(FACTS, slug="theirs", organisation_id=other.id)
    a_company(FACTS, slug="shown", origin="demo")
    db.session.commit()
    blank = fields(soup(studio.get("/en/studio/profiles/new")))
    for slug in ("theirs", "shown", "none"):
        assert studio.get(f"/en/studio/profiles/new?of={slug}").status_code == 404
        assert studio.post("/en/studio/profiles/new", data=blank | {"company": slug}).status_code == 404
    assert db.session.query(Profile).all() == []
