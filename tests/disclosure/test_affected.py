"""Whom a new version of the standard affects, before it takes effect: as a page, as files and as a command."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from listing.disclosure import changes, standards
from listing.disclosure.obligations import affected, queries
from listing.disclosure.obligations.operations import tiers
from listing.store.db import db

from ..factories import NOW, signed_in
from .duties import a_company_in, a_reviewer
from .versions import EFFECT, FIRST, SECOND, edited

PAGE = "/en/review/disclosure/affected"
JULY = datetime.combine(EFFECT, NOW.timetz()) + timedelta(days=9)
THIRD = edited(
    SECOND, ('version: "2027"', 'version: "2028"'), (f"effective_from: {EFFECT}", "effective_from: 2028-01-01")
)


@pytest.fixture
def market(app, two_versions):
    """Two companies in Growth, one in Select, one that has left its tier."""
    rows = {
        "early": a_company_in("growth", slug="early")[0],
        "late": a_company_in("growth", slug="late", year_end=6)[0],
        "top": a_company_in("select", slug="top")[0],
        "gone": a_company_in("growth", slug="gone")[0],
    }
    for name, company in rows.items():
        company.name_en = company.sort_en = f"{name.title()} Limited"
    tiers.leave(company=rows["gone"], now=NOW)
    db.session.commit()
    return rows


def told(report):
    return {
        (line.change.item.id if line.change.item else line.change.differences[0].what, line.change.tier): (
            line.change.kind,
            [(one.company.slug, one.first_due) for one in line.companies],
        )
        for line in report.lines
    }


def test_what_changes_is_told_tier_by_tier(two_versions):
    found = changes.between(two_versions["2026"], two_versions["2027"])
    said = [(one.kind, one.item and one.item.id, one.tier, [each.what for each in one.differences]) for one in found]
    assert said == [
        ("changed", "D14", "growth", ["deadline"]),
        ("added", "D33", "growth", []),
        ("added", "D33", "select", []),
        ("removed", "D28", "growth", []),
        ("removed", "D28", "select", []),
        ("changed", None, "showcase", ["events"]),
        ("changed", None, "growth", ["sign_off"]),
        ("changed", None, "growth", ["events"]),
        ("changed", None, "select", ["events"]),
    ]
    (interim,) = found[0].differences
    assert [each.due.text for each in (*interim.before, *interim.after)] == ["PE+3M", "PE+2M"]
    assert found[-1].differences[0].before == ()
    assert [label.en for label in found[-1].differences[0].after] == ["Export control"]


HELD = "kinds: [document]\n    visibility: admitted"
ANNUAL = "growth: {need: required, when: [{every: annual, due: PE+4M}"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (HELD, HELD.replace("[document]", "[document, figure]"), "kind"),
        (HELD, HELD.replace("admitted", "public"), "visibility"),
        (ANNUAL, ANNUAL.replace("required", "optional"), "need"),
        ("[{every: half_year, due: PE+3M}]", "[{every: quarter, due: PE+3M}]", "frequency"),
        ("{after: 10, step", "{after: 9, step", "ladder"),
    ],
)
def test_each_thing_that_a_company_has_to_know_is_a_change(old, new, what):
    old, new = standards.read(FIRST, ""), standards.read(edited(FIRST, (old, new)), "")
    assert {each.what for one in changes.between(old, new) for each in one.differences} == {what}
    assert changes.between(old, old) == []


def test_whom_it_affects_and_what_falls_due_first(market, two_versions):
    report = affected.affected(two_versions["2027"], NOW)
    assert (report.before.version, report.companies, report.by_tier) == (
        "2026",
        3,
        {"showcase": 0, "growth": 2, "select": 1},
    )
    found = told(report)
    assert found["D33", "growth"] == ("added", [("early", date(2028, 2, 29)), ("late", None)])  # no calendar of 2028
    assert found["D33", "select"] == ("added", [("top", date(2028, 1, 31))])
    assert found["D14", "growth"] == ("changed", [("early", date(2028, 2, 29)), ("late", date(2028, 2, 29))])
    assert found["D28", "select"] == ("removed", [("top", None)])
    assert found["sign_off", "growth"] == ("changed", [("early", None), ("late", None)])
    only = affected.affected(two_versions["2027"], NOW, tier="select")
    assert ({line.change.tier for line in only.lines}, only.by_tier) == ({"select"}, {"select": 1})


def test_the_day_that_is_told_is_the_day_on_which_it_will_be_owed(market, two_versions):
    """What the page says in November is what the company's own list says once the version holds."""
    report = affected.affected(two_versions["2027"], NOW)
    lines = queries.calendar(market["early"], JULY + timedelta(days=170)).lines
    owed = {line.item.id: line.by for line in lines if line.owed.held.version == "2027"}
    for item in ("D14", "D33"):
        assert told(report)[item, "growth"][1][0] == ("early", owed[item])


