"""Papers: kept from the application's page, told to the rules, open to whoever reviews and to nobody else."""

import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from listing.admission import judging, names, papers, queries, replaying, rules, vetting
from listing.admission.operations import applying, proving
from listing.admission.operations import vetting as operations
from listing.bilingual.pair import Pair
from listing.evidence import queries as vault
from listing.evidence.rules import opens
from listing.screening import operations as screening
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation, signed_in
from tests.files.samples import HTML, PDF

from .conftest import acting, begun
from .test_vetting import LIST, do, finds

ASKED = {"page": "papers", "code": "own", "question": Pair("请补交更新的一份。", "Please send a newer one.")}
STATEMENT = {"kind": "custodian_statement", "dated": "2026-11-02", "expires": "", "issuer": "Harbour Custody Limited"}


@pytest.fixture
def own(applicant):
    return begun(applicant)


@pytest.fixture
def visitor(client, applicant):
    return signed_in(client, applicant.user)


def upload(client, application, content=PDF, name="结单.pdf", **typed):
    """Send the form of a paper as it stands, with this file."""
    address = f"/en/desk/admission/{application.id}/papers/add"
    form = BeautifulSoup(client.get(address).text, "lxml").select_one("main form[method=post]")
    hidden = {tag["name"]: tag["value"] for tag in form.select("input[type=hidden]")}
    return client.post(address, data={**hidden, **STATEMENT, **typed, "file": (io.BytesIO(content), name)})


def add(application, member, kind="custodian_statement", dated=date(2026, 11, 2), now=NOW):
    """A paper, kept as that person."""
    given = {"file": Upload(io.BytesIO(PDF), "statement.pdf"), "kind": kind, "dated": dated, "expires": None}
    row = proving.add(application=application, issuer="Harbour Custody", actor=acting(member), now=now, **given)
    db.session.commit()
    return row


class Upload:
    """A file as the web server hands it over."""

    def __init__(self, stream, filename):
        self.stream, self.filename = stream, filename


def send(application, member):
    """Send it as it stands."""
    submission = applying.send(application=application, declared_true=True, actor=acting(member), now=NOW)
    db.session.commit()
    return submission


