"""Where the matrix bites: wishes of investors, the two acts, the pages, and what the other side never reads."""

import json
import re
from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from listing.bilingual.pair import Pair
from listing.companies import weighed
from listing.companies.operations.copying import record_copy
from listing.companies.operations.reading import note
from listing.companies.rules import NotSuited
from listing.journal.models import Entry
from listing.roadshows.meetings.operations import running
from listing.roadshows.operations import asking
from listing.store.db import db
from listing.suitability import operations, queries, rules
from listing.suitability.models import Confirmation
from tests.factories import NOW, a_company, a_member, a_user, an_organisation, signed_in
from tests.roadshows.made import BOTH, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from tests.roadshows.test_meetings import kept, pairs, wish, worked_out
from tests.roadshows.test_seating import apply

ACTS = (operations.read, operations.confirm)


def presenting(guest, count=2):
    """One-to-ones where ``guest`` has a place, and companies of an early stage, which makes them R5."""
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=5).days[0]
    row = apply(guest, day)
    editors = [a_member(an_organisation("enterprise"), "editor") for _ in range(count)]
    companies = [a_company(organisation_id=e.organisation_id, stage="seed", **BOTH) for e in editors]
    for number, company in enumerate(companies):
        a_session(day, time(11 + number), company=company, title=Pair("", ""))
    return organizer, kept(day, organizer), row, list(zip(editors, companies, strict=True))


def act(operation, guest, company, now=NOW, ticked=True):
    about = {"organisation_id": guest.organisation_id, "company_id": company.id, "language": "zh-Hant"}
    row = operation(**about, actor=actor_of(guest, now), now=now, ticked=ticked)
    db.session.commit()
    return row


