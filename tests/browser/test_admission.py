"""Three on their way: admitted until the clock ends it, asked for a paper first, refused and back again."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from listing.access.actor import SYSTEM
from listing.accounts import queries as accounts
from listing.admission import replaying
from listing.admission.models import Admission, Decision, Submission
from listing.calendars import ZONES
from listing.screening import operations as screening
from listing.store.db import db
from tests.admission.answers import WHOLE
from tests.admission.conftest import sent
from tests.factories import PASSWORD, a_company, a_member, a_user, an_organisation
from tests.files.samples import PDF

from .test_journeys import _sign_up
from .test_publishing import _answer, _with_second_step

pytestmark = pytest.mark.browser

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
    page.goto(f"{home}/consents")
    for choice in page.locator("input[type=radio][value=yes]").all():
        choice.check()
    page.click("main form button[type=submit]")
    page.goto(f"{home}/send")
    page.check("[name=declared_true]")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    return home


def _review(page, reference, *, first, verdict="admit"):
    page.goto("/en/review/admissions")
    page.get_by_role("link", name=reference).click()
    page.locator("form[action$='/claim'] button").click()
    if first:
        page.locator("form[action$='/names'] button").click()
        page.fill("form[action$='/screened'] textarea", "Register searched today, active.")
        page.locator("form[action$='/screened'] button").click()
    for rule in page.locator("select[name^='rule:']").all():
        rule.select_option("met" if verdict == "admit" else "not_met")
    page.check(f"input[name=verdict][value={verdict}]")
    if verdict == "refuse":
        page.locator("input[name=reasons]").first.check()
    page.locator("form[action$='/findings'] button").click()
    assert page.locator(".errsum").count() == 0, page.locator(".errsum").inner_text()


def test_an_institution_is_admitted_and_its_end_closes_what_it_opened(site, visit, reviewers):
    page = visit(390, locale="zh-HK", scripts=False)
    _sign_up(page, site, "zh-Hant", "investor", EMAIL, name_en="Sample Family Office Limited")
    home = _apply(page, "zh-Hant")
    reference = f"A{int(home.rsplit('/', 1)[1]):05d}-1"
    company = "/zh-Hant/companies/admission-example"
    suits = page.locator("a[href*='/desk/suitability/']")  # to what admitted investors may take with them
    page.goto(company)
    assert suits.count() == 0
    for number, reviewer in enumerate(reviewers):
        _review(reviewer, reference, first=number == 0)
    page.reload()
    assert suits.count() > 0
    page.goto("/zh-Hant/desk")
    assert page.locator("section[aria-labelledby=admission] .tag.ok").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    with site.app.app_context():
        over = site.app.extensions["clock"].now() - timedelta(milliseconds=1)
        db.session.execute(update(Admission).values(since=over - timedelta(days=1), until=over))
        db.session.commit()
        db.session.remove()
    page.goto(company)
    assert suits.count() == 0


def _begun(site, **changed):
    """The address of an application that was answered and sent, and the e-mail address of who sent it."""
    now = site.app.extensions["clock"].now()
    with site.app.app_context():
        member = a_member(an_organisation("investor"), "owner")
        submission = sent(member, now, **changed)
        found = f"/desk/admission/{submission.application_id}", member.user.email, submission.reference
        db.session.remove()
    return found


def _at_home(visit, email, address):
    page = visit(1280)
    page.goto("/en/login")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(address)
    return page


def _replayed(site, home):
    """Whether every decision on the application at that address comes out of the log as it was."""
    with site.app.app_context():
        sent = select(Submission.id).where(Submission.application_id == int(home.rsplit("/", 1)[1]))
        decisions = db.session.scalars(select(Decision.id).where(Decision.submission_id.in_(sent))).all()
        found = [replaying.replay(number).identical for number in decisions]
        db.session.remove()
    return found and all(found)


def _today(site):
    return site.app.extensions["clock"].now().astimezone(ZONES["HK"]).date()


FUND_MANAGER = {
    "institution": {"residence": "CN", "markets": "CN", "investor_type": "fund_manager"},
    "licence": {
        "authority": "amac",
        "statuses": "filed_manager",
        "number": "P1",
        "scope": "私募",
        "since": "2016-02-04",
    },
}


def test_a_fund_manager_is_asked_for_a_paper_sends_it_and_is_admitted(site, visit, reviewers):
    home, email, reference = _begun(site, **FUND_MANAGER)
    asking = reviewers[0]
    asking.goto("/en/review/admissions")
    asking.get_by_role("link", name=reference).click()
    asking.locator("form[action$='/claim'] button").click()
    asking.locator("summary", has_text="Ask for more").click()
    asking.select_option("#page", "papers")
    asking.fill("#question_zh", "请补交登记查询结果。")
    asking.fill("#question_en", "Please send the look-up of your registration.")
    asking.locator("form[action$='/questions'] button").click()
    page = _at_home(visit, email, f"/zh-Hans{home}")
    page.locator("#questions ~ ul a", has_text="证明文件").click()
    page.locator("a.btn", has_text="添加证明文件").click()
    page.select_option("#kind", "licence_lookup")
    page.fill("#dated", _today(site).isoformat())
    page.fill("#issuer", "中国证券投资基金业协会")
    page.set_input_files("#file", {"name": "查询结果.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.click("main form button[type=submit]")
    assert "查询结果.pdf" in page.locator("main").inner_text()
    page.goto(f"/zh-Hans{home}/send")
    page.check("[name=declared_true]")
    page.click("main form button[type=submit]")
    again = f"{reference.rsplit('-', 1)[0]}-2"
    for number, reviewer in enumerate(reviewers):
        _review(reviewer, again, first=number == 0)
    page.goto(f"/zh-Hans{home}")
    assert page.locator(".tag.ok").count() > 0
    assert _replayed(site, home)


def test_an_individual_is_refused_with_reasons_and_applies_again(site, visit, reviewers):
    person = {"institution": {"residence": "SG", "markets": "HK", "investor_type": "individual"}}
    home, email, reference = _begun(site, **person)
    for number, reviewer in enumerate(reviewers):
        _review(reviewer, reference, first=number == 0, verdict="refuse")
    page = _at_home(visit, email, f"/en{home}")
    decision = page.locator("section[aria-labelledby=decision]")
    assert decision.locator("li").count() == 1
    assert "can apply again from" in decision.inner_text()
    page.goto("/en/desk/admission")
    page.click("main form button")
    assert "can apply again from" in page.locator(".errsum").inner_text()
    with site.app.app_context():
        db.session.execute(update(Decision).values(reapply_on=_today(site)))
        db.session.commit()
        db.session.remove()
    page.goto("/en/desk/admission")
    page.click("main form button")
    assert page.url.rstrip("/") != f"{home}"
    assert "10 of 12 tasks complete" in page.locator("main").inner_text()  # what was declared is declared anew
    assert _replayed(site, home)
