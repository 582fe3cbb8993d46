"""When an admission opens the terms, to the second, in every session, without anything that runs meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Tier
from listing.admission import queries, rules
from listing.admission.models import Admission, Decision
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, a_user, saved, signed_in

from .conftest import acting, sent

SECOND = timedelta(seconds=1)
YEAR = timedelta(days=365)


def admitted(member, *, until=NOW + YEAR, state="admitted"):
    """An admission of the member's institution."""
    decision = Decision(
        submission_id=sent(member).id,
        organisation_id=member.organisation_id,
        verdict="admit",
        proposed="admit",
        basis={},
        reasons=[],
        decided_at=NOW,
        decided_by=member.user_id,
        label="x",
    )
    row = Admission(
        organisation_id=member.organisation_id,
        live_of=member.organisation_id if state in rules.LIVE else None,
        decision_id=saved(decision).id,
        code="TEST-CODE",
        book="HK-PI",
        book_version="1",
        investor_class="corporation",
        risk_level="C4",
        markets=["HK"],
        since=NOW,
        until=until,
        state=state,
        state_at=NOW,
    )
    saved(row)
    db.session.commit()
    return row


@pytest.mark.parametrize(
    ("held", "now", "state", "opened"),
    [
        ("admitted", NOW - SECOND, "admitted", False),
        ("admitted", NOW, "admitted", True),
        ("admitted", NOW + YEAR - timedelta(days=60) - SECOND, "admitted", True),
        ("admitted", NOW + YEAR - timedelta(days=60), "expiring", True),
        ("admitted", NOW + YEAR - SECOND, "expiring", True),
        ("admitted", NOW + YEAR, "expired", False),
        ("suspended", NOW, "suspended", False),
        ("revoked", NOW, "revoked", False),
    ],
)
def test_an_admission_is_what_the_clock_says(held, now, state, opened):
    times = {"since": NOW, "until": NOW + YEAR, "now": now}
    assert (rules.standing(held, **times), rules.opens(held, **times)) == (state, opened)


def test_every_member_has_the_standing_of_the_institution(applicant):
    admitted(applicant)
    colleague = a_member(applicant.organisation, "viewer")
    for person in (applicant, colleague):
        assert queries.known(acting(person), NOW).tier == Tier.ADMITTED
    assert queries.known(acting(colleague), NOW + YEAR).tier == Tier.REGISTERED
    assert queries.known(acting(a_member(user=a_user())), NOW).standings == ()


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_suspended_or_revoked_it_opens_nothing(applicant, state):
    admitted(applicant, state=state)
    assert queries.known(acting(applicant), NOW).tier == Tier.REGISTERED


def test_the_end_closes_a_page_in_the_same_second_in_every_session(app, applicant, clock):
    company = a_company(slug="example")
    until = NOW + timedelta(hours=1)
    admitted(applicant, until=until)
    colleague = a_member(applicant.organisation, "viewer").user
    clients = [signed_in(app.test_client(), person) for person in (applicant.user, colleague)]
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    try:
        for now, status in ((until - SECOND, 303), (until, 404)):  # on to suitability, which nobody answered for
            clock.set(now)
            copies = [one.post(f"/en/companies/{company.slug}/factsheet.pdf").status_code for one in clients]
            assert copies == [status, status]
    finally:
        app.config["WTF_CSRF_CHECK_DEFAULT"] = True


def test_one_live_admission_for_an_institution(applicant):
    row = admitted(applicant)
    row.state = "revoked"
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_desk_leads_to_the_application_and_says_until_when_it_holds(client, applicant):
    desk = signed_in(client, applicant.user)
    assert "/en/desk/admission" in desk.get("/en/desk").text
    assert "Valid until" not in desk.get("/en/desk").text
    row = admitted(applicant)
    page = desk.get("/en/desk").text
    assert f"/en/desk/admission/{queries.decision_by_id(row.decision_id).submission_id}" in page
    assert "Valid until" in page
