"""A family office of Hong Kong applies, two reviewers decide, a company opens, and its end closes it again."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from listing.access.actor import SYSTEM
from listing.accounts import queries as accounts
from listing.admission.models import Admission
from listing.screening import operations as screening
from listing.store.db import db
from tests.admission.answers import WHOLE
from tests.factories import PASSWORD, a_company, a_member, a_user, an_organisation

from .test_journeys import _sign_up
from .test_publishing import _answer, _with_second_step

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EMAIL = "chan@admission.example"
LIST = b"reference,kind,name,aliases,detail\nX-1,person,Nobody At All,,a sample\n"


@pytest.fixture
def reviewers(site, visit):
    """Two reviewers, signed in; a list of names in force, and a company on display."""
    now = site.app.extensions["clock"].now()
    with site.app.app_context():
        operator = accounts.first_of_kind("operator") or an_organisation("operator")
        people = [a_member(operator, "reviewer", a_user(name=f"Vetting {number}")).user.email for number in range(2)]
        screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=SYSTEM, now=now)
        a_company(slug="admission-example")
        db.session.commit()
        db.session.remove()
    pages = [visit(1280) for _person in people]
    for page, email in zip(pages, people, strict=True):
        page.goto("/en/login")
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        _with_second_step(site, email)
    return pages


def _apply(page, language):
    """Begin at the desk, answer every page, and sign; the address of the application."""
    page.goto(f"/{language}/desk")
    page.locator(f'main a[href="/{language}/desk/admission"]').click()
    page.click("main form button")
    home = page.url
    page.goto(f"{home}/{next(iter(WHOLE))}")
    for key, answers in WHOLE.items():
        assert page.url == f"{home}/{key}"
        _answer(page, answers)
        page.click("button[value=next]")
        assert page.locator(".errsum").count() == 0, page.locator(".errsum").inner_text()
    page.goto(f"{home}/send")
    page.check("[name=declared_true]")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    return home


def _review(page, reference, *, first):
    page.goto("/en/review/admissions")
    page.get_by_role("link", name=reference).click()
    page.locator("form[action$='/claim'] button").click()
    if first:
        page.locator("form[action$='/names'] button").click()
        page.fill("form[action$='/screened'] textarea", "Register searched today, active.")
        page.locator("form[action$='/screened'] button").click()
    for rule in page.locator("select[name^='rule:']").all():
        rule.select_option("met")
    page.check("input[name=verdict][value=admit]")
    page.locator("form[action$='/findings'] button").click()
    assert page.locator(".errsum").count() == 0, page.locator(".errsum").inner_text()


def test_an_institution_is_admitted_and_its_end_closes_what_it_opened(site, visit, reviewers):
    page = visit(390, locale="zh-HK", scripts=False)
    _sign_up(page, site, "zh-Hant", "investor", EMAIL, name_en="Sample Family Office Limited")
    home = _apply(page, "zh-Hant")
    reference = f"A{int(home.rsplit('/', 1)[1]):05d}-1"
    company = "/zh-Hant/companies/admission-example"
    copy = page.locator("form[action*='factsheet']")
    page.goto(company)
    assert copy.count() == 0
    for number, reviewer in enumerate(reviewers):
        _review(reviewer, reference, first=number == 0)
    page.reload()
    assert copy.count() == 1
    page.goto("/zh-Hant/desk")
    assert page.locator("section[aria-labelledby=admission] .tag.ok").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    with site.app.app_context():
        over = site.app.extensions["clock"].now() - timedelta(milliseconds=1)
        db.session.execute(update(Admission).values(since=over - timedelta(days=1), until=over))
        db.session.commit()
        db.session.remove()
    page.goto(company)
    assert copy.count() == 0
