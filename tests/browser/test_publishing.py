"""From sign-up to the page on display: one enterprise of the mainland on a phone, one of Hong Kong at a desk."""

import pytest

from listing.accounts import queries as accounts
from listing.store.db import db
from tests.factories import PASSWORD, a_member, a_user, an_organisation
from tests.profiles.answers import WHOLE

from .test_journeys import _sign_up
from .test_pages import _faults

pytestmark = pytest.mark.browser

HONG_KONG = WHOLE | {
    "identity": {
        "name.zh": "示例光子（香港）有限公司",
        "name.en": "Sample Photonics (Hong Kong) Limited",
        "register": "HKCR",
        "number": "71234567",
        "domicile": "HK",
        "city": "hong-kong",
        "sector": "components",
        "stage": "seed",
        "founded": "2021",
    },
    "business": {
        "summary.zh": "我們為數據中心製造光收發器。",
        "summary.en": "We make optical transceivers for data centres.",
        "business.zh": "產品售予本地的雲端服務供應商。",
        "business.en": "The products are sold to cloud providers in Hong Kong.",
        "technology.zh": "核心技術是矽光子。",
        "technology.en": "The core technology is silicon photonics.",
    },
    "contact": {"prevailing": "en", "person.en": "Wong Kin", "email": "wong@example.com", "phone": "+852 2345 6789"},
}
VIEWS = ((1280, "en"), (390, "zh-Hans"), (320, "zh-Hant"))


def _with_second_step(site, email):
    """Give the person a second factor, as setting up one-time codes does; the session goes on."""
    with site.app.app_context():
        person = accounts.person(email=email)
        person.tf_primary_method, person.tf_totp_secret = "authenticator", "secret"
        db.session.commit()
        db.session.remove()


def _answer(page, typed):
    for name, value in typed.items():
        control = page.locator(f'[name="{name}"]')
        if control.count() > 1 or control.get_attribute("type") == "checkbox":
            for one in value.split():
                page.check(f'[name="{name}"][value="{one}"]')
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def _write(page, language, typed):
    """Begin a profile and answer the four tasks it needs; where its list of tasks stands."""
    page.goto(f"/{language}/studio")
    page.locator(f'a[href="/{language}/studio/profiles/new"]').click()
    page.click("main form button")
    home = page.url.rsplit("/", 1)[0]
    for key, answers in typed.items():
        page.goto(f"{home}/{key}")
        _answer(page, answers)
        page.click("button[value=next]")
        assert page.locator(".errsum").count() == 0, page.locator(".errsum").inner_text()
    page.goto(home)
    return home


@pytest.fixture
def reviewers(site, visit):
    """Two reviewers, signed in, each with a page of their own."""
    pages = []
    for number in range(2):
        with site.app.app_context():
            operator = accounts.first_of_kind("operator") or an_organisation("operator")
            email = a_member(operator, "reviewer", a_user(name=f"Reviewer {number}")).user.email
            db.session.commit()
            db.session.remove()
        page = visit(1280)
        page.goto("/en/login")
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        _with_second_step(site, email)
        pages.append(page)
    return pages


def _review(page, reference, *, first):
    page.goto("/en/review/profiles")
    page.get_by_role("link", name=reference).click()
    page.locator("form[action$='/claim'] button").click()
    if first:
        page.fill("#how", "Register searched today, active, both names as sent.")
        page.locator("form[action$='/identity'] button").click()
    page.locator("form[action$='/approve'] button").first.click()


@pytest.mark.parametrize(
    ("language", "width", "scripts", "typed", "email"),
    [
        ("zh-Hans", 390, False, WHOLE, "lin@publishing.example"),
        ("en", 1280, True, HONG_KONG, "wong@publishing.example"),
    ],
)
def test_a_profile_goes_from_sign_up_to_its_public_page(site, visit, reviewers, language, width, scripts, typed, email):
    page = visit(width, locale=language, scripts=scripts)
    names = {"name_zh": typed["identity"]["name.zh"], "name_en": typed["identity"]["name.en"]}
    _sign_up(page, site, language, "enterprise", email, **names)
    home = _write(page, language, typed)
    _with_second_step(site, email)
    page.goto(f"{home}/check")
    page.check("#declared_true")
    page.locator("form[action$='/send'] button").click()
    reference = page.locator("main").inner_text()
    reference = reference[reference.index("P0") :].split("，")[0].split(",")[0].split()[0]
    _review(reviewers[0], reference, first=True)
    visitor = visit(1280)
    visitor.goto(f"/en/companies?q={typed['identity']['name.en']}&origin=participant")
    assert visitor.get_by_role("link", name=typed["identity"]["name.en"]).count() == 0
    _review(reviewers[1], reference, first=False)
    page.goto(f"/{language}/studio")
    page.locator(f"#own ~ ul a:has-text('{typed['identity']['name.zh']}')").first.click()
    public = page.url.split("/companies/")[1]
    visitor.goto(f"/en/companies/{public}")
    said = visitor.locator("main").inner_text()
    assert typed["business"]["summary.en"] in said
    assert typed["business"]["summary.zh"] in said
    assert typed["contact"]["email"] not in said
    assert "80 million" not in said
    assert "CNY\xa080\xa0million" in visit_full(page, f"/en/companies/{public}")
    sheet = visitor.request.get(f"/en/companies/{public}/factsheet.pdf")
    assert (sheet.status, sheet.body()[:5]) == (200, b"%PDF-")


def visit_full(page, address):
    """What the enterprise itself reads on its page: what an admitted investor would."""
    page.goto(address)
    return page.locator("main").inner_text()


def test_the_studio_and_the_review_are_accessible_and_fit(site, visit, reviewers):
    page, email = visit(), "axe@publishing.example"
    _sign_up(page, site, "en", "enterprise", email, name_en="Axe Limited")
    home = _write(page, "en", WHOLE | {"identity": WHOLE["identity"] | {"register": "HKCR", "number": "70001280"}})
    path = home.removeprefix(f"{site.url}/en")
    pages = ["", *(f"/{key}" for key in WHOLE), "/figures", "/technologies", "/check", "/preview?as=admitted"]
    for width, language in VIEWS:
        assert _faults(page, [f"/{language}{path}{end}" for end in pages], [(width, False)]) == {}
    _with_second_step(site, email)
    page.goto(f"{home}/check")
    page.check("#declared_true")
    page.locator("form[action$='/send'] button").click()
    reviewer = reviewers[0]
    reviewer.goto("/en/review/profiles")
    reviewer.locator("main table a").last.click()
    reviewer.locator("form[action$='/claim'] button").click()
    here = reviewer.url.removeprefix(f"{site.url}/en")
    for width, language in VIEWS:
        assert _faults(reviewer, [f"/{language}/review/profiles", f"/{language}{here}"], [(width, False)]) == {}
