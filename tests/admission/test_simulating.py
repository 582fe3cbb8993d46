"""Another version of a book is tried on the cases that were decided: who would gain, who would lose."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert

from listing.accounts.models import Organisation
from listing.admission import books
from listing.admission.models import Admission, Application, Decision, Submission
from listing.admission.simulating import simulate
from listing.rulebook import decision
from listing.rulebook.engine import decide
from listing.store.db import db
from tests.factories import NOW, a_user

from .cases import ON, case


def decided(portfolio, outcome=None):
    """The basis of a decision on an individual of Hong Kong."""
    row = {"party": "individual", "facts": {"portfolio": portfolio}, "evidence": {"custodian_statement": ON}}
    found = decide(books.library().current("HK-PI", ON), case(row))
    assert outcome in (None, found.outcome)
    return {"on": ON.isoformat(), "decisions": [decision.record(found)]}


def told(bases):
    """One institution for each basis, with its application, submission and decision; admitted where it is met."""
    person = a_user().id
    ids = range(1001, 1001 + len(bases))
    at = {"created_at": NOW, "state_at": NOW, "touched_at": NOW}
    sent = {"content": {}, "digest": "", "declaration": 1, "number": 1, "submitted_at": NOW, "submitted_by": person}
    made = {"proposed": "", "reasons": [], "decided_at": NOW, "decided_by": person, "label": "", "verdict": "admit"}
    held = {"risk_level": "", "markets": [], "since": NOW, "until": NOW + timedelta(days=9), "state": "admitted"}
    held |= {"book": "HK-PI", "book_version": "2018-07-13", "investor_class": "professional", "state_at": NOW}
    met = [
        i
        for i, basis in zip(ids, bases, strict=True)
        if basis["decisions"] and basis["decisions"][0]["outcome"] == "met"
    ]
    rows = {
        Organisation: [{"id": i, "kind": "investor", "name_en": f"Investor {i}", "created_at": NOW} for i in ids],
        Application: [{"id": i, "organisation_id": i, "state": "admitted", **at} for i in ids],
        Submission: [{"id": i, "application_id": i, "organisation_id": i, **sent} for i in ids],
        Decision: [
            {"id": i, "submission_id": i, "organisation_id": i, "basis": basis, **made}
            for i, basis in zip(ids, bases, strict=True)
        ],
        Admission: [
            {"id": i, "organisation_id": i, "live_of": i, "decision_id": i, "code": str(i), **held} for i in met
        ],
    }
    for model, values in rows.items():
        if values:
            db.session.execute(insert(model), values)
    db.session.commit()


@pytest.fixture
def stricter(tmp_path):
    """The book of Hong Kong with nine millions for an individual."""
    path = tmp_path / "HK-PI@2027.yaml"
    text = (books.FOLDER / "HK-PI@2018-07-13.yaml").read_text()
    path.write_text(text.replace('"2018-07-13"', '"2027"').replace('"8000000"', '"9000000"', 1))
    return path


@pytest.fixture
def looser(tmp_path):
    path = tmp_path / "HK-PI@2028.yaml"
    text = (books.FOLDER / "HK-PI@2018-07-13.yaml").read_text()
    path.write_text(text.replace('"2018-07-13"', '"2028"').replace('"8000000"', '"7000000"', 1))
    return path


POPULATION = (("HKD 9000000", "met"), ("HKD 8500000", "met"), ("HKD 7500000", "not_met"))


def test_who_would_lose_and_who_would_gain_and_by_which_rule(app, stricter, looser):
    told([*(decided(*each) for each in POPULATION), {"decisions": []}])
    asked = ["admission", "simulate", "--json", "--book"]
    harder = json.loads(app.test_cli_runner().invoke(args=[*asked, str(stricter)]).output)
    assert (harder["cases"], harder["unrecorded"], harder["unchanged"], harder["gain"]) == (3, 1, 2, [])
    (row,) = harder["lose"]
    assert row == {
        "organisation_id": 1002,
        "decision_id": 1002,
        "admitted": True,
        "before": "met",
        "after": "not_met",
        "rules": ["HK-PI.individual.portfolio"],
    }
    easier = json.loads(app.test_cli_runner().invoke(args=[*asked, str(looser)]).output)
    assert [(row["organisation_id"], row["admitted"]) for row in easier["gain"]] == [(1003, False)]
    assert easier["lose"] == []


def test_a_file_that_is_no_book_is_refused_with_its_line(app, stricter):
    stricter.write_text("id: HK-PI\nversion: [")
    answer = app.test_cli_runner().invoke(args=["admission", "simulate", "--json", "--book", str(stricter)])
    assert answer.exit_code == 1
    assert json.loads(answer.output)["error"].startswith("HK-PI@2027.yaml:")


def test_a_thousand_cases_take_one_statement(app, stricter, statements):
    bases = [decided(*each) for each in POPULATION]
    told([bases[i % 3] for i in range(1000)])
    book = books.read(stricter)
    with statements() as seen:
        report = simulate(book, NOW)
    assert (report.cases, len(report.on("lose")), [s for s in seen if not s.startswith("BEGIN")][1:]) == (1000, 333, [])
