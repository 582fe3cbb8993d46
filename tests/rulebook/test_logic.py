"""Three-valued logic, lengths of time, and the plain form of a case."""

from datetime import date
from itertools import product

import pytest

from listing.rulebook import plain
from listing.rulebook.logic import MET, MISSING, NOT_MET, OUTCOMES, REVIEWER, all_of, any_of, at_least
from listing.rulebook.spans import Span


@pytest.mark.parametrize("k", [1, 2, 3])
def test_what_is_settled_stays_settled_however_the_open_ones_come_out(k):
    for outcomes in product(OUTCOMES, repeat=3):
        said = at_least(k, outcomes)
        unknown = [place for place, outcome in enumerate(outcomes) if outcome in (MISSING, REVIEWER)]
        endings = set()
        for ends in product((MET, NOT_MET), repeat=len(unknown)):
            settled = dict(enumerate(outcomes)) | dict(zip(unknown, ends, strict=True))
            endings.add(at_least(k, list(settled.values())))
        assert endings == ({said} if said in (MET, NOT_MET) else {MET, NOT_MET})


def test_all_and_any_are_the_two_ends():
    assert (all_of([]), any_of([])) == (MET, NOT_MET)
    assert all_of([MET, REVIEWER]) == any_of([NOT_MET, REVIEWER, MISSING]) == REVIEWER
    assert all_of([REVIEWER, MISSING]) == MISSING


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("P16M", date(2025, 7, 26), date(2026, 11, 26)),
        ("P12M", date(2024, 2, 29), date(2025, 2, 28)),
        ("P1M", date(2026, 1, 31), date(2026, 2, 28)),
        ("P20D", date(2026, 12, 20), date(2027, 1, 9)),
        ("P1M1D", date(2026, 12, 31), date(2027, 2, 1)),
        ("P12M", date(9999, 1, 1), date.max),
    ],
)
def test_a_length_ends_on_the_day_of_the_same_number(span, start, end):
    assert Span.parse(span).end(start) == end
    assert str(Span.parse(span)) == span


def fact(**told):
    return {"party": "individual", "on": "2026-11-26", "facts": [{"metric": "portfolio", "currency": "HKD"} | told]}


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {},
        {"party": "person", "on": "2026-11-26"},
        {"party": "individual", "on": "26.11.2026"},
        fact(amount=8000000),
        fact(amount=8000000.0),
        fact(amount="NaN"),
        fact(amount="1e9"),
        fact(amount="٨٠٠٠٠٠٠"),
        fact(amount="9" * 40),
        fact(amount="8000000", currency="XYZ"),
        fact(amount="8000000", minor="1"),
        fact(amount="1", colour="red"),
        fact(parts=[]),
        fact(parts=[{"amount": "1", "currency": "HKD", "share": "101"}]),
        fact(parts=[{"amount": "1", "currency": "HKD", "holders": 0}]),
        fact(amount="1") | {"evidence": [{"id": "a", "kind": "custodian_statement", "dated": "yesterday"}]},
        fact(amount="1") | {"evidence": [{"id": "a", "kind": "letter"}]},
        fact(amount="1") | {"rates": [{"id": "r", "base": "USD", "quote": "USD"}]},
        fact(amount="1") | {"exclusions": {"minor": "no"}},
        fact(amount="1") | {"facts": [{"metric": "years_investing", "value": "-1"}]},
        fact(amount="1") | {"facts": [{"metric": "licence"}]},
    ],
)
def test_what_is_no_case_is_refused_by_name(bad):
    with pytest.raises(plain.NotACase, match=r"\w"):
        plain.read(bad)


def test_full_width_figures_are_figures():
    assert plain.read(fact(amount="８，０００，０００")) == plain.read(fact(amount="8000000"))
