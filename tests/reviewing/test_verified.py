"""What the operator verified stands on the company's page with its day, and nothing of how or by whom."""

import json

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update

from listing.companies.models import Company
from listing.store.db import db

from .test_operations import HOW, reviewed

SAID = {
    "en": ("Names and registration number", "Verified by the operator on 23 Nov 2026", "Stated by the company"),
    "zh-Hans": ("名称与登记编号", "平台运营方于 2026年11月23日 核实", "企业自述"),
    "zh-Hant": ("名稱與註冊編號", "平台營運機構於 2026年11月23日 核實", "企業自述"),
}


def findings(client, company, lang="en"):
    page = BeautifulSoup(client.get(f"/{lang}/companies/{company.slug}").text, "lxml")
    rows = page.find(attrs={"aria-labelledby": "checked"}).select("dl > div")
    return {row.dt.get_text(): row.dd.get_text().replace("\xa0", " ").strip() for row in rows}


@pytest.fixture
def published(submission, reviewers):
    reviewed(submission, *reviewers[:2])
    return db.session.scalars(select(Company)).one()


@pytest.mark.parametrize("lang", SAID)
def test_the_page_says_what_was_verified_and_what_is_the_companys_word(client, published, lang):
    about, verified, stated = SAID[lang]
    found = findings(client, published, lang)
    assert found[about] == verified
    assert stated in found.values()
    assert len(found) == 3


def test_how_and_by_whom_stays_inside(client, published, reviewers):
    assert published.revision.content["verified"] == {"identity": "2026-11-23"}
    said = json.dumps(published.revision.content) + client.get(f"/en/companies/{published.slug}").text
    assert [word for word in (HOW, reviewers[0].user.name, reviewers[1].user.name) if word in said] == []


@pytest.mark.parametrize("origin", ["demo", "imported"])
def test_of_a_company_that_is_no_participant_nothing_is_verified(client, published, origin):
    db.session.execute(update(Company).values(origin=origin))
    db.session.commit()
    assert "Names and registration number" not in findings(client, published)
