"""Consents: each asked by itself, kept with the words that were read, taken back at any time, and what stops then."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from listing.admission import consents, papers, queries, rules, vetting
from listing.admission.operations import applying, consenting
from listing.admission.operations import vetting as operations
from listing.admission.worded import NOTHING
from listing.evidence import queries as vault
from listing.evidence.rules import opens
from listing.journal.models import Entry
from listing.roadshows import rules as roadshows
from listing.store.db import db
from tests.factories import NOW, a_consent, a_member, an_organisation, signed_in
from tests.roadshows.made import a_roadshow, an_admitted_investor
from tests.roadshows.test_seating import apply

from .conftest import acting, begun, submit
from .test_papers import add, send

MAINLAND = {"institution": {"residence": "CN"}, "registration": {"register": "USCC", "number": "91440300708461136T"}}
# A published text never changes: the ledger names it. Whoever changes the words adds a version and its digests here.
PINNED = {
    "pics 1": ["2e7cf7e3c8ab", "3ea1b162df5a", "7bf3c1329369"],
    "sensitive 1": ["95533bd5d05d", "95ebc275f161", "891a356dfc6e"],
    "abroad 1": ["2d4ceadaeea5", "96c79e22033e", "e8405b77e60e"],
    "disclosure 1": ["d07b55650960", "890c63efa4df", "43845df1a924"],
    "gba 1": ["e978619ee363", "fdbaf49e31d2", "5756cce41a62"],
    "profile_kind 1": ["908c8a252f2f", "b881293b2571", "01cb27310434"],
    "profile_domicile 1": ["3f732742b4b6", "76d42d48ae61", "9909739f7b90"],
    "profile_class 1": ["3ba910b25691", "8d4206415d31", "ff269b19e4ba"],
    "profile_sectors 1": ["c3867e994003", "3443992eb10d", "0a95ba70a065"],
    "profile_stages 1": ["4ff869126f46", "edee7632d605", "4ce5782e1ff3"],
    "profile_size 1": ["d7da26f1a00f", "d0614e50872a", "2a815214c437"],
    "profile_languages 1": ["cd4a9053da3c", "bce68180a72e", "97ffcc621c30"],
    "profile_text 1": ["fd3dfd19659d", "0e827ffa8835", "b61a8bcea608"],
}


def answer(application, member, language="en", **said):
    rows = consenting.answer(application=application, answers=said, language=language, actor=acting(member), now=NOW)
    db.session.commit()
    return rows


def held(member):
    return consents.latest(queries.ledger([member.organisation_id]))


@pytest.mark.parametrize(
    ("residence", "asked"),
    [("", []), ("SG", ["pics"]), ("HK", ["pics", "gba"]), ("CN", ["pics", "sensitive", "abroad", "disclosure", "gba"])],
)
def test_the_place_of_the_institution_decides_what_is_asked(residence, asked):
    assert [each.id for each in consents.asked(residence)] == asked


def test_a_published_text_never_changes():
    found = {
        f"{each.id} {version.version}": [version.digest(language)[:12] for language in ("zh-Hans", "zh-Hant", "en")]
        for each in consents.purposes().values()
        for version in each.texts
    }
    assert found == PINNED


def test_nothing_is_sent_before_what_it_needs_is_agreed_to_and_a_statement_may_be_a_no(app, applicant):
    application = begun(applicant, **MAINLAND)
    answer(application, applicant, sensitive="no", gba="no", disclosure="no")
    with pytest.raises(rules.NotReady):
        send(application, applicant)
    db.session.rollback()
    answer(application, applicant, "zh-Hans", sensitive="yes")
    row = held(applicant)["sensitive"]
    assert (row.number, row.act, row.language, row.at) == (3, "given", "zh-Hans", NOW)
    assert row.digest == consents.purposes()["sensitive"].text.digest("zh-Hans")
    sent = send(application, applicant)
    assert {one["purpose"]: one["act"] for one in sent.content["consents"]} == {
        "pics": "given",
        "sensitive": "given",
        "abroad": "given",
        "disclosure": "withdrawn",
        "gba": "refused",
    }


def test_a_new_text_asks_again(app, applicant, monkeypatch):
    application = begun(applicant)
    pics = consents.purposes()["pics"]
    newer = replace(pics, texts=(*pics.texts, replace(pics.text, version=2)))
    monkeypatch.setattr(consents, "purposes", lambda: {"pics": newer})
    assert [each.id for each in consents.lacking("HK", queries.ledger([applicant.organisation_id]))] == ["pics"]
    with pytest.raises(rules.NotReady):
        send(application, applicant)
    db.session.rollback()
    answer(application, applicant, pics="yes")
    assert send(application, applicant)


def test_a_consent_taken_back_closes_the_papers_at_once_and_stops_the_review(app, applicant, reviewers):
    application = begun(applicant, **MAINLAND)
    paper = add(application, applicant)
    submission = send(application, applicant)
    reviewer = acting(reviewers[0])

    def case():
        return vetting.case(submission.id, reviewer)

    operations.claim(case=case(), actor=reviewer, now=NOW)
    assert opens(reviewer, vault.sought(paper, now=NOW))
    consenting.withdraw(consent=held(applicant)["abroad"], language="en", actor=acting(applicant), now=NOW)
    assert not opens(reviewer, vault.sought(paper, now=NOW))
    for step in (
        lambda: operations.claim(case=case(), actor=reviewer, now=NOW),
        lambda: operations.ask(case=case(), page="funds", code="funds", question=NOTHING, actor=reviewer, now=NOW),
    ):
        with pytest.raises(consents.Stopped):
            step()
    assert papers.of(application) == [paper]  # nothing is lost: the record of what was sent stays
    answer(application, applicant, abroad="yes")
    operations.claim(case=case(), actor=reviewer, now=NOW)
    assert opens(reviewer, vault.sought(paper, now=NOW))


def test_the_same_answer_sent_again_adds_nothing_and_of_two_at_once_one_counts(app, applicant):
    application = begun(applicant, **MAINLAND)
    assert answer(application, applicant, sensitive="yes") == []
    given = held(applicant)["sensitive"]
    for _again in range(2):
        taken = consenting.withdraw(consent=given, language="en", actor=acting(applicant), now=NOW)
        assert (taken.act, taken.number) == ("withdrawn", 2)
    with pytest.raises(consents.AnsweredMeanwhile):
        consenting._add(
            applicant.organisation_id,
            consents.purposes()["sensitive"].text,
            "given",
            given,
            "en",
            acting(applicant),
            NOW,
        )


def test_the_ledger_is_only_added_to_and_the_log_keeps_no_words(app, applicant):
    begun(applicant)
    for change in ("UPDATE admission_consent SET act = 'refused'", "DELETE FROM admission_consent"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(change))
        db.session.rollback()
    entries = [e for e in db.session.query(Entry).all() if e.code.startswith("consent.")]
    assert [set(e.data) for e in entries] == [{"purpose", "version", "language", "digest"}] * 2


def test_what_is_not_answered_or_made_up_is_said(client, applicant):
    application = applying.begin(organisation_id=applicant.organisation_id, actor=acting(applicant), now=NOW)
    db.session.commit()
    visitor, page = signed_in(client, applicant.user), f"/en/desk/admission/{application.id}/consents"
    assert "depends on where the institution lives" in visitor.get(page).text
    application = begun(a_member(an_organisation("investor"), "owner", applicant.user))
    page = f"/en/desk/admission/{application.id}/consents"
    assert submit(visitor, page, **{"c-pics": "maybe", "c-gba": "no"}).status_code == 422
    held = consents.latest(queries.ledger([application.organisation_id]))
    assert held["gba"].act == "given"  # nothing of a form with a mistake was noted


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_person_reads_and_takes_back_in_the_account_what_they_gave_also_after_leaving(client, applicant, lang):
    begun(applicant, **MAINLAND)
    row = held(applicant)["disclosure"]
    stranger = a_member(an_organisation("investor"), "owner")
    person = applicant.user
    db.session.delete(applicant)
    db.session.commit()
    there = f"/{lang}/account/consents"
    visitor = signed_in(client, stranger.user)
    assert visitor.get(f"{there}/{row.id}/withdraw").status_code == 404
    visitor = signed_in(client, person)
    assert f"{there}/{row.id}/withdraw" in visitor.get(there).text
    assert submit(visitor, f"{there}/{row.id}/withdraw").location == there
    assert f"{there}/{row.id}/withdraw" not in visitor.get(there).text
    assert queries.withholds(row.organisation_id, "disclosure")


def test_who_does_not_let_organisers_know_who_comes_does_not_register(app):
    member, day = an_admitted_investor(), a_roadshow().days[0]
    a_consent(member.organisation_id, member.user, act="refused")
    with pytest.raises(roadshows.Withheld):
        apply(member, day)
    assert apply(an_admitted_investor(), day).state == "confirmed"
