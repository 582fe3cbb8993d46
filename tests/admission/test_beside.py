"""A case rule by rule: the paper opens in a frame of the page, and what was noted waits for its writer alone."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.accounts.models import WebSession
from listing.admission import drafts, judging, rules, vetting
from listing.admission.draft_models import DraftFinding
from listing.admission.operations import drafting
from listing.admission.operations import vetting as operations
from listing.bilingual.pair import Pair
from listing.evidence.models import Grant
from listing.screening import operations as screening
from listing.store.db import db
from tests.factories import NOW, signed_in
from tests.files.samples import PDF

from .conftest import acting, begun, submit
from .test_papers import add, send
from .test_vetting import LIST, do, finds, screened


@pytest.fixture
def case(applicant, reviewers):
    """A submission with one paper, in its first review by the first reviewer."""
    screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=acting(applicant), now=NOW)
    application = begun(applicant)
    paper = add(application, applicant)
    submission = send(application, applicant)
    screened(submission, reviewers[0])
    return submission, paper


def page_of(client, submission, number=1):
    return client.get(f"/en/review/admissions/{submission.id}/rules/{number}")


def test_the_paper_opens_in_a_frame_of_ours_and_in_no_other(client, case, reviewers):
    submission, paper = case
    signed_in(client, reviewers[0].user)
    answer = page_of(client, submission)
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    page = BeautifulSoup(answer.text, "lxml")
    form = page.find("form", target="paper")
    assert page.find("iframe", attrs={"name": form["target"]})["title"]
    token = {"csrf_token": form.find("input", {"name": "csrf_token"})["value"]}
    shown = client.post(form["action"], data=token)
    assert (shown.status_code, shown.data) == (200, PDF)
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    alone = client.post(form["action"].replace("beside", "view"), data=token)
    assert alone.headers["X-Frame-Options"] == "DENY"
    session = db.session.scalars(select(WebSession)).one()
    session.data = session.data | {"fs_paa": (NOW - timedelta(minutes=16)).timestamp()}
    db.session.commit()
    refused = client.post(form["action"], data=token)
    assert (refused.status_code, PDF in refused.data) == (403, False)
    assert BeautifulSoup(refused.text, "lxml").find("a", target="_top")["href"] == f"/en/evidence/{paper.uid}"


def test_what_is_noted_rule_by_rule_waits_for_its_writer_alone(app, client, case, reviewers):
    submission, _paper = case
    signed_in(client, reviewers[0].user)
    first = f"/en/review/admissions/{submission.id}/rules/1"
    assert submit(client, first, outcome="not_met", go="on").location.endswith("/rules/2")
    assert submit(client, f"{first[:-1]}2", go="back").location.endswith("/rules/1")  # nothing chosen, nothing lost
    noted = drafts.of(submission.id, reviewers[0].user_id)
    assert list(noted.values()) == ["not_met"]
    assert BeautifulSoup(client.get(first).text, "lxml").find("input", value="not_met").has_attr("checked")
    whole = BeautifulSoup(client.get(f"/en/review/admissions/{submission.id}").text, "lxml")
    chosen = {each["name"]: each.find("option", selected=True) for each in whole.select("select[name^='rule:']")}
    assert {name: one["value"] for name, one in chosen.items() if one} == {f"rule:{next(iter(noted))}": "not_met"}
    assert client.get(f"{first[:-1]}99").status_code == 404
    other = signed_in(app.test_client(), reviewers[1].user)
    page = BeautifulSoup(page_of(other, submission).text, "lxml")
    assert (page.find("input", {"name": "outcome"}), page.find("form", target="paper")) == (None, None)
    finds(submission, reviewers[0])
    assert db.session.scalars(select(DraftFinding)).all() == []


def test_only_who_works_on_a_case_notes_and_only_rules_of_it(case, reviewers):
    submission, _paper = case
    asked = judging.judge(submission, NOW).rules
    for member, rule, refused in ((reviewers[1], min(asked), rules.NotYours), (reviewers[0], "none", rules.Unfound)):
        said = {"case": vetting.case(submission.id, acting(member)), "rule": rule, "asked": asked, "now": NOW}
        with pytest.raises(refused):
            drafting.note(**said, outcome="met", actor=acting(member))
        db.session.rollback()
    do(drafting.note, submission, reviewers[0], rule=min(asked), outcome="met", asked=asked)
    do(operations.recuse, submission, reviewers[0], reason="A relative works there.")
    assert drafts.of(submission.id, reviewers[0].user_id) == {}


def test_noting_prolongs_the_claim_and_its_papers_and_the_page_says_who_works_on_it_now(client, case, reviewers):
    submission, _paper = case
    first, second, minute = reviewers[0], reviewers[1], timedelta(minutes=1)
    asked = judging.judge(submission, NOW).rules
    said = {"rule": min(asked), "outcome": "met", "asked": asked}

    def until():
        open_ = select(Grant.until).where(Grant.account_id == first.user_id, Grant.until > NOW).order_by(Grant.id)
        return vetting.case(submission.id, acting(first)).claim.until, db.session.scalars(open_).all()[-1]

    do(drafting.note, submission, first, NOW + 2 * minute, **said)
    assert until() == (NOW + 30 * minute,) * 2
    do(drafting.note, submission, first, NOW + 20 * minute, **said | {"outcome": ""})
    assert until() == (NOW + 50 * minute,) * 2
    with pytest.raises(rules.NotYours):
        do(drafting.note, submission, first, NOW + 50 * minute, **said)
    db.session.rollback()
    page = signed_in(client, first.user)
    assert "You work on this case until" in page_of(page, submission).text
    do(operations.claim, submission, second, note="Ill today.")
    told = BeautifulSoup(page_of(page, submission).text, "lxml").select_one("main .note").get_text()
    assert f"{second.user.name} is working on this until" in told
    with pytest.raises(rules.NotYours):
        do(drafting.note, submission, first, **said)
    db.session.rollback()
    do(operations.ask, submission, second, page="institution", code="own", question=Pair("哪一年？", "Which year?"))
    do(drafting.note, submission, second, **said)  # while the institution is asked for more
    assert drafts.of(submission.id, second.user_id) == {min(asked): "met"}
