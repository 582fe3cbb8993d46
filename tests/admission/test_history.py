"""The whole history of a case as a file: in order, with its words, safe in a spreadsheet, and for whom it is."""

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from listing.admission import judging, names, queries
from listing.admission.history import queries as history
from listing.admission.operations import applying, measuring, proving
from listing.admission.operations import vetting as operations
from listing.admission.worded import NOTHING
from listing.bilingual.pair import Pair
from listing.evidence.operations import opening
from listing.journal.models import Entry
from listing.screening import operations as screening
from listing.screening import queries as lists
from listing.store.db import db
from listing.web.cells import unguarded
from tests.factories import NOW, a_member, a_user, an_organisation, signed_in
from tests.files.samples import PDF

from .conftest import SECOND_FACTOR, acting, begun, submit
from .test_vetting import LIST, do

WORDS, CONDITIONS = Pair("看来单薄。", "Seems thin to me."), Pair("须在一个月内。", "Within a month.")
HIDDEN = (WORDS.zh, WORDS.en, "Only between us.", CONDITIONS.zh, CONDITIONS.en, "admit_conditionally")
FORMULA = '=HYPERLINK("x")'


def at(minutes):
    return NOW + timedelta(minutes=minutes)


def find(submission, member, minutes, verdict, **more):
    judged = judging.judge(submission, NOW)
    found = operations.Found(verdict, dict.fromkeys(judged.rules, "met"), **more)
    return do(operations.find, submission, member, at(minutes), found=found)


@pytest.fixture
def submission(applicant, reviewers):
    """Taken over, asked for more, sent anew with one paper, and its names looked at; the first reviewer has found."""
    first, second = reviewers[:2]
    who = {"actor": acting(applicant), "now": NOW}
    screening.import_list(code="UN", version="1", source="s", content=LIST + b"X-2,person,Chan Tai Man,,d\n", **who)
    application = begun(applicant)
    paper = {"kind": "custodian_statement", "dated": NOW.date(), "expires": None, "issuer": "A bank"}
    proving.add(application=application, file=FileStorage(io.BytesIO(PDF), "s.pdf"), **paper, **who)
    before = applying.send(application=application, declared_true=True, actor=acting(applicant), now=at(0.5))
    do(operations.claim, before, second, at(1))
    do(operations.claim, before, first, at(2), note="She is away.")
    do(operations.ask, before, first, at(3), page="funds", code="funds", question=NOTHING)
    [question] = queries.questions(application)
    applying.reply(question=question, reply=FORMULA, actor=acting(applicant), now=at(4))
    sent = applying.send(application=application, declared_true=True, actor=acting(applicant), now=at(5))
    do(operations.claim, sent, first, at(6))
    names.compare(sent, actor=acting(first), now=at(7))
    [check] = lists.checks(names.case(application.id))
    screening.resolve(hit=check.hits[0], outcome="cleared", reason="Born later.", actor=acting(first), now=at(8))
    do(operations.screen, sent, first, at(9), words="Register of 23 November.")
    find(sent, first, 10, "admit_conditionally", words=WORDS, note=HIDDEN[2], conditions=CONDITIONS)
    return sent


def export(client, submission, shape="csv", lang="en"):
    return submit(client, f"/{lang}/review/admissions/{submission.id}", f"/history/{shape}")


