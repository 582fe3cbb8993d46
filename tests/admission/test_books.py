"""The shelf of published books: pins, versions, which ones are asked for, and the commands."""

import json
import shutil
import time

import pytest

from listing.admission import books
from listing.admission.rooms import PROFILE, ROUND, TEASER, opened
from listing.bilingual import citing
from listing.rulebook.engine import decide
from listing.rulebook.node import Broken

from .cases import ON, case, changed, rows


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(books.FOLDER, tmp_path / "rulebooks")


HK = "HK-PI@2018-07-13.yaml"


def test_an_edited_published_version_is_refused(folder):
    path = folder / HK
    path.write_text(path.read_text().replace('"8000000"', '"7000000"'))
    with pytest.raises(Broken, match=r"HK-PI@2018-07-13\.yaml:1: changed after publication"):
        books.load(folder)


def test_a_comment_is_no_edit(folder):
    path = folder / HK
    path.write_text("# a note\n" + path.read_text())
    assert books.load(folder).version("HK-PI", "2018-07-13")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda f: (f / HK).unlink(), "was published and is not here any more"),
        (lambda f: (f / HK).rename(f / "HK-PI@2019.yaml"), "is called"),
        (lambda f: (f / HK).write_text("id: ["), "HK-PI@2018-07-13.yaml:2: not YAML"),
        (lambda f: (f / "pins.yaml").write_text("{}"), "not published"),
        (lambda f: (f / "pins.yaml").write_text("[]"), "not a mapping"),
        (lambda f: (f / "choosing.yaml").write_text("residence: {HK: [NO]}\nvenues: {}\nclosed: []"), "no book NO"),
        (lambda f: (f / HK).write_bytes(b"\xff"), "cannot be read as UTF-8"),
    ],
)
def test_a_shelf_that_is_not_whole_is_refused(folder, spoil, reason):
    spoil(folder)
    with pytest.raises(Broken, match=reason):
        books.load(folder)


def follow(folder, *, ends):
    """A second version of the Hong Kong book with another figure, the first one ending on ``ends``."""
    first = (folder / HK).read_text()
    second = first.replace('"2018-07-13"', '"2027"').replace("from: 2018-07-13", "from: 2027-01-01")
    (folder / "HK-PI@2027.yaml").write_text(second.replace('"8000000"', '"9000000"'))
    if ends:
        added = f"effective_to: {ends}\nsuperseded_by: '2027'\nvalidity"
        (folder / HK).write_text(first.replace("\nvalidity", f"\n{added}", 1))
    pins = {f"{b.id}@{b.version}": b.digest for b in map(books.read, folder.glob("*@*.yaml"))}
    (folder / "pins.yaml").write_text(json.dumps(pins))


def test_two_versions_are_not_in_force_together(folder):
    follow(folder, ends="")
    with pytest.raises(Broken, match="in force together with version 2027"):
        books.load(folder)


def test_t24_an_old_decision_keeps_its_version_and_a_new_test_takes_the_one_in_force(folder):
    follow(folder, ends="2026-12-31")
    library = books.load(folder)
    row = {"party": "individual", "facts": {"portfolio": "HKD 8000000"}, "evidence": {"custodian_statement": ON}}
    old = decide(library.current("HK-PI", ON), case(row))
    assert (old.version, old.outcome, old.valid_until.isoformat()) == ("2018-07-13", "met", "2027-11-26")
    later = library.current("HK-PI", ON.replace(year=2027))
    assert (later.version, decide(later, case(row)).outcome) == ("2027", "not_met")
    assert decide(library.version(old.book, old.version), old.case) == old


def chosen(residence, issuer, venue, **opened):
    asked = books.library().chosen(residence=residence, issuer=issuer, venue=venue, on=ON, **opened)
    return [[book.id for book in group] for group in asked]


def test_both_the_book_of_the_investor_and_that_of_the_room_are_asked_for():
    assert chosen("HK", "HK", books.SHOWCASE) == [["HK-PI"]]
    assert chosen("SG", "HK", books.SHOWCASE) == [["SG-AI"], ["HK-PI"]]
    assert chosen("HK", "CN-GD", books.SHOWCASE) == [["HK-PI"]]
    assert chosen("HK", "CN-GD", books.REGIONAL_MARKET) == [["HK-PI"], ["CN-REM"]]
    assert chosen("CN", "CN-GD", "private_fund") == [["CN-SUIT"], ["CN-PE"]]


