"""The standard as it stands, and files that are none."""

from datetime import date
from importlib import resources

import pytest

from listing.disclosure import rules, standards
from listing.rulebook.node import Broken

TEXT = resources.files("listing.disclosure").joinpath("standards/2026.yaml").read_text(encoding="utf-8")


def test_the_published_standard_has_thirty_two_items_in_three_tiers():
    standard = standards.published()["2026"]
    assert [item.id for item in standard.items] == [f"D{n:02}" for n in range(1, 33)]
    assert {tier: len(standard.of_tier(tier)) for tier in standard.tiers} == {
        "showcase": 16,
        "growth": 29,
        "select": 31,
    }
    assert (standards.in_force(date(2026, 12, 31)), standards.in_force(date(2027, 1, 1))) == (None, standard)
    assert len(standard.events) == 19


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kinds: [field]", "kinds: [song]", 30, "song is not one of"),
        ("due: EV+20WD", "due: EV+20XD", 33, "EV+20XD is no deadline"),
        ("visibility: public", "visibility: public\n    colour: red", 32, "colour is not known here"),
        ("- id: D02", "- id: D01", 25, "an id stands twice"),
        ("after: 10,", "after: 1,", 19, "the days do not rise"),
        ("WITH(D12)", "WITH(D11)", 25, "D28: growth does not ask for D11"),
        ("status: verified", "status: sure", 37, "sure is not one of"),
        ("effective_from: 2027-01-01", "effective_from: soon", 5, "soon is not a day"),
        ('version: "2026"', 'version: ""', 4, "version is empty"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old, new, line, said):
    with pytest.raises(Broken) as raised:
        standards.read(TEXT.replace(old, new, 1), "x.yaml")
    assert (raised.value.line, said in str(raised.value)) == (line, True), str(raised.value)


def test_a_published_version_that_was_edited_is_refused():
    edited = standards.read(TEXT.replace("PE+4M", "PE+5M", 1), "2026.yaml")
    assert edited.digest != standards.published()["2026"].digest


def _growth(end, region="CN", tier="growth"):
    return {
        (one.item.id, one.occasion.every): one.due and one.due.day
        for one in rules.after_period(standards.published()["2026"], tier, end, region)
    }


def test_the_end_of_a_year_makes_annual_half_yearly_and_quarterly_items_due():
    found = _growth(date(2026, 12, 31), tier="select")
    assert found["D12", "annual"] == date(2027, 4, 30)
    assert found["D16", "annual"] == date(2027, 3, 31)
    assert found["D14", "half_year"] == date(2027, 2, 28)
    assert found["D15", "quarter"] == date(2027, 2, 14)
    assert found["D28", "annual"] == found["D12", "annual"]


def test_the_middle_of_a_year_makes_no_annual_item_due():
    found = _growth(date(2026, 6, 30))
    assert found["D14", "half_year"] == date(2026, 9, 30)
    assert {every for _item, every in found} == {"half_year"}
    assert _growth(date(2026, 5, 31)) == {}


@pytest.mark.parametrize(
    ("today", "met", "waived", "state"),
    [
        (date(2027, 3, 30), None, False, "upcoming"),
        (date(2027, 3, 31), None, False, "due"),
        (date(2027, 4, 30), None, False, "due"),
        (date(2027, 5, 1), None, False, "late"),
        (date(2027, 5, 1), None, True, "waived"),
        (date(2027, 5, 9), date(2027, 5, 8), False, "met"),
    ],
)
def test_an_obligation_stands_where_its_day_says(today, met, waived, state):
    assert rules.state(date(2027, 4, 30), today, met=met, waived=waived) == state


@pytest.mark.parametrize(
    ("late", "steps"), [(0, 0), (1, 1), (9, 1), (10, 2), (29, 2), (30, 3), (60, 4), (119, 4), (120, 5)]
)
def test_the_ladder_is_climbed_day_by_day(late, steps):
    ladder = standards.published()["2026"].ladder
    reached = rules.reached(ladder, date(2027, 1, 1), date.fromordinal(date(2027, 1, 1).toordinal() + late))
    assert len(reached) == steps


@pytest.mark.parametrize("name", ["growth", "growth@2025", "gold@2026", "@", "", "growth@2026@2026"])
def test_another_name_is_no_standard(name):
    with pytest.raises(rules.UnknownStandard):
        rules.named(name, standards.published())