def rows(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_everything_in_order_with_its_words(client, clock, submission, reviewers):
    first, second, third, fourth = reviewers
    do(operations.claim, submission, second, at(11))
    find(submission, second, 12, "admit_conditionally", conditions=Pair("我没有条件。", "None of mine."))
    admission = queries.live_admission(submission.organisation_id)
    why = {"event": "suspend", "reason": "conduct", "words": Pair("正在查明。", "Looked into.")}
    proposed = measuring.propose(admission=admission, **why, actor=acting(third), now=at(13))
    measuring.answer(measure=proposed, confirmed=True, actor=acting(fourth), now=at(14))
    db.session.commit()
    clock.set(at(15))
    signed_in(client, first.user)
    found = rows(export(client, submission))
    told = {(row["event"], row["result"]): row for row in found}
    mine = [row["event"] for row in found if row["event"] not in ("application.saved", "findings.rule")]
    assert mine == [
        *("application.begun", "evidence.kept", "application.submitted"),
        *("application.claimed", "application.claimed", "application.asked", "application.replied"),
        *("application.submitted", "application.claimed", "screening.run", "screening.hit", "screening.resolved"),
        *("application.screened", "findings.first", "application.found", "application.claimed"),
        *("findings.second", "application.admit_conditionally", "admission.suspend_proposed", "admission.suspend"),
        "application.history_exported",
    ]
    taken = told["application.claimed", "taken_over"]
    assert (taken["by"], taken["words"]) == (first.user.name, "She is away.")
    assert told["screening.resolved", "cleared"]["words"] == "Born later."
    assert told["findings.first", "admit_conditionally"]["words"].splitlines() == [
        *(CONDITIONS.zh, CONDITIONS.en, WORDS.zh, WORDS.en),
        HIDDEN[2],
    ]
    assert told["admission.suspend", ""]["words"] == "正在查明。\nLooked into."
    replied = told["application.replied", ""]["words"]
    assert (replied, unguarded(replied)) == (f"'{FORMULA}", FORMULA)
    data = json.loads(export(client, submission, "json", "zh-Hant").text)
    assert (data["case"], data["history"][0]["event_said"] != data["history"][0]["event"]) == ("A00001", True)
    assert FORMULA in [event["words"] for event in data["history"]]
    exported = db.session.scalars(
        select(Entry).where(Entry.code == "application.history_exported").order_by(Entry.index)
    ).all()
    assert [(entry.actor_id, entry.data["as"]) for entry in exported] == [
        (first.user_id, "csv"),
        (first.user_id, "json"),
    ]


def test_what_the_first_reviewer_found_stays_hidden_until_the_second_has_sent(client, submission, reviewers):
    first, second, third, _ = reviewers
    do(operations.claim, submission, second, at(11))
    for member in (second, third):
        text = export(signed_in(client, member.user), submission).text
        assert "application.found" in text
        assert [words for words in HIDDEN if words in text] == []
        assert "findings." not in text
    own = export(signed_in(client, first.user), submission).text
    assert all(words in own for words in HIDDEN)
    find(submission, second, 12, "refuse", reasons=["funds"])
    text = export(signed_in(client, second.user), submission).text
    assert all(words in text for words in HIDDEN)


def test_it_is_for_those_who_work_on_the_case(app, client, submission, reviewers, applicant):
    first, second, third, fourth = reviewers
    outside = a_member(first.organisation, "reviewer", a_user(**SECOND_FACTOR))
    do(operations.recuse, submission, fourth, at(11), reason="My sister works there.")
    path = f"/en/review/admissions/{submission.id}"
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    stranger = a_member(an_organisation("investor"))
    db.session.commit()
    who = {first: 303, second: 303, third: 303, fourth: 404, outside: 404, applicant: 403, stranger: 404}
    got = {member: signed_in(client, member.user).post(f"{path}/history/csv").status_code for member in who}
    assert got == who
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    assert "/history/csv" not in signed_in(client, outside.user).get(path).text
    assert db.session.scalars(select(Entry).where(Entry.code == "application.history_exported")).all() == []


def test_many_events_take_as_many_statements_and_the_applicants_page_stays(
    client, submission, reviewers, applicant, statements
):
    first = acting(reviewers[0])
    application = queries.application(submission.application_id)
    with statements() as few:
        before = len(history.events(application, first))
    files = list(
        history.vault.ever_of_case(history.papers.case_of(application), organisation_id=applicant.organisation_id)
    )
    opening.note_listed(files=files * 3, actor=first, now=NOW)
    names.compare(submission, actor=first, now=NOW)
    db.session.commit()
    db.session.expire_all()
    application = queries.application(submission.application_id)
    with statements() as many:
        after = history.events(application, first)
    assert (len(after), len(many)) == (before + 5, len(few))
    export(signed_in(client, reviewers[0].user), submission)
    page = signed_in(client, applicant.user).get(f"/en/desk/admission/{application.id}").text
    assert ("A question was answered" in page, "The history was exported" in page) == (True, False)
