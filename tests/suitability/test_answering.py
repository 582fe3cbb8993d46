"""The risk questionnaire answered anew: by who signs, at once, and only so often."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.store.db import db
from listing.suitability import answering, queries, rules
from listing.suitability.models import Questionnaire
from tests.factories import NOW, a_company, signed_in
from tests.roadshows.made import BOTH, actor_of, an_admitted_investor

from .test_confirming import ACTS, act, logged, sent

LEAST = dict.fromkeys(("horizon", "loss", "part", "fall", "aim", "exit"), "a")
MOST = dict.fromkeys(LEAST, "d")


def answer(guest, content, now=NOW, **said):
    who = {"organisation_id": guest.organisation_id, "actor": actor_of(guest, now), "now": now, "language": "en"}
    row = answering.answer(content=content, **{"declared_true": True} | said, **who)
    db.session.commit()
    return row


def state(guest, company, now=NOW):
    found = queries.suited(guest.organisation_id, [company.id], now)[company.id]
    return found.verdict.tolerance.level, found.state


def test_new_answers_hold_at_once_and_what_was_confirmed_before_counts_no_more(app):
    guest, company = an_admitted_investor(level="C3"), a_company(stage="seed", **BOTH)
    for operation in ACTS:
        act(operation, guest, company)
    assert state(guest, company) == ("C3", "confirmed")
    answer(guest, LEAST | {"loss": "d"}, now=NOW + timedelta(seconds=1))
    assert state(guest, company) == ("C2", "warning")
    answer(guest, MOST, now=NOW + timedelta(seconds=2))
    assert state(guest, company) == ("C5", "suitable")
    row = answer(guest, LEAST, now=NOW + timedelta(seconds=3))
    assert ((row.number, row.points, row.level), state(guest, company)) == ((3, 0, "C1"), ("C1", "warning"))
    assert logged()[2:] == ["suitability.answered"] * 3
    with pytest.raises(rules.TooOften, match="from 2027-11-24"):
        answer(guest, MOST, now=NOW + timedelta(days=300))
    with pytest.raises(rules.NotAdmitted):  # the admission of a year is over
        answer(guest, MOST, now=NOW + timedelta(days=366))


@pytest.mark.parametrize(
    ("content", "said", "refusal"),
    [
        (MOST | {"loss": None}, {}, rules.Unanswered),
        (MOST, {"declared_true": False}, rules.NotDeclared),
    ],
)
def test_an_unfinished_or_unsigned_questionnaire_is_refused(app, content, said, refusal):
    with pytest.raises(refusal):
        answer(an_admitted_investor(), {key: value for key, value in content.items() if value}, **said)
    assert db.session.scalars(select(Questionnaire)).all() == []


def test_the_page_loses_nothing_typed_and_keeps_one_of_two_sendings(client):
    guest = an_admitted_investor(level="C1")
    signed_in(client, guest.user)
    page = f"/zh-Hant/desk/questionnaire/{guest.organisation_id}"
    assert client.get(page).status_code == 200
    key = {"idempotency_key": "k" * 20}
    lacking = sent(client, page, **key | MOST | {"loss": ""})
    assert (lacking.status_code, lacking.text.count('<option value="d" selected>')) == (422, len(MOST) - 1)
    unsigned = sent(client, page, **key | MOST)
    assert (unsigned.status_code, unsigned.text.count('<option value="d" selected>')) == (422, len(MOST))
    for _twice in range(2):
        assert sent(client, page, **key | MOST, declared_true="y").location == "/zh-Hant/desk/suitability"
    row = db.session.scalars(select(Questionnaire)).one()
    assert (row.level, row.language, row.content) == ("C5", "zh-Hant", MOST)
    assert "C5" in client.get("/zh-Hant/desk/suitability").text
    approver = an_admitted_investor(role="viewer")
    signed_in(client, approver.user)
    assert client.get(f"/en/desk/questionnaire/{approver.organisation_id}").status_code == 403
    assert client.get(page).status_code == 404


def test_a_later_application_counts_before_an_older_questionnaire(app):
    guest, company = an_admitted_investor(level="C4", answered_at=NOW), a_company(stage="seed", **BOTH)
    answer(guest, LEAST, now=NOW - timedelta(hours=1))
    assert state(guest, company) == ("C4", "warning")
