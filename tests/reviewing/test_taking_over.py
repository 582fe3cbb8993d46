"""A profile begun from imported facts takes their page over, once the operator found that it is the right one."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.companies import provenance
from listing.companies import rules as display
from listing.companies.facts import Facts, Passage
from listing.companies.models import Company, Revision
from listing.companies.operations import publishing
from listing.journal.models import Entry
from listing.profiles import operations as profiles
from listing.reviewing import operations
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, a_user, an_organisation, signed_in
from tests.profiles.conftest import filled

from .conftest import SECOND_FACTOR, acting, sent
from .test_operations import HOW, do
from .test_pages import press

FACTS = Facts(name_en="Bay Sensors Limited", name_zh="湾区传感有限公司", lei="5493001KJTIIGC8Y1R12", source="HKEX list")


@pytest.fixture
def page(app):
    facts = Facts(**{**_plain(FACTS), "passages": (Passage("summary", "传感器", "Sensors"),)})
    company = a_company(facts, market="HKEX", code="09999", origin="imported", slug="bay-sensors")
    db.session.commit()
    return company


def _plain(facts):
    return {name: getattr(facts, name) for name in ("name_en", "name_zh", "lei", "source")}


def begun(page, member):
    """What the enterprise of that person sent after beginning from the page."""
    who = {"actor": acting(member), "now": NOW}
    profile = profiles.begin(organisation_id=member.organisation_id, begun_from=page.id, **who)
    filled(profile, member)
    return sent(member, profile)


def reviewed(submission, reviewers, same):
    first, second, _third = reviewers
    do(operations.claim, submission, first)
    do(operations.check_identity, submission, first, how=HOW, same=same)
    do(operations.approve, submission, first)
    do(operations.claim, submission, second)
    do(operations.approve, submission, second)


def test_the_page_becomes_that_of_the_enterprise(page, signer, reviewers, client):
    submission = begun(page, signer)
    reviewed(submission, reviewers, "yes")
    [company] = db.session.scalars(select(Company)).all()
    assert (company.slug, company.market, company.code) == ("bay-sensors", "HKEX", "09999")
    assert (company.origin, company.organisation_id) == ("participant", signer.organisation_id)
    assert (company.lei, company.source) == (FACTS.lei, FACTS.source)
    kept = db.session.scalars(select(Revision).order_by(Revision.number)).all()
    assert [(one.number, one.content["passages"][0]["en"]) for one in kept][0] == (1, "Sensors")
    assert [one.number for one in kept] == [1, 2]
    entries = db.session.scalars(select(Entry).order_by(Entry.index)).all()
    [taken] = [one for one in entries if one.code == "company.taken_over"]
    assert (taken.data, taken.organisation_id) == ({"source": "HKEX list"}, signer.organisation_id)
    text = " ".join(BeautifulSoup(client.get("/en/companies/bay-sensors").text, "lxml").get_text(" ").split())
    assert "Before the company took part" in text
    assert "Imported from HKEX list, not verified" in text
    assert "not a participant" not in text
    assert "bay-sensors" in client.get("/en/companies?origin=own").text


def test_found_to_be_another_it_gets_a_page_of_its_own(page, signer, reviewers):
    reviewed(begun(page, signer), reviewers, "no")
    old, new = db.session.scalars(select(Company).order_by(Company.id)).all()
    assert (old.origin, old.organisation_id, old.revision_id) == ("imported", None, page.revision_id)
    assert (new.market, new.organisation_id) == ("GBA", signer.organisation_id)


def test_of_two_who_claim_a_page_the_second_is_refused(page, signer, reviewers):
    other = a_member(an_organisation("enterprise"), "owner", a_user(**SECOND_FACTOR))
    late = begun(page, signer)
    publishing.take_over(
        company=page, organisation_id=other.organisation_id, facts=FACTS, actor=acting(reviewers[2]), now=NOW
    )
    db.session.commit()
    with pytest.raises(display.NotFree):
        reviewed(late, reviewers, "yes")
    db.session.rollback()
    assert page.organisation_id == other.organisation_id


def test_the_reviewer_has_to_say_whether_it_is_the_same(page, signer, reviewers, app, client):
    submission = begun(page, signer)
    reader = signed_in(client, reviewers[0].user)
    address = f"/en/review/profiles/{submission.id}"
    press(reader, address, "/claim")
    shown = BeautifulSoup(reader.get(address).text, "lxml")
    assert shown.find("a", href="/en/companies/bay-sensors")
    refused = press(reader, address, "/identity", how=HOW)
    assert refused.status_code == 422
    assert "Say whether that page is about this enterprise." in refused.text
    assert HOW in refused.text
    assert press(reader, address, "/identity", how=HOW, same="yes").status_code == 303
    assert "the second approval makes it its own" in reader.get(address).text


def test_where_no_source_is_stated_the_page_says_so(page, signer, reviewers):
    page.source = ""
    reviewed(begun(page, signer), reviewers, "yes")
    with db.session.no_autoflush:
        found = provenance.findings(page, page.revision, "en")
    assert found[-1].found == "Imported, source not stated, not verified"
