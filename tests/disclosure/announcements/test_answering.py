"""The version of the standard that a release answers is kept with it and said wherever everybody reads it."""

from datetime import UTC, date, datetime

import pytest

from listing.access.scope import Scope
from listing.disclosure.announcements import answering, parties, proofs, queries, sheet
from listing.disclosure.announcements.operations import joining
from listing.store.db import db
from tests.factories import NOW, a_key

from ..duties import DAY, in_tier
from ..versions import EFFECT
from .made import NOON, a_house, acting, begun, released

NUMBER = "2026-000001"
LATER = datetime(2027, 8, 3, 4, 10, tzinfo=UTC)  # a Tuesday, 12:10 in Hong Kong
REPORT = {"category": "interim_report", "event_on": None, "period_end": date(2027, 6, 30)}
NOTICE = {"category": "notice", "event_on": None}


@pytest.fixture
def house(app):
    house = a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")
    in_tier(house.company, house.signatory.user)
    return house


def test_page_paper_programs_and_the_log_say_it(house, client):
    released(house)
    said = {"zh-Hans": "成长层（2026）", "zh-Hant": "成長層（2026）", "en": "Growth (2026)"}
    for lang, words in said.items():
        page = client.get(f"/{lang}/announcements/{NUMBER}").text
        assert f'<a href="/{lang}/standards/growth@2026">{words}</a>' in page
    data = client.get(f"/en/announcements/{NUMBER}/announcement.json").json
    assert data["standard"] == [{"company": "lantern", "standard": "growth@2026"}]
    listed = client.get("/en/announcements/json?period=whole").json["announcements"][0]
    assert listed["standard"] == "growth@2026"
    assert "growth@2026" in client.get("/en/announcements/csv?period=whole").text
    _row, key = a_key(house.editor.user, Scope.ANNOUNCEMENTS_READ)
    db.session.commit()
    told = client.get(f"/api/v1/announcements/{NUMBER}", headers={"Authorization": f"Bearer {key}"}).json
    assert told["standard"] == [{"company": "lantern", "standard": "growth@2026"}]
    release = queries.release(NUMBER)
    paper = sheet.content(release, [house.company], entry=None, corrects=None, url="", qr="")
    label = {"zh": "所依披露标准（版本）", "en": "Disclosure standard (version)"}
    assert {"label": label, "value": {"zh": "成长层（2026）", "en": "Growth (2026)"}} in paper["rows"]
    assert proofs.entry(release).data["standard"] == [{"company": house.company.id, "standard": "growth@2026"}]


def test_a_company_in_no_tier_and_a_release_of_earlier_say_nothing(app, client, house):
    alone = a_house(slug="harbour")
    released(alone)
    released(house)
    early = queries.release("2026-000002")
    early.content = {key: value for key, value in early.content.items() if key != "standard"}
    db.session.commit()
    assert "standard" not in proofs.entry(queries.release(NUMBER)).data
    for number, company in ((NUMBER, alone.company), ("2026-000002", house.company)):
        release = queries.release(number)
        assert "Standard it answers" not in client.get(f"/en/announcements/{number}").text
        assert client.get(f"/en/announcements/{number}/announcement.json").json["standard"] == []
        paper = sheet.content(release, [company], entry=None, corrects=None, url="", qr="")
        assert "Disclosure standard (version)" not in [row["label"]["en"] for row in paper["rows"]]
    listed = client.get("/en/announcements/json?period=whole").json["announcements"]
    assert [row["standard"] for row in listed] == [None, None]


def test_nobody_answers_a_tier_before_they_took_it(house):
    row = begun(house, NOON, category="interim_report", event_on=None, period_end=date(2026, 6, 30))
    found = [answering.answered(row, [house.company], None, at) for at in (NOW - DAY, NOW)]
    assert found == [[], [{"company": house.company.id, "standard": "growth@2026"}]]


def test_it_is_the_version_of_the_day_it_speaks_of_and_a_correction_keeps_it(house, two_versions):
    day = LATER.date()
    rows = {
        "report": begun(house, LATER, **REPORT),
        "early": begun(house, LATER, event_on=date(2027, 6, 30)),
        "event": begun(house, LATER, event_on=EFFECT),
        "notice": begun(house, LATER, **NOTICE),
    }
    assert day > EFFECT
    found = {name: answering.answered(row, [house.company], None, LATER) for name, row in rows.items()}
    versions = {name: each[0]["standard"] for name, each in found.items()}
    assert versions == {
        "report": "growth@2026",
        "early": "growth@2026",
        "event": "growth@2027",
        "notice": "growth@2027",
    }
    released(house, **NOTICE)
    row = begun(house, LATER, corrects=queries.release(NUMBER), **NOTICE)
    kept = answering.answered(row, [house.company], queries.release(NUMBER), LATER)
    assert kept == [{"company": house.company.id, "standard": "growth@2026"}]


def test_of_several_companies_it_says_which_answers_what(house, client):
    other = a_house(slug="harbour", code="GBA-2", name_en="Harbour Robotics Limited", name_zh="海港机器人有限公司")
    in_tier(other.company, other.signatory.user, "showcase")
    row = begun(house, NOON)
    joining.invite(announcement=row, code=other.company.code, actor=acting(house.editor), now=NOON)
    kept = answering.answered(row, parties.companies_of(row), None, NOON)
    assert [one["standard"] for one in kept] == ["growth@2026", "showcase@2026"]
    released(house)
    release = queries.release(NUMBER)
    release.content = release.content | {"standard": kept}
    both = [house.company, other.company]
    assert answering.several(release, both, "zh-Hans") == (
        "灯塔医疗有限公司：成长层（2026）；海港机器人有限公司：展示层（2026）"
    )
    assert answering.several(release, both, "en") == (
        "Lantern Medical Limited: Growth (2026); Harbour Robotics Limited: Showcase (2026)"
    )
    assert answering.names(release) == "growth@2026 showcase@2026"
