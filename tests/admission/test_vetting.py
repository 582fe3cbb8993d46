"""Two reviewers, neither knowing what the other found; a supervisor where they differ."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Tier
from listing.admission import eligibility, judging, names, queries, replaying, rules, vetting
from listing.admission.books import NotConfirmed, library, thresholds
from listing.admission.models import Admission, Conflict, Findings
from listing.admission.operations import applying
from listing.admission.operations import vetting as operations
from listing.admission.worded import NOTHING
from listing.rulebook.decision import read
from listing.rulebook.engine import replayed
from listing.rulebook.logic import MISSING
from listing.screening import operations as screening
from listing.store.db import db
from tests.factories import NOW, signed_in
from tests.web import test_interrupted as interrupted

from . import answers
from .conftest import acting, sent, submit

LIST = b"reference,kind,name,aliases,detail\nX-1,person,Nobody At All,,a sample\n"


@pytest.fixture
def submission(applicant):
    screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=acting(applicant), now=NOW)
    return sent(applicant)


def do(operation, submission, member, now=NOW, **more):
    """Run one step as that reviewer, and commit."""
    done = operation(case=vetting.case(submission.id, acting(member)), actor=acting(member), now=now, **more)
    db.session.commit()
    return done


def screened(submission, member):
    do(operations.claim, submission, member)
    names.compare(submission, actor=acting(member), now=NOW)
    do(operations.screen, submission, member, words="Registry, 23 November 2026, active.")


def finds(submission, member, verdict="admit", **more):
    judged = judging.judge(submission, NOW)
    found = operations.Found(verdict, dict.fromkeys(judged.rules, "met"), **more)
    return do(operations.find, submission, member, found=found)


def state(submission):
    return queries.application(submission.application_id).state


def test_two_reviewers_admit_and_the_terms_open(submission, applicant, reviewers):
    first, second = reviewers[:2]
    screened(submission, first)
    finds(submission, first)
    do(operations.claim, submission, second)
    case = vetting.case(submission.id, acting(second))
    assert (len(case.findings), case.shown(acting(second))) == (1, [])
    finds(submission, second)
    assert state(submission) == "admitted"
    assert queries.known(acting(applicant), NOW).tier == Tier.ADMITTED
    decision = queries.decision(submission)
    for record in decision.basis["decisions"]:
        kept = read(record)
        assert replayed(kept, library().version(kept.book, kept.version)) == kept


def decided(submission, reviewers):
    """What two reviewers decided on it."""
    screened(submission, reviewers[0])
    finds(submission, reviewers[0])
    do(operations.claim, submission, reviewers[1])
    finds(submission, reviewers[1])
    return queries.decision(submission)


def test_a_decision_is_made_again_from_the_log(app, monkeypatch, submission, reviewers):
    decision, run = decided(submission, reviewers), app.test_cli_runner()
    same = run.invoke(args=["admission", "replay", str(decision.id), "--json"])
    told = json.loads(same.stdout)
    assert (same.exit_code, told["identical"], told["decisions"][0]["book"]) == (0, True, "HK-PI")
    assert run.invoke(args=["admission", "replay", str(decision.id + 1)]).exit_code == 1
    decide = replaying.decide
    monkeypatch.setattr(replaying, "decide", lambda *case: replace(decide(*case), trace=decide(*case).trace[1:]))
    decision.basis = decision.basis | {"on": "2026-11-24"}
    db.session.commit()
    other = run.invoke(args=["admission", "replay", str(decision.id)])
    assert (other.exit_code, "not stored as logged" in other.stdout, "sanctioned" in other.stdout) == (1, True, True)


def test_one_person_cannot_be_both_nor_one_in_conflict(submission, reviewers):
    first, second = reviewers[:2]
    screened(submission, first)
    finds(submission, first)
    with pytest.raises(rules.SamePerson):
        do(operations.claim, submission, first)
    do(operations.recuse, submission, second, reason="My sister works there.")
    with pytest.raises(rules.HasConflict):
        do(operations.claim, submission, second)


@pytest.mark.parametrize("why", ["twice", "signer", "conflict"])
def test_the_database_holds_it_too(submission, applicant, reviewers, why):
    first, second = reviewers[:2]
    values = {"submission_id": submission.id, "organisation_id": submission.organisation_id, "label": "x"}
    values |= {"signed_by": applicant.user_id, "verdict": "admit", "by_rule": {}, "reasons": [], "sent_at": NOW}
    db.session.add(Findings(**values, stage="first", account_id=first.user_id))
    if why == "conflict":
        row = {"account_id": second.user_id, "organisation_id": submission.organisation_id}
        db.session.add(Conflict(**row, reason="x", since=NOW))
    db.session.flush()
    who = {"twice": first, "signer": applicant, "conflict": second}[why]
    db.session.add(Findings(**values, stage="second", account_id=who.user_id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_where_two_differ_the_supervisor_decides(submission, reviewers):
    first, second, third, _fourth = reviewers
    screened(submission, first)
    finds(submission, first)
    do(operations.claim, submission, second)
    finds(submission, second, "refuse", reasons=["funds"])
    assert state(submission) == "supervision"
    do(operations.claim, submission, third)
    assert len(vetting.case(submission.id, acting(third)).shown(acting(third))) == 2
    finds(submission, third, "refuse", reasons=["funds"])
    decision = queries.decision(submission)
    assert (state(submission), decision.reasons, decision.reapply_on.isoformat()) == (
        "refused",
        ["funds"],
        "2026-12-23",
    )


def test_withdrawn_meanwhile_it_is_not_decided(submission, applicant, reviewers):
    first = reviewers[0]
    screened(submission, first)
    application = queries.application(submission.application_id)
    applying.withdraw(application=application, actor=acting(applicant), now=NOW)
    with pytest.raises(rules.NotNow):
        finds(submission, first)


def test_asked_for_more_it_is_sent_again_and_read_by_two_again(submission, applicant, reviewers):
    first = reviewers[0]
    screened(submission, first)
    do(operations.ask, submission, first, page="funds", code="funds", question=NOTHING)
    application = queries.application(submission.application_id)
    [question] = queries.questions(application)
    assert (application.waiting_since, vetting.waiting(acting(first), NOW)) == (None, [])
    applying.reply(question=question, reply="From the sale.", actor=acting(applicant), now=NOW)
    later = NOW + timedelta(hours=1)
    again = applying.send(application=application, declared_true=True, actor=acting(applicant), now=later)
    assert (again.number, application.state) == (2, "submitted")
    do(operations.claim, again, first, now=later + timedelta(minutes=1))
    [line] = vetting.waiting(acting(first), NOW)
    assert (line.since, line.state, queries.under_review_count()) == (later, "screening", 1)


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans", "en"])
def test_the_reviewers_pages_read_and_lead_to_the_decision(client, submission, reviewers, lang):
    first = signed_in(client, reviewers[0].user)
    page = f"/{lang}/review/admissions/{submission.id}"
    assert first.get(f"/{lang}/review/admissions").status_code == 200
    assert submit(first, page, "/claim").status_code == 303
    assert submit(first, page, "/names").status_code == 303
    assert submit(first, page, "/screened", words="Registry looked at.").status_code == 303
    assert submit(first, page, "/findings", verdict="admit").status_code == 422
    said = {f"rule:{rule}": "met" for rule in judging.judge(submission, NOW).rules}
    assert submit(first, page, "/findings", verdict="admit", **said).status_code == 303
    assert state(submission) == "second_review"


def test_findings_outlive_the_session_in_their_own_form_and_to_be_copied_where_that_is_gone(
    client, submission, reviewers
):
    first, page = reviewers[0], f"/en/review/admissions/{submission.id}"
    client.set_cookie("device", "this-browser")
    screened(submission, first)
    rule = f"rule:{min(judging.judge(submission, NOW).rules)}"
    typed = {"verdict": "admit", "note": "Their auditor is known to me.", rule: "not_met"}
    form = interrupted.hidden(signed_in(client, first.user), page, "/findings")
    answer = interrupted.ended(client).post(f"{page}/findings", data=form | typed)
    assert answer.location == f"/en/login?next={page}"
    back = signed_in(client, first.user).get(page)
    assert interrupted.value(back, "note") == typed["note"]
    assert BeautifulSoup(back.text, "lxml").select_one(f'select[name="{rule}"] [selected]')["value"] == "not_met"
    aside = interrupted.hidden(client, page, "/findings") | {"note": "Typed beside.", "sent_to": f"{page}/findings"}
    assert client.post("/en/typing/keep", data=aside).status_code == 204
    refused = client.post(f"{page}/recuse", data=interrupted.hidden(client, page, "/recuse") | {"reason": ""})
    assert (refused.status_code, interrupted.value(refused, "note")) == (422, "Typed beside.")
    assert "not sent yet" in client.get(page).text
    reason = {"reason": "They are my cousins."}
    assert client.post(f"{page}/recuse", data=interrupted.hidden(client, page, "/recuse") | reason).status_code == 303
    gone = client.get(page).text
    assert ("Typed beside." in gone, f">{typed['note']}<" in gone) == (True, False)


def test_a_book_that_nobody_confirmed_admits_nobody(app, monkeypatch, submission, reviewers):
    screened(submission, reviewers[0])
    monkeypatch.setitem(app.config, "REQUIRE_VERIFIED_RULES", True)
    pages = answers.contents(institution={"residence": "MO"})
    judged = judging.judged(pages, None, cleared=True, on=NOW.date())
    assert (type(judged.why), judged.decisions) == (NotConfirmed, [])
    submission.content = submission.content | {"pages": pages}
    db.session.commit()
    with pytest.raises(NotConfirmed):
        finds(submission, reviewers[0])


def test_the_figures_that_the_operator_sets_are_part_of_the_case(app, monkeypatch):
    figures = thresholds(["CN-REM.legal_person.net_assets=CNY 10000000"], library())
    monkeypatch.setitem(app.config, "RULE_THRESHOLDS", figures)
    judged = judging.judged(answers.contents(), None, cleared=True, on=NOW.date())
    assert judged.best.case.thresholds == figures


def test_in_place_of_a_suspended_admission_the_supervisor_decides(monkeypatch, submission, reviewers):
    first, second = reviewers[:2]
    monkeypatch.setattr(queries, "live_admission", lambda _id: Admission(state="suspended"))
    screened(submission, first)
    finds(submission, first)
    do(operations.claim, submission, second)
    finds(submission, second)
    assert state(submission) == "supervision"


def test_a_market_opens_only_where_its_own_book_is_passed(app):
    macao = {"institution": {"residence": "MO", "markets": "HK CN MO"}, "assets": {"currency": "MOP"}}
    judged = judging.judged(answers.contents(**macao), None, cleared=True, on=NOW.date())
    assert {one.outcome for one in judged.others["HK"]} == {MISSING}  # no rate between MOP and HKD is known
    assert (judged.markets, judged.closed) == (["CN", "MO"], ("HK",))


def test_an_exclusion_says_what_it_is_met_by(app):
    judged = judging.judged(answers.contents(), None, cleared=True, on=NOW.date())
    said = [line.asks for section in eligibility.sections(judged, "en") for line in section.lines]
    assert "Is not: A minor" in said
