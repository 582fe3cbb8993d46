"""The published books against the vectors of the regulation and against the edges of every branch."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from listing.admission import books
from listing.money import Money
from listing.rulebook import decision, words
from listing.rulebook.case import StatedRate
from listing.rulebook.engine import decide, evaluate, replayed
from listing.web import formats

from .cases import ON, case, changed, rows

VECTORS = rows("vectors.yaml")
BRANCHES = rows("boundaries.yaml")
EDGES = [
    (f"{row['book']}.{row['branch']}: {name}", changed(row, change))
    for row in BRANCHES
    for name, change in {"as it stands": {}, **row["changed"]}.items()
]


def money(text):
    currency, amount = text.split()
    return Money.parse(amount, currency)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["id"])
def test_a_vector_comes_to_what_the_regulation_says(row):
    found = decide(books.library().current(row["book"], ON), case(row))
    assert found.outcome == row["expect"]
    assert {key: found.line(key).counted for key in row.get("counted", {})} == {
        key: money(value) for key, value in row.get("counted", {}).items()
    }
    for key, reason in row.get("refused", {}).items():
        assert [seen.refused for seen in found.line(key).evidence] == [reason]
    if "rate" in row:
        assert {used.id for line in found.trace for used in line.rates} == {row["rate"]}
    for key in ("branch", "valid_until"):
        assert getattr(found, key) == row.get(key, getattr(found, key))
    assert dict(found.layers) == dict(found.layers) | row.get("layers", {})


@pytest.mark.parametrize(("name", "row"), EDGES, ids=[name for name, _ in EDGES])
def test_the_edge_of_a_branch_is_where_the_clause_puts_it(name, row):
    found = decide(books.library().current(row["book"], ON), case(row))
    assert dict(found.branches + found.layers)[row["branch"]] == row["expect"]


def test_every_branch_of_every_book_has_at_least_five_edges():
    counted = {(row["book"], row["branch"]): 1 + len(row["changed"]) for row in BRANCHES}
    every = {(book.id, branch.id) for book in books.library() for branch in book.branches}
    assert every == {key for key, edges in counted.items() if edges >= 5}


def test_a_decision_is_the_same_from_its_record():
    for row in (*VECTORS, *(row for _, row in EDGES)):
        book = books.library().current(row["book"], ON)
        found = decide(book, case(row))
        written = json.dumps(decision.record(found), sort_keys=True, ensure_ascii=False)
        again = decision.read(json.loads(written))
        assert again == found
        assert replayed(again, book) == found


def test_a_rate_of_tomorrow_is_no_rate_and_of_two_the_later_one_counts():
    row = {"party": "individual", "facts": {"portfolio": "USD 1100000"}, "evidence": {"custodian_statement": ON}}
    given, book = case(row), books.library().current("HK-PI", ON)
    days = {"old": (24, "7"), "new": (25, "7.8"), "tomorrow": (27, "9")}
    rates = [
        StatedRate(key, "USD", "HKD", Decimal(value), ON.replace(day=day), "a bank")
        for key, (day, value) in days.items()
    ]
    line = evaluate(book, given.facts, given.evidence, rates, ON).line("HK-PI.individual.portfolio")
    assert ([used.id for used in line.rates], str(line.counted)) == (["new"], "HKD 8580000.00")
    line = evaluate(book, given.facts, given.evidence, rates[2:], ON).line("HK-PI.individual.portfolio")
    assert (line.outcome, line.reason) == ("missing", "no_rate")


def test_a_paper_that_says_it_is_over_is_over():
    row = {"party": "corporation", "facts": {"licence": ["bank"]}, "evidence": {"licence_lookup": ON}}
    given, book = case(row), books.library().current("HK-PI", ON)
    for expires, refused, outcome in ((ON, "", "met"), (ON.replace(day=25), "expired", "missing")):
        papers = [replace(given.evidence[0], expires=expires)]
        found = evaluate(book, given.facts, papers, (), ON)
        assert [seen.refused for seen in found.line("HK-PI.per_se.licence").evidence] == [refused]
        assert dict(found.branches)["per_se"] == outcome
        assert found.valid_until == (ON if outcome == "met" else None)


def test_every_line_says_itself_in_three_languages():
    for row in (*VECTORS, *(row for _, row in EDGES)):
        found = decide(books.library().current(row["book"], ON), case(row))
        for language in ("zh-Hans", "zh-Hant", "en"):
            manner = words.Manner(language, formats.money, formats.day)
            for line in found.trace:
                said = list(words.told(line, manner))
                assert len(said) >= 1 + len(line.evidence)
                assert not any("{" in each or not each.strip() for each in said)
