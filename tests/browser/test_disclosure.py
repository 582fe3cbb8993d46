"""An annual report from its draft to a stranger who proves it: held back, queued, released, found, corrected."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from listing.accounts import queries as accounts
from listing.clock import FixedClock
from listing.disclosure.announcements.operations import mandating, releasing
from listing.disclosure.announcements.operations.printing import print_due
from listing.notifications.dispatch import never
from listing.store.db import db
from tests.admission.test_standing import admitted
from tests.disclosure.announcements.made import a_house, acting
from tests.disclosure.duties import in_tier
from tests.factories import PASSWORD, a_member, an_organisation

from .conftest import served
from .test_publishing import _answer

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_log.py"
TRADING = datetime(2027, 4, 20, 6, tzinfo=UTC)  # Tuesday 14:00 in Hong Kong: no window is open until 16:30
WINDOW = TRADING + timedelta(hours=2, minutes=31)
REPORT = {
    "category": "annual_report",
    "period_end": "2026-12-31",
    "title_zh": "2026年年度报告",
    "title_en": "Annual report for 2026",
    "body_zh": "全年营业收入为人民币1.2亿元。\n\n研发投入占营业收入的18%。",
    "body_en": "Revenue for the year was RMB 120 million.\n\nR&D expenditure was 18% of revenue.",
}
PLANTED = "Revenue for the year was RMB 210 million.\n\nR&D expenditure was 18% of revenue."
CORRECTED = {
    "body_zh": "全年营业收入为人民币1.2亿元。\n\n研发投入占营业收入的19%。",
    "body_en": "Revenue for the year was RMB 120 million.\n\nR&D expenditure was 19% of revenue.",
    "note_zh": "研发投入占比由18%更正为19%。",
    "note_en": "The share of R&D expenditure is corrected from 18% to 19%.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory, compiled):
    """A site whose clock stands in the spring after the year that is reported on."""
    with served(tmp_path_factory.mktemp("disclosing"), FixedClock(TRADING), compiled) as site:
        yield site


@pytest.fixture
def people(site):
    """A company in the Growth tier; the e-mail addresses of who writes for it, who signs, and an admitted investor."""
    with site.app.app_context():
        house = a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited", domicile="CN")
        in_tier(house.company, house.second.user, since=TRADING - timedelta(days=200))
        agent = a_member(an_organisation("agent"), "editor")
        who = {"actor": acting(house.second), "now": TRADING}
        mandating.name(company=house.company, agent_id=agent.organisation_id, **who)
        investor = a_member(an_organisation("investor"))
        admitted(investor)
        found = agent.user.email, house.signatory.user.email, investor.user.email
        db.session.commit()
        db.session.remove()
    return found


def _enters(site, page, email, *, second=None):
    """Sign in with the password; ``second`` is what stands for the second step, which no journey here is about."""
    _second_step(site, email, None)
    page.goto("/en/login")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    _second_step(site, email, second)


def _second_step(site, email, method):
    with site.app.app_context():
        accounts.person(email=email).tf_primary_method = method
        db.session.commit()
        db.session.remove()


def _released(site, at):
    """Move the clock and let the scheduler's turn come."""
    site.app.extensions["clock"].set(at)
    with site.app.app_context():
        done = releasing.release_due(now=at, stopping=lambda: False)
        db.session.remove()
    return done


def _written(page, typed):
    _answer(page, typed)
    page.check("[name=read]")
    page.click("main form button[type=submit]")


def _signed(page, address):
    """Confirm that both texts say the same, as somebody who translated none of it, then sign them."""
    page.goto(address)
    assert page.get_by_role("button", name="Sign both texts").count() == 0
    page.check("[name=read]")
    page.get_by_role("button", name="Confirm the check").click()
    page.check("[name=declared_true]")
    page.get_by_role("button", name="Sign both texts").click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")


def test_a_report_is_held_back_queued_released_corrected_and_proved_by_a_stranger(site, visit, people, tmp_path):
    writer, signatory, visitor = visit(1280), visit(390), visit(390)
    reader = visit(390, locale="zh-HK", scripts=False)
    _enters(site, writer, people[0])
    _enters(site, signatory, people[1], second="authenticator")

    writer.goto("/en/studio/companies/lantern/announcements/new")
    _written(writer, REPORT | {"body_en": PLANTED})
    address = writer.url
    expect(writer.get_by_text("The figures differ")).to_be_visible()
    assert writer.get_by_role("button", name="Send it for signing").count() == 0
    writer.goto(f"{address}/edit")
    _written(writer, {"body_en": REPORT["body_en"]})
    writer.get_by_role("button", name="Send it for signing").click()

    _signed(signatory, address)
    expect(signatory.get_by_text("Waits for its window")).to_be_visible()
    listed = "/zh-Hant/announcements?q="
    reader.goto(f"{listed}燈塔醫療")
    assert reader.locator("main a[href*='2027-0']").count() == 0
    assert _released(site, WINDOW) == 1
    _enters(site, reader, people[2], second="authenticator")
    for words in ("燈塔醫療", "灯塔医疗", "annual report"):
        reader.goto(f"{listed}{words}")
        reader.locator("main a[href$='/announcements/2027-000001']").first.click()
        assert reader.locator("[lang=en]", has_text="RMB 120 million").count() > 0
    visitor.goto("/en/announcements?q=Lantern")
    visitor.locator("main a[href$='/announcements/2027-000001']").first.click()
    expect(visitor.get_by_role("link", name="Sign in to read it")).to_be_visible()
    assert visitor.get_by_text("RMB 120 million").count() == visitor.get_by_text(REPORT["title_en"]).count() == 0

    site.app.extensions["clock"].set(WINDOW + timedelta(days=1))
    for page in (writer, signatory, reader):
        page.context.clear_cookies()
    _enters(site, writer, people[0])
    writer.goto("/en/studio/companies/lantern/announcements/new?corrects=2027-000001")
    _written(writer, CORRECTED)
    writer.get_by_role("button", name="Send it for signing").click()
    _enters(site, signatory, people[1], second="authenticator")
    _signed(signatory, writer.url)
    _enters(site, reader, people[2], second="authenticator")
    reader.goto("/zh-Hant/announcements/2027-000001")
    reader.locator("main a[href$='/announcements/2027-000002']").first.click()
    assert reader.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    (tmp_path / "key.txt").write_text(reader.request.get("/log/key").text())
    with site.app.app_context():
        assert print_due(now=WINDOW + timedelta(days=1), stopping=never) == 2
    for name in ("receipt.json", "zh.txt", "en.txt", "announcement.pdf"):
        (tmp_path / name).write_bytes(reader.request.get(f"/en/announcements/2027-000002/{name}").body())
    command = [sys.executable, "-I", str(SCRIPT), "receipt", "receipt.json", "--key", "key.txt"]
    command += ["--zh", "zh.txt", "--en", "en.txt", "--pdf", "announcement.pdf"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert told.startswith("released: 2027-000002")
