"""Reviewers and applicants at the same instant: one does it, the others are told; without the guard they are not."""

import pytest

from listing.admission import names, papers, queries, rules, vetting
from listing.admission.models import Application
from listing.admission.operations import applying, measuring
from listing.admission.operations import vetting as operations
from listing.admission.worded import NOTHING
from listing.evidence import queries as vault
from listing.screening import operations as screening
from listing.store.db import db
from tests.factories import NOW
from tests.store.example import ON_POSTGRESQL, together

from .conftest import acting, begun
from .test_papers import add, send
from .test_standing import admitted
from .test_vetting import LIST, do, finds


@pytest.fixture
def submission(applicant, reviewers):
    """Sent with a paper and found by the first reviewer: nobody works on it."""
    application = begun(applicant)
    add(application, applicant)
    sent = send(application, applicant)
    screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=acting(applicant), now=NOW)
    do(operations.claim, sent, reviewers[0])
    names.compare(sent, actor=acting(reviewers[0]), now=NOW)
    do(operations.screen, sent, reviewers[0], words="Registry looked at.")
    finds(sent, reviewers[0])
    return sent


def claiming(number, actor):
    """Somebody who opens the case and claims it."""
    return (lambda: vetting.case(number, actor)), (lambda case: operations.claim(case=case, actor=actor, now=NOW))


def test_of_two_who_claim_at_once_one_works_on_it(app, submission, reviewers):
    number, people = submission.id, [acting(member) for member in reviewers[1:3]]
    assert together(app, *(claiming(number, one) for one in people)) == {"done": 1, "Locked": 1}


@ON_POSTGRESQL
def test_without_the_lock_the_second_claim_is_an_error_of_the_database(app, submission, reviewers, monkeypatch):
    monkeypatch.setattr(operations.claiming, "alone", lambda case: case)
    number, people = submission.id, [acting(member) for member in reviewers[1:3]]
    assert together(app, *(claiming(number, one) for one in people)) == {"done": 1, "IntegrityError": 1}


def test_what_is_withdrawn_while_somebody_claims_it_stays_closed(app, submission, applicant, reviewers):
    number, reviewer, holder = submission.id, acting(reviewers[1]), acting(applicant)
    withdrawing = (
        (lambda: db.session.get_one(Application, submission_application)),
        (lambda application: applying.withdraw(application=application, actor=holder, now=NOW)),
    )
    submission_application = submission.application_id
    came = together(app, claiming(number, reviewer), withdrawing)
    assert came["done"] >= 1
    db.session.expire_all()
    application = queries.application(submission_application)
    assert application.state == rules.WITHDRAWN
    [row] = papers.of(application)
    assert not vault.sought(row, now=NOW).people


def test_of_two_supervisors_who_answer_at_once_one_is_told(app, applicant, reviewers):
    row = admitted(applicant)
    proposer, *others = [acting(member) for member in (reviewers[2], reviewers[3])]
    why = {"event": "suspend", "reason": "conduct", "words": NOTHING}
    measure = measuring.propose(admission=row, **why, actor=proposer, now=NOW)
    db.session.commit()
    number, second = measure.id, others[0]

    def answering(confirmed):
        return (
            (lambda: db.session.get_one(type(measure), number)),
            (lambda found: measuring.answer(measure=found, confirmed=confirmed, actor=second, now=NOW)),
        )

    assert together(app, answering(True), answering(False)) == {"done": 1, "NotNow": 1}
