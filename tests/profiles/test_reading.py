"""One input, one verdict: what a field holds and what it refuses, in words."""

import pytest

from listing import typed
from listing.companies.sheets import sheets
from listing.profiles import reading, rules, typing
from listing.refusal import Refusal

from .answers import FINANCING, IDENTITY, WHOLE, content, read

FIGURES = {
    "currency": "CNY",
    "unit": "wan",
    "periods.0.end": "2025-12-31",
    "periods.0.months": "12",
    "periods.0.audited": "1",
    "periods.0.document": "7",
    "periods.0.revenue": "12345.67",
    "periods.0.net_profit": "-20",
    "periods.0.headcount": "0",
}


def test_figures_become_whole_minor_units_in_the_shape_others_read():
    assert content("figures", FIGURES) == {
        "currency": "CNY",
        "unit": "wan",
        "periods": [
            {
                "id": "1",
                "end": "2025-12-31",
                "months": 12,
                "audited": True,
                "document": 7,
                "values": {"revenue": 12_345_670_000, "net_profit": -20_000_000, "headcount": 0},
            }
        ],
    }


def test_financing_keeps_shares_exact_and_lists_in_the_order_of_the_declaration():
    found = content("financing", FINANCING | {"accepted": "HKD CNY", "uses.0.share": "59.5", "uses.1.share": "40.50%"})
    assert found["amount_min"], found["amount_max"] == (5_000_000_000, 8_000_000_000)
    assert found["accepted"] == ["CNY", "HKD"]
    assert [row["share"] for row in found["uses"]] == ["59.50", "40.50"]


@pytest.mark.parametrize("sheet", sorted(WHOLE))
def test_what_was_read_is_typed_again_as_it_was_meant(sheet):
    first = content(sheet)
    again = read(sheet, typing.typed(sheets()[sheet], first), first)
    assert again.errors == {}
    assert again.content == first


def refused(sheet, name, text, rest=None, at=None):
    found = read(sheet, (rest or {}) | {name: text})
    return found.errors.get(at or name)


BAD = [
    ("business", "summary.zh", "长" * 200_000, rules.TooLong),
    ("business", "summary.en", "left\u202eright", "HostileCharacters"),
    ("business", "summary.zh", "零\u200b宽", "HostileCharacters"),
    ("identity", "name.en", "=SUM(A1)", "LooksLikeFormula"),
    ("identity", "number", "1234", "BadRegistrationNumber"),
    ("identity", "stage", "listed", rules.NotInList),
    ("identity", "founded", "2999", typed.NotAYear),
    ("identity", "website", "javascript:alert(1)", typed.NotALink),
    ("contact", "email", "lin at example", rules.NotAnAddress),
    ("contact", "phone", "call me", rules.NotAPhone),
    ("rights", "granted", "-3", rules.BelowZero),
    ("rights", "granted", "twelve", typed.NotANumber),
    ("rights", "granted", "1٢", typed.NotANumber),
    ("rights", "granted", "999999999", rules.TooHigh),
    ("shareholding", "as_of", "31/12/2025", typed.YearNotFirst),
    ("shareholding", "as_of", "2025-02-30", typed.NoSuchDay),
    ("shareholding", "as_of", "2026-11-27", rules.InTheFuture),
    ("shareholding", "classes.0.share", "0", rules.NotAShare),
    ("shareholding", "classes.0.share", "100.01", rules.NotAShare),
    ("shareholding", "classes.0.share", "33.333", rules.NotAShare),
    ("figures", "periods.0.document", "8", rules.NoSuchDocument),
]


@pytest.mark.parametrize(("sheet", "name", "text", "refusal"), BAD, ids=lambda value: str(value)[:24])
def test_what_a_field_refuses(sheet, name, text, refusal):
    rest = IDENTITY if sheet == "identity" else {}
    found = refused(sheet, name, text, rest)
    assert isinstance(found, Refusal)
    assert type(found).__name__ == (refusal if isinstance(refusal, str) else refusal.__name__)


AMOUNTS = [
    ("-1", rules.BelowZero),
    ("NaN", "NotAnAmount"),
    ("1e9", "NotAnAmount"),
    ("٨٠٠", "NotAnAmount"),
    ("八千", "OtherUnit"),
    ("¥8000", "OtherUnit"),
    ("0.0000001", "TooFine"),
    ("2000000000", rules.Absurd),
    ("9" * 60, "TooLarge"),
]


@pytest.mark.parametrize(("text", "refusal"), AMOUNTS)
def test_amounts_that_are_refused(text, refusal):
    found = refused("financing", "amount_min", text, FINANCING)
    assert type(found).__name__ == (refusal if isinstance(refusal, str) else refusal.__name__)


def test_full_width_figures_are_figures():
    assert content("financing", FINANCING | {"amount_min": "５，０００"})["amount_min"] == 5_000_000_000


def test_what_people_type_is_read_in_every_field_of_a_sheet():
    said = {"amount_min": "5,000 万元", "amount_max": "八千万", "opens": "2027年1月1日", "closes": "２０２７／６／３０"}
    plain = {"amount_min": "5000", "amount_max": "8000", "opens": "2027-01-01", "closes": "2027-06-30"}
    assert content("financing", FINANCING | said) == content("financing", FINANCING | plain)
    found = content("identity", IDENTITY | {"founded": "２０１９年", "website": "www.example.com"})
    assert (found["founded"], found["website"]) == (2019, "https://www.example.com")


def test_an_amount_without_its_unit_asks_for_it():
    rest = {key: value for key, value in FINANCING.items() if key != "unit"}
    assert isinstance(refused("financing", "amount_min", "1", rest), rules.NoUnit)


def test_fields_are_held_against_each_other():
    assert isinstance(refused("financing", "amount_max", "10", FINANCING), rules.TooLow)
    assert isinstance(refused("financing", "minimum_ticket", "9000", FINANCING), rules.MoreThanTheWhole)
    dates = FINANCING | {"opens": "2027-07-01"}
    assert isinstance(refused("financing", "closes", "2027-06-30", dates), rules.TooEarly)
    staff = FIGURES | {"periods.0.headcount": "10"}
    found = refused("figures", "periods.0.rd_staff", "11", staff)
    assert isinstance(found, rules.MoreThanTheWhole)


def test_shares_over_the_whole_are_refused_and_the_sum_is_said():
    found = refused("financing", "uses.1.share", "40.01", FINANCING, at="uses")
    assert str(found) == "The shares add up to 100.01%, which is more than 100%."


def test_the_same_period_twice_is_refused():
    twice = FIGURES | {"periods.1.end": "2025-12-31", "periods.1.months": "12"}
    assert isinstance(read("figures", twice).errors["periods"], rules.SameTwice)


def test_more_rows_than_there_may_be_are_refused():
    many = {f"periods.{n}.end": f"20{n:02d}-12-31" for n in range(9)}
    assert isinstance(read("figures", many).errors["periods"], rules.TooManyRows)


def test_rows_keep_their_number_when_another_one_goes():
    first = content("milestones", {f"milestones.{n}.event.zh": f"事件{n}" for n in range(3)})
    answers = typing.typed(sheets()["milestones"], first) | {"milestones.0.remove": "1", "milestones.3.event.zh": "新"}
    rows = read("milestones", answers, first).content["milestones"]
    assert [(row["id"], row["event"]["zh"]) for row in rows] == [("2", "事件1"), ("3", "事件2"), ("4", "新")]


def test_names_of_fields_that_nobody_declared_are_passed_over():
    assert read("milestones", {"milestones.x.event.zh": "a", "rows.0": "b", "milestones.0.id": "9"}) == reading.Read()
