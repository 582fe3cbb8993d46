"""First visits walked as people walk them: signing up, confirming by mail, signing in, finding an imported company."""

import re
from email import message_from_string
from email.policy import default

import pytest

from listing.access.actor import SYSTEM
from listing.companies.operations import importing
from listing.companies.reading import prepared
from listing.store.db import db

pytestmark = pytest.mark.browser

PASSWORD = "lantern harbour seven"
LISTED = (
    '{"market":"HKEX","code":"00700","name_zh_hant":"騰訊控股有限公司","name_en":"Tencent Holdings Limited",'
    '"city":"Shenzhen","country":"China","industry":"Interactive Media & Services","gba":true}\n'
    '{"market":"SZSE","code":"002594","name_zh_hans":"比亚迪","name_zh_hant":"比亞迪","name_en":"BYD",'
    '"area_zh":"深圳","industry_zh":"汽车整车","gba":true}\n'
)


@pytest.fixture(scope="module")
def listed(site):
    """Two companies of the real lists, imported as the operator would."""
    with site.app.app_context():
        file = prepared.prepare(LISTED.encode(), lambda _done: None)
        importing.import_companies(
            file=file,
            mode=importing.ALL_OR_NOTHING,
            dry_run=False,
            actor=SYSTEM,
            now=site.app.extensions["clock"].now(),
        )
        db.session.commit()
        db.session.remove()


def _mailed_path(site, address):
    """The path of the link in the last letter to ``address``."""
    letters = [message_from_string(text, policy=default) for text in site.letters()]
    mine = [letter for letter in letters if address in letter["To"]]
    body = mine[-1].get_body(("plain",)).get_content()
    return re.search(rf"{re.escape(site.url)}(/\S+)", body).group(1)


def _sign_up(page, site, lang, kind, email, **names):
    page.goto(f"/{lang}/register")
    page.check(f"input[name=kind][value={kind}]")
    for name, value in {"name": "Chi Wangshu", "email": email, "password": PASSWORD, **names}.items():
        page.fill(f"[name={name}]", value)
    page.click("form.form button")
    page.goto(_mailed_path(site, email))
    page.fill("[name=password]", PASSWORD)
    page.click("form.form button")


def test_an_enterprise_signs_up_in_chinese_on_a_phone_without_scripts(site, visit, listed):
    page = visit(390, locale="zh-CN", scripts=False, dark=True)
    page.goto("/")
    assert page.url.endswith("/zh-Hans/")
    page.get_by_role("link", name="注册企业账户").click()
    page.fill("[name=email]", "not an address")
    page.click("form.form button")
    assert page.locator(".errsum").is_visible()
    assert page.input_value("[name=email]") == "not an address"
    _sign_up(page, site, "zh-Hans", "enterprise", "chi@example.com", name="池望舒", name_zh="示例传感有限公司")
    assert page.url.endswith("/zh-Hans/studio")
    assert page.get_by_text("示例传感有限公司").is_visible()
    page.goto("/zh-Hans/")
    page.fill("[name=q]", "腾讯")
    page.click("form[role=search] button")
    page.get_by_role("link", name="騰訊控股有限公司").click()
    assert page.locator("h1").inner_text().startswith("騰訊控股有限公司")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_investor_signs_up_in_english_at_a_desk(site, visit, listed):
    page = visit(1280)
    _sign_up(page, site, "en", "investor", "brian@example.com", name_en="Sample Capital Limited")
    assert page.url.endswith("/en/desk")
    for query in ("BYD", "比亚迪", "比亞迪", "biyadi", "002594"):
        page.goto(f"/en/companies?q={query}")
        assert page.locator(".cards-list h2").first.inner_text().startswith("BYD"), query
    page.locator(".cards-list h2 a").first.click()
    page.goto(page.url.replace("/en/", "/zh-Hant/"))
    assert page.get_by_text("比亞迪").first.is_visible()