def test_what_is_owed_until_the_day_of_effect_is_the_same_with_and_without_the_new_version(market, two_versions):
    company, day = market["early"], NOW + timedelta(days=400)
    calendar = queries.calendar(company, day)
    alone = {"2026": two_versions["2026"]}
    was = calendar.owed(calendar.held_under(alone), alone, today=calendar.today)
    now = calendar.owed(calendar.held, two_versions, today=calendar.today)

    def until(several):
        return [(one.key, one.obligation.due.day, one.held.name) for one in several if one.base < EFFECT]

    assert until(was) == until(now) != []
    assert {one.held.version for one in now if one.base >= EFFECT} == {"2027"}


def test_what_is_due_before_the_day_of_effect_is_not_due_because_of_the_version(app):
    a_company_in("growth", slug="early")
    before, after = FIRST.partition("  - id: D14")[::2]
    wider = before + "  - id: D14" + edited(after, ("visibility: admitted", "visibility: public"))
    text = edited(
        wider, ('version: "2026"', 'version: "2027"'), ("effective_from: 2027-01-01", f"effective_from: {EFFECT}")
    )
    found = told(affected.affected(standards.read(text, ""), NOW))
    assert found["D14", "growth"] == ("changed", [("early", date(2028, 3, 31))])  # not 31 March or 30 September 2027


def test_who_takes_a_tier_under_the_version_is_not_affected_by_it(app, two_versions):
    a_company_in("growth", slug="old")
    a_company_in("growth", slug="new", since=JULY)
    report = affected.affected(two_versions["2027"], JULY)
    assert {one.company.slug for line in report.lines for one in line.companies} == {"old"}


def test_the_operator_reads_it_and_takes_it_along(app, client, market):
    staff = signed_in(client, a_reviewer())
    assert PAGE in staff.get("/en/review/disclosure").text
    assert PAGE in staff.get("/en/review/disclosure/due").text
    page = BeautifulSoup(staff.get(PAGE).text, "html.parser")
    text = " ".join(page.main.text.split())
    for said in (
        "Version 2027 takes effect on 1 Jul 2027",
        "Companies affected3",
        "Deadline: Each half-year: 3 months after the period ends →becomes Each half-year: 2 months after",
        "Signed by: Preparer, Translator, Checker, Authorised signatory →becomes",
        "New major events: Export control",
        "Early Limited",
    ):
        assert said in text, text
    assert "Gone Limited" not in text
    rows = list(csv.DictReader(io.StringIO(staff.get(f"{PAGE}/csv?version=2027").text.lstrip("\ufeff"))))
    assert [(row["item"], row["tier"], row["code"], row["first_due"]) for row in rows][:1] == [
        ("D14", "growth", market["early"].code, "2028-02-29")
    ]
    assert len(rows) == 2 * 5 + 3
    data = staff.get(f"{PAGE}/json?version=2027").json
    assert (data["version"], data["published"], data["companies"]) == ("2027", True, 3)
    (added,) = [one for one in data["changes"] if (one["item"], one["tier"]) == ("D33", "select")]
    assert (added["change"], added["first_due"], added["of"][0]["en"]) == ("added", "2028-01-31", "Top Limited")
    for path in ("?version=2026", "/csv", "/csv?version=2029", "/json?version=x"):
        assert staff.get(f"{PAGE}{path}").status_code == 404


def draft(client, text, language="en", **sent):
    """Send the file of a version as the operator does."""
    page = client.get(f"/{language}/review/disclosure/affected")
    form = BeautifulSoup(page.text, "html.parser").find("form", method="post")
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(
        f"/{language}/review/disclosure/affected",
        data={"answer": "page"} | hidden | sent | {"file": (io.BytesIO(data), "new.yaml")},
    )