def sent(client, address, **typed):
    """Post by hand, with the token that every page of somebody signed in carries."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/en/account").text)[1]
    return client.post(address, data={"csrf_token": token} | typed)


def logged():
    codes = select(Entry.code).where(Entry.code.like("suitability.%")).order_by(Entry.index)
    return list(db.session.scalars(codes))


def test_a_warning_is_confirmed_by_two_acts_for_one_company_and_then_the_wish_is_kept(app):
    guest = an_admitted_investor(level="C3")
    _organizer, found, row, [(_e, company), (_f, other)] = presenting(guest)
    with pytest.raises(rules.Unconfirmed):
        wish(found, guest, row, [company])
    with pytest.raises(rules.FirstThat):
        act(operations.confirm, guest, company)
    with pytest.raises(rules.NotRead):
        act(operations.read, guest, company, ticked=False)
    for _twice in range(2):
        act(operations.read, guest, company)
    with pytest.raises(rules.Unconfirmed):
        wish(found, guest, row, [company])
    first = act(operations.confirm, guest, company)
    assert act(operations.confirm, guest, company, now=NOW + timedelta(minutes=5)).confirmed_at == first.read_at == NOW
    assert logged() == ["suitability.read", "suitability.confirmed"]
    assert wish(found, guest, row, [company]).wishes == [company.id]
    with pytest.raises(rules.Unconfirmed):
        wish(found, guest, row, [company, other])  # what was confirmed of one says nothing of another
    stranger = an_admitted_investor(level="C3")
    assert not queries.suited(stranger.organisation_id, [company.id], NOW)[company.id].open


def test_two_windows_at_once_keep_one_act(app, monkeypatch):
    """Both looked before either wrote: the second finds what the first kept, and nothing is logged twice."""
    guest, company = an_admitted_investor(level="C3"), a_company(stage="seed", **BOTH)
    first, looked = act(operations.read, guest, company), []
    begun = queries.begun
    monkeypatch.setattr(queries, "begun", lambda *who, **how: begun(*who, **how) if looked else looked.append(1))
    assert act(operations.read, guest, company) is first
    assert logged() == ["suitability.read"]


@pytest.mark.parametrize("changed", ["matrix", "statement", "investor_level", "risk_level", "answered_at"])
def test_a_confirmation_counts_for_its_version_levels_and_questionnaire_only(app, changed):
    guest, company = an_admitted_investor(level="C3"), a_company(stage="seed", **BOTH)
    for operation in ACTS:
        row = act(operation, guest, company)
    assert queries.suited(guest.organisation_id, [company.id], NOW)[company.id].open
    others = {"matrix": "2026-10", "statement": "SUIT-ST-0", "investor_level": "C2", "risk_level": "R4"}
    setattr(row, changed, others.get(changed, NOW - timedelta(seconds=1)))
    db.session.commit()
    assert queries.suited(guest.organisation_id, [company.id], NOW)[company.id].state == "warning"


@pytest.mark.parametrize(
    "who",
    [
        {"level": "C1", "book": "CN-REM", "grade": "qualified"},
        {"level": "C5", "answered_at": NOW - timedelta(days=400)},  # the questionnaire is over
        {"level": "C5", "until": NOW + timedelta(days=1)},
    ],
    ids=["lowest", "over", "admission ended"],
)
def test_what_is_blocked_is_refused_by_the_operations_whatever_is_sent(client, who):
    guest, company = an_admitted_investor(**who), a_company(stage="seed", **BOTH)
    later = NOW + timedelta(days=2) if "until" in who else NOW
    for operation in ACTS:
        with pytest.raises(rules.NothingToConfirm):
            act(operation, guest, company, now=later)
    with pytest.raises(rules.Unsuitable):
        operations.check(act="meeting", organisation_id=guest.organisation_id, companies=[company.id], now=later)
    if later == NOW:
        page = f"/en/desk/suitability/{guest.organisation_id}/{company.slug}"
        signed_in(client, guest.user)
        assert "What would change this" in client.get(page).text
        assert [sent(client, page + end, ticked="y").status_code for end in ("", "/confirm")] == [422, 422]
    assert db.session.scalar(select(func.count()).select_from(Confirmation)) == 0
    assert logged() == []


def test_no_meeting_is_made_of_a_pair_that_is_not_suitable_though_the_company_wishes_it(app):
    guest = an_admitted_investor(level="C3")
    organizer, found, row, [(editor, company)] = presenting(guest, count=1)
    wish(found, guest, row)
    wish(found, editor, company, [row])
    assert pairs(worked_out(organizer, found)) == []
    assert running.written(found, NOW)["forbidden"] == [[f"i{row.id}", f"c{company.id}"]]
    for operation in ACTS:
        act(operation, guest, company)
    assert pairs(worked_out(organizer, found)) == [(row.id, company.id, 0)]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_an_investor_reads_the_warning_confirms_twice_and_goes_on_where_they_were(client, language):
    guest = an_admitted_investor(level="C3")
    _organizer, found, _row, [(editor, company)] = presenting(guest, count=1)
    there = f"/{language}/roadshows/{found.day.roadshow.code}/days/{found.day_id}/meetings"
    one = f"/{language}/desk/suitability/{guest.organisation_id}/{company.slug}"
    signed_in(client, guest.user)
    assert f'href="{one}?then={there}"' in client.get(there).text
    typed = {f"to_{company.id}": "1", "available": ["0"]}
    refused = sent(client, there, **typed)
    assert (refused.status_code, '<option selected value="1">' in refused.text) == (422, True)
    assert sent(client, f"{one}?then={there}").status_code == 422
    assert sent(client, f"{one}/confirm?then={there}", ticked="y").status_code == 422  # not read yet
    first = sent(client, f"{one}?then={there}", ticked="y")
    assert client.get(first.location).status_code == 200
    assert sent(client, first.location, ticked="y").location == there
    assert sent(client, there, **typed).status_code == 303
    row = db.session.scalars(select(Confirmation)).one()
    assert (row.language, row.investor_level, row.risk_level, row.label) == (language, "C3", "R5", guest.user.name)
    own = client.get(f"/{language}/desk/suitability").text
    assert (company.slug in own, "C3" in own) == (True, True)
    assert client.get(one).status_code == 200
    signed_in(client, editor.user)
    theirs = client.get(f"/{language}/studio/companies/{company.slug}/days/{found.day_id}/meetings").text
    said = BeautifulSoup(theirs, "lxml").get_text()  # a signature may hold these two letters
    assert (str(_row.id) in theirs, "C3" in said) == (True, False)
    assert client.get(one).status_code == 404


def test_a_question_to_a_company_waits_for_the_confirmation_too(client):
    guest = an_admitted_investor(level="C3")
    _organizer, found, _row, [(_editor, company)] = presenting(guest, count=1)
    sessions = {session.company_id: session for session in found.day.sessions}
    said = {"typed": "?", "actor": actor_of(guest), "now": NOW}
    with pytest.raises(rules.Unconfirmed):
        asking.ask(session=sessions[company.id], **said)
    assert asking.ask(session=sessions[None], **said).id  # a session of no company
    signed_in(client, guest.user)
    there = f"/en/roadshows/{found.day.roadshow.code}/sessions/{sessions[company.id].id}/ask"
    own = f"/en/desk/suitability/{guest.organisation_id}/{company.slug}"
    assert [f'href="{own}?then={there}"' in client.get(there).text, "<textarea" in client.get(there).text] == [
        True,
        False,
    ]
    for operation in ACTS:
        act(operation, guest, company)
    assert "<textarea" in client.get(there).text
    assert f'href="{own}?then=' in client.get(f"/en/companies/{company.slug}").text
    assert asking.ask(session=sessions[company.id], **said).id


def test_documents_and_copies_wait_for_the_confirmation_and_are_not_offered_before(client):
    guest, company = an_admitted_investor(level="C3"), a_company(stage="seed", **BOTH)
    own, page = f"/en/desk/suitability/{guest.organisation_id}/{company.slug}", f"/en/companies/{company.slug}"
    person = queries.weighing(actor_of(guest), NOW)
    papers = {"company": company, "revision": company.revision, "script": "", "now": NOW}
    with pytest.raises(NotSuited):
        record_copy(actor=person, **papers)
    with pytest.raises(NotSuited):
        note(company=company, file=None, actor=person, now=NOW)
    signed_in(client, guest.user)
    assert f'action="{page}/factsheet.pdf' not in client.get(page).text
    assert sent(client, f"{page}/factsheet.pdf").location == f"{own}?then={page}"
    for operation in ACTS:
        act(operation, guest, company)
    assert f'action="{page}/factsheet.pdf' in client.get(page).text
    assert record_copy(actor=person, **papers)


def test_only_who_signs_for_the_institution_confirms(client):
    guest, company = an_admitted_investor(level="C3", role="viewer"), a_company(stage="seed", **BOTH)
    page = f"/en/desk/suitability/{guest.organisation_id}/{company.slug}"
    signed_in(client, guest.user)
    assert "Only an owner or an approver" in client.get(page).text
    assert sent(client, page, ticked="y").status_code == 403
    assert client.get(page.replace(company.slug, "nobody-here")).status_code == 404


def test_operators_read_what_was_confirmed_and_take_it_as_a_table(client):
    guest, companies = an_admitted_investor(level="C3"), [a_company(stage="seed", **BOTH) for _ in range(2)]
    act(operations.read, guest, companies[1])
    for operation in ACTS:
        act(operation, guest, companies[0])
    second = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
    signed_in(client, a_member(an_organisation("operator"), "reviewer", a_user(**second)).user)
    page = client.get("/en/review/suitability").text
    assert [company.name_en in page for company in companies] == [True, False]
    table = client.get("/en/review/suitability/csv").text.splitlines()
    assert [(f"{companies[0].slug}," in line, ",C3,R5," in line) for line in table] == [(False, False), (True, True)]


def test_the_command_says_the_level_the_rule_and_why(app):
    company = a_company(code="SUIT-1", stage="seed", **BOTH)
    db.session.commit()
    run, match = app.test_cli_runner().invoke, ["suitability", "match", "--investor-level"]
    said = json.loads(run(args=[*match, "C3", "--company", "SUIT-1", "--json"]).output)
    assert (said["outcome"], said["risk_level"], said["regime"]) == ("warning", "R5", "CN-ORDINARY")
    assert said["facts"] == {"instrument": "unknown", "stage": "seed", "held_back": "no", "audited": "no"}
    told = run(args=[*match, "C1", "--company", company.slug]).output
    assert told.startswith("C1 and R5: blocked (CN-ORDINARY, matrix 2026-11;")
    assert run(args=[*match, "C1", "--company", "NOBODY"]).exit_code == 1
    assert "HK-PROFESSIONAL" in run(args=["suitability", "matrix"]).output


def test_what_is_known_of_a_company_comes_from_what_it_shows():
    year = {"months": 12, "audited": True}
    sheets = {
        "financing": {"instrument": "loan"},
        "figures": {
            "currency": "CNY",
            "periods": [
                {"end": "2023-12-31", "values": {"net_profit": -5}, **year},
                {"end": "2024-12-31", "values": {"net_profit": 7, "net_assets": -1}, **year},
                {"end": "2025-12-31", "values": {"net_profit": 9}, **year},
                {"end": "2026-06-30", "months": 6, "values": {"net_profit": -2}},
            ],
        },
    }
    content = {"passages": [], "sheets": sheets}
    known = {"net_profit": 9, "net_assets": -1, "profitable_years": 2, "stage": "b", "audited": "no"}
    assert weighed.weighed("b", False, content) == known | {"instrument": "loan", "held_back": "no"}
    assert weighed.weighed("b", True, content) == known | {"instrument": "unknown", "held_back": "yes"}
