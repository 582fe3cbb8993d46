"""Several versions of the standard: which one holds on which day, and what a new one leaves as it was."""

from datetime import UTC, date, datetime

import pytest

from listing.disclosure import standards
from listing.disclosure.announcements import categories
from listing.disclosure.announcements.operations import writing
from listing.disclosure.obligations import owing, queries, rules
from listing.disclosure.obligations.operations import tiers
from listing.disclosure.tenures.rules import Held, on, through
from listing.rulebook import pins
from listing.rulebook.node import Broken

from ..factories import NOW
from .announcements.made import SESSION, a_house, begun
from .duties import a_company_in, a_reviewer, in_tier
from .versions import EFFECT, FIRST, SECOND, a_folder, edited, forget

GROWTH = Held("growth", "2026", 12, date(2026, 11, 23), None)
AFTER = datetime(2027, 7, 15, 2, tzinfo=UTC)


def test_the_version_of_a_day_is_the_one_that_began_last(two_versions):
    first, second = two_versions["2026"], two_versions["2027"]
    assert list(two_versions) == ["2026", "2027"]
    days = {date(2026, 11, 23): first, date(2027, 6, 30): first, EFFECT: second, date(2029, 1, 1): second}
    assert {day: standards.answered_on(day) for day in days} == days
    assert standards.in_force(date(2026, 11, 23)) is None
    assert (standards.to_come(date(2027, 6, 30)), standards.latest()) == ([second], second)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            [FIRST, edited(SECOND, (f"effective_from: {EFFECT}", "effective_from: 2026-12-31"))],
            "2027.yaml:1: effective_from 2026-12-31 is not after 2027-01-01, when version 2026 takes effect, which was "
            "published before",
        ),
        (
            [FIRST, edited(SECOND, (f"effective_from: {EFFECT}", "effective_from: 2027-01-01"))],
            "2027.yaml:1: effective_from 2027-01-01 is not after 2027-01-01, when version 2026 takes effect, which was "
            "published before",
        ),
        (
            [FIRST.replace("showcase", "window").replace("Showcase", "Window"), SECOND],
            "2027.yaml:1: tiers: window is missing, and companies of version 2026 are in it",
        ),
    ],
)
def test_a_version_that_does_not_follow_the_ones_before_is_refused(tmp_path, texts, said):
    with pytest.raises(Broken) as raised:
        standards.load(a_folder(tmp_path, *texts))
    assert str(raised.value) == said


