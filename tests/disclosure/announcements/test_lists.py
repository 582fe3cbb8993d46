"""Announcements outside the page: as files and for programs, the same query, the reader's documents first."""

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree as xml

import pytest

from listing.access.scope import Scope
from listing.bilingual.pair import Pair
from listing.companies.operations import publishing
from listing.disclosure.announcements import lists, queries, searching
from listing.store.db import db
from tests.factories import a_company, a_key, a_member, a_user, an_organisation, signed_in

from .made import BODY, NOON, a_house, acting, released, sent, signed

ATOM = "{http://www.w3.org/2005/Atom}"
NUMBERS = ["2026-000003", "2026-000002", "2026-000001"]


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited", code="GBA-2026-0007")


def three(house):
    """Two announcements, the second of them corrected; one of another company; a draft that nobody reads."""
    released(house, title=Pair("=合同", "=1+1 contract"))
    first = released(house)
    row = queries.release(queries.numbers([first.id])[first.id])
    note = Pair("更正一处。", "One place is corrected.")
    signed(house, sent_correction(house, row, note), now=row.released_at)
    sent(house, title=Pair("秘密", "Kept to ourselves"))
    a_company(slug="other")
    db.session.commit()


def sent_correction(house, row, note):
    return sent(house, now=row.released_at, corrects=row, note=note, body=Pair(BODY.zh + "完", BODY.en + " End."))


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_files_hold_what_the_page_finds_however_many(client, house, monkeypatch):
    three(house)
    monkeypatch.setattr(lists, "BATCH", 1)
    found = rows_of(client.get("/en/announcements/csv"))
    assert [row["number"] for row in found] == NUMBERS
    assert [row["corrects"] for row in found] == ["2026-000002", "", ""]
    assert [row["corrected_by"] for row in found] == ["", "2026-000003", ""]
    assert found[2]["title_en"] == "'=1+1 contract"  # no spreadsheet computes it
    assert found[0]["code"] == "GBA-2026-0007"
    assert client.get(found[0]["text_en"]).status_code == 200
    told = client.get("/zh-Hant/announcements/json?q=revenue&since=2026-11-23").json
    assert [row["number"] for row in told["announcements"]] == NUMBERS
    assert told["announcements"][2]["title_en"] == "=1+1 contract"
    for query in ("company=other", "category=event_loss"):
        assert rows_of(client.get(f"/en/announcements/csv?{query}")) == []
        assert client.get(f"/en/announcements/json?{query}").json["announcements"] == []
    assert len(rows_of(client.get("/en/announcements/csv?company=GBA-2026-0007"))) == 3


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/en/announcements", "en"),
        ("/zh-Hans/announcements", "zh"),
        ("/en/announcements?documents=zh", "zh"),
        ("/zh-Hant/announcements?documents=en", "en"),
        ("/en/announcements?documents=fr", "en"),
    ],
)
def test_the_documents_of_the_readers_language_come_first(client, house, path, first):
    released(house)
    page = client.get(path).text
    assert [page.index(f"2026-000001/{side}.txt") for side in lists.sides(first, "")] == sorted(
        page.index(f"2026-000001/{side}.txt") for side in ("zh", "en")
    )
    files = path.replace("announcements", "announcements/csv")
    named = list(rows_of(client.get(files))[0])
    assert (named.index("text_en") < named.index("text_zh")) == (first == "en")


def test_programs_page_through_the_list_and_read_both_texts(client, house, monkeypatch):
    three(house)
    monkeypatch.setattr(searching, "PAGE", 2)
    member = a_member(an_organisation("investor"))
    _row, key = a_key(member.user, Scope.ANNOUNCEMENTS_READ)
    db.session.commit()

    def ask(path):
        return client.get(path, headers={"Authorization": f"Bearer {key}"})

    found, path = [], "/api/v1/announcements?company=lantern&documents=zh"
    while path:
        answer = ask(path).json
        found += answer["items"]
        path = answer["next"]
    assert [item["number"] for item in found] == NUMBERS
    assert {item["documents"][0]["language"] for item in found} == {"zh"}
    one = ask("/api/v1/announcements/2026-000003").json
    assert (one["corrects"], one["note"]["en"]) == ("2026-000002", "One place is corrected.")
    assert "86.9 million" in one["passages"][0]["en"]
    assert ask("/api/v1/announcements/2026-000009").status_code == 404
    for name in ("category", "headline", "since", "documents", "before", "company"):
        refused = ask(f"/api/v1/announcements?{name}=none")
        assert (refused.status_code, refused.get_json(force=True)["parameter"]) == (400, name)


