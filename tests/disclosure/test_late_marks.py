"""The public mark of lateness in the log: once when it begins, once when it is lifted, checked by outsiders offline."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update

from listing.access.actor import Membership
from listing.accounts import queries as accounts
from listing.clock import FixedClock
from listing.disclosure.obligations import queries
from listing.disclosure.obligations.models import Mark
from listing.disclosure.obligations.operations import filing, lateness, marking
from listing.disclosure.obligations.operations.reminding import remind
from listing.journal import operations as journal
from listing.journal.models import Entry
from listing.notifications.dispatch import never
from listing.store.db import db

from ..factories import signed_in
from .announcements.made import at_once
from .duties import DUE, INTERIM, a_company_late_with_its_report, a_document, a_reviewer, at

SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_log.py"


@pytest.fixture
def company(app):
    return a_company_late_with_its_report()


def tick(days):
    remind(now=at(days), stopping=never)


def logged():
    """The entries of marks of the interim report: what, with which value."""
    rows = db.session.scalars(select(Entry).where(Entry.code.like("disclosure.mark%")).order_by(Entry.index)).all()
    return [row for row in rows if row.data["key"] == INTERIM]


def said():
    return [(row.code.rpartition("_")[2], row.data.get("late", row.data.get("for"))) for row in logged()]


def file_it(company, days):
    who = {"actor": accounts.as_actor(a_reviewer()), "now": at(days)}
    filing.file(company=company, key=INTERIM, dated=DUE, document=a_document(), **who)
    db.session.commit()


def test_a_mark_is_one_entry_when_it_begins_and_one_when_it_is_lifted(company):
    told = {days: (tick(days), said())[1] for days in (9, 10, 10, 11)}
    assert told == {9: [], 10: [("begun", 10)], 11: [("begun", 10)]}
    (begun,) = logged()
    assert (begun.at, begun.actor_id, begun.subject_id) == (at(10), None, str(company.id))
    assert (begun.data["code"], begun.data["by"], begun.data["standard"]) == (company.code, "2026-09-30", "growth@2026")
    file_it(company, 12)
    assert said() == [("begun", 10), ("lifted", "met")]
    assert (logged()[1].at, logged()[1].actor_id, logged()[1].data["begun"]) == (at(12), None, begun.index)
    tick(13)
    assert len(logged()) == 2


def test_a_scheduler_that_was_away_notes_how_late_it_was_by_then(company):
    tick(17)
    assert said() == [("begun", 17)]


def test_what_is_waived_is_lifted_and_marked_anew_from_its_later_day(company):
    tick(10)
    until = at(40).date()
    waiver = {"company": company, "key": INTERIM, "until": until, "reason": "A flood."}
    lateness.waive(**waiver, actor=accounts.as_actor(a_reviewer()), now=at(20))
    tick(49)
    assert said() == [("begun", 10), ("lifted", "waived")]
    tick(50)
    assert said()[2:] == [("begun", 10)]
    assert logged()[2].data["by"] == until.isoformat()


def test_a_company_removed_bears_no_mark_any_more(company):
    tick(10)
    people = [accounts.as_actor(a_reviewer(role)) for role in ("reviewer", "supervisor")]
    removal = next(step for step in queries.calendar(company, at(120)).steps if step.rung.step == "removal")
    gone = {"company": company, "step": removal, "take": True, "now": at(120)}
    waits = lateness.decide(**gone, reason="Four months.", actor=people[0])
    who = people[1].__class__(
        people[1].user_id, people[1].label, memberships=(Membership(0, "operator", "supervisor"),)
    )
    lateness.answer(**gone, measure=waits, actor=who)
    db.session.commit()
    assert said() == [("begun", 10), ("lifted", "left")]


def test_a_tick_finds_a_mark_whose_company_left_its_tier_otherwise(company):
    tick(10)
    for row in queries.calendar(company, at(11)).tenures:
        row.live_of, row.until = None, at(11)
    db.session.commit()
    tick(11)
    assert said() == [("begun", 10), ("lifted", "left")]


def test_a_tick_that_is_killed_leaves_nothing_and_is_made_up_for_once(company, monkeypatch):
    real = journal.append

    def killed(**entry):
        real(**entry)
        raise KeyboardInterrupt

    db.session.commit()
    monkeypatch.setattr(marking.journal, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        tick(10)
    db.session.rollback()
    monkeypatch.undo()
    assert (said(), db.session.scalars(select(Mark)).all()) == ([], [])
    tick(10)
    tick(10)
    assert said() == [("begun", 10)]


def test_two_schedulers_at_once_write_one_entry(app, company):
    def ticking(days):
        return lambda: tick(days)

    company_id = company.id
    waived = {"key": INTERIM, "until": at(60).date(), "reason": "A flood.", "given_label": "A", "given_at": at(11)}
    assert at_once(app, ticking(10), ticking(10), ticking(10)) == ["done"] * 3
    assert said() == [("begun", 10)]
    db.session.add(queries.Waiver(company_id=company_id, **waived))
    assert at_once(app, ticking(11), ticking(11), ticking(11)) == ["done"] * 3
    assert said() == [("begun", 10), ("lifted", "waived")]


def test_a_tick_that_read_before_a_filing_writes_no_mark(app, company):
    """The calendars of a batch are read at once; what was filed meanwhile is seen before anything is written."""
    read = queries.calendar(company, at(10))
    assert [line.owed.key for line in read.unmarked] == [INTERIM]
    file_it(company, 10)
    marking.keep(company=read.company, now=at(10))
    assert said() == []


def verified(path, key):
    command = [sys.executable, SCRIPT, "mark", path, "--key", key]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


def test_everybody_checks_without_us_when_a_mark_began_and_when_it_was_lifted(app, client, company, tmp_path):
    tick(10)
    app.extensions["clock"] = FixedClock(at(11))
    begun = logged()[0].index
    for language in ("en", "zh-Hans", "zh-Hant"):
        page = client.get(f"/{language}/companies/lantern/disclosure").text
        assert [f'href="/log/entry/{begun}{end}"' in page for end in ("", "/proof")] == [True, True]
    there = f"/en/companies/lantern/disclosure/marks/{begun}/receipt.json"
    assert there in page.replace("/zh-Hant/", "/en/")
    told = client.get("/en/companies/lantern/disclosure/json").json
    assert (told["late_marks"], [one["entry"] for one in told["late_marks_logged"]]) == ([INTERIM], [begun])
    assert told["late_marks_logged"][0]["by"] == "2026-09-30"
    first, key, path = client.get(there).json, client.get("/log/key").text.strip(), tmp_path / "mark.json"
    path.write_text(json.dumps(first))
    code, words = verified(path, key)
    assert (code, "to be met by 2026-09-30, at 2026-10-10T04:00:00Z, in a log" in words) == (0, True)

    file_it(company, 11)
    page = client.get("/en/companies/lantern/disclosure").text
    assert (f"/log/entry/{begun}" in page, there in page) == (False, False)
    path.write_text(json.dumps(client.get(there).json))
    code, words = verified(path, key)
    assert (code, "lifted at 2026-10-11T04:00:00Z (met)" in words) == (0, True)

    late = json.loads(path.read_text())
    late["begun"]["entry"]["at"] = "2026-10-20T04:00:00Z"  # ten days less of a mark
    path.write_text(json.dumps(late))
    assert verified(path, key)[0] == 1
    late = json.loads(json.dumps(client.get(there).json))
    late["lifted"] = first["begun"]
    path.write_text(json.dumps(late))
    assert verified(path, key)[0] == 1
    assert client.get(there.replace(f"/{begun}/", f"/{begun + 1}/")).status_code == 404


def test_a_mark_dated_back_or_moved_to_another_entry_in_the_database_is_found_out(app, client, company, tmp_path):
    tick(10)
    app.extensions["clock"] = FixedClock(at(20))
    begun, key, path = logged()[0].index, client.get("/log/key").text.strip(), tmp_path / "mark.json"
    there = "/en/companies/lantern/disclosure/marks/{}/receipt.json"
    db.session.execute(update(Mark).values(begun_at=at(18)))
    db.session.commit()
    assert client.get(f"/log/entry/{begun}").json["at"] == "2026-10-10T04:00:00Z"  # to which the page leads
    path.write_text(json.dumps(client.get(there.format(begun)).json))
    assert "at 2026-10-10T04:00:00Z" in verified(path, key)[1]
    db.session.execute(update(Mark).values(begun_entry=begun - 1))
    db.session.commit()
    path.write_text(json.dumps(client.get(there.format(begun - 1)).json))
    assert verified(path, key)[0] == 1


def test_enterprise_and_reviewer_see_both_ends_of_a_mark(app, company):
    tick(10)
    file_it(company, 12)
    owner = accounts.members(accounts.organisation(company.organisation_id))[0].user
    lifted = logged()[1].index
    for user, room in (
        (owner, "studio/companies/lantern/obligations"),
        (a_reviewer(), "review/disclosure/companies/lantern"),
    ):
        page = signed_in(app.test_client(), user).get(f"/en/{room}/{INTERIM}")
        assert (page.status_code, f'href="/log/entry/{lifted}"' in page.text) == (200, True)
        assert "Lifted, because it was met" in page.text
