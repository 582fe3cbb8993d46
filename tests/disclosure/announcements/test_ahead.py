"""What a page says of the way from a signature to the release: it promises no window while others still come first."""

from datetime import time, timedelta

import pytest

from listing.disclosure.announcements import ahead, rules
from listing.disclosure.announcements.embargo import Typed
from listing.disclosure.announcements.operations import joining, writing
from listing.disclosure.announcements.windows import ANY, FULL, Window
from listing.store.db import db
from tests.disclosure.duties import in_tier
from tests.factories import a_session, serial

from .endorsing import an_agent
from .made import NOON, SESSION, a_house, acting, begun, sent, signed

WINDOW = Window(NOON, NOON + timedelta(minutes=20), FULL)
LATER = NOON + timedelta(hours=3)
SOON = "signed before then, it is released at once"
AT_ONCE = "Once signed it is released at once"
NO_WINDOW_NOW = "No window is open now. Signed, it waits for the one from"
IN_ITS_WINDOW = "Then it is released in both languages: in the window that is open by then, otherwise in the next."
ORDER = "After the signature, in this order:"
PLATFORM = "The platform reads it, as every announcement of this kind."
PARTNER = "An intermediary signs the same texts: the tier asks for that."
COMPANIES = "The other companies sign the same texts"


@pytest.mark.parametrize(
    ("state", "asked", "others", "hands"),
    [
        ("draft", (), False, ()),
        ("sent", ("review",), False, ("review",)),
        ("sent", ("review", "sponsor"), True, ("companies", "sponsor", "review")),
        ("sponsor", ("review", "sponsor"), False, ("review",)),
        ("sponsor", ("sponsor",), True, ("intermediaries",)),
        ("review", ("review", "sponsor"), False, ()),
    ],
)
def test_who_comes_next_in_which_order(state, asked, others, hands):
    found = ahead.ahead(state, asked, others=others, window=WINDOW, at=NOON, at_once=False, not_before=None)
    assert found == (hands, ahead.OPEN)


@pytest.mark.parametrize(
    ("window", "at", "at_once", "not_before", "ending"),
    [
        (WINDOW, NOON, False, None, ahead.OPEN),
        (WINDOW, SESSION, False, None, ahead.NEXT),
        (WINDOW, NOON, False, LATER, ahead.HELD),
        (WINDOW, LATER, False, NOON, ahead.NEXT),  # the embargo has passed
        (Window(NOON, None, ANY), NOON, True, None, ahead.FREE),
        (Window(LATER, None, ANY), NOON, True, LATER, ahead.HELD),
        (None, NOON, False, None, None),
    ],
)
def test_what_it_waits_for_in_the_end(window, at, at_once, not_before, ending):
    asked = {"window": window, "at": at, "at_once": at_once, "not_before": not_before}
    assert ahead.ahead(rules.SENT, (), others=False, **asked).ending == ending


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


@pytest.fixture
def read(app, clock):
    """The page of an announcement as a person reads it at an instant, without line ends."""

    def page(member, row, at=SESSION):
        clock.instant = at
        browser, token = app.test_client(), f"{member.id}-{at:%H%M}-{next(serial)}"
        a_session(member.user, token, created_at=at, seen_at=at, expires_at=at + timedelta(hours=1))
        db.session.commit()
        browser.set_cookie("session", token)
        return " ".join(browser.get(f"/en/studio/announcements/{row.id}").text.split())

    return page


MERGER = {"category": "event_merger", "headline": "restructuring"}
CLARIFIED = {"category": "clarification", "event_on": None}


def test_nobody_else_to_come_it_is_the_window_or_at_once(house, read):
    row = sent(house)
    assert [said in read(house.signatory, row) for said in (NO_WINDOW_NOW, SOON, AT_ONCE, ORDER)] == [1, 0, 0, 0]
    assert [said in read(house.signatory, row, NOON) for said in (NO_WINDOW_NOW, SOON, AT_ONCE, ORDER)] == [0, 1, 0, 0]
    free = sent(house, **CLARIFIED)
    assert [said in read(house.signatory, free) for said in (NO_WINDOW_NOW, SOON, AT_ONCE, ORDER)] == [0, 0, 1, 0]


def test_what_the_platform_reads_is_not_promised_the_open_window(house, read):
    row = sent(house, NOON, **MERGER)
    page = read(house.signatory, row, NOON)
    assert [said in page for said in (ORDER, PLATFORM, IN_ITS_WINDOW, SOON)] == [1, 1, 1, 0]
    assert page.index(PLATFORM) < page.index(IN_ITS_WINDOW)
    signed(house, row, now=NOON)
    page = read(house.signatory, row, NOON)
    assert [said in page for said in ("You can still withdraw it.", IN_ITS_WINDOW, SOON)] == [1, 1, 0]


def test_with_an_intermediary_to_come_nothing_is_released_at_once(house, read):
    in_tier(house.company, house.second.user, "select", since=SESSION)
    agent = an_agent(house)
    row = sent(house, **CLARIFIED)
    page = read(house.signatory, row)
    then = "Then it is released in both languages at once"
    assert [said in page for said in (PARTNER, then, AT_ONCE)] == [1, 1, 0]
    signed(house, row)
    assert [said in read(agent, row) for said in (ORDER, AT_ONCE)] == [0, 1]


def test_of_several_companies_the_last_alone_leads_it_to_the_window(house, read):
    other = a_house(slug="harbour", name_zh="海港机器人有限公司", name_en="Harbour Robotics Limited", code="GBA-8")
    row = begun(house)
    joining.invite(announcement=row, code="GBA-8", actor=acting(house.editor), now=SESSION)
    row = writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=SESSION)
    assert [said in read(house.signatory, row, NOON) for said in (COMPANIES, IN_ITS_WINDOW, SOON)] == [1, 1, 0]
    signed(house, row)
    assert [said in read(other.signatory, row, NOON) for said in (COMPANIES, IN_ITS_WINDOW, SOON)] == [0, 0, 1]


def test_an_embargo_is_said_with_those_who_come_before_its_end(house, read):
    row = sent(house, not_before=Typed(LATER.date(), time(15, 10), "Asia/Hong_Kong"), **MERGER)
    page = read(house.signatory, row)
    assert [said in page for said in (ORDER, "not before its embargo ends (", "Once signed it is held back")] == [
        1,
        1,
        0,
    ]
    signed(house, row)
    assert "not before its embargo ends (" in read(house.signatory, row)
