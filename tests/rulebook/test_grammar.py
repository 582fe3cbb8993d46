"""A rule book that is not one is refused with file, line and reason."""

import pytest

from listing.rulebook.grammar import read
from listing.rulebook.node import Broken

GOOD = """id: XX-PI
version: "1"
kind: test
jurisdiction: XX
name: {zh_hans: 甲, zh_hant: 甲, en: A}
authority: {zh_hans: 甲, zh_hant: 甲, en: A}
instrument: {zh_hans: 甲, zh_hant: 甲, en: A}
effective_from: 2020-01-01
validity: P12M
retest: offer
branches:
  - id: person
    label: {zh_hans: 甲, zh_hant: 甲, en: A}
    parties: [individual]
    grade: professional
    clause: s. 1
    status: memory
    test:
      n_of:
        - {metric: portfolio, op: ">=", amount: "8000000", currency: HKD}
        - {metric: trades, period: 3y, op: ">", value: "5"}
      k: 1
evidence:
  - {kind: custodian_statement, max_age: P12M, proves: [portfolio, trades], clause: s. 8, status: memory}
exclusions:
  - {who: minor, effect: refuse}
statement:
  id: ST-1
  points:
    - {zh_hans: 甲, zh_hant: 甲, en: A}
"""

BROKEN = [
    ("id: XX-PI", "id: [XX-PI]", 1, "id is not a text"),
    ("id: XX-PI\n", "", 1, "id is missing"),
    ("retest: offer", "retest: offer\nretest: offer", 11, "retest stands twice"),
    ("retest: offer", "retest: daily", 10, "retest: daily is not one of offer, subscription"),
    ("retest: offer", "retest: offer\nlookback: x", 11, "lookback is not known here"),
    ("validity: P12M", "validity: 12 months", 9, "validity: 12 months is not a length such as P12M or P20D"),
    ("validity: P12M", "validity: ~", 9, "validity is empty"),
    ("2020-01-01", "2020-02-30", 8, "effective_from: 2020-02-30 is not a day such as 2018-07-13"),
    ("en: A}\nauthority", "en: ''}\nauthority", 5, "en is empty"),
    ("zh_hant: 甲, en: A}\nauthority", "en: A}\nauthority", 5, "zh_hant is missing"),
    ("parties: [individual]", "parties: [person]", 14, "parties: person is not one of "),
    ("metric: portfolio, op", "metric: wealth, op", 20, "metric: wealth is not one of "),
    ('op: ">="', 'op: "=="', 20, "op: == is not one of >=, >"),
    ("period: 3y", "period: ever", 21, "period: ever is not one of "),
    ('amount: "8000000"', 'amount: "-8000000"', 20, "amount: -8000000 is not above zero"),
    ('amount: "8000000"', 'amount: "8.001"', 20, "amount: 8.001 HKD: "),
    ('amount: "8000000"', 'amount: "٨٠٠"', 20, "amount: ٨٠٠ HKD: "),
    ("currency: HKD", "currency: XYZ", 20, "amount: 8000000 XYZ: "),
    ('value: "5"', 'value: "NaN"', 21, "value: NaN is not a number above zero"),
    ("k: 1", "k: 3", 22, "k: 3 is not between 1 and 2"),
    ("      k: 1", "      any_of: []\n      k: 1", 19, "a group says one of "),
    ("proves: [portfolio, trades]", "proves: [portfolio]", 12, "XX-PI.person.trades: no evidence proves trades"),
    ("    status: memory\n    test", "    status: verified\n    test", 20, "verified, but names no source"),
    ("    clause: s. 1\n", "", 19, "clause or status is missing"),
    ("metric: trades, period: 3y", 'metric: portfolio, currency: HKD, amount: "1"', 21, "value is not known here"),
    ("name: {", "name: &a {x: *a, ", 5, "an alias or too deep a nesting"),
    ("id: XX-PI", "id: [XX-PI", 2, "not YAML: "),
    ("who: minor", "who: nobody", 26, "who: nobody is not one of "),
]


def test_the_good_book_is_read():
    book = read(GOOD, "good.yaml")
    assert [rule.id for rule in book.rules()] == ["XX-PI.person.portfolio", "XX-PI.person.trades"]
    assert book.unverified() == ("XX-PI.person.portfolio", "XX-PI.person.trades", "paper.custodian_statement")


@pytest.mark.parametrize(("old", "new", "line", "reason"), BROKEN, ids=[row[3][:40] for row in BROKEN])
def test_a_broken_book_says_where_and_why(old, new, line, reason):
    assert GOOD.count(old) >= 1
    with pytest.raises(Broken) as refused:
        read(GOOD.replace(old, new, 1), "book.yaml")
    assert str(refused.value).startswith(f"book.yaml:{refused.value.line}: ")
    assert refused.value.reason.startswith(reason)
    assert refused.value.line == line


@pytest.mark.parametrize("text", ["", "- a\n", "\x00", "a: b: c", "&a [*a]", "x" * 300_000, "[" * 5000, "- " * 120_000])
def test_no_text_does_more_than_be_refused(text):
    with pytest.raises(Broken):
        read(text, "book.yaml")


def test_the_digest_is_that_of_the_content():
    assert read("# a comment\n" + GOOD, "a").digest == read(GOOD, "b").digest
    assert read(GOOD.replace("8000000", "8000001"), "a").digest != read(GOOD, "a").digest
