"""A roadshow from its first page to its archive, in two cities, with a mail server that counts every letter."""

import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from listing.accounts.models import Membership
from listing.clock import FixedClock
from listing.notifications import dispatch
from listing.notifications.models import Notice
from listing.roadshows import queries
from listing.roadshows.models import Registration
from listing.roadshows.operations import reminding, seating
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, an_organisation
from tests.notifications.sink import DATA, Sink
from tests.roadshows.made import BOTH, actor_of, an_admitted_investor, an_organizer
from tests.roadshows.test_seating import apply

from .acting import enter, save
from .conftest import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
CODE = "two-cities"
BASICS = {
    "title_zh": "两城路演",
    "title_en": "Two-city roadshow",
    "summary_zh": "两天，两座城市，十二家企业。",
    "summary_en": "Two days, two cities, twelve companies.",
    "code": CODE,
    "opens": "2026-11-20T09:00",
    "closes": "2026-12-08T09:00",
}
DAYS = (
    ("2026-12-08", "广州南沙国际金融论坛永久会址", "International Finance Forum, Nansha, Guangzhou"),
    ("2026-12-09", "香港科学园", "Hong Kong Science Park"),
)
ROUND = {"begins": "15:00", "minutes": "20", "pause": "5", "count": "3", "rooms": "201", "closes": "2026-12-07T10:00"}
QUESTION = "How many ports use it? 有多少港口在用？"
ANSWER = {
    "question_zh": "有多少港口在用？",
    "question_en": "How many ports use it?",
    "answer_zh": "截至今日有7个港口在用。",
    "answer_en": "As of today 7 ports use it.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory, compiled):
    """A site of its own, whose clock the journey moves."""
    with served(tmp_path_factory.mktemp("roadshow"), FixedClock(NOW), compiled) as site:
        yield site


@pytest.fixture
def sink(site):
    """The mail server that the site and its processes send to."""
    with Sink() as server:
        site.app.config |= {"MAIL_BACKEND": "smtp", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": server.port}
        yield server


@pytest.fixture
def people(site):
    """Twelve companies; the e-mail addresses of an organizer, two guests and somebody of the first company."""
    with site.app.app_context():
        editor = a_member(an_organisation("enterprise"), "editor")
        first = a_company(slug="first-of-twelve", organisation_id=editor.organisation_id, **BOTH)
        companies = [first.id, *(a_company(**BOTH).id for _ in range(11))]
        early = an_admitted_investor(name="Early Guest", language="en", zone="Europe/London")
        late = an_admitted_investor(name="候補來賓", language="zh-Hant", zone="Asia/Hong_Kong")
        emails = [member.user.email for member in (an_organizer(), early, late, editor)]
        db.session.commit()
        db.session.remove()
    return companies, emails


def _plan(page, companies):
    """Two days with six companies each; the address of the organizer's page."""
    page.goto("/en/events/manage")
    page.click("text=New roadshow")
    save(page, **BASICS)
    home = page.url
    for number, (date, zh, en) in enumerate(DAYS):
        page.goto(f"{home}/days/new")
        hours = {"date": date, "begins": "10:00", "ends": "17:00"}
        link = {"link": "https://meet.example/two-cities"}
        save(page, **hours, **link, venue_zh=zh, venue_en=en, onsite="5", online="1")
        for company in companies[6 * number : 6 * number + 6]:
            page.locator("a", has_text="Add a session").last.click()
            page.select_option("#company_id", str(company))
            page.check("#agreed")
            save(page, minutes="30")
    page.click("text=Publish the roadshow")
    return home


def _register(page, lang, mode):
    page.goto(f"/{lang}/roadshows/{CODE}")
    page.locator("a[href*='/days/']").first.click()
    page.check(f"[name=mode][value={mode}]")
    save(page)
    return page.locator("main .note .tag").first.inner_text()


@contextmanager
def _inside(site):
    """Work on the database of the site as its own code does."""
    with site.app.app_context():
        yield queries.shown(CODE).days[0]
        db.session.commit()
        db.session.remove()


def _move_clock(site, at):
    site.app.extensions["clock"].set(at)
    return at


def _send(site, at):
    """Every letter that waits, in one pass."""
    with _inside(site):
        dispatch.run(now=at)


def _killed_in_its_pass(site, sink, at, after):
    """A process sends until the mail server has taken ``after`` letters and answers no more; then it is killed."""
    most, hangs = len(sink.taken) + after, Event()

    def fault(stage, _to, _number):
        if stage == DATA and len(sink.taken) >= most:
            hangs.set()
            return "hang"
        return None

    sink.fault = fault
    url = site.app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-m", "tests.browser.sender", url, str(sink.port), at.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        assert hangs.wait(90)
        process.kill()
    assert len(sink.taken) == most
    sink.fault = lambda *_asked: None


def test_from_two_cities_planned_to_the_record_that_stays(site, sink, visit, people):
    companies, (organizer, early, late, editor) = people
    manager, first, second, enterprise = visit(1280), visit(390), visit(390, locale="zh-HK", scripts=False), visit(390)
    said = (manager, "en", organizer), (first, "en", early), (second, "zh-Hant", late), (enterprise, "zh-Hans", editor)
    for page, lang, email in said:
        enter(page, lang, email)
    home = _plan(manager, companies)

    # Five on site and one online have the places; the sixth of each waits.
    with _inside(site) as day:
        guests = [an_admitted_investor() for _ in range(6)]
        rows = [apply(guest, day).id for guest in guests[:5]]
        guests = [guest.id for guest in guests]
    assert _register(first, "en", "online") == "Place confirmed"
    with _inside(site) as day:
        assert apply(db.session.get(Membership, guests[5]), day, mode="online").state == "waitlisted"
    assert _register(second, "zh-Hant", "onsite") == "輪候中"
    with _inside(site):
        row, guest = db.session.get(Registration, rows[0]), db.session.get(Membership, guests[0])
        seating.withdraw(row=row, actor=actor_of(guest), now=NOW)
    second.reload()
    second.locator("form[action$='/accept'] button").click()
    assert second.locator("main .note .tag").first.inner_text() == "名額已確認"

    manager.goto(f"{home}/move")
    save(manager, minutes="60")
    with _inside(site) as day:
        begins, ends, number = day.begins_at, day.ends_at, day.id
        assert begins.astimezone(ZoneInfo("Asia/Hong_Kong")).hour == 11

    # One-to-ones: both sides wish, the timetable is published once the time for wishes is over.
    meetings = f"{home}/days/{number}/meetings"
    manager.goto(f"{meetings}/setup")
    save(manager, **ROUND)
    for page, address in (
        (second, f"/zh-Hant/roadshows/{CODE}/days/{number}/meetings"),
        (enterprise, f"/zh-Hans/studio/companies/first-of-twelve/days/{number}/meetings"),
    ):
        page.goto(address)
        for slot in page.locator("[name=available]").all():
            slot.check()
        page.locator("select[name^=to_]").first.select_option("1")
        save(page)
    at = _move_clock(site, begins - timedelta(hours=23))
    for page, lang, email in said:
        page.context.clear_cookies()
        enter(page, lang, email)
    manager.goto(meetings)
    manager.get_by_role("button", name="Work out a timetable").click()
    manager.get_by_role("button", name="Publish and tell each party").click()
    second.goto(f"/zh-Hant/roadshows/{CODE}/days/{number}/meetings")
    assert second.locator("section[aria-labelledby=own] ol li").count() == 1
    _send(site, at)

    # The reminder of the day before: the process is killed amid the letters, the next pass sends the rest.
    with _inside(site):
        assert reminding.tell_due(now=at, stopping=lambda: False) == 6
    _killed_in_its_pass(site, sink, at, after=3)
    lease = timedelta(seconds=site.app.config["REMINDER_LEASE"] + 1)
    _send(site, _move_clock(site, at + lease))
    with _inside(site):
        assert db.session.scalar(select(func.count()).where(Notice.state != "sent")) == 0
        keys = set(db.session.scalars(select(Notice.key)))
    assert (set(sink.keys()), set(sink.keys().values())) == (keys, {1})

    # On the day: at the door, a question, its answer in both languages.
    _move_clock(site, begins + timedelta(minutes=5))
    for page, lang, email in said[:3]:
        page.context.clear_cookies()
        enter(page, lang, email)
    manager.goto(f"{home}/door?q=候補")
    manager.get_by_role("button", name="Check in").click()
    assert manager.locator(".tag.ok").count() >= 1
    second.goto(f"/zh-Hant/roadshows/{CODE}")
    second.locator("a[href$='/ask']").first.click()
    save(second, typed=QUESTION)
    manager.goto(f"{home}/questions")
    manager.locator("main a[href*='/questions/']").first.click()
    save(manager, **ANSWER)

    # Over: everybody admitted still reads question and answer, and the page is kept.
    _move_clock(site, ends + timedelta(days=1, hours=2))
    for page, lang, email in said[:2]:
        page.context.clear_cookies()
        enter(page, lang, email)
    manager.goto(home)
    manager.get_by_role("button", name="Archive the roadshow").click()
    first.goto(f"/en/roadshows/{CODE}")
    for side in ("zh", "en"):
        assert first.get_by_text(ANSWER[f"answer_{side}"]).count() == 1
    assert first.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
