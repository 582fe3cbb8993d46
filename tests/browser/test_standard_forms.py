"""A standard form from its list to the reader: a day that has passed is refused, and another person signs."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from listing.clock import FixedClock
from tests.factories import PASSWORD

from .conftest import served
from .test_disclosure import TRADING, WINDOW, _enters, _released, people

pytestmark = pytest.mark.browser
__all__ = ["people"]

STUDIO = "/zh-Hant/studio/companies/lantern/announcements"
PASSED, TO_COME = ((TRADING + timedelta(days=days)).date().isoformat() for days in (-1, 7))


@pytest.fixture(scope="module")
def site(tmp_path_factory, compiled):
    """A site whose clock stands on a trading day while no window is open."""
    with served(tmp_path_factory.mktemp("filling"), FixedClock(TRADING), compiled) as site:
        yield site


def _sent(page, action):
    page.locator(f"form[action$='{action}'] button[type=submit]").click()


def test_a_board_meeting_is_announced_by_its_form_alone(site, visit, people):
    writer, signatory, reader = visit(1280), visit(390), visit(390, locale="zh-HK", scripts=False)
    _enters(site, writer, people[0])
    writer.goto(STUDIO)
    writer.locator("main a[href$='/standard-forms']").click()
    writer.locator("main a[href$='/board_meeting']").click()
    writer.fill("[name=field_meeting_on]", PASSED)
    writer.check("[name=field_results][value=annual]")
    writer.fill("[name=field_period_end]", "2026-12-31")
    writer.check("[name=script][value=Hant]")
    writer.click("main form.form button[type=submit]")
    expect(writer.locator(".errsum")).to_contain_text(f"{PASSED} 已過")
    assert writer.is_checked("[name=field_results][value=annual]")
    writer.fill("[name=field_meeting_on]", TO_COME)
    writer.click("main form.form button[type=submit]")
    expect(writer.locator("main [lang=en]", has_text="27 April 2027")).to_have_count(1)
    expect(writer.locator("main [lang=zh-Hant]", has_text="2027年4月27日")).to_have_count(1)
    _sent(writer, "/send")

    _enters(site, signatory, people[1], second="authenticator")
    signatory.goto(writer.url)
    assert signatory.locator("form[action$='/check']").count() == 0
    signatory.check("[name=declared_true]")
    _sent(signatory, "/sign")
    if signatory.locator("[name=password]").count():
        signatory.fill("[name=password]", PASSWORD)
        signatory.click("main form button[type=submit]")
    assert _released(site, WINDOW) == 1
    reader.goto("/zh-Hant/announcements/2027-000001")
    assert reader.locator("main [lang=zh-Hant]", has_text="全年業績").count() > 0
    assert reader.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    reader.locator("main a[href$='/standard-forms/board_meeting/2']").click()
    assert reader.locator("main [lang=zh-Hant]", has_text="【會議日期】").count() > 0
