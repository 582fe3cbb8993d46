"""A list in its versions, the names of a case, and hits that a person resolves once."""

import pytest
from sqlalchemy.exc import IntegrityError

from listing.access.actor import SYSTEM, Actor
from listing.journal.models import Entry
from listing.screening import operations, queries, rules
from listing.screening.models import ScreeningHit
from listing.store.db import db

from ..factories import NOW, a_user
from .conftest import LIST

CASE = rules.Case("application", 7)
SUBJECTS = (rules.Subject("institution", ("Harbour Capital", "海港資本")), rules.Subject("signatory", ("王小明",)))


def _screened(subjects=SUBJECTS):
    return operations.screen(case=CASE, subjects=subjects, actor=SYSTEM, now=NOW)


def _reviewer():
    return Actor(user_id=a_user().id, label="Rei")


def test_the_version_imported_last_is_in_force(imported):
    first, other = imported(), imported(code="PEP")
    second = imported(LIST.replace("Zhang San", "Zhao Liu"), version="2")
    assert queries.in_force() == [other, second]
    assert {one.as_name for one in queries.like("Zhang San")} == {"Zhang San"}  # still on PEP
    assert [one.listed.list for one in queries.like("Zhao Liu")] == [second]
    assert imported() == first
    with pytest.raises(rules.OtherContent):
        imported(LIST + "P3,person,A B C,,\n")


def test_every_name_of_a_case_is_checked_and_the_journal_names_nobody(imported):
    imported()
    screening = _screened()
    (hit,) = screening.hits
    assert (hit.subject, hit.name, hit.listed_as, hit.likeness, hit.outcome) == (1, "王小明", "王小明", 100, "open")
    entry = db.session.get(Entry, db.session.query(Entry).count() - 1)
    assert (entry.code, entry.data) == (
        "screening.run",
        {"case": ["application", 7], "lists": [["TEST", "1"]], "names": 3, "hits": 1},
    )


def test_a_case_goes_on_only_when_each_hit_is_resolved(imported):
    assert queries.standing(CASE) == "never"
    with pytest.raises(rules.NoLists):
        _screened()
    imported()
    (hit,) = _screened().hits
    assert queries.standing(CASE) == "waiting"
    with pytest.raises(rules.NoReason):
        operations.resolve(hit=hit, outcome="cleared", reason="  ", actor=_reviewer(), now=NOW)
    operations.resolve(hit=hit, outcome="cleared", reason="Born 1990", actor=_reviewer(), now=NOW)
    assert queries.standing(CASE) == "clear"
    with pytest.raises(rules.AlreadyResolved):
        operations.resolve(hit=hit, outcome="confirmed", reason="No", actor=_reviewer(), now=NOW)
    imported(version="2")
    assert queries.standing(CASE) == "outdated"
    (again,) = _screened().hits
    assert (queries.standing(CASE), queries.said_before(again)) == ("waiting", hit)
    operations.resolve(hit=again, outcome="confirmed", reason="The same passport", actor=_reviewer(), now=NOW)
    assert queries.standing(CASE) == "meant"


def test_the_database_holds_no_resolution_without_a_person_and_a_reason(imported):
    imported()
    (hit,) = _screened().hits
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(ScreeningHit).where(ScreeningHit.id == hit.id).values(outcome="cleared"))
    db.session.rollback()
