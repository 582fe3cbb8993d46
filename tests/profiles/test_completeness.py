"""What is missing before a profile can be sent."""

import pytest

from listing.companies.sheets import sheets
from listing.profiles import completeness

from .answers import BUSINESS, FINANCING, IDENTITY, WHOLE, content


def whole(**sheets_):
    return {key: content(key) for key in WHOLE} | sheets_


def missing(contents):
    found = completeness.to_send(contents)
    return {key: [(lack.name, str(lack.refusal)) for lack in lacks] for key, lacks in found.items()}


def test_four_sheets_make_a_first_publication():
    assert {key for key, sheet in sheets().items() if sheet.required} == set(WHOLE)
    assert missing(whole()) == {}


def test_an_empty_profile_lacks_every_needed_answer_of_the_four():
    assert set(completeness.to_send({})) == set(WHOLE)


def test_a_sheet_that_may_stay_empty_has_to_be_whole_once_begun():
    found = missing(whole(team=content("team", {"people.0.name.zh": "林一"})))
    assert found == {
        "team": [
            ("team", "Answer this."),
            ("people.0.name.en", "The English is missing."),
            ("people.0.role", "Answer this."),
        ]
    }


def test_a_missing_side_and_one_that_is_out_of_date_are_said():
    one_side = content("business", BUSINESS | {"technology.en": ""})
    assert missing(whole(business=one_side)) == {"business": [("technology.en", "The English is missing.")]}


def test_a_text_in_the_other_language_is_said():
    swapped = {"name.zh": IDENTITY["name.en"], "name.en": IDENTITY["name.zh"]}
    assert missing(whole(identity=content("identity", IDENTITY | swapped))) == {
        "identity": [("name.en", "The English is not in English.")]
    }
    alike = {"technology.zh": BUSINESS["technology.en"]}
    assert missing(whole(business=content("business", BUSINESS | alike))) == {
        "business": [("technology.zh", "The Chinese is not in Chinese.")]
    }


def test_shares_below_the_whole_say_the_rest():
    part = content("financing", FINANCING | {"uses.1.share": "30"})
    assert missing(whole(financing=part)) == {
        "financing": [("uses", "The shares add up to 90.00%; 10.00% is missing.")]
    }
    assert completeness.state(sheets()["financing"], part) == completeness.PROBLEM


def test_who_does_not_raise_money_is_asked_nothing_more():
    assert missing(whole(financing=content("financing", {"instrument": "none"}))) == {}


@pytest.mark.parametrize(
    ("sheet", "typed", "state"),
    [
        ("identity", {}, "not_started"),
        ("identity", {"name.zh": "示例公司"}, "in_progress"),
        ("identity", IDENTITY, "completed"),
        ("business", BUSINESS | {"summary.zh": "售出120台。", "summary.en": "Sold 210 units."}, "problem"),
    ],
)
def test_the_state_of_a_task(sheet, typed, state):
    assert completeness.state(sheets()[sheet], content(sheet, typed)) == state


def test_periods_that_overlap_are_said():
    year = {"months": 12, "values": {"revenue": 1}}
    periods = [{"end": end, **year} for end in ("2025-06-30", "2025-12-31", "2024-06-30")]
    found = missing(whole(figures={"currency": "CNY", "unit": "wan", "periods": periods}))
    assert found == {
        "figures": [("periods", "The period to 2025-12-31 begins before the one of the same length before it ends.")]
    }
