"""Files taken into the directory: tried first, wholly or not at all, the same twice, and found by searches."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from listing.access.actor import SYSTEM
from listing.companies.facts import Facts, Passage
from listing.companies.models import Company, Revision
from listing.companies.operations import importing, publishing
from listing.companies.operations.importing import ALL_OR_NOTHING, SKIP_BAD_ROWS, import_companies
from listing.companies.reading.findings import CODES, Finding
from listing.companies.reading.prepared import prepare
from listing.companies.rules import CodeTaken, Nameless, NotNow
from listing.journal.models import Entry
from listing.store import fulltext
from listing.store.db import db

from ..factories import NOW, a_company
from . import sheets

LATER = NOW + timedelta(days=1)
BAD = [*sheets.ROWS, ["SSE", "600000", "", "=cmd", "", "", "", ""]]


def taken(data, *, mode=ALL_OR_NOTHING, dry_run=False, now=NOW, progress=None):
    return import_companies(file=prepare(data), mode=mode, dry_run=dry_run, actor=SYSTEM, now=now, progress=progress)


def counts(report):
    return {name: number for name, number in report.counts().items() if number}


def rows(model):
    return db.session.scalar(select(func.count()).select_from(model))


def state():
    """How many companies, revisions and entries of the log there are."""
    return rows(Company), rows(Revision), rows(Entry)


def found(query, tier=0):
    hits = fulltext.best(db.session, query, kind=fulltext.Kind.COMPANY, tier=tier)
    return [db.session.get(Company, hit.row_id).code for hit in hits]


def company(code):
    return db.session.scalars(select(Company).where(Company.code == code)).one()


def test_a_dry_run_says_what_would_happen_and_changes_nothing(app):
    report = taken(sheets.json_lines(), dry_run=True)
    assert counts(report) == {"rows": 3, "created": 3}
    assert not report.applied
    assert state() == (0, 0, 0)
    assert found("BYD") == []


def test_companies_are_taken_as_imported_facts_without_an_offer(app):
    report = taken(sheets.json_lines())
    assert (report.applied, counts(report)) == (True, {"rows": 3, "created": 3})
    byd = company("002594")
    assert (byd.origin, byd.status, byd.displayed_at, byd.slug, byd.stage) == (
        "imported",
        "displayed",
        NOW,
        "byd",
        "listed",
    )
    assert (byd.market, byd.domicile, byd.province, byd.city) == ("SZSE", "CN", "guangdong", "shenzhen")
    assert (byd.sector_group, byd.sector, byd.organisation_id) == ("mobility", "vehicles", None)
    assert (byd.revision.number, byd.revision.content["passages"]) == (1, [])
    hutchison = company("00001")
    assert (hutchison.name_script, hutchison.languages) == ("Hant", "en")
    assert hutchison.revision.content["passages"] == [
        {"section": "summary", "zh": "", "en": "Ports.", "script": "Hant"}
    ]


def test_one_entry_of_the_log_tells_the_file_and_what_it_did(app):
    taken(sheets.json_lines())
    entry = db.session.scalars(select(Entry)).one()
    assert entry.code == "company.imported"
    assert entry.data == {
        "sha256": prepare(sheets.json_lines()).digest,
        "format": "jsonl",
        "mode": "all-or-nothing",
        "rows": 3,
        "created": 3,
        "changed": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "refused": 0,
    }


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(app):
    taken(sheets.json_lines())
    before = state()
    report = taken(sheets.workbook(), now=LATER)
    assert counts(report) == {"rows": 3, "unchanged": 3}
    assert state() == before
    assert company("00001").displayed_at == NOW


def test_a_changed_row_becomes_a_revision_and_is_found_by_its_new_words_only(app):
    taken(sheets.json_lines())
    changed = [["HKEX", "00001", "長江和記實業有限公司", "CK Hutchison", "Hong Kong", "Central", "", "Retail."]]
    report = taken(sheets.json_lines(changed), now=LATER)
    assert counts(report) == {"rows": 1, "changed": 1}
    row = company("00001")
    assert (row.revision.number, row.revision.published_at, row.name_en, row.slug) == (
        2,
        LATER,
        "CK Hutchison",
        "ck-hutchison",
    )
    assert (found("retail"), found("ports")) == (["00001"], [])
    assert rows(Revision) == 4


@pytest.mark.parametrize("data", [sheets.json_lines(BAD), sheets.csv_text(BAD).encode()])
def test_one_refused_row_keeps_everything_out_unless_it_is_passed_over(app, data):
    whole = taken(data)
    assert (whole.applied, counts(whole)) == (False, {"rows": 4, "created": 3, "refused": 1})
    assert state() == (0, 0, 0)
    part = taken(data, mode=SKIP_BAD_ROWS)
    assert (part.applied, counts(part)) == (True, {"rows": 4, "created": 3, "refused": 1})
    assert state() == (3, 3, 1)


def test_a_company_that_looks_after_itself_is_not_touched(app):
    a_company(market="SZSE", code="002594", origin="participant", name_en="BYD itself")
    report = taken(sheets.json_lines(), mode=SKIP_BAD_ROWS)
    assert counts(report) == {"rows": 3, "created": 2, "refused": 1}
    assert [(finding.line, finding.code) for finding in report.findings] == [(3, "participant")]
    assert company("002594").name_en == "BYD itself"


def test_what_is_withdrawn_stays_away_and_what_is_suspended_is_kept_up_to_date_unseen(app):
    taken(sheets.json_lines())
    publishing.withdraw(company=company("00001"), reason="asked", actor=SYSTEM, now=NOW)
    publishing.suspend(company=company("002594"), reason="checked", actor=SYSTEM, now=NOW)
    changed = [[*row[:3], row[3] + " Anew", *row[4:]] for row in sheets.ROWS]
    report = taken(sheets.json_lines(changed), now=LATER)
    assert counts(report) == {"rows": 3, "changed": 2, "withdrawn": 1}
    assert (company("00001").name_en, company("002594").name_en) == ("CK Hutchison Holdings Limited", "BYD Anew")
    assert found("anew") == ["600198"]


def test_equal_names_get_addresses_of_their_own(app):
    twins = [
        ["SSE", "600001", "甲", "Acme Ltd", "", "", "", ""],
        ["SSE", "600002", "乙", "Acme Limited", "", "", "", ""],
    ]
    a_company(slug="acme", code="T1")
    taken(sheets.json_lines(twins))
    assert [company(code).slug for code in ("600001", "600002")] == ["sse-600001", "sse-600002"]


def test_names_codes_sectors_places_and_text_are_searched_in_both_scripts_and_pinyin(app):
    taken(sheets.json_lines())
    for query in (
        "比亚迪股份有限公司",
        "比亞迪",
        "biyadi",
        "BYD",
        "002594",
        "深圳",
        "Shenzhen",
        "整车与零部件",
        "整車",
    ):
        assert found(query) == ["002594"], query
    assert found("ports") == ["00001"]


def test_progress_is_told_up_to_the_last_row(app):
    told = []
    taken(sheets.json_lines(), progress=told.append)
    taken(sheets.json_lines([[*row[:3], "New", *row[4:]] for row in sheets.ROWS]), progress=told.append)
    assert told == [3, 3]


def test_batches_do_not_matter(app, monkeypatch):
    monkeypatch.setattr(importing.bulk, "BATCH", 2)
    taken(sheets.json_lines())
    assert [company(row[1]).name_zh for row in sheets.ROWS] == [row[2] for row in sheets.ROWS]
    assert [company(row[1]).revision.content["facts"]["name_zh"] for row in sheets.ROWS] == [
        row[2] for row in sheets.ROWS
    ]


# One company at a time.


def _facts(**fields):
    texts = (
        Passage("summary", "摘要内容", "alpha text"),
        Passage("team", "团队内容", "bravo text"),
        Passage("financing", "融资内容", "charlie text"),
    )
    return Facts(**{"name_zh": "南湾储能有限公司", "name_en": "Nanwan Storage", "passages": texts} | fields)


def test_a_search_meets_only_the_passages_its_tier_may_see(app):
    a_company(_facts(), code="N1")
    words = ("alpha", "bravo", "charlie", "摘要", "团队", "融资")
    seen = {tier: [word for word in words if found(word, tier)] for tier in range(4)}
    assert seen == {
        0: ["alpha", "摘要"],
        1: ["alpha", "bravo", "摘要", "团队"],
        2: list(words),
        3: list(words),
    }
    assert found("nanwan", 0) == found("nanwan", 3) == ["N1"]


def test_publishing_the_same_again_makes_no_revision(app):
    row = a_company(_facts(former_names=({"zh": "旧名", "en": "Old name"},)), code="N1")
    before = state()
    assert publishing.publish_revision(company=row, facts=publishing.facts_of(row), actor=SYSTEM, now=LATER) is None
    assert state() == before
    second = publishing.publish_revision(company=row, facts=_facts(city="shenzhen"), actor=SYSTEM, now=LATER)
    assert (second.number, row.revision_id, row.city, found("Shenzhen")) == (2, second.id, "shenzhen", ["N1"])
    assert (rows(Revision), found("旧名")) == (2, [])


def test_suspended_and_withdrawn_companies_are_not_found_and_a_restored_one_is(app):
    row = a_company(_facts(), code="N1")
    publishing.suspend(company=row, reason="complaint", actor=SYSTEM, now=LATER)
    assert (row.status, row.status_at, found("nanwan", 3)) == ("suspended", LATER, [])
    publishing.restore(company=row, actor=SYSTEM, now=LATER)
    assert (row.status, found("alpha"), found("charlie")) == ("displayed", ["N1"], [])
    publishing.withdraw(company=row, reason="asked", actor=SYSTEM, now=LATER)
    assert (row.status, found("nanwan", 3)) == ("withdrawn", [])
    with pytest.raises(NotNow):
        publishing.publish_revision(company=row, facts=_facts(city="zhuhai"), actor=SYSTEM, now=LATER)
    codes = list(db.session.scalars(select(Entry.code).order_by(Entry.index)))
    assert codes == ["company.displayed", "company.suspended", "company.displayed", "company.withdrawn"]


def test_a_code_names_one_company_and_a_company_has_a_name(app):
    a_company(code="N1")
    with pytest.raises(CodeTaken):
        a_company(code="N1")
    with pytest.raises(Nameless):
        a_company(Facts(), code="N2")


# From the command line.


def run(app, tmp_path, data, *options):
    file = tmp_path / "companies.any"
    file.write_bytes(data)
    return app.test_cli_runner().invoke(args=["companies", "import", str(file), *options])


def test_the_command_imports_and_says_so(app, tmp_path):
    result = run(app, tmp_path, sheets.csv_text().encode("gb18030"))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Imported.")
    assert rows(Company) == 3


def test_the_command_ends_with_1_when_a_row_is_refused(app, tmp_path):
    data = sheets.csv_text(BAD).encode()
    result = run(app, tmp_path, data)
    assert (result.exit_code, result.stdout.splitlines()[-1], rows(Company)) == (1, "Nothing has changed.", 0)
    told = run(app, tmp_path, data, "--skip-bad-rows", "--json")
    report = json.loads(told.stdout)
    assert (told.exit_code, report["applied"], report["created"], report["refused"]) == (1, True, 3, 1)
    assert [(f["line"], f["code"]) for f in report["findings"]] == [(5, "formula")]


def test_the_command_tries_without_taking_and_names_what_it_cannot_read(app, tmp_path):
    tried = json.loads(run(app, tmp_path, sheets.workbook(), "--dry-run", "--json").stdout)
    assert (tried["applied"], tried["created"], rows(Company)) == (False, 3, 0)
    refused = run(app, tmp_path, b"PK\x03\x04", "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["applied"]) == (1, False)


def test_the_command_states_the_source_for_rows_that_name_none(app, tmp_path):
    assert run(app, tmp_path, sheets.csv_text().encode(), "--source", "Annual list 2026").exit_code == 0
    assert set(db.session.scalars(db.select(Company.source))) == {"Annual list 2026"}
    hostile = run(app, tmp_path, sheets.csv_text().encode(), "--source", "list\u202etsil")
    assert (hostile.exit_code, "invisible" in hostile.output) == (2, True)


def test_every_finding_has_all_its_parameters():
    params = {"column": "c", "value": "v", "most": 1, "first": 1, "found": 1, "expected": 1, "columns": "c"}
    for code, (_gravity, sentence) in CODES.items():
        assert sentence % params, code
        assert Finding(1, code).message == sentence
