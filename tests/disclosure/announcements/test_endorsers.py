"""The intermediary who signed an announcement is named wherever everybody reads it, under the name it had then."""

import pytest

from listing.access.actor import NOBODY
from listing.disclosure.announcements import endorsers, lists, proofs, queries, sheet
from listing.store.db import db

from .endorsing import NAMES, an_agent, released_in_select
from .made import NOON, a_house, sent, signed

NUMBER = "2026-000001"


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


def test_page_paper_and_programs_name_it_as_it_was_called_when_it_signed(house, client):
    agent = released_in_select(house)
    agent.organisation.name_en = "Renamed Since Limited"
    db.session.commit()
    for lang in ("zh-Hans", "zh-Hant", "en"):
        page = client.get(f"/{lang}/announcements/{NUMBER}").text
        assert [name in page for name in (*NAMES.values(), "Renamed")] == [True, True, False]
    data = client.get(f"/en/announcements/{NUMBER}/announcement.json").json
    names = {"zh": NAMES["name_zh"], "en": NAMES["name_en"], "script": "Hans"}
    assert data["intermediaries"] == [{"company": "lantern", "names": names}]
    release = queries.release(NUMBER)
    paper = sheet.content(release, [house.company], entry=None, corrects=None, url="", qr="")
    (value,) = [row["value"] for row in paper["rows"] if row["label"]["en"] == "Signed by the intermediary"]
    assert value == {"zh": NAMES["name_zh"], "en": NAMES["name_en"]}
    (kept,) = proofs.entry(release).data["intermediaries"]
    assert (kept["company"], kept["agent"], kept["en"]) == (
        house.company.id,
        agent.organisation_id,
        NAMES["name_en"],
    )


def test_one_that_signed_nothing_is_named_nowhere(house, client):
    an_agent(house, **NAMES)
    signed(house, sent(house, NOON), now=NOON)
    db.session.commit()
    assert "Sample Sponsors" not in client.get(f"/en/announcements/{NUMBER}").text
    assert client.get(f"/en/announcements/{NUMBER}/announcement.json").json["intermediaries"] == []
    release = queries.release(NUMBER)
    assert "intermediaries" not in proofs.entry(release).data
    assert lists.listed([release], NOBODY)[0].release.intermediaries == []


def test_of_several_companies_it_says_for_which_it_signed(house):
    other = a_house(slug="harbour", name_en="Harbour Robotics Limited", name_zh="海港机器人有限公司")
    one = {"company": other.company.id, "zh": "", "en": "Alone Limited"}
    assert endorsers.in_words(one, [house.company, other.company]) == {
        "zh": "Alone Limited（海港机器人有限公司）",
        "en": "Alone Limited (Harbour Robotics Limited)",
    }
