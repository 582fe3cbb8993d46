"""The standing of a company for everybody, and the operator's overview with its file."""

import csv
import io
from dataclasses import replace
from datetime import date

from listing.accounts import queries as accounts
from listing.disclosure.obligations import overseen, queries, rules, scores
from listing.disclosure.obligations.operations import filing
from listing.store.db import db

from ..factories import NOW, a_company, signed_in
from .duties import DAY, INTERIM, a_company_in, a_document, a_reviewer


def a_late_company():
    """In the middle tier since May, its interim report filed 54 days late, the rest of the half year not at all."""
    company, owner = a_company_in(since=NOW - 200 * DAY)
    said = {"key": INTERIM, "dated": date(2026, 9, 1), "document": a_document()}
    filing.file(company=company, **said, actor=accounts.as_actor(owner), now=NOW)
    return company


def test_everybody_sees_what_is_there_and_what_was_in_time(client):
    company = a_late_company()
    calendar = queries.calendar(company, NOW)
    complete, in_time = rules.completeness(calendar.lines), scores.punctuality(calendar.lines, calendar.today)
    assert complete.part == in_time.part + 1 < complete.of
    found = client.get("/en/companies/lantern/disclosure/json").json
    assert (found["standard"], found["completeness"]["met"]) == ("growth@2026", complete.part)
    assert any(key.startswith("D07") for key in found["late_marks"])
    for language, words in (("en", "days late"), ("zh-Hans", "逾期"), ("zh-Hant", "逾期")):
        page = client.get(f"/{language}/companies/lantern/disclosure")
        assert (page.status_code, words in page.text) == (200, True)
        assert f"{complete.percent}%" in page.text
    assert "Item by item" in client.get("/en/companies/lantern").text


def test_nothing_of_what_was_filed_is_told_to_everybody(client):
    company, owner = a_company_in(since=NOW - 200 * DAY)
    said = {"key": INTERIM, "dated": date(2026, 9, 1), "document": a_document(), "note": "A confidential remark"}
    filing.file(company=company, **said, actor=accounts.as_actor(owner), now=NOW)
    assert "confidential" not in client.get("/en/companies/lantern/disclosure").text
    assert b"confidential" not in client.get("/en/companies/lantern/disclosure/json").data


def test_a_company_in_no_tier_says_so(client):
    a_company(slug="lantern")
    assert "in no tier yet" in client.get("/en/companies/lantern/disclosure").text
    assert "Item by item" not in client.get("/en/companies/lantern").text
    assert client.get("/en/companies/nobody/disclosure").status_code == 404


def test_the_operator_sees_who_is_late_and_takes_the_list_along(client):
    company = a_late_company()
    reviewer = signed_in(client, a_reviewer())
    page = reviewer.get("/en/review/disclosure/due?tier=growth&state=late")
    assert page.status_code == 200
    assert INTERIM not in page.text
    assert "D07.half_year.pe.2026-06-30" in page.text
    assert "of what was asked for" in reviewer.get("/en/review/disclosure/due?tier=select").text
    answer = reviewer.get("/en/review/disclosure/due/csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["code"] for row in rows} == {company.code}
    assert rows[0]["state"] == "late"
    assert int(rows[0]["days_late"]) > 0


def test_the_overview_counts_late_and_what_falls_due_before_the_month_is_out(app):
    company = a_late_company()
    calendar = replace(queries.calendar(company, NOW), today=date(2027, 4, 10))
    found = list(overseen.rows([calendar], overseen.Asked()))
    due = [row.line.item.id for row in found if row.line.state == rules.DUE]
    assert "D12" in due
    assert "D31" not in due  # at the end of May
    [count] = overseen.counts(found, overseen.BY["tier"])
    assert (count.code, count.due, count.late + count.due, count.companies) == ("growth", len(due), len(found), 1)
    assert list(overseen.rows([calendar], overseen.Asked(market="HKEX"))) == []
    db.session.rollback()
