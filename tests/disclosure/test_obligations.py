"""From the application for a tier to a filing: pages, people, the journal and the command."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from listing.accounts import queries as accounts
from listing.disclosure.obligations import queries, rules
from listing.disclosure.obligations.models import Filing, Request
from listing.disclosure.obligations.operations import filing, tiers
from listing.disclosure.tenures import queries as tenures
from listing.disclosure.tenures.models import Tenure
from listing.journal.models import Entry
from listing.notifications.models import Notice
from listing.store.db import db

from ..factories import NOW, a_company, a_member, an_organisation, signed_in
from ..files.samples import PDF
from .announcements.made import NOON, a_house, released
from .duties import DAY, INTERIM, a_company_in, a_document, a_reviewer, in_tier

ROOM = "/en/studio/companies/lantern/obligations"
REPORT = "D12.annual.pe.2026-12-31"


def sent(client, path, /, **data):
    """Fill in the form of a page and send it."""
    page = client.get(path)
    form = BeautifulSoup(page.text, "html.parser").find("form", method="post")
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    return client.post(path, data=hidden | data)


def codes():
    return [code for code in db.session.scalars(select(Entry.code).order_by(Entry.index)) if "disclosure" in code]


def test_an_enterprise_applies_and_a_reviewer_grants(app, client):
    owner = a_member(an_organisation("enterprise"), "owner").user
    company = a_company(slug="lantern", organisation_id=owner.memberships[0].organisation_id, domicile="CN")
    enterprise, reviewer = signed_in(client, owner), signed_in(app.test_client(), a_reviewer())
    assert "The company is in no tier yet." in enterprise.get(ROOM).text
    refused = sent(enterprise, f"{ROOM}/tier", tier="growth", year_end="12", note="A\u202eB")
    assert BeautifulSoup(refused.text, "lxml").title.text.startswith("Error:")
    assert (refused.status_code, "direction-changing" in refused.text) == (422, True)
    assert sent(enterprise, f"{ROOM}/tier", tier="growth", year_end="12", note="In the profile.").location == ROOM
    assert "waits for its decision" in enterprise.get(ROOM).text
    again = sent(enterprise, f"{ROOM}/tier", tier="select", year_end="12", note="In the profile.")
    assert "waits for its decision already" in again.text
    case = f"/en/review/disclosure/tiers/{db.session.scalar(select(Request.id))}"
    assert case in reviewer.get("/en/review/disclosure").text
    assert "Give a reason." in sent(reviewer, case, answer="grant").text
    assert sent(reviewer, case, answer="grant", reason="All is there.").status_code == 303
    assert "All is there." in reviewer.get(case).text
    assert codes() == ["disclosure.tier_asked", "disclosure.tier_granted"]
    held = tenures.tenure(company.id)
    assert (held.name, held.year_end) == ("growth@2026", 12)
    with_it = {line.item.id for line in queries.calendar(company, NOW).in_state(rules.MET)}
    assert with_it == {"D01", "D02", "D03"}
    assert db.session.scalars(select(Notice.message)).all() == ["tier_decided"]
    assert "D12" in enterprise.get(ROOM).text
    assert "In no tier yet" not in enterprise.get("/en/studio").text


def test_nobody_decides_what_they_asked_for_and_nobody_decides_twice(app):
    company, owner = a_company_in()
    both = accounts.as_actor(a_reviewer())
    asked = tiers.apply(company=company, tier="select", year_end=12, note="There.", actor=both, now=NOW)
    decision = {"request": asked, "company": company, "reason": "Yes.", "now": NOW}
    with pytest.raises(rules.SamePerson):
        tiers.decide(**decision, granted=True, actor=both)
    other = accounts.as_actor(a_reviewer())
    tiers.decide(**decision, granted=False, actor=other)
    with pytest.raises(rules.Decided):
        tiers.decide(**decision, granted=True, actor=other)
    assert tenures.tenure(company.id).tier == "growth"
    asked.decided_by = both.user_id
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_another_tier_ends_the_one_before(app):
    company, owner = a_company_in("showcase")
    acting, reviewer = accounts.as_actor(owner), accounts.as_actor(a_reviewer())
    with pytest.raises(rules.SameTier):
        tiers.apply(company=company, tier="showcase", year_end=12, note="There.", actor=acting, now=NOW)
    asked = tiers.apply(company=company, tier="select", year_end=6, note="There.", actor=acting, now=NOW + DAY)
    tiers.decide(request=asked, company=company, granted=True, reason="Yes.", actor=reviewer, now=NOW + 2 * DAY)
    found = db.session.scalars(select(Tenure).order_by(Tenure.id)).all()
    assert [(row.tier, row.live_of, row.until) for row in found] == [
        ("showcase", None, NOW + 2 * DAY),
        ("select", company.id, None),
    ]
    calendar = queries.calendar(company, NOW + 2 * DAY)
    assert calendar.line("D02.admission.apply.2026-11-25").state == rules.MET  # asked for anew; D01 was there


def test_a_filing_meets_an_obligation_and_keeps_its_standard(app, client):
    _company, owner = a_company_in(since=NOW - 200 * DAY)
    enterprise, one = signed_in(client, owner), f"{ROOM}/{INTERIM}"
    page = enterprise.get(one)
    assert "Due on Wed 30 Sep 2026: 3 months after the period ends" in page.text
    empty = sent(enterprise, one, dated="2026-11-20", note="Proofs")
    assert (empty.status_code, "Attach the document" in empty.text, "Proofs" in empty.text) == (422, True, True)
    early = sent(enterprise, one, dated="2026-11-24", document=(io.BytesIO(PDF), "report.pdf"))
    assert "This day has not come yet." in early.text
    unknown = sent(enterprise, one, dated="2026-11-20", reference="2026-000009")
    assert "published no announcement of that number" in unknown.text
    other = (io.BytesIO(b"not a PDF"), "report.pdf")
    assert sent(enterprise, one, dated="2026-11-20", document=other).status_code == 422
    done = sent(enterprise, one, dated="2026-11-20", document=(io.BytesIO(PDF), "report.pdf"))
    assert done.location == one
    row = db.session.scalar(select(Filing).where(Filing.key == INTERIM))
    assert (row.standard, row.filed_at) == ("growth@2026", NOW)
    assert enterprise.get(f"{one}/document").data == PDF
    assert "Fulfilled" in enterprise.get(one).text
    assert codes()[-1] == "disclosure.filed"


def test_nothing_is_filed_twice_or_before_its_period_ends(app):
    company, owner = a_company_in()
    this = {"company": company, "key": REPORT, "document": a_document(), "actor": accounts.as_actor(owner)}
    with pytest.raises(rules.NotYet):
        filing.file(**this, dated=NOW.date(), now=NOW)
    then = NOW + timedelta(days=60)
    filing.file(**this, dated=then.date(), now=then)
    with pytest.raises(rules.AlreadyFiled):
        filing.file(**this, dated=then.date(), now=then)
    with pytest.raises(LookupError):
        filing.file(**this | {"key": "D12.annual.pe.2026-12-30"}, dated=then.date(), now=then)


def test_an_event_becomes_an_obligation(app, client):
    _company, owner = a_company_in()
    enterprise = signed_in(client, owner)
    told = {"what": "event.D21", "code": "", "on_day": "2026-11-23", "note": "A\nlong story"}
    assert "Choose which major event it is." in sent(enterprise, f"{ROOM}/events", **told).text
    assert (
        "This day has not come yet."
        in sent(enterprise, f"{ROOM}/events", **told | {"code": "contract", "on_day": "2026-11-24"}).text
    )
    assert sent(enterprise, f"{ROOM}/events", **told | {"code": "contract"}).location == ROOM
    page = enterprise.get(ROOM)
    assert "Major contract" in page.text
    assert "D21.event.ev.e1" in page.text


def test_the_commands_tell_what_is_owed_and_how_complete_it_is(app, clock):
    company, _owner = a_company_in()
    db.session.commit()
    clock.set(datetime(2027, 5, 20, tzinfo=UTC))
    run = app.test_cli_runner().invoke
    due = json.loads(run(args=["disclosure", "due", "--company", company.code, "--json"]).output)
    report = next(row for row in due["obligations"] if row["key"] == REPORT)
    assert (report["state"], report["days_late"], report["standard"]) == ("late", 20, "growth@2026")
    assert list(report["because"]) == ["zh-Hans", "zh-Hant", "en"]
    whole = json.loads(run(args=["disclosure", "completeness", "--company", company.code, "--json"]).output)
    assert whole["completeness"]["met"] == 3 < whole["completeness"]["of"]
    assert {row["item"]: row["state"] for row in whole["items"]}["D12"] == "late"
    unknown = run(args=["disclosure", "due", "--company", "NONE"])
    assert (unknown.exit_code, unknown.output) == (1, "No company has the code NONE.\n")
    assert "error" in json.loads(run(args=["disclosure", "completeness", "--company", "NONE", "--json"]).output)
    assert run(args=["disclosure", "due"]).exit_code == 2


def test_calendars_of_many_companies_cost_as_many_statements_as_of_one(app, statements):
    companies = [a_company_in(slug=f"lantern-{n}")[0] for n in range(3)]
    counts = []
    for several in (companies[:1], companies):
        with statements() as seen:
            assert all(calendar.lines for calendar in queries.calendars(several, NOW))
        counts.append(len(seen))
    assert counts == [7, 7]


def test_an_announcement_meets_what_it_answers(app, client):
    house = a_house(slug="lantern", domicile="CN")
    in_tier(house.company, house.signatory.user, since=NOW - 200 * DAY)
    told = {"what": ("event", "D21"), "code": "contract", "note": "", "actor": accounts.as_actor(house.editor.user)}
    filing.note_event(company=house.company, **told, on_day=date(2026, 11, 20), now=NOW)
    waiting = [queries.calendar(house.company, NOON).line(key).state for key in (INTERIM, "D21.event.ev.e1")]
    assert waiting == [rules.LATE, rules.DUE]
    released(house, category="interim_report", period_end=date(2026, 6, 30), event_on=None)
    released(house)  # of the contract
    calendar = queries.calendar(house.company, NOON)
    report, contract = calendar.line(INTERIM), calendar.line("D21.event.ev.e1")
    assert (report.state, report.filed, report.in_time) == (rules.MET, NOON.date(), False)
    assert (contract.state, contract.in_time) == (rules.MET, True)
    assert calendar.line("D25.half_year.pe.2026-06-30").state == rules.LATE
    again = {"key": INTERIM, "dated": NOW.date(), "reference": "2026-000001", "now": NOON}
    with pytest.raises(rules.AlreadyFiled):
        filing.file(company=house.company, **again, actor=accounts.as_actor(house.editor.user))
    page = signed_in(client, house.editor.user).get(f"{ROOM}/{INTERIM}")
    assert "2026-000001" in page.text
    assert "File it" not in page.text
