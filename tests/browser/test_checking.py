"""Two texts pasted on a phone without scripts; the pair of a sentence lit up where there are scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_two_texts_are_checked_without_scripts(visit, width, dark):
    page = visit(width, dark=dark, locale="zh-HK", scripts=False)
    page.goto("/zh-Hant/")
    page.get_by_role("link", name="核對雙語文本").click()
    page.fill("#zh", "收入約1.2億元，增長12%。")
    page.fill("#en", "Revenue of about RMB12 million, up 12 per cent.")
    page.click("main form button")
    assert page.locator("#verdict").inner_text() == "兩段文本互相矛盾，或照此不得發布。"
    page.click(".points a >> nth=0")
    assert page.evaluate("location.hash") == "#zh-p1"
    assert page.locator("#zh-p1").inner_text().startswith("1.2億元")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_result_of_a_check_is_accessible(visit):
    page = visit(390)
    page.goto("/en/check")
    page.fill("#zh", "公司已挂牌，保本，收入约1.2亿元，增长12%。")
    page.fill("#en", "The company is listed, with revenue of about RMB12 million, up 12%.")
    page.click("main form button")
    page.locator("#verdict").wait_for()
    assert page.evaluate("document.activeElement.id") == "verdict"
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []


def test_a_sentence_lights_up_with_its_like(visit):
    page = visit(1280)
    page.goto("/en/companies/saltboat-battery")
    page.hover(".s >> nth=1")
    lit = page.locator(".s.lit")
    assert lit.count() >= 2
    assert len(set(lit.evaluate_all("all => all.map(e => e.dataset.pair)"))) == 1
    page.hover("h1")
    assert page.locator(".s.lit").count() == 0
