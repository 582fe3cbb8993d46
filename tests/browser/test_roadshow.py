"""A roadshow of two days is made, filled past its capacity, left and taken over, and moved by an hour."""

import re
from datetime import timedelta
from email import message_from_string, policy

import pytest

from listing.accounts.models import User
from listing.store.db import db
from tests.factories import a_company
from tests.roadshows.made import BOTH, an_admitted_investor, an_organizer

from .acting import enter, save
from .test_pages import _faults

pytestmark = pytest.mark.browser

CODE = "browser-two-days"
DAYS = (("广州南沙", "Nansha, Guangzhou"), ("香港科学园", "Hong Kong Science Park"))


@pytest.fixture
def people(site):
    """An organizer and two admitted investors; a company that may present."""
    now = site.app.extensions["clock"].now()
    with site.app.app_context():
        company = a_company(slug="roadshow-example", now=now, **BOTH).id
        investors = [
            an_admitted_investor(language=language, zone=zone, name=name).user_id
            for language, zone, name in (("en", "Europe/London", "First Guest"), ("zh-Hant", "Asia/Hong_Kong", "次席"))
        ]
        ids = [an_organizer().user_id, *investors]
        emails = [db.session.get(User, number).email for number in ids]
        db.session.commit()
        db.session.remove()
    return company, emails


def _plan(page, site, company):
    """Make the roadshow: two days, with one place on site on the first."""
    now = site.app.extensions["clock"].now()
    first = (now + timedelta(days=10)).date()
    page.goto("/en/events/manage")
    page.click("text=New roadshow")
    texts = {
        "title_zh": "两日路演",
        "title_en": "Two-day roadshow",
        "summary_zh": "两城。",
        "summary_en": "Two cities.",
    }
    window = {"opens": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}", "closes": f"{first}T09:00"}
    save(page, **texts, **window, code=CODE)
    home = page.url
    for number, (zh, en) in enumerate(DAYS):
        page.goto(f"{home}/days/new")
        hours = {"date": f"{first + timedelta(days=number)}", "begins": "10:00", "ends": "18:00"}
        save(page, **hours, venue_zh=zh, venue_en=en, onsite="1", online="0")
        page.locator("a", has_text="Add a session").last.click()
        page.select_option("#company_id", str(company))
        page.check("#agreed")
        save(page, minutes="40")
    page.click("text=Publish the roadshow")
    assert page.locator(".flash").count() == 1
    return home


def _register(page, lang):
    page.goto(f"/{lang}/roadshows/{CODE}")
    page.locator("a[href*='/days/']").first.click()
    save(page)
    return page.locator("main .note .tag").first.inner_text()


def _letters(site, email):
    """Subject and text of the letters to somebody, about this roadshow, oldest first."""
    found = [message_from_string(text, policy=policy.default) for text in site.letters()]
    mine = [(one["Subject"], one.get_body(("plain",)).get_content()) for one in found if email in one["To"]]
    return [(subject, text) for subject, text in mine if CODE in text]


def test_a_roadshow_is_filled_past_its_capacity_and_moves_by_an_hour(site, visit, people):
    company, (organizer, first, second) = people
    manager, early, late = visit(1280), visit(390, scripts=False), visit(390, locale="zh-HK", scripts=False)
    for page, lang, email in ((manager, "en", organizer), (early, "en", first), (late, "zh-Hant", second)):
        enter(page, lang, email)
    home = _plan(manager, site, company)
    assert _register(early, "en") == "Place confirmed"
    assert _register(late, "zh-Hant") == "輪候中"
    assert "第 1 位" in late.locator("main .note").inner_text()
    assert late.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    early.locator("main a[href$='/leave']").click()
    early.locator("form[action$='/leave'] button").click()
    late.reload()
    late.locator("form[action$='/accept'] button").click()
    assert late.locator("main .note .tag").first.inner_text() == "名額已確認"
    manager.goto(f"{home}/move")
    save(manager, minutes="60")
    assert "11:00" in manager.locator("section[aria-labelledby^=day]").first.inner_text()
    assert [subject for subject, _text in _letters(site, first)] == ["Your place is confirmed: Two-day roadshow"]
    told = _letters(site, second)
    assert len(told) == 4
    assert "已改期" in told[-1][1]
    assert re.search(r"\b11:00\b", told[-1][1].split("新的時間見下")[1])
    late.reload()
    assert "11:00" in late.locator("section[aria-labelledby^=day]").first.inner_text()
    manager.goto(f"{home}/people")
    assert manager.locator("tbody tr").count() == 2
    rooms = ("", "/basics", "/people", "/door", "/reminders", "/questions", "/move", "/cancel", "/days/new")
    assert _faults(manager, [f"{home}{room}" for room in rooms], [(320, False)]) == {}
