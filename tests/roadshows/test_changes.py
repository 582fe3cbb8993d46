"""What a published change changed: found by comparing, kept with its version, put into words on the public page."""

from datetime import UTC, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM
from listing.bilingual.pair import Pair
from listing.roadshows import changes, lists, telling
from listing.roadshows.changes import Hours, OnDay, Schedule, Slot
from listing.roadshows.operations import door, planning, scheduling
from listing.store.db import db
from tests.companies.test_feeds import ATOM, entries
from tests.factories import NOW

from .made import a_presenter, a_roadshow, a_session

TEN = datetime(2026, 12, 8, 2, tzinfo=UTC)
MINUTE, NONE = timedelta(minutes=1), Pair("", "")
WHO = {"actor": SYSTEM, "now": NOW}


def slot(at, title="开场", **said):
    begins = TEN + at * MINUTE
    values = {"title": Pair(title, title), "company_id": None, "room": NONE, "text": NONE, "spoken": ("en", True)}
    return Slot(1, Hours(begins, begins + 30 * MINUTE), **values | said)


def a_schedule(slots=(), shift=timedelta(0), **said):
    hours = Hours(TEN - 30 * MINUTE + shift, TEN + 300 * MINUTE + shift)
    held = {n: s._replace(hours=Hours(*(at + shift for at in s.hours))) for n, s in enumerate(slots, 1)}
    values = {"state": "published", "title": Pair("路演", "Roadshow"), "summary": NONE, "window": Hours(TEN, TEN)}
    days = {1: OnDay(hours, Pair("南沙", "Nansha"))}
    return Schedule(
        **values | {"zone": "Asia/Hong_Kong", "limits": (), "priority": (), "days": days, "slots": held} | said
    )


THREE = [slot(0, "甲"), slot(40, "乙"), slot(80, "丙")]


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (THREE, THREE, []),
        (THREE, [slot(0, "甲"), slot(50, "乙"), slot(90, "丙")], ["later"]),
        (THREE, [slot(0, "甲"), slot(40, "乙"), slot(85, "丙")], ["time"]),
        (THREE, [slot(40, "甲"), slot(0, "乙"), slot(80, "丙")], ["time", "time"]),
        (THREE, THREE[:2], ["removed"]),
        (THREE[:2], THREE, ["added"]),
        (THREE, [slot(0, "丁"), *THREE[1:]], ["name"]),
        (THREE, [slot(0, "甲", room=Pair("副厅", "Side room"), text=Pair("新", "new")), *THREE[1:]], ["room", "text"]),
        (THREE, [slot(0, "甲", spoken=("zh", True)), *THREE[1:]], ["spoken"]),
        ([slot(0)], [slot(0)._replace(title=Pair("开场", "开场", "Hant"))], []),
    ],
)
def test_sessions_are_compared_one_by_one_and_those_later_together_are_one_line(before, after, codes):
    assert [line["code"] for line in changes.between(a_schedule(before), a_schedule(after))] == codes


def test_a_roadshow_that_moves_as_a_whole_is_one_line_across_a_change_of_clocks_too():
    before = a_schedule(THREE, zone="Europe/London", shift=timedelta(days=107))  # 25 March 2027, before summer time
    after = a_schedule(THREE, zone="Europe/London", shift=timedelta(days=114) - 60 * MINUTE)
    [line] = changes.between(before, after)
    assert line["code"] == "moved"
    assert changes.read(line)["after"] == after.days[1].hours.begins


def test_every_published_change_is_a_version_and_what_everybody_does_not_see_is_none(app):
    show = a_roadshow(onsite=1)
    day, session = show.days[0], show.days[0].sessions[0]
    said = {"date": day.date, "begins": time(10), "ends": time(18), "link": "https://meet.example/x", "online": 3}
    scheduling.change_day(day=day, venue=day.venue, onsite=5, **said, **WHO)
    scheduling.change_day(day=day, venue=Pair("横琴", "Hengqin"), onsite=5, **said, **WHO)
    added = a_session(day, time(11), company=a_presenter(), title=NONE)
    door.delay(session=session, minutes=10, seen=session.begins_at, **WHO)
    scheduling.move(show=show, days=1, minutes=0, tell=False, **WHO)
    scheduling.remove_session(session=added, **WHO)
    planning.cancel(show=show, reason=Pair("台风", "Typhoon"), **WHO)
    rows = lists.changes(show).rows
    told = [(row.version, [line["code"] for line in row.lines]) for row in reversed(rows)]
    codes = ["published", "venue", "added", "later", "moved", "removed", "cancelled"]
    assert told == [(version, [code]) for version, code in zip((1, 3, 4, 5, 6, 7, 8), codes, strict=True)]


