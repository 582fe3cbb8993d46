"""Writing a profile in a browser: what is typed is kept while the page is open, and over a session that ended."""

import io
import os

import pytest
from openpyxl import load_workbook

from listing.accounts.models import WebSession
from listing.profiles.workbook import MEDIA_TYPE
from listing.store.db import db
from tests.factories import PASSWORD, a_company, a_member, a_user, an_organisation
from tests.files.samples import PDF

from .test_pages import _faults

pytestmark = pytest.mark.browser
FIGURES = {
    "currency": "CNY",
    "unit": "wan",
    "periods.0.end": "2025-12-31",
    "periods.0.months": "12",
    "periods.0.total_assets": "50",
    "periods.0.net_assets": "60",
}
CHOSEN = ("currency", "unit", "periods.0.months")
VIEWS = ((1280, "en"), (320, "zh-Hant"))
PICTURED = ((1280, "en"), (390, "zh-Hans"), (390, "zh-Hant"))


@pytest.fixture
def writer(site):
    """The address of a person who writes for an enterprise."""
    email = "writer@example.com"
    with site.app.app_context():
        a_member(an_organisation("enterprise"), "editor", a_user(email=email))
        db.session.commit()
        db.session.remove()
    return email


def _sign_in(page, email):
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("form.form button")


def _begun(page, email):
    page.goto("/en/login?next=/en/studio")
    _sign_in(page, email)
    page.goto("/en/studio/profiles/new")
    page.click("main form button")
    return page.url.rsplit("/", 1)[0]


def test_typing_outlives_the_session_and_a_file_proves_it(site, visit, writer):
    page = visit(1280)
    home = _begun(page, writer)
    page.goto(f"{home}/business")
    page.clock.install()
    page.fill("[name='summary.en']", "We are the leading maker of sensors.")
    assert page.locator("[data-count]").first.inner_text() == "36 of at most 600 characters"
    page.clock.run_for(5_000)
    page.get_by_text("Your text was kept at").wait_for()
    with site.app.app_context():
        db.session.query(WebSession).delete()
        db.session.commit()
        db.session.remove()
    page.fill("[name='summary.zh']", "我们是领先的传感器制造商。")
    page.clock.run_for(5_000)
    page.get_by_text("Your session has ended.").wait_for()
    page.click("button[value=stay]")
    _sign_in(page, writer)
    assert page.url == f"{home}/business"
    assert page.input_value("[name='summary.zh']") == "我们是领先的传感器制造商。"
    _look(page, home, "kept", ["/business"])
    page.click("button[value=stay]")
    assert page.get_by_text("Claims without a document").is_visible()
    page.goto(f"{home}/documents")
    _look(page, home, "empty", ["/documents", "/documents/add"])
    page.goto(f"{home}/documents/add")
    _add(page, "deck.exe")
    assert page.locator("#file-error").inner_text().startswith("Files of this kind are not accepted.")
    _add(page, "测试报告.pdf")
    assert page.url == f"{home}/documents"
    _look(page, home, "file", ["/documents", "/documents/1/replace", "/documents/1/remove", "/check"])
    page.goto(f"{home}/business")
    page.select_option("[name='summary.evidence']", label="Test report")
    page.click("button[value=stay]")
    assert page.get_by_text("Claims without a document").count() == 0


def test_the_pages_of_the_workbook_the_card_and_the_beginning(site, visit):
    with site.app.app_context():
        owner = a_member(an_organisation("enterprise"), "owner", a_user(email="owner@example.com"))
        a_company(slug="pasted", organisation_id=owner.organisation_id, name_zh="示例科技有限公司")
        db.session.commit()
        db.session.remove()
    page = visit(1280)
    home = _begun(page, "owner@example.com")
    _look(page, home.rsplit("/", 2)[0], "studio", ["", "/profiles/new?of=pasted"])
    page.goto(f"{home}/import")
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download the workbook").click()
    book = load_workbook(io.BytesIO(loading.value.path().read_bytes()))
    cell = next(row[3] for row in book["Identity"].iter_rows(min_row=3) if row[0].value == "founded")
    cell.value = "1066"
    target = io.BytesIO()
    book.save(target)
    _look(page, home, "import", ["/import", ""])
    page.goto(f"{home}/import")
    page.set_input_files("#file", {"name": "filled.xlsx", "mimeType": MEDIA_TYPE, "buffer": target.getvalue()})
    page.click("form.form button")
    assert f"Identity!{cell.coordinate}" in page.locator("#cells + div").inner_text()
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/import-refused.png", full_page=True)
    page.goto(f"{home}/figures")
    for name, value in FIGURES.items():
        field = page.locator(f"[name='{name}']")
        field.select_option(value) if name in CHOSEN else field.fill(value)
    page.click("button[value=stay]")
    assert page.get_by_text("Worth a look").is_visible()
    _look(page, home, "sheet", ["/figures", "/identity"])


def _add(page, name):
    page.set_input_files("#file", {"name": name, "mimeType": "application/pdf", "buffer": PDF})
    page.fill("[name='documents.0.title.zh']", "测试报告")
    page.fill("[name='documents.0.title.en']", "Test report")
    for field, value in (("language", "zh-Hans"), ("class", "test"), ("visibility", "admitted")):
        page.select_option(f"[name='documents.0.{field}']", value)
    page.click("form.form button")


def _look(page, home, name, rests):
    """Each of these pages without a fault; with PICTURES, a folder, also how they look."""
    base, own = page.url.split("/en/")[0], home.split("/en/")[1]
    folder = os.environ.get("PICTURES")
    for width, language in PICTURED if folder else VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        paths = [f"{base}/{language}/{own}{rest}" for rest in rests]
        assert _faults(page, paths) == {}
        for path, rest in zip(paths, rests, strict=True) if folder else ():
            page.goto(path)
            called = f"{name}{rest.replace('/', '-')}-{language}.png"
            page.screenshot(path=f"{folder}/{called}", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{home}{rests[0]}")