def test_a_headline_stands_beside_the_category_wherever_the_announcement_does(client, house):
    released(house)
    released(house, headline="connected")
    assert [row["headline"] for row in rows_of(client.get("/en/announcements/csv"))] == ["connected", ""]
    (asked,) = client.get("/zh-Hant/announcements/json?headline=connected").json["announcements"]
    assert (asked["number"], asked["headline_label"]) == ("2026-000002", "關連交易")
    assert rows_of(client.get("/en/announcements/csv?headline=placing")) == []
    for path in ("/en/announcements?headline=connected", "/en/announcements/feed", "/en/announcements/2026-000002"):
        assert "Connected transaction" in client.get(path).text
    assert client.get("/en/announcements/2026-000002/announcement.json").json["headline"] == "connected"
    assert ">Headline<" not in client.get("/en/announcements/2026-000001").text


def test_the_page_shows_thirty_days_unless_something_says_otherwise(client, app, house, clock):
    released(house)
    clock.instant = NOON + timedelta(days=40)
    empty = client.get("/en/announcements?category=event_contract").text
    assert ("2026-000001" in empty, "Of all days there is 1 announcement." in empty) == (False, True)
    assert 'name="since" type="date" value="2026-12-03"' in empty
    assert 'name="until" type="date" value="2027-01-02"' in empty
    for query in ("company=lantern", "q=2026-000001", "q=GBA-2026-0007", "period=whole", "since=&until="):
        assert "2026-000001/en.txt" in client.get(f"/en/announcements?{query}").text, query
    offered = "since=2026-12-03&until=2027-01-02"
    for query, found in ((offered, False), (f"{offered}&offered=2026-12-03_2027-01-02", True)):
        answer = client.get(f"/en/announcements?q=2026-000001&{query}").text
        assert ("2026-000001/en.txt" in answer) == found, query
    assert len(rows_of(client.get("/en/announcements/csv"))) == 1
    assert client.get("/en/announcements/json?since=2026-11-01").json["period"] == {
        "since": "2026-11-01",
        "until": None,
    }
    feed = client.get("/en/announcements/feed?since=2026-11-01").text
    assert "The newest of those released since 1 Nov 2026" in feed


def test_whose_documents_come_first_is_kept_on_the_device_or_by_the_person(app, client, house):
    released(house)

    def first(reader, path="/en/announcements"):
        page = reader.get(path).text
        zh, en = (page.index(f"2026-000001/{side}.txt") for side in ("zh", "en"))
        return "zh" if zh < en else "en"

    own = signed_in(app.test_client(), a_user(documents="zh"))
    assert (first(client), first(own), first(own, "/en/announcements/2026-000001")) == ("en", "zh", "zh")
    assert client.get("/en/announcements/documents/zh?q=revenue").location == "/en/announcements?q=revenue"
    assert (first(client), first(client, "/en/announcements?documents=en")) == ("zh", "en")
    own.get("/en/announcements/documents/page")  # the choice of the device goes before that of the person
    assert first(own) == "en"
    assert client.get("/en/announcements/documents/fr").status_code == 404


@pytest.fixture
def named(house):
    """Two companies that announced something, one that did not, and one whose text names another."""
    harbour = a_house(slug="harbour", name_zh="灯塔机器人有限公司", name_en="Lantern Robotics Limited", code="GBA-8")
    a_house(slug="silent", name_zh="寂静灯塔有限公司", name_en="Silent Lantern Limited", code="GBA-9")
    told = [("summary", "供应青松材料。", "It supplies Greenpine Materials.")]
    other = a_house(slug="other", name_zh="海港有限公司", name_en="Harbour Limited", code="GBA-10", passages=told)
    for each in (house, harbour, other):
        released(each)
    return house, harbour, other


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("灯塔医疗有限公司", ["2026-000001"]),
        ("燈塔醫療", ["2026-000001"]),
        ("lantern MEDICAL", ["2026-000001"]),
        ("dengta jiqiren", ["2026-000002"]),
        ("gba-2026-0007", ["2026-000001"]),
        ("harbour", ["2026-000002"]),  # an address goes before a name
        ("Harbour Limited", ["2026-000003"]),
    ],
)
def test_a_company_is_named_in_either_script_or_in_english(client, named, typed, numbers):
    asked = {"company": typed}
    page = client.get("/zh-Hant/announcements", query_string=asked).text
    assert [number for number in reversed(NUMBERS) if f"{number}/zh.txt" in page] == numbers
    assert [row["number"] for row in rows_of(client.get("/en/announcements/csv", query_string=asked))] == numbers
    feed = client.get("/en/announcements/feed", query_string=asked).text
    assert [number for number in reversed(NUMBERS) if f"/{number}</id>" in feed] == numbers
    told = client.get("/en/announcements/json", query_string=asked).json
    assert ([row["number"] for row in told["announcements"]], told["company"] is not None) == (numbers, True)


