"""The term list: found in any writing, paged, taken along as CSV and TBX."""

import csv
import gzip
import io
from xml.etree import ElementTree as ET

import pytest

from listing.bilingual.terms import FIELDS, glossary, looking, tbx
from listing.bilingual.terms.tbx import NAMESPACE
from tests.store.databases import on_one_database

TBX = {"t": NAMESPACE}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("掛牌", "board-admission"),
        ("挂牌", "board-admission"),
        ("guapai", "board-admission"),
        ("gua pai", "board-admission"),
        ("Board Admission", "board-admission"),
        ("prospectuses", "prospectus"),
        ("招股章程", "prospectus"),
        ("zgsms", "prospectus"),
        ("valuat", "valuation"),
        ("IPO", "initial-public-offering"),
    ],
)
def test_a_term_is_found_in_any_writing(typed, found):
    for lang in ("zh-Hans", "zh-Hant", "en"):
        assert found in [term.id for term in looking.find(typed, "", lang)]


def test_pages_hold_every_term_once_and_lead_back():
    seen, after, places = [], "", []
    while after is not None:
        page = looking.page(looking.find("", "", "zh-Hans"), after)
        assert page.previous == (places[-2] if len(places) > 1 else "" if places else None)
        seen += [term.id for term in page.terms]
        places.append(page.next)
        after = page.next
    assert sorted(seen) == sorted(term.id for term in glossary())


def test_chinese_is_ordered_by_sound_and_english_by_letters():
    sounds = [term.sound.split() for term in looking.ordered("zh-Hant")]
    letters = [term.en.lower() for term in looking.ordered("en")]
    assert (sounds, letters) == (sorted(sounds), sorted(letters))


@on_one_database
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_every_page_of_the_list_keeps_to_its_weight(client, lang):
    for field in ("", *FIELDS):
        answer = client.get(f"/{lang}/terms?field={field}")
        assert len(gzip.compress(answer.data, 6)) < 15_000
    assert client.get(f"/{lang}/terms/board-admission").status_code == 200
    assert len(gzip.compress(client.get(f"/{lang}/terms/forbidden-wording").data, 6)) < 15_000


def test_each_term_has_an_anchor(client):
    assert 'id="board-admission"' in client.get("/zh-Hant/terms?field=market&q=掛牌").text


def test_what_is_typed_stands_there_again_and_finds_nothing(client):
    answer = client.get("/en/terms?q=<b>zzz&field=nowhere&after=none")
    assert answer.status_code == 200
    assert "&lt;b&gt;zzz" in answer.text
    assert "Show all terms" in answer.text


def test_a_term_that_is_not_there_is_404(client):
    assert client.get("/en/terms/not-a-term").status_code == 404


def test_csv_holds_the_terms_found(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/en/terms/csv?q=prospectus").text.removeprefix("\ufeff"))))
    row = next(row for row in rows if row["id"] == "prospectus")
    assert (row["zh_hans"], row["zh_hant_hk"], row["en"]) == ("招股说明书", "招股章程", "prospectus")
    whole = list(csv.DictReader(io.StringIO(client.get("/en/terms/csv").text.removeprefix("\ufeff"))))
    assert len(whole) == len(glossary())


# TBX-Basic, ISO 30042: what may stand in what, in this order.
CHILDREN = {
    "tbx": ["tbxHeader", "text"],
    "tbxHeader": ["fileDesc"],
    "fileDesc": ["sourceDesc"],
    "sourceDesc": ["p"],
    "text": ["body"],
    "body": ["conceptEntry"],
    "conceptEntry": ["descrip", "langSec"],
    "langSec": ["descripGrp", "termSec"],
    "descripGrp": ["descrip", "admin"],
    "termSec": ["term", "termNote"],
}
TYPES = {
    "descrip": {"subjectField", "definition"},
    "admin": {"source"},
    "termNote": {"administrativeStatus"},
}


def test_tbx_keeps_to_the_structure_of_the_standard(client):
    answer = client.get("/en/terms/tbx")
    assert answer.content_type == tbx.CONTENT_TYPE
    root = ET.fromstring(answer.data)
    assert (root.tag, root.attrib) == (f"{{{NAMESPACE}}}tbx", {"type": "TBX-Basic", "style": "dca", LANG: "en"})
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        held = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
        assert set(held) == set(CHILDREN.get(name, [])), name
        assert held == sorted(held, key=CHILDREN.get(name, []).index)
        assert (element.get("type") in TYPES[name]) if name in TYPES else True
    concepts = root.findall(".//t:conceptEntry", TBX)
    assert [c.get("id") for c in concepts] == [f"c-{term.id}" for term in looking.ordered("en")]
    assert [s.get(LANG) for s in concepts[0].findall("t:langSec", TBX)] == ["zh-Hans", "zh-Hant-HK", "en"]
