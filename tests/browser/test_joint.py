"""Two companies announce together: both sign, one number, one instant, corrected; one leaves another before signing."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from listing.clock import FixedClock
from listing.store.db import db
from tests.disclosure.announcements.made import a_house
from tests.factories import PASSWORD

from .conftest import served
from .test_disclosure import _enters, _released, _written

pytestmark = pytest.mark.browser

TRADING = datetime(2027, 4, 20, 6, tzinfo=UTC)  # Tuesday 14:00 in Hong Kong: no window is open until 16:30
WINDOW = TRADING + timedelta(hours=2, minutes=31)
VENTURE = {
    "category": "event_contract",
    "event_on": "2027-04-19",
    "title_zh": "设立合资企业",
    "title_en": "A joint venture is set up",
    "body_zh": "双方以人民币2,000万元设立合资企业。",
    "body_en": "Both set up a joint venture with RMB 20 million.",
}
CORRECTED = {
    "body_zh": "双方以人民币3,000万元设立合资企业。",
    "body_en": "Both set up a joint venture with RMB 30 million.",
    "note_zh": "更正出资额。",
    "note_en": "The capital is corrected.",
}
SUPPLY = {"title_zh": "签订供货合同", "title_en": "A supply contract", "event_on": "2027-04-20"}
FIRST, SECOND, THIRD = (f"2027-00000{number}" for number in (1, 2, 3))
SIGNED, QUEUED = "貴公司已簽署", "等待发布时段"  # as the one who signed first and the one who signed last read it


@pytest.fixture(scope="module")
def site(tmp_path_factory, compiled):
    """A site whose clock stands still on a trading day."""
    with served(tmp_path_factory.mktemp("joint"), FixedClock(TRADING), compiled) as site:
        yield site


@pytest.fixture
def people(site):
    """The e-mail addresses of who writes and who signs for the first company, and of who signs for the other one."""
    with site.app.app_context():
        first = a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited", code="GBA-1")
        other = a_house(slug="harbour", name_zh="海港机器人有限公司", name_en="Harbour Robotics Limited", code="GBA-2")
        found = [member.user.email for member in (first.editor, first.signatory, other.signatory)]
        db.session.commit()
        db.session.remove()
    return found


@pytest.fixture
def three(site, visit, people):
    """Their browsers: a desk, a phone, and a phone without JavaScript, each in another language."""
    return [
        Seat(site, visit(1280), "en", people[0], None),
        Seat(site, visit(390), "zh-Hans", people[1], "authenticator"),
        Seat(site, visit(390, scripts=False), "zh-Hant", people[2], "authenticator"),
    ]


class Seat:
    """A person at a browser who reads in one language."""

    def __init__(self, site, page, lang, email, second):
        self.site, self.page, self.lang, self.email, self.second = site, page, lang, email, second
        self.enters()

    def enters(self):
        self.page.context.clear_cookies()
        _enters(self.site, self.page, self.email, second=self.second)

    def opens(self, path):
        self.page.goto(f"/{self.lang}{path}")
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        return self.page

    def presses(self, end):
        """The button of the form that is sent to an address with this end, with the password where it is asked for."""
        self.page.locator(f"form[action$='{end}'] button").click()
        if self.page.locator("[name=password]").count():
            self.page.fill("[name=password]", PASSWORD)
            self.page.click("main form button[type=submit]")
        assert self.page.locator(".errsum").count() == 0, self.page.locator(".errsum").inner_text()

    def signs(self, path):
        self.opens(path).check("[name=declared_true]")
        self.presses("/sign")


def _sent(writer, new, typed, *, invites):
    """Write an announcement, invite the other company unless it is there already, and send it; its address."""
    writer.opens(new)
    _written(writer.page, typed)
    path = writer.page.url.split("/en", 1)[1]
    if invites:
        writer.page.click(f"a[href$='{path}/companies']")
        writer.page.fill("[name=code]", "gba-2")
        writer.page.click("main form.form button[type=submit]")
        expect(writer.page.locator("main")).to_contain_text("海港机器人有限公司")
        writer.opens(path)
    writer.presses("/send")
    return path


def _numbers(page, address):
    """The numbers of the announcements that a page leads to, in its order, each once."""
    page.goto(address)
    found = page.locator("main a[href*='/announcements/2027-']").evaluate_all("each => each.map(a => a.href)")
    return list(dict.fromkeys(href.split("/announcements/")[1].split("/")[0] for href in found))


def test_two_companies_sign_release_correct_and_one_leaves_another(site, visit, three):
    writer, own, partner = three
    reader = visit(390, locale="zh-HK", scripts=False)
    new = "/studio/companies/lantern/announcements/new"
    path = _sent(writer, new, VENTURE, invites=True)
    partner.signs(path)
    expect(partner.page.locator("main")).to_contain_text(SIGNED)
    assert _released(site, TRADING) == 0
    own.signs(path)
    expect(own.page.locator("main")).to_contain_text(QUEUED)
    assert _numbers(reader, "/zh-Hant/announcements?period=whole") == []
    assert _released(site, WINDOW) == 1
    told = {}
    for slug, name in (("lantern", "燈塔醫療"), ("harbour", "harbour robotics")):
        assert _numbers(reader, f"/zh-Hant/companies/{slug}") == [FIRST]
        assert _numbers(reader, f"/zh-Hant/announcements?company={name}") == [FIRST]
        (told[slug],) = reader.request.get(f"/en/announcements/json?company={slug}").json()["announcements"]
    assert told["lantern"] == told["harbour"]
    assert told["lantern"]["all_codes"] == "GBA-1 GBA-2"
    reader.goto(f"/zh-Hant/announcements/{FIRST}")
    for name in ("灯塔医疗有限公司", "海港机器人有限公司", "Harbour Robotics Limited"):
        expect(reader.locator("main")).to_contain_text(name)

    site.app.extensions["clock"].set(WINDOW + timedelta(days=1))
    for each in three:
        each.enters()
    path = _sent(writer, f"{new}?corrects={FIRST}", CORRECTED, invites=False)
    own.signs(path)
    assert _numbers(reader, "/zh-Hant/companies/harbour") == [FIRST]
    partner.signs(path)
    for slug in ("lantern", "harbour"):
        assert _numbers(reader, f"/zh-Hant/companies/{slug}") == [SECOND, FIRST]
    assert SECOND in _numbers(reader, f"/zh-Hant/announcements/{FIRST}")

    path = _sent(writer, new, VENTURE | SUPPLY, invites=True)
    own.signs(path)
    partner.opens(path).click(f"a[href$='{path}/leave']")
    partner.page.fill("[name=reason]", "董事會尚未同意。")
    partner.page.click("main form.form button[type=submit]")
    assert partner.page.goto(f"/zh-Hant{path}").status == 404
    expect(writer.opens(path).locator("main")).to_contain_text("董事會尚未同意。")
    writer.presses("/send")
    own.signs(path)
    assert _numbers(reader, "/zh-Hant/companies/lantern") == [THIRD, SECOND, FIRST]
    assert _numbers(reader, "/zh-Hant/companies/harbour") == [SECOND, FIRST]