@pytest.mark.parametrize("issuer", ["HK", "MO", "CN-SH", "CN"])
def test_t15_a_regional_market_serves_its_own_province_alone(issuer):
    with pytest.raises(books.OutsideProvince):
        chosen("HK", issuer, books.REGIONAL_MARKET)


def test_a_closed_place_is_closed_until_it_is_opened():
    with pytest.raises(books.NotOpen):
        chosen("US", "HK", books.SHOWCASE)
    assert chosen("US", "HK", books.SHOWCASE, opened=["US"]) == [["US-QIB", "US-AI"], ["HK-PI"]]
    with pytest.raises(books.NoBook):
        chosen("FR", "HK", books.SHOWCASE)


def test_t14_money_from_outside_sees_the_profile_until_its_route_is_checked():
    row = rows("vectors.yaml")[0]
    met = decide(books.library().current("HK-PI", ON), case(row))
    failed = decide(books.library().current("HK-PI", ON), case(changed(row, {"facts": {"portfolio": "HKD 1"}})))
    kwargs = {"residence": "HK", "issuer": "CN-GD"}
    assert opened([[met]], **kwargs, route_ready=False) == PROFILE
    assert opened([[met]], **kwargs, route_ready=True) == ROUND
    assert opened([[met], [failed]], **kwargs, route_ready=True) == TEASER
    assert opened([[failed, met]], residence="HK", issuer="HK", route_ready=False) == ROUND


def test_an_evaluation_takes_less_than_a_millisecond():
    book, given = books.library().current("HK-PI", ON), case(rows("vectors.yaml")[4])
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(100):
            decide(book, given)
        rounds.append((time.process_time() - start) / 100)
    assert min(rounds) < 0.001


def test_the_command_says_what_it_decided_and_by_which_rule(app, tmp_path):
    facts = tmp_path / "facts.json"
    told = {"metric": "portfolio", "amount": "8000000", "currency": "HKD"}
    paper = {"id": "f1", "kind": "custodian_statement", "dated": "2026-11-01"}
    facts.write_text(json.dumps({"party": "individual", "facts": [told], "evidence": [paper]}))
    asked = ["admission", "evaluate", "--book", "HK-PI", "--facts", str(facts), "--on", "2026-11-26"]
    answer = app.test_cli_runner().invoke(args=[*asked, "--json"])
    found = json.loads(answer.output)
    assert (answer.exit_code, found["outcome"], found["branches"][0]) == (0, "reviewer_decides", ["individual", "met"])
    said = app.test_cli_runner().invoke(args=[*asked, "--lang", "zh-Hant"]).output
    assert "800 萬港元，符合要求。" in said.replace("\u00a0", " ")
    facts.write_text('{"party": "individual", "facts": [{"metric": "portfolio", "amount": NaN, "currency": "HKD"}]}')
    answer = app.test_cli_runner().invoke(args=[*asked, "--json"])
    assert (answer.exit_code, "NaN" in answer.output or "error" in answer.output) == (1, True)


def test_the_command_lists_every_version(app):
    rows = json.loads(app.test_cli_runner().invoke(args=["admission", "books", "--json"]).output)
    assert {row["id"] for row in rows} == {book.id for book in books.library()}
    assert next(row for row in rows if row["id"] == "CN-REM")["unverified"]


def test_the_operator_sets_only_figures_that_the_law_leaves_open():
    shelf = books.library()
    (found,) = books.thresholds(["CN-REM.legal_person.net_assets = CNY 10000000"], shelf).values()
    assert str(found) == "CNY 10000000.00"
    for wrong in ("HK-PI.individual.portfolio=HKD 1", "CN-REM.legal_person.net_assets=CNY -1", "x", ""):
        with pytest.raises(Broken, match="RULE_THRESHOLDS:1"):
            books.thresholds([wrong], shelf)
    with pytest.raises(Broken):
        books.thresholds(["CN-REM.legal_person.net_assets=10 million"], shelf)


def test_every_clause_is_said_in_each_language_and_cited_as_the_book_states_it():
    clauses = {
        known.clause for book in books.library() for known in (*book.rules(), *book.papers, *book.steps) if known.clause
    }
    assert len(clauses) == 60
    for clause in clauses:
        for language in ("zh-Hans", "zh-Hant", "en"):
            first, *others = citing.cited(clause, language)
            assert first.lang == language, (clause, first)
            assert [side.text for side in others] in ([], [clause])
    assert [side.text for side in citing.cited("Cap. 571D s. 6(b), (c)", "zh-Hant")] == [
        "第 571D 章第 6(b)、(c) 條",
        "Cap. 571D s. 6(b), (c)",
    ]
