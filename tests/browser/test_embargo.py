"""A signed embargo is moved by who signed it: page, log and the queue of the platform show the new instant."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from listing.clock import FixedClock
from listing.journal.models import Entry
from listing.store.db import db
from tests.disclosure.duties import a_reviewer
from tests.factories import PASSWORD

from .conftest import served
from .test_disclosure import TRADING, _enters, _released, _signed, _written, people

pytestmark = pytest.mark.browser
__all__ = ["people"]

# In a window, so that the embargo alone holds it back; then between two windows, so that it waits in the queue.
SIGNED = datetime(2027, 4, 21, 9, 0, tzinfo=UTC)
MOVED = datetime(2027, 4, 22, 5, 0, tzinfo=UTC)
CONTRACT = {
    "category": "event_contract",
    "event_on": "2027-04-19",
    "title_zh": "关于签订供货合同的公告",
    "title_en": "Supply contract signed",
    "body_zh": "合同金额为人民币1.2亿元。",
    "body_en": "The contract is worth RMB 120 million.",
}
REASON = "对方要求与其公告同时发布"


@pytest.fixture(scope="module")
def site(tmp_path_factory, compiled):
    """A site whose clock stands on a trading day while no window is open."""
    with served(tmp_path_factory.mktemp("moving"), FixedClock(TRADING), compiled) as site:
        yield site


def _until(day, time):
    return {"not_before_on": day, "not_before_at": time, "not_before_zone": "Asia/Hong_Kong"}


def _logged(site):
    """The one entry about the move, as the log keeps it."""
    with site.app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.code == "announcement.embargo_moved")).one()
        found = entry.index, entry.actor_label, entry.data
        db.session.remove()
    return found


def test_a_signed_embargo_is_moved_and_everybody_it_concerns_reads_until_when(site, visit, people):
    with site.app.app_context():
        reviewer = a_reviewer().email
        db.session.commit()
        db.session.remove()
    writer, signatory, desk, reader = visit(1280), visit(390), visit(1280), visit(390, locale="zh-CN", scripts=False)
    _enters(site, writer, people[0])
    writer.goto("/en/studio/companies/lantern/announcements/new")
    writer.locator("details:has([name=not_before_on])").evaluate_all("all => all.forEach(each => each.open = true)")
    _written(writer, CONTRACT | _until("2027-04-21", "17:00"))
    writer.get_by_role("button", name="Send it for signing").click()
    address = writer.url

    _enters(site, signatory, people[1], second="authenticator")
    _signed(signatory, address)
    expect(signatory.get_by_text("embargo until Wed 21 Apr 2027, 17:00")).to_be_visible()

    signatory.get_by_role("link", name="Move the embargo").click()
    if signatory.locator("[name=password]").count():
        signatory.fill("[name=password]", PASSWORD)
        signatory.click("main form button[type=submit]")
    for name, value in (_until("2027-04-22", "13:00") | {"reason": ""}).items():
        control = signatory.locator(f"main [name={name}]")
        control.select_option(value) if name.endswith("zone") else control.fill(value)
    signatory.get_by_role("button", name="Move the embargo").click()
    expect(signatory.locator(".errsum")).to_contain_text("Say why")  # nothing is moved without a reason
    assert signatory.input_value("main [name=not_before_at]") == "13:00"
    signatory.fill("main [name=reason]", REASON)
    signatory.get_by_role("button", name="Move the embargo").click()

    for page in (signatory, writer):
        page.goto(address)
        expect(page.get_by_text("embargo until Thu 22 Apr 2027, 13:00")).to_be_visible()
        expect(page.get_by_text("from Thu 22 Apr 2027, 16:30")).to_be_visible()
        expect(page.get_by_text("As signed: until Wed 21 Apr 2027, 17:00")).to_be_visible()
        expect(page.get_by_text(REASON)).to_be_visible()
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        expect(page.get_by_text("Embargo moved")).to_be_visible()
    assert signatory.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    index, who, told = _logged(site)
    assert (who, told["before"], told["until"]) == ("Signatory", "2027-04-21T09:00:00Z", "2027-04-22T05:00:00Z")
    entry = reader.request.get(f"/log/entry/{index}").text()
    assert ("announcement.embargo_moved" in entry, REASON in entry, "lantern" in entry.casefold()) == (
        True,
        False,
        False,
    )

    assert _released(site, SIGNED + timedelta(minutes=1)) == 0  # what was signed first does not release it
    _moved_on(site, MOVED + timedelta(minutes=5))
    _enters(site, desk, reviewer, second="authenticator")
    desk.goto("/en/review/announcements/queued")
    expect(desk.get_by_text("Window from Thu 22 Apr 2027, 16:30")).to_be_visible()
    expect(desk.get_by_text("As signed: until Wed 21 Apr 2027, 17:00")).to_be_visible()
    expect(desk.get_by_text("Embargo until: Thu 22 Apr 2027, 13:00")).to_be_visible()
    expect(desk.get_by_text(REASON)).to_be_visible()

    reader.goto("/zh-Hans/announcements")
    assert reader.locator("main a[href*='2027-0']").count() == 0
    assert _released(site, MOVED + timedelta(hours=3, minutes=31)) == 1
    reader.goto("/zh-Hans/announcements/2027-000001")
    expect(reader.locator("h1")).to_contain_text(CONTRACT["title_zh"])
    assert reader.get_by_text(REASON).count() == 0


def _moved_on(site, at):
    """Let the time pass without the scheduler."""
    site.app.extensions["clock"].set(at)
