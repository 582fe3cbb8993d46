"""Every public page in a real browser: no axe violation, nothing scrolls sideways, no console error."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "",
    "companies",
    "companies?q=芯片",
    "companies?q=zzzzzz",
    "companies/saltboat-battery",
    "companies/heqiling-machinery",
    "companies/nobody",
    "check",
    "check?example=1",
    "login",
    "register",
    "reset",
    "help",
    "privacy",
    "accessibility",
]
VIEWS = [(1280, False), (390, True), (320, False)]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_pages_are_accessible_and_fit(visit, language, width, dark):
    page = visit(width, dark=dark, locale=language)
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and "404" not in m.text else None)
    found = {}
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        violations = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if violations or wide > 0:
            found[path] = [*violations, *([f"{wide} px too wide"] if wide > 0 else [])]
    assert found == {}
    assert complaints == []


def test_a_page_stays_within_its_budget(visit):
    page = visit(1280)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto("/zh-Hans/companies/saltboat-battery")
    assert len(requests) <= 6, requests
