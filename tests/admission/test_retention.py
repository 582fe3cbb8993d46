"""Papers go when their time is over, not a day before, and not while somebody's law or case needs them."""

from datetime import timedelta

import pytest

from listing.admission import papers, queries, retention, rules
from listing.admission.operations import applying
from listing.evidence.operations import ending
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation

from .conftest import acting, begun
from .test_papers import add, send
from .test_standing import admitted

DAY = timedelta(days=1)


@pytest.fixture
def own(applicant):
    return begun(applicant)


def gone(application, now):
    retention.run(now=now)
    return papers.of(application) == []


def test_a_withdrawn_application_keeps_its_papers_for_two_years(own, applicant):
    add(own, applicant)
    send(own, applicant)
    assert not gone(own, NOW + 4_000 * DAY)  # while it is open nothing counts
    applying.withdraw(application=own, actor=acting(applicant), now=NOW)
    assert not gone(own, NOW + 730 * DAY)
    assert gone(own, NOW + 732 * DAY)
    assert retention.run(now=NOW + 732 * DAY) == 0


def test_papers_of_a_draft_go_with_it(own, applicant):
    row = add(own, applicant)
    later = NOW + rules.DRAFT_KEPT + DAY
    ending.hold(file=row, why="x", actor=acting(applicant), now=NOW)
    assert applying.sweep(now=later) == 0
    ending.release(file=row, actor=acting(applicant), now=NOW)
    assert applying.sweep(now=later) == 1
    db.session.commit()
    assert row.destroyed_why == "draft_gone"


def test_the_admitted_keep_theirs_as_long_as_the_law_of_their_place_says(applicant):
    held = admitted(applicant)
    own = queries.last_of(applicant.organisation_id)
    own.state = rules.MORE_INFORMATION
    add(own, applicant)
    own.state, own.open_of = rules.ADMITTED, None
    db.session.commit()
    [one] = retention.kept()
    assert (one.kind, one.until) == ("admitted", held.until.date().replace(year=held.until.year + 5))  # of Hong Kong


def test_a_batch_is_looked_through_in_as_many_statements_as_one_paper(statements, applicant, app):
    others = [applicant, *(a_member(an_organisation("investor")) for _ in range(2))]
    counts = []
    for member in others:
        add(begun(member), member)
        with statements() as seen:
            found = retention.kept()
        counts.append((len(found), len(seen)))
    assert [number for number, _seen in counts] == [1, 2, 3]
    assert len({seen for _number, seen in counts}) == 1


def test_a_hold_keeps_what_is_over(own, applicant, app):
    row = add(own, applicant)
    applying.withdraw(application=own, actor=acting(applicant), now=NOW)
    command = app.test_cli_runner().invoke
    assert command(args=["retention", "hold", row.uid, "--why", "HCA 1/2026"]).exit_code == 0
    assert not gone(own, NOW + 4_000 * DAY)
    app.extensions["clock"].set(NOW + 4_000 * DAY)
    assert "held" in command(args=["retention", "run", "--dry-run"]).output
    assert command(args=["retention", "release", row.uid]).exit_code == 0
    told = command(args=["retention", "run", "--dry-run"]).output
    assert "over" in told
    assert "1 would be destroyed" in told
    assert papers.of(own) != []  # a dry run destroys nothing
    assert "1 were destroyed" in command(args=["retention", "run"]).output
    assert papers.of(own) == []


def test_a_paper_that_is_not_there_is_said(app):
    answer = app.test_cli_runner().invoke(args=["retention", "hold", "none", "--why", "x"])
    assert (answer.exit_code, "There is no paper" in answer.output) == (1, True)


def test_whatever_is_held_cannot_be_destroyed_by_hand_either(own, applicant):
    row = add(own, applicant)
    ending.hold(file=row, why="x", actor=acting(applicant), now=NOW)
    [one] = retention.kept()
    assert (one.held, one.is_over(NOW.date() + 9_000 * DAY)) == (True, False)