def test_a_version_that_is_not_published_is_looked_at_and_not_kept(app, client, market):
    staff = signed_in(client, a_reviewer())
    answer = draft(staff, edited(THIRD, ("PE+1M", "PE+3M")))
    assert (answer.status_code, "Not published" in answer.text) == (200, True)
    assert "Each half-year: 3 months after the period ends" in answer.text
    assert list(standards.published()) == ["2026", "2027"]
    data = draft(staff, THIRD, answer="json").json
    assert (data["version"], data["published"], data["before"], data["changes"]) == ("2028", False, "2027", [])
    assert draft(staff, THIRD, answer="csv").text.startswith("\ufeffversion,effective_from,")
    assert "asks for the same as the one before it" in draft(staff, THIRD).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (THIRD.replace("2028-01-01", "2027-06-30"), "would take effect on 30 Jun 2027, and version 2027 on 1 Jul 2027"),
        (SECOND, "Version 2027 is published already."),
        (THIRD.replace("  - id: D33", "  - id: D32"), "The file is no disclosure standard, at line 25."),
        (THIRD.replace("PE+1M", "PE+1Y"), "PE+1Y is no deadline"),
        (THIRD.replace("source: our own", "source: our own\n    check: total"), "check is not known here"),
        (
            THIRD.replace("- {id: showcase", "- {id: window").replace("showcase:", "window:"),
            "tiers: showcase is missing",
        ),
        ("", "the file is empty"),
        ("a: &a [*a]", "The file is no disclosure standard"),
        (b"\xff\xfe", "The file cannot be read as UTF-8."),
        ("x" * 300_000, "The file is no disclosure standard"),
    ],
)
def test_a_file_that_cannot_be_published_is_refused_with_the_reason(app, client, market, text, said):
    answer = draft(signed_in(client, a_reviewer()), text)
    assert (answer.status_code, said in answer.text) == (422, True), answer.text


def test_a_version_takes_effect_after_today(two_versions):
    third = standards.read(THIRD, "")
    affected.check_draft(third, datetime(2027, 12, 31, 15, 59, tzinfo=UTC))
    with pytest.raises(affected.BegunAlready):
        affected.check_draft(third, datetime(2027, 12, 31, 16, tzinfo=UTC))  # 1 January in Hong Kong


def test_a_refusal_is_said_in_the_language_of_the_reader(app, client, market):
    staff, early = signed_in(client, a_reviewer()), THIRD.replace("2028-01-01", "2027-07-01")
    said = {"zh-Hans": "新版本的施行日期须晚于所有已发布的版本", "zh-Hant": "新版本的施行日期須遲於所有已發布的版本"}
    for language, words in said.items():
        assert words in draft(staff, early, language).text


def test_before_a_second_version_there_is_nothing_to_compare(app, client):
    staff = signed_in(client, a_reviewer())
    assert "No new version is published." in staff.get(PAGE).text
    assert staff.get(f"{PAGE}?version=2026").status_code == 404
    with pytest.raises(affected.FirstVersion):
        affected.affected(standards.published()["2026"], NOW)


def test_the_command_says_the_same(app, market, tmp_path):
    def run(*arguments, code=0):
        found = app.test_cli_runner().invoke(args=["disclosure", "affected", *arguments])
        assert found.exit_code == code, found.output
        return found.output

    data = json.loads(run("--standard", "growth@2027", "--json"))
    assert (data["companies"], data["tiers"]) == (2, {"growth": 2})
    assert {one["tier"] for one in data["changes"]} == {"growth"}
    assert json.loads(run("--standard", "2027", "--json"))["companies"] == 3
    lines = run("--standard", "2027").splitlines()
    assert lines[0] == "2027 from 2027-07-01, after 2026: 3 companies"
    assert lines[1] == "changed  growth         2  2028-02-29  D14  Interim report"
    file = tmp_path / "new.yaml"
    file.write_text(THIRD, encoding="utf-8")
    assert json.loads(run("--file", str(file), "--json"))["before"] == "2027"
    file.write_text(SECOND, encoding="utf-8")
    assert run("--file", str(file), code=1) == "Version 2027 is published already. Give the new version another name.\n"
    file.write_text(THIRD.replace("PE+1M", "PE+1Y"), encoding="utf-8")
    assert run("--file", str(file), code=1) == "new.yaml:415: due: PE+1Y is no deadline\n"
    assert "no standard growth@2029" in run("--standard", "growth@2029", code=1)
    assert "no standard 2029" in json.loads(run("--standard", "2029", "--json", code=1))["error"]
    assert "2026 is the first" in run("--standard", "2026", code=1)
    run(code=2)