SENTENCES = {
    "zh-Hans": ('地点现为<span lang="zh-Hans">横琴</span>', "推迟 10 分钟", "路演整体改期"),
    "zh-Hant": ('地點現為<span lang="zh-Hans">横琴</span>', "推遲 10 分鐘", "路演整體改期"),
    "en": ('is now <span lang="en">Hengqin</span>', "10 minutes later", "The whole roadshow moved."),
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_the_page_tells_the_last_changes_and_leads_to_all(app, client, lang):
    show = a_roadshow()
    day, company = show.days[0], a_presenter()
    a_session(day, time(11), company=company, title=NONE)
    said = {"date": day.date, "begins": time(10), "ends": time(18), "link": "", "onsite": 2, "online": 0}
    scheduling.change_day(day=day, venue=Pair("横琴", "Hengqin"), **said, **WHO)
    door.delay(session=day.sessions[0], minutes=10, seen=day.sessions[0].begins_at, **WHO)
    scheduling.move(show=show, days=1, minutes=0, tell=False, **WHO)
    scheduling.remove_session(session=day.sessions[1], **WHO)
    db.session.commit()
    page, every = (client.get(f"/{lang}/roadshows/{show.code}{end}").text for end in ("", "/changes"))
    assert all(text in every for text in (*SENTENCES[lang], company.name_en if lang == "en" else company.name_zh))
    assert SENTENCES[lang][2] in page
    assert SENTENCES[lang][0] not in page
    assert f'/{lang}/roadshows/{show.code}/changes"' in page


def test_every_hour_that_is_told_names_its_zone(app, client):
    show = a_roadshow()
    scheduling.remove_session(session=a_session(show.days[0], time(11)), **WHO)
    db.session.commit()
    row = lists.changes(show).rows[0]
    label = "11:00–11:30 HKT/CST (UTC+8)"
    assert [label in telling.lines(row, show, lang, {})[0] for lang in ("zh-Hans", "en")] == [True, True]
    shown = BeautifulSoup(client.get(f"/en/roadshows/{show.code}").text, "lxml").select(".slots .when")
    assert shown
    assert [each.small.get_text() for each in shown] == ["HKT/CST (UTC+8)"] * len(shown)


def test_feed_readers_follow_the_changes_in_both_languages_and_a_draft_has_none(app, client):
    show = a_roadshow(published=False, title=Pair("一二 <路演>", "One & <two>"))
    page, feed = (f"/en/roadshows/{show.code}{end}" for end in ("", "/changes/feed"))
    assert [client.get(address).status_code for address in (page, feed)] == [404, 404]
    planning.publish(show=show, **WHO)
    scheduling.move(show=show, days=1, minutes=0, tell=False, actor=SYSTEM, now=NOW + MINUTE)
    db.session.commit()
    first = client.get(feed)
    assert client.get(feed, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert [client.get(at).text.count(f'href="{feed}"') for at in (page, f"{page}/changes")] == [2, 2]
    moved, published = entries(first)
    assert said(published) == {"en": ["The roadshow was published."], "zh-Hans": ["路演已发布。"]}
    assert [line[:7] for lines in said(moved).values() for line in lines] == ["The who", "路演整体改期："]
    assert moved.findtext("a:title", None, ATOM) == "One & <two>, version 2 · 一二 <路演> 第 2 版"
    assert moved.findtext("a:updated", None, ATOM) == (NOW + MINUTE).isoformat()
    assert client.get(moved.findtext("a:id", None, ATOM)).text.count('id="version-2"') == 1
    planning.cancel(show=show, reason=Pair("台风", "Typhoon"), **WHO)
    db.session.commit()
    again = entries(client.get(feed))
    assert [entry.findtext("a:id", None, ATOM) for entry in again[1:]] == [
        entry.findtext("a:id", None, ATOM) for entry in (moved, published)
    ]
    assert said(again[0])["en"] == ["The roadshow was cancelled."]


def said(entry):
    """What an entry says, by language."""
    lists_ = entry.iter("{http://www.w3.org/1999/xhtml}ul")
    return {each.get("lang"): [line.text for line in each] for each in lists_}


def test_who_was_called_off_as_a_draft_is_shown_to_nobody(app, client):
    show = a_roadshow(published=False)
    planning.cancel(show=show, reason=Pair("台风", "Typhoon"), **WHO)
    db.session.commit()
    ends = ("", "/changes", "/changes/feed", "/calendar.ics", "/now", "/record.pdf")
    assert {client.get(f"/en/roadshows/{show.code}{end}").status_code for end in ends} == {404}
