"""Public pages and the rooms behind the sign-in in a real browser: axe silent, nothing too wide, no console error."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from listing.store.db import db
from tests.factories import PASSWORD, a_member, an_organisation

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "companies",
    "companies?q=芯片",
    "companies?q=zzzzzz",
    "companies/saltboat-battery",
    "companies/heqiling-machinery",
    "companies/nobody",
    "api",
    "roadshows",
    "roadshows/nansha-hong-kong",
    "check",
    "check?example=1",
    "terms?q=股",
    "terms/board-admission",
    "terms/forbidden-wording",
    "login",
    "register",
    "reset",
    "help",
    "privacy",
    "accessibility",
]
OWN = ["account", "account/sessions", "account/preferences", "mf-recovery-codes", "tf-setup", "wan-register", "change"]
ROOMS = {"enterprise": "studio", "investor": "desk", "organizer": "events/manage"}
VIEWS = [(1280, False), (390, True), (320, False)]
AXE = Axe().axe_script
# Nothing is fetched for a rule (styles and sounds are asked for by none of ours), which takes a third of the time.
RUN = """colours => axe.run({
    preload: false, resultTypes: ['violations'], rules: {'color-contrast': {enabled: colours}},
}).then(results => results.violations)"""


def _faults(page, paths, views=None, *, all_colours=True):
    """What is wrong with each of these pages, as the page stands or in each of the views.

    Contrast takes most of the time and is the same in every language: without ``all_colours`` it is looked at once in
    light and once in dark, not at every width.
    """
    found = {}
    for path in paths:
        page.goto(path)
        page.evaluate(AXE)
        themes = set()
        for view in views or [None]:
            if view:
                page.set_viewport_size({"width": view[0], "height": 900})
                page.emulate_media(color_scheme="dark" if view[1] else "light")
            theme = view and view[1]
            colours = all_colours or theme not in themes
            themes.add(theme)
            if wrong := _wrong(page, colours):
                found[path, view] = wrong
    return found


def _wrong(page, colours=True):
    violations = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in page.evaluate(RUN, colours)]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*violations, *([f"{wide} px too wide"] if wide > 0 else [])]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_pages_are_accessible_and_fit(visit, language):
    page = visit(locale=language)
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and "404" not in m.text else None)
    assert _faults(page, [f"/{language}/{path}" for path in PAGES], VIEWS, all_colours=language == "en") == {}
    assert complaints == []


@pytest.mark.parametrize(
    ("kind", "width", "dark"), [("enterprise", 1280, False), ("investor", 320, True), ("organizer", 390, False)]
)
def test_the_rooms_behind_the_sign_in_are_too(site, visit, kind, width, dark):
    with site.app.app_context():
        member = a_member(an_organisation(kind=kind))
        email, organisation = member.user.email, f"account/organisations/{member.organisation_id}"
        db.session.commit()
        db.session.remove()
    page = visit(width, dark=dark)
    page.goto("/zh-Hant/login")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/{ROOMS[kind]}")
    paths = [
        ROOMS[kind],
        *OWN,
        organisation,
        f"{organisation}/invite",
        f"{organisation}/names",
        f"{organisation}/leave",
    ]
    assert _faults(page, [f"/zh-Hant/{path}" for path in paths]) == {}


def test_a_page_stays_within_its_budget(visit):
    page = visit(1280)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto("/zh-Hans/companies/saltboat-battery")
    assert len(requests) <= 6, requests
