"""A calendar file of the installation's own: what it adds, and that a wrong one is refused whole, with its line."""

import os
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

import config
from listing import almanac, calendars
from listing.disclosure import deadlines
from listing.factory import create_app
from listing.rulebook.node import Broken

GOOD = """\
names:
  typhoon: {zh_hans: 八号台风信号, zh_hant: 八號颱風信號, en: a No. 8 typhoon signal}
years:
  - region: HK
    year: 2026
    how: adds
    source: HKEX circular of 2026-09-23 on the typhoon
    status: verified
    days_off:
      - [2026-09-23, 2026-09-23, typhoon]
    exchange_closed: [2026-09-24]
  - region: CN
    year: 2027
    how: replaces
    source: 国务院办公厅关于2027年部分节假日安排的通知
    status: verified
    days_off:
      - [2027-01-01, 2027-01-03, new_year]
      - [2027-02-05, 2027-02-12, lunar_new_year]
    work: [2027-02-13]
  - region: HK
    year: 2028
    source: General holidays for 2028 as gazetted
    status: verified
    days_off:
      - [2028-01-01, 2028-01-01, new_year]
      - [2028-01-26, 2028-01-28, lunar_new_year]
"""


@pytest.fixture
def usual():
    yield
    calendars.install(None)


def written(tmp_path, text=GOOD):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_days_a_whole_year_and_a_year_anew_are_taken_from_a_file(tmp_path, usual):
    day = date(2026, 9, 22)
    assert calendars.trading_days_after("HK", day, 1).day == date(2026, 9, 23)
    almanac.install(written(tmp_path))
    reckoning = calendars.trading_days_after("HK", day, 1)
    assert (reckoning.day, [reason.id for _day, reason in reckoning.passed]) == (date(2026, 9, 25), ["typhoon"])
    assert calendars.working_days_after("HK", day, 1).day == date(2026, 9, 24)  # offices worked, the exchange did not
    assert calendars.both_open_days_after(day, 1).day == date(2026, 9, 28)
    assert not calendars.is_working_day("HK", date(2026, 10, 1)), "what was entered stays"
    assert calendars.is_working_day("CN", date(2027, 2, 13))
    assert calendars.is_working_day("CN", date(2027, 10, 1)), "the notice stands for all of the year"
    assert calendars.is_trading_day("HK", date(2028, 1, 3))
    assert not calendars.is_trading_day("HK", date(2028, 1, 27))
    year = calendars.years()["HK", 2026]
    assert year.source.endswith("as gazetted; HKEX circular of 2026-09-23 on the typhoon")
    assert year.status == "memory", "the weaker of both"
    assert calendars.years()["CN", 2027].status == "verified"
    with pytest.raises(calendars.OutsideCalendar):
        calendars.is_working_day("CN", date(2028, 1, 3))
    almanac.install("")
    assert calendars.trading_days_after("HK", day, 1).day == date(2026, 9, 23)


def test_a_due_day_names_the_exceptional_closure(tmp_path, usual):
    almanac.install(written(tmp_path))
    due = deadlines.due(deadlines.parse("EV+2TD"), date(2026, 9, 22), "HK")
    assert (due.day, [reason.en for _day, reason in due.passed]) == (date(2026, 9, 28), ["a No. 8 typhoon signal"])


def test_our_own_file_is_one_of_this_form():
    text = resources.files("listing").joinpath("calendars.yaml").read_text(encoding="utf-8")
    names = text.partition("years:")[0]
    years = text.removeprefix(names)
    assert almanac.extended(years, "calendars.yaml", before={}) == calendars.usual()


def test_the_application_starts_with_the_file_and_another_one_without(tmp_path, usual):
    settings = config.Testing()
    settings.CALENDARS = written(tmp_path)
    create_app(settings)
    assert not calendars.is_trading_day("HK", date(2026, 9, 23))
    create_app(config.Testing())
    assert calendars.is_trading_day("HK", date(2026, 9, 23))


ROW = "years:\n- {region: HK, year: 2026, how: adds, source: A, status: verified, "
NEW = "years:\n- {region: HK, year: 2028, source: A, status: verified, "
NAMED = ", en: a No. 8 typhoon signal"
SOURCE = "HKEX circular of 2026-09-23 on the typhoon"
IN_2028 = "region: HK\n    year: 2028"
DAYS = "[2028-01-01, 2028-01-01, new_year]"


def turned(before, after):
    assert before in GOOD
    return GOOD.replace(before, after)