def test_a_paper_is_added_listed_sent_and_seen_by_the_rules(visitor, own, applicant):
    page = visitor.get(f"/en/desk/admission/{own.id}/papers").text
    assert "Custodian statement" in page
    assert "not older than" in page
    assert upload(visitor, own).status_code == 303
    [row] = papers.of(own)
    assert (row.name, row.document_type, row.issuer) == ("结单.pdf", "custodian_statement", "Harbour Custody Limited")
    assert "accepted until" in visitor.get(f"/en/desk/admission/{own.id}/papers").text
    submission = send(own, applicant)
    [told] = submission.content["evidence"]
    assert told == {"id": row.uid, "kind": row.document_type, "dated": "2026-11-02", "expires": None} | {
        "digest": row.digest
    }
    seen = [one for line in judging.judge(submission, NOW).lines for one in line.evidence]
    assert {one.id for one in seen} == {row.uid}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dated": "2026-11-25"}, "still to come"),
        ({"dated": ""}, "Enter the date that stands on the paper"),
        ({"dated": "31/11/2026"}, "valid date"),
        ({"expires": "2026-11-01"}, "cannot run out before"),
        ({"dated": "2026-01-05", "expires": "2026-11-22"}, "ran out on 22 Nov 2026"),
        ({"kind": "nonsense"}, "valid choice"),
        ({"issuer": "a\u202eb"}, "issuer"),
    ],
)
def test_what_proves_nothing_is_refused_in_its_own_words_and_nothing_typed_is_lost(visitor, own, typed, words):
    answer = upload(visitor, own, **{"issuer": "匯豐託管", **typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert ("匯豐託管" in answer.text) == ("issuer" not in typed)
    assert papers.of(own) == []


def test_a_file_that_is_none_is_refused_at_its_field(visitor, own):
    answer = upload(visitor, own, HTML, "statement.pdf")
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").select_one('.errsum a[href="#file"]')


def test_a_paper_too_old_for_the_rule_is_kept_and_does_not_count(visitor, own):
    assert upload(visitor, own, dated="2020-01-02").status_code == 303
    assert "Does not count" in visitor.get(f"/en/desk/admission/{own.id}/papers").text


def test_what_was_sent_stays_and_what_was_not_goes(visitor, own, applicant, reviewers):
    row = add(own, applicant)
    base = f"/en/desk/admission/{own.id}/papers"
    spare = add(own, applicant, kind="other")
    form = BeautifulSoup(visitor.get(f"{base}/{spare.uid}/remove").text, "lxml").select_one("main form")
    token = {"csrf_token": form.find("input", attrs={"name": "csrf_token"})["value"]}
    assert visitor.post(f"{base}/{spare.uid}/remove", data=token).status_code == 303
    submission = send(own, applicant)
    assert visitor.post(f"{base}/{row.uid}/remove", data=token).status_code == 422  # it is under review
    do(operations.claim, submission, reviewers[0])
    do(operations.ask, submission, reviewers[0], **ASKED)
    assert "stays with it" in visitor.post(f"{base}/{row.uid}/remove", data=token).text
    assert [one.uid for one in papers.of(own)] == [row.uid]
    assert upload(visitor, own, dated="2026-11-20").status_code == 303  # the reply brings a newer one


def test_what_was_read_before_a_paper_came_is_not_what_is_signed(own, applicant):
    seen = applying.digest(applying.whole(own))
    add(own, applicant)
    with pytest.raises(rules.ChangedSinceRead):
        applying.send(application=own, declared_true=True, seen=seen, actor=acting(applicant), now=NOW)


def test_only_whoever_works_on_the_case_opens_its_papers(own, applicant, reviewers):
    row, (first, second) = add(own, applicant), reviewers[:2]
    submission = send(own, applicant)

    def may(member, now=NOW):
        return opens(acting(member), vault.sought(row, now=now))

    assert not may(first)
    do(operations.claim, submission, first)
    assert (may(first), may(second)) == (True, False)
    assert not may(first, NOW + rules.LOCK)
    do(operations.claim, submission, second, note="The other is ill.")
    assert (may(first), may(second)) == (False, True)
    do(operations.claim, submission, first, note="Back again.")
    screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=acting(applicant), now=NOW)
    names.compare(submission, actor=acting(first), now=NOW)
    do(operations.screen, submission, first, words="Registry looked at.")
    finds(submission, first)
    assert not may(first)
    do(operations.claim, submission, second)
    assert may(second)
    finds(submission, second)
    assert not may(second)
    decided = queries.decision(submission)
    assert replaying.replay(decided.id).identical
    assert row.uid in str(decided.basis)


def test_sending_anew_closes_the_papers_to_whoever_asked(own, applicant, reviewers):
    row = add(own, applicant)
    submission = send(own, applicant)
    do(operations.claim, submission, reviewers[0])
    do(operations.ask, submission, reviewers[0], **ASKED)
    assert opens(acting(reviewers[0]), vault.sought(row, now=NOW))
    send(own, applicant)
    assert not opens(acting(reviewers[0]), vault.sought(row, now=NOW))


def test_withdrawing_ends_what_a_reviewer_could_open(own, applicant, reviewers):
    row = add(own, applicant)
    submission = send(own, applicant)
    do(operations.claim, submission, reviewers[0])
    applying.withdraw(application=own, actor=acting(applicant), now=NOW + timedelta(minutes=1))
    assert not opens(acting(reviewers[0]), vault.sought(row, now=NOW + timedelta(minutes=2)))


def test_the_case_leads_whoever_works_on_it_to_the_paper(client, own, applicant, reviewers):
    row = add(own, applicant)
    submission = send(own, applicant)
    case = f"/en/review/admissions/{submission.id}"
    reader = signed_in(client, reviewers[0].user)
    assert row.uid not in reader.get(case).text
    assert reader.get(f"/en/evidence/{row.uid}").status_code == 404
    do(operations.claim, submission, reviewers[0])
    assert f"/evidence/{row.uid}" in reader.get(case).text
    assert vetting.case(submission.id, acting(reviewers[0])).holder(NOW)


def test_papers_of_others_are_not_there(client, own, applicant):
    row = add(own, applicant)
    other = signed_in(client, a_member(an_organisation("investor"), "owner").user)
    base = f"/en/desk/admission/{own.id}/papers"
    for path in (base, f"{base}/add", f"{base}/{row.uid}/remove", f"/en/evidence/{row.uid}"):
        assert other.get(path).status_code == 404


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_pages_read_in_every_language(visitor, own, applicant, lang):
    row = add(own, applicant)
    add(own, applicant, kind="identity")
    base = f"/{lang}/desk/admission/{own.id}"
    for path in ("/papers", "/papers/add", f"/papers/{row.uid}/remove", "/check", ""):
        assert visitor.get(base + path).status_code == 200
