"""What there is to know of a release besides its texts: every list, file, program and sheet has all of it."""

import csv
import io
from datetime import timedelta

import pytest

from listing.access.actor import NOBODY
from listing.access.scope import Scope
from listing.disclosure.announcements import facts, lists, queries, sheet
from listing.store.db import db
from tests.factories import a_key, a_member, an_organisation

from .made import NOON, a_house, released

NUMBER = "2026-000001"
MISSED, HELD = NOON - timedelta(hours=30), NOON - timedelta(minutes=10)
KEPT = {
    "urgent": {"zh": "系统性风险。", "en": "A systemic risk.", "script": "Hans"},
    "held": HELD.isoformat(),
    "form": {"id": "no_reasons", "version": 1, "values": {}},
}


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited", code="GBA-2026-0007")


@pytest.fixture
def row(house):
    """A release of which everything is known that can be of one, past every operation."""
    released(house)
    found = queries.release(NUMBER)
    signed = {
        "company": house.company.id,
        "agent": 1,
        "zh": "样本保荐有限公司",
        "en": "Sample Sponsors",
        "script": "Hans",
    }
    answered = [{"company": house.company.id, "standard": "growth@2026"}]
    found.content, found.missed = found.content | KEPT | {"intermediaries": [signed], "standard": answered}, MISSED
    found.period_end = found.event_on.replace(month=9, day=30)
    db.session.commit()
    return found


VALUES = {
    "form": KEPT["form"],
    "prevailing": "zh",
    "period_end": "2026-09-30",
    "event_on": "2026-11-20",
    "standard": [{"company": "lantern", "standard": "growth@2026"}],
    "intermediaries": [
        {"company": "lantern", "names": {"zh": "样本保荐有限公司", "en": "Sample Sponsors", "script": "Hans"}}
    ],
    "urgent": KEPT["urgent"],
    "missed": MISSED.isoformat(),
    "held": HELD.isoformat(),
}
CELLS = {
    "form": "no_reasons",
    "form_version": "1",
    "form_values": "{}",
    "prevailing": "zh",
    "period_end": "2026-09-30",
    "event_on": "2026-11-20",
    "standard": "growth@2026",
    "intermediaries_zh": "样本保荐有限公司",
    "intermediaries_en": "Sample Sponsors",
    "urgent_zh": "系统性风险。",
    "urgent_en": "A systemic risk.",
    "missed": MISSED.isoformat(),
    "held": HELD.isoformat(),
}
PAPER = {
    "Form (version)": "Clarification that no reasons are known (1)",
    "End of the period": "30 Sep 2026",
    "Day of the event": "20 Nov 2026",
    "Disclosure standard (version)": "Growth (2026)",
    "Signed by the intermediary": "Sample Sponsors",
    "Reason for its release outside the windows": "A systemic risk.",
    "Window in which it should have been released": "From Sun 22 Nov 2026, 06:10 HKT/CST (UTC+8)."
    " The platform did not work then; the company signed it in time.",
    "After that held back by the company itself until": "Mon 23 Nov 2026, 12:00 HKT/CST (UTC+8)",
}


def test_programs_have_every_fact(client, row):
    _row, key = a_key(a_member(an_organisation("investor")).user, Scope.ANNOUNCEMENTS_READ)
    db.session.commit()
    programs = {"Authorization": f"Bearer {key}"}
    listed = client.get("/api/v1/announcements", headers=programs).json["items"][0]
    alone = client.get(f"/api/v1/announcements/{NUMBER}", headers=programs).json
    own = client.get(f"/en/announcements/{NUMBER}/announcement.json").json
    for told in (listed, alone, own):
        assert {name: told[name] for name in VALUES} == VALUES
    assert list(VALUES) == [fact.id for fact in facts.FACTS]


def test_files_have_every_fact(client, row):
    (cells,) = csv.DictReader(io.StringIO(client.get("/en/announcements/csv").data.decode("utf-8-sig")))
    assert {name: cells[name] for name in CELLS} == CELLS
    (told,) = client.get("/en/announcements/json").json["announcements"]
    assert {name: str(told[name]) for name in CELLS} == CELLS
    assert list(CELLS) == [name for name, _cell in facts.cells()]


def test_paper_and_page_have_every_fact(client, house, row):
    data = sheet.content(row, [house.company], entry=3, corrects=None, url="", qr="")
    printed = {line["label"]["en"]: line["value"]["en"] for line in data["rows"]}
    assert {label: printed[label] for label in PAPER} == PAPER
    assert data["prevails"]["en"] == "Where the two texts differ, the Chinese text prevails."
    page = client.get(f"/en/announcements/{NUMBER}").text
    for said in (*PAPER.values(), "the Chinese text prevails"):
        assert said.removeprefix("From ").split(" HKT")[0].removesuffix(" (1)") in page, said
    for chinese in ("zh-Hans", "zh-Hant"):
        labels = [line[0] for line in facts.lines(row, [house.company], chinese)]
        assert labels == ["form", "period", "event", "standard", "intermediary", "urgent", "missed", "held"]


def test_what_a_release_has_nothing_of_is_null_and_on_no_paper(house):
    released(house)
    plain = queries.release(NUMBER)
    nothing = dict.fromkeys(VALUES) | {
        "prevailing": "zh",
        "event_on": "2026-11-20",
        "intermediaries": [],
        "standard": [],
    }
    assert facts.values(plain, [house.company]) == nothing
    (one,) = lists.listed([plain], NOBODY)
    assert [line[0] for line in facts.lines(plain, one.companies, "zh-Hant")] == ["event"]