@pytest.mark.parametrize(
    ("lang", "several", "nobody", "name"),
    [
        ("zh-Hans", "有多家发布过公告的企业", "没有使用这一名称的企业", "灯塔医疗有限公司"),
        ("zh-Hant", "有多間曾發布公告的企業", "沒有使用此名稱的企業", "灯塔医疗有限公司"),
        ("en", "Several companies", "No company of this name", "Lantern Medical Limited"),
    ],
)
def test_a_name_that_several_have_offers_them_and_one_that_nobody_has_says_so(
    client, named, lang, several, nobody, name
):
    def ask(**asked):
        return client.get(f"/{lang}/announcements", query_string=asked).text

    page = ask(company="灯塔", q="营业收入", category="event_contract")
    assert (several in page, 'value="灯塔"' in page, "company=silent" in page) == (True, True, False)
    for slug in ("lantern", "harbour"):  # a choice keeps what else is asked for
        (choice,) = (href for href in page.split('"') if f"company={slug}" in href)
        assert "category=event_contract" in choice
    assert (nobody in ask(company="Nobody"), 'value="Nobody"' in ask(company="Nobody")) == (True, True)
    assert (nobody in ask(company="寂静"), nobody in ask(company=" ")) == (True, False)
    chosen = ask(company="lantern")
    assert f'name="company" list="f-companies" value="{name}"' in chosen
    assert f'<option value="{name}">' in ask()
    assert "company=lantern" in ask(company="lantern medical").split("announcements/feed", 1)[1][:60]
    for odd in ("\0", "\ud800", "'\"<", "\u202e", "9" * 400, "%", "灯" * 3000):
        assert (
            client.get(
                f"/{lang}/announcements", query_string={"company": odd.encode("utf-8", "surrogatepass")}
            ).status_code
            == 200
        )


@pytest.mark.parametrize(
    ("lang", "typed", "said", "codes"),
    [
        ("en", "灯塔", "Several companies that announced something are called so.", ["GBA-2026-0007", "GBA-8"]),
        ("zh-Hans", "燈塔", "有多家发布过公告的企业", ["GBA-2026-0007", "GBA-8"]),
        ("zh-Hans", "Nobody", "没有使用这一名称的企业", []),
        ("zh-Hant", "Silent Lantern", "沒有使用此名稱的企業", []),  # it has announced nothing
        ("en", "greenpine materials", "No company of this name", []),  # what a company says of another names nobody
    ],
)
def test_files_and_feed_never_take_several_or_no_company_for_one_without_announcements(
    client, named, lang, typed, said, codes
):
    def ask(kind):
        return client.get(f"/{lang}/announcements/{kind}", query_string={"company": typed, "since": "2026-11-01"})

    table, told, feed = ask("csv"), ask("json"), ask("feed")
    assert (table.status_code, table.mimetype, said in table.text) == (400, "text/plain", True)
    assert (told.status_code, told.json["company"], told.json["announcements"]) == (400, None, [])
    assert sorted(one["code"] for one in told.json["companies"]) == codes
    assert said in told.json["problem"]
    for one in told.json["companies"]:  # each leads to the file of one of them, with what else was asked for
        assert one["url"].endswith(("company=lantern&since=2026-11-01", "company=harbour&since=2026-11-01"))
        assert client.get(one["url"]).json["company"] == one["code"]
        assert rows_of(client.get(one["url"].replace("/json?", "/csv?")))[0]["code"] == one["code"]
        assert one["url"].replace("/json?", "/csv?") in table.text
    read = xml.fromstring(feed.data)
    (entry,) = read.findall(f"{ATOM}entry")
    assert (feed.status_code, said in read.findtext(f"{ATOM}subtitle")) == (200, True)
    assert said in (entry.findtext(f"{ATOM}title") + entry.findtext(f"{ATOM}summary"))
    assert [code for code in codes if code in feed.text] == codes
    page = entry.find(f"{ATOM}link").get("href")
    assert (said in client.get(page).text, page) == (True, entry.findtext(f"{ATOM}id"))
    assert ask("feed").headers["ETag"] == feed.headers["ETag"]


def test_a_company_off_display_is_still_found_by_name(client, named):
    house = named[0]
    publishing.suspend(company=house.company, reason="operator", actor=acting(house.signatory), now=NOON)
    db.session.commit()
    assert "2026-000001/en.txt" in client.get("/en/announcements?company=Lantern+Medical").text