# What is wrong, the file, the first line that holds these words, and the reason.
BAD = [
    ("a market that is none", turned(IN_2028, "region: SG\n    year: 2028"), "SG", "SG is not one of CN, HK, MO"),
    (
        "a day twice",
        ROW + "days_off: [[2026-03-02, 2026-03-03, buddha], [2026-03-03, 2026-03-03, buddha]]}",
        "buddha",
        "2026-03-03 is off already",
    ),
    ("a day off already", turned("2026-09-23, 2026-09-23", "2026-10-01, 2026-10-01"), "10-01", "10-01 is off already"),
    ("a closure twice", ROW + "exchange_closed: [2026-03-02, 2026-03-02]}", "region", "names something twice"),
    ("closing what is closed", ROW + "exchange_closed: [2026-10-01]}", "region", "the exchange is closed anyway"),
    ("no exchange", ROW.replace("HK", "MO") + "exchange_closed: [2026-03-02]}", "region", "MO has no exchange"),
    (
        "a year entered already",
        turned("    how: replaces\n", ""),
        "year: 2027",
        "2027 in CN is entered already",
    ),
    ("another one", turned("2028", "2026"), "", "2026 in HK is entered already; say how: adds"),
    ("adding to nothing", turned(IN_2028, IN_2028 + "\n    how: adds"), "", "2028 in HK is not entered"),
    ("replacing nothing", turned(IN_2028, IN_2028 + "\n    how: replaces"), "", "nothing that this replaces"),
    (
        "a year twice",
        turned(IN_2028, "region: HK\n    year: 2026\n    how: replaces").replace("2028-", "2026-"),
        "",
        "2026 in HK stands twice in this file",
    ),
    ("no source", turned(f"    source: {SOURCE}\n", ""), "region: HK", "source is missing"),
    ("an empty source", turned(SOURCE, ""), "source:", "source is empty"),
    (
        "no state",
        NEW.replace("status: verified, ", "") + f"days_off: [{DAYS}]}}",
        "region",
        "status is missing",
    ),
    ("a date that is none", turned("2026-09-24", "2026-09-31"), "09-31", "2026-09-31 is not a day such as 2026-10-01"),
    ("a date as people write it", turned("[2026-09-23, 2", "[23.9.2026, 2"), "23.9", "23.9.2026 is not a day such as"),
    ("29 February", ROW + "exchange_closed: [2026-02-29]}", "region", "2026-02-29 is not a day"),
    ("a day of another year", turned("2027-02-13", "2026-02-13"), "2026-02-13", "2026-02-13 does not lie in 2027"),
    ("an end before its beginning", turned("2027-01-03", "2026-12-31"), "2026-12-31", "does not lie in 2027"),
    ("the wrong way round", turned("01, 2027-01-03", "03, 2027-01-01"), "01-03", "are not from 1 to 31 days"),
    ("months of holiday", turned("2027-01-03", "2027-11-03"), "11-03", "are not from 1 to 31 days"),
    ("a name that is none", turned(DAYS, DAYS.replace("new", "old")), "old_year", "old_year is the name of no day"),
    ("a name in two languages", turned(NAMED, ""), "typhoon", "en is missing"),
    ("a name of ours", turned("  typhoon:", "  christmas:"), "christmas", "christmas is the name of a day already"),
    ("a weekday worked instead", turned("2027-02-13", "2027-02-15"), "2027-02-15", "is no Saturday or Sunday"),
    ("a holiday worked", turned("2027-02-13", "2027-01-02"), "2027-01-02]", "work: 2027-01-02 is off"),
    ("a year without days", NEW.rstrip(", ") + "}", "region", "a year without days_off is none"),
    ("nothing added", ROW.rstrip(", ") + "}", "region", "it adds nothing"),
    ("a year far away", turned("year: 2028", "year: 12028"), "12028", "12028 is no year from 2000 to 2100"),
    ("a key that nobody knows", turned("    work:", "    working:"), "working", "working is not known here"),
    ("two words", ROW + "days_off: [[2026-03-02, buddha]]}", "region", "days_off: not a list of 3"),
    ("half a file", GOOD[: GOOD.index("2026-09-24")], None, "not YAML"),
    ("an empty file", "", None, "the file is empty"),
    ("no years", "names: {a: {zh_hans: 甲, zh_hant: 甲, en: A}}", "names", "years is missing"),
]


@pytest.mark.parametrize(("text", "words", "reason"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_file_that_is_wrong_anywhere_is_refused_whole(tmp_path, text, words, reason):
    path = written(tmp_path, text)
    with pytest.raises(Broken) as refused:
        almanac.install(path)
    assert reason in refused.value.reason
    assert str(refused.value) == f"{path}:{refused.value.line}: {refused.value.reason}"
    if words:
        assert refused.value.line == next(n for n, line in enumerate(text.splitlines(), 1) if words in line)
    assert calendars.years() == calendars.usual(), "nothing of it is taken"


def test_what_is_no_file_and_no_text_stops_the_start_too(tmp_path):
    with pytest.raises(OSError, match="absent.yaml"):
        almanac.install(str(tmp_path / "absent.yaml"))
    (tmp_path / "gbk.yaml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(Broken, match=r"gbk.yaml:1: not text in UTF-8"):
        almanac.install(str(tmp_path / "gbk.yaml"))


@pytest.mark.slow
def test_the_service_does_not_start_with_a_broken_file_and_says_where(tmp_path):
    path = written(tmp_path, GOOD.replace("2026-09-24", "2026-09-31"))
    root = Path(__file__).parents[1]
    run = [sys.executable, "-m", "flask", "routes-policy"]
    told = subprocess.run(run, cwd=root, env=_with(path), capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert f"{path}:11: exchange_closed: 2026-09-31 is not a day such as 2026-10-01" in told.stderr


def _with(path):
    return {**os.environ, "CALENDARS": path}
