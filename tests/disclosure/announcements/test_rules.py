"""What holds an announcement back, when it may be released, and the bytes that are proved; no database."""

from contextlib import nullcontext
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from listing.bilingual import freshness, misplaced
from listing.bilingual.freshness import Freshness
from listing.bilingual.pair import Pair
from listing.disclosure import standards
from listing.disclosure.announcements import checks, headlines, rules, texts, windows
from listing.disclosure.announcements.categories import categories
from listing.disclosure.deadlines import NotAPeriodEnd
from listing.rulebook.node import Broken

from .made import BODY, SESSION, TITLE

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HONG_KONG)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-11-23T05:59", "2026-11-23T06:00"),  # a trading day
        ("2026-11-23T08:29", "2026-11-23T06:00"),  # open: the window itself
        ("2026-11-23T08:30", "2026-11-23T12:00"),  # its end is no part of it
        ("2026-11-23T12:30", "2026-11-23T16:30"),
        ("2026-11-23T23:00", "2026-11-24T06:00"),
        ("2026-12-24T12:10", "2026-12-24T12:30"),  # an eve: trading ends at noon
        ("2026-12-25T09:00", "2026-12-27T18:00"),  # Friday a holiday, Saturday before a day off; Sunday before Monday
        ("2026-11-21T19:00", "2026-11-22T18:00"),  # Saturday before a Sunday has none
        ("2026-11-22T19:59", "2026-11-22T18:00"),
        ("2026-11-22T20:00", "2026-11-23T06:00"),
        ("2026-12-31T23:30", "2027-01-03T18:00"),  # over the end of a year
    ],
)
def test_the_window_that_is_open_or_the_next(asked, opens):
    found = windows.at_or_after(windows.usual(), at(asked))
    assert found.opens == at(opens)
    assert found.holds(at(asked)) == (at(asked) >= at(opens))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('full: ["08:30-06:00"]', "does not follow"),
        ('full: ["06:00-08:30", "08:00-09:00"]', "does not follow"),
        ('full: ["6-8"]', "no span|not a span"),
        ('full: ["06:00-08:30"]\nsurprise: 1', "not known"),
    ],
)
def test_a_file_of_windows_that_is_none_is_refused(line, said):
    rest = 'source: x\nstatus: memory\nzone: Asia/Shanghai\nregion: CN\nmorning: ["12:30-23:00"]\n'
    with pytest.raises(Broken, match=said):
        windows.read(f'{rest}before_open: ["18:00-20:00"]\n{line}\n', "own.yaml")


def test_every_event_of_the_standard_is_a_category_and_every_item_is_one_of_it():
    items = {item.id for item in standards.latest().items}
    assert {one.item for one in categories().values()} - {None} <= items
    assert [key for key in categories() if key.startswith("event_")] == [
        f"event_{e}" for e in standards.latest().events
    ]


@pytest.mark.parametrize(
    ("category", "period_end", "event_on", "refusal"),
    [
        ("annual_report", date(2025, 12, 31), None, None),
        ("annual_report", date(2024, 2, 29), None, None),
        ("annual_report", date(2024, 2, 28), None, NotAPeriodEnd),
        ("annual_report", None, date(2026, 1, 1), rules.NoPeriod),
        ("annual_report", date(2026, 12, 31), None, rules.NotYet),
        ("event_litigation", None, date(2026, 11, 23), None),
        ("event_litigation", None, date(2026, 11, 24), rules.NotYet),
        ("event_litigation", None, None, rules.NoEvent),
        ("clarification", None, None, None),
    ],
)
def test_the_day_a_category_speaks_of(category, period_end, event_on, refusal):
    def look():
        rules.speaks_of(categories()[category], period_end, event_on, date(2026, 11, 23))

    if refusal is None:
        look()
    else:
        pytest.raises(refusal, look)


def fresh_of(title, body, made=None, read=False):
    whole = texts.whole(title, body)
    kept = freshness.saved(Pair("", ""), whole, Freshness(), by="x", now=SESSION, made=made)
    return freshness.confirmed(whole, kept, by="x", now=SESSION, machine_read=True) if read else kept


def test_what_agrees_is_held_back_by_nothing():
    found = checks.checked(TITLE, BODY, None, fresh_of(TITLE, BODY))
    assert found.blocks == []


@pytest.mark.parametrize(
    ("body", "note", "place", "message"),
    [
        (Pair(BODY.zh, BODY.en.replace("86.9", "96.8")), None, 1, "The figures differ"),
        (Pair(BODY.zh, ""), None, "body", rules.TextMissing.message),
        (Pair(BODY.zh, BODY.en.replace("\n\n", " ")), None, "body", rules.PassagesDiffer.message),
        (BODY, Pair("更正收入。", ""), "note", rules.TextMissing.message),
        (BODY, Pair("It corrects the revenue.", "It corrects the revenue."), "note", misplaced.NotChinese.message),
        (BODY, Pair("更正收入。", "更正收入。"), "note", misplaced.NotEnglish.message),
    ],
)
def test_what_blocks_says_where(body, note, place, message):
    found = checks.checked(TITLE, body, note, fresh_of(TITLE, body))
    assert [said.place for said in found.blocks] == [place]
    assert found.blocks[0].message.startswith(message)


def test_text_of_a_program_blocks_until_somebody_read_it():
    made = {"en": freshness.TRANSLATED}
    [said] = checks.checked(TITLE, BODY, None, fresh_of(TITLE, BODY, made)).blocks
    assert said.message == rules.MachineText.message
    assert checks.checked(TITLE, BODY, None, fresh_of(TITLE, BODY, made, read=True)).blocks == []


def test_invisible_characters_and_broken_titles_are_named():
    with pytest.raises(rules.Hidden, match=r"U\+202E"):
        texts.typed("Profit \u202eof 12%")
    with pytest.raises(rules.SeveralLines):
        texts.title("One\r\ntwo")
    assert texts.typed("One  \r\ntwo\x07") == "One\ntwo"


def test_a_text_that_somebody_holds_comes_to_the_same_digest():
    ours = texts.plain("Title", ["First\nline", "Second"])
    held = "\ufeffTitle  \r\n\r\n \r\nFirst\r\nline\r\n\r\nSecond\r\n\r\n"
    assert texts.settled(held) == ours
    assert texts.loose("Title First line Second") == texts.loose(ours)
    assert texts.loose("Title First line Third") != texts.loose(ours)


def test_every_category_has_a_headline_and_those_that_ask_for_one_leave_a_choice():
    choices = {key: [one.id for one in headlines.of_category(key)] for key in categories()}
    assert [key for key, found in choices.items() if not found] == []
    assert [key for key in headlines.sheet().required if len(choices[key]) < 2] == []


@pytest.mark.parametrize(
    ("category", "code", "kept", "refusal"),
    [
        ("annual_report", None, "annual_report", None),  # the only one it has
        ("meeting", "agm_notice", "agm_notice", None),
        ("meeting", None, None, headlines.NoHeadline),
        ("meeting", "placing", "placing", headlines.OtherHeadline),
        ("notice", None, None, None),
        ("notice", "none", "none", headlines.NoSuchHeadline),
    ],
)
def test_the_headline_that_goes_with_a_category(category, code, kept, refusal):
    assert headlines.settled(category, code) == kept
    with pytest.raises(refusal) if refusal else nullcontext():
        headlines.check(category, kept)