@pytest.mark.parametrize(
    ("edit", "line", "said"),
    [
        (("  - id: D33", "  - id: D32"), 25, "items: an id stands twice"),
        (("{id: export_control,", "{id: other,"), 419, "events: an id stands twice"),
        (("{id: select,", "{id: growth,"), 11, "tiers: an id stands twice"),
        (
            ("due: PE+2M}, {every: half_year, due: PE+1M}]}", "due: PE+2M, checked: total}]}"),
            415,
            "checked is not known",
        ),
        (('version: "2027"', 'version: "growth@2027"'), 4, "growth@2027 is not a version such as"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(edit, line, said):
    with pytest.raises(Broken) as raised:
        standards.read(edited(SECOND, edit), "2027.yaml")
    assert (raised.value.line, said in raised.value.reason) == (line, True), str(raised.value)


def test_what_was_published_is_there_as_it_was_published(tmp_path):
    folder = a_folder(tmp_path, FIRST, SECOND)
    assert list(standards.load(folder)) == ["2026", "2027"]
    (folder / "2027.yaml").write_text(edited(SECOND, ("PE+1M", "PE+2M")), encoding="utf-8")
    with pytest.raises(Broken, match="2027.yaml:1: changed after publication: pinned"):
        standards.load(folder)
    (folder / "2027.yaml").rename(folder / "2028.yaml")
    with pytest.raises(Broken, match="2028.yaml:1: a file of version 2027 is called 2027.yaml"):
        standards.load(folder)
    (folder / "2028.yaml").unlink()
    with pytest.raises(Broken, match="2027 was published and is not here any more"):
        standards.load(folder)
    (folder / "2027.yaml").write_text(SECOND, encoding="utf-8")
    (folder / pins.FILE).write_text(f'"2026": {standards.read(FIRST, "").digest}', encoding="utf-8")
    with pytest.raises(Broken, match="2027.yaml:1: not published: pins.yaml has no digest of it; it is "):
        standards.load(folder)


def test_a_tier_is_held_under_each_version_from_its_day_on(two_versions):
    known = two_versions.values()
    before, after = through(GROWTH, known)
    assert before == GROWTH._replace(ends=EFFECT)
    assert after == Held("growth", "2027", 12, EFFECT, None, since=date(2026, 11, 23))
    assert (before.taken, after.taken) == (GROWTH.begins, GROWTH.begins)
    left = GROWTH._replace(ends=date(2027, 6, 1))
    assert through(left, known) == [left]
    late = GROWTH._replace(begins=date(2027, 8, 1))  # asked for under the first, granted under the second
    assert through(late, known) == [late._replace(version="2027")]
    assert [on([before, after], day) for day in (date(2026, 1, 1), date(2027, 6, 30), EFFECT)] == [
        before,
        before,
        after,
    ]
    assert (on([left], date(2027, 6, 1)), on([], EFFECT)) == (None, None)


def test_what_ends_or_happens_before_the_day_answers_to_the_version_before(two_versions):
    events = [owing.Happened(1, "event", "D21", date(2027, 6, 30)), owing.Happened(2, "event", "D21", EFFECT)]
    known = {"events": events, "filings": [], "today": date(2027, 12, 1), "region": "CN"}
    alone = owing.owed([GROWTH], **known)
    found = owing.owed(through(GROWTH, two_versions.values()), **known)

    def told(owed):
        return {(one.key, one.obligation.due.day, one.standard.version) for one in owed}

    assert {each for each in told(found) if each[2] == "2026"} == {
        (one.key, one.obligation.due.day, "2026") for one in alone if one.base < EFFECT
    }
    by = {one.key: (one.obligation.due.day, one.held.name) for one in found}
    assert by["D14.half_year.pe.2027-06-30"] == (date(2027, 9, 30), "growth@2026")
    assert by["D14.half_year.pe.2027-12-31"] == (date(2028, 2, 29), "growth@2027")
    assert by["D33.annual.pe.2027-12-31"] == (date(2028, 2, 29), "growth@2027")
    assert (by["D21.event.ev.e1"][1], by["D21.event.ev.e2"][1]) == ("growth@2026", "growth@2027")
    assert not [key for key in by if key.startswith("D01.admission") and key.endswith(EFFECT.isoformat())]


def test_the_pages_of_a_company_name_the_version_of_the_day(app, two_versions):
    company, _owner = a_company_in()
    for now, name in ((NOW, "growth@2026"), (AFTER, "growth@2027")):
        calendar = queries.calendar(company, now)
        assert (calendar.now_held.name, calendar.now_held.taken) == (name, date(2026, 11, 23))
    assert {one.item.id for one in calendar.items} >= {"D33"}
    assert "D28" not in {one.item.id for one in calendar.items}


def test_nobody_applies_for_the_tier_they_are_in_because_of_a_new_version(app, two_versions):
    company, owner = a_company_in()
    asked = {"company": company, "year_end": 12, "note": "There.", "actor": a_reviewer(), "now": AFTER}
    with pytest.raises(rules.SameTier):
        tiers.apply(**asked | {"tier": "growth"})


def test_lateness_under_the_version_before_still_leads_one_tier_down(app, two_versions):
    company, _owner = a_company_in()
    calendar = queries.calendar(company, datetime(2027, 12, 31, tzinfo=UTC))
    down = {step.line.owed.held.version for step in calendar.steps if step.rung.step == "tier_down"}
    assert down == {"2026"}


def test_who_signs_follows_the_version_of_the_day_of_writing(app, two_versions):
    house = a_house(slug="lantern")
    in_tier(house.company, house.signatory.user)
    assert "sponsor" not in writing.asked_of(begun(house, SESSION))
    assert "sponsor" in writing.asked_of(begun(house, AFTER))


def test_an_event_is_one_of_the_standard_of_its_day(app, two_versions):
    house = a_house()
    new = {"category": "event_export_control"}
    early = begun(house, AFTER, **new, event_on=date(2027, 6, 30))
    assert "no such major event" in [said.message for said in writing.checked(early, AFTER).blocks][0]
    fit = begun(house, AFTER, **new, event_on=date(2027, 7, 2))
    assert writing.checked(fit, AFTER).blocks == []
    category = categories.categories()["event_export_control"]
    days = (NOW.date(), date(2027, 6, 30), EFFECT)
    assert [category in categories.offered(day) for day in days] == [False, False, True]


def test_who_reads_an_announcement_follows_the_version_of_the_day_it_speaks_of(app, monkeypatch, tmp_path):
    admitted = "kinds: [document]\n    visibility: admitted"
    before, after = FIRST.partition("  - id: D14")[::2]
    wide = before + "  - id: D14" + edited(after, (admitted, admitted.replace("admitted", "public")))
    second = edited(
        wide, ('version: "2026"', 'version: "2027"'), ("effective_from: 2027-01-01", f"effective_from: {EFFECT}")
    )
    monkeypatch.setattr(standards, "FOLDER", a_folder(tmp_path, FIRST, second))
    forget()
    interim = categories.categories()["interim_report"]
    days = (date(2026, 6, 30), date(2027, 6, 30), EFFECT, date(2027, 12, 31))
    found = [categories.visibility_on(interim, day) for day in days]
    row = begun(a_house(), AFTER, category="interim_report", event_on=None, period_end=date(2027, 6, 30))
    monkeypatch.undo()
    forget()
    assert found == ["admitted", "admitted", "public", "public"]
    assert row.visibility == "admitted"
    assert categories.visibility_on(None, EFFECT) == "public"


def test_everybody_reads_the_version_in_force_and_that_another_is_to_come(client, clock, two_versions):
    page = client.get("/en/standards").text
    assert "Version 2027 takes effect on" in page
    assert "/en/standards/select@2027" in page
    assert ("version 2026" in page, "Computing power" in page) == (True, False)
    assert "D33" in client.get("/en/standards/growth@2027?end=2027-12-31&place=CN").text
    clock.now = lambda: AFTER
    page = client.get("/en/standards").text
    assert ("takes effect on" in page, "Computing power" in page) == (False, True)
