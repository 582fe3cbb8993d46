"""What the answers of an application may be, and what follows from them."""

import pytest

from listing import money, typed
from listing.admission import completeness, identity, pages
from listing.admission.rules import NumberOrReason
from listing.companies import rules as companies
from listing.profiles import controls
from listing.profiles import rules as profiles

from . import answers


@pytest.mark.parametrize(
    ("page", "field", "text", "refusal"),
    [
        ("assets", "portfolio", "-52", profiles.BelowZero),
        ("assets", "portfolio", "9" * 30, money.TooLarge),
        ("assets", "portfolio", "99999999", profiles.Absurd),
        ("assets", "portfolio", "NaN", money.NotAnAmount),
        ("assets", "portfolio", "1e9", money.NotAnAmount),
        ("assets", "portfolio", "٥٢", money.NotAnAmount),
        ("assets", "portfolio", "HKD 52", typed.OtherUnit),
        ("assets", "currency", "HKD CNY", profiles.NotInList),
        ("assets", "net_assets", "81", profiles.MoreThanTheWhole),
        ("assets", "as_of", "2026-11-24", profiles.InTheFuture),
        ("assets", "as_of", "30 Sep 2026", typed.NotADay),
        ("experience", "years", "8.5", typed.NotWholeYears),
        ("licence", "until", "2026-11-22", profiles.Over),
        ("registration", "lei", "5493001KJTIIGC8Y1R13", profiles.WrongCheckDigits),
        ("registration", "number", "12", companies.BadRegistrationNumber),
        ("owners", "owners.0.share", "101", profiles.NotAShare),
    ],
)
def test_bad_answers_are_refused_where_they_stand(page, field, text, refusal):
    said = {**answers.WHOLE[page], field: text}
    found = answers.read(page, {**said, "authority": "sfc"} if page == "licence" else said)
    assert type(found.errors[field]) is refusal


def test_full_width_digits_are_read():
    assert answers.content("assets", {**answers.ASSETS, "portfolio": "５２"})["portfolio"] == 5_200_000_000


def test_an_undated_statement_of_assets_is_not_complete():
    content = answers.content("assets", {key: v for key, v in answers.ASSETS.items() if key != "as_of"})
    assert [lack.name for lack in completeness.lacks(pages.pages()["assets"], content)] == ["as_of"]


def test_a_whole_application_lacks_nothing_and_one_answer_less_lacks_that_one():
    contents = answers.contents()
    assert completeness.to_send(contents) == {}
    del contents["owners"]["owners"][0]["pep"]
    assert [lack.name for lack in completeness.to_send(contents)["owners"]] == ["owners.0.pep"]


def test_nobody_holding_a_quarter_and_no_licence_need_no_more():
    assert completeness.lacks(pages.pages()["owners"], answers.content("owners", {"none": "1"})) == []
    assert completeness.lacks(pages.pages()["licence"], answers.content("licence", {"authority": "none"})) == []


def test_who_holds_for_others_says_for_whom():
    content = answers.content("declarations", {**answers.DECLARATIONS, "own_account": "no"})
    assert [lack.name for lack in completeness.lacks(pages.pages()["declarations"], content)] == ["principals"]


@pytest.mark.parametrize(("letter", "level"), [("a", "C1"), ("b", "C2"), ("c", "C4"), ("d", "C5")])
def test_the_risk_questionnaire_is_scored(letter, level):
    contents = {"risk": answers.content("risk", dict.fromkeys(answers.RISK, letter))}
    assert pages.risk_level(contents) == level
    del contents["risk"]["aim"]
    assert pages.risk_level(contents) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例家族辦公室有限公司", "示例家族办公室"),
        ("Sample Family Office Limited", "SAMPLE  Family-Office Ltd."),
        ("Ｓａｍｐｌｅ Family Office", "Sample Family Office"),
    ],
)
def test_names_compare_without_legal_form_script_and_case(one, other):
    assert identity.folded(one) == identity.folded(other) != ""


def test_every_choice_and_page_has_its_three_names():
    for page in pages.pages().values():
        for field in page.fields:
            assert all(field.label(lang) for lang in ("zh-Hans", "zh-Hant", "en"))
            if field.kind in ("choice", "several"):
                assert field.choices()


@pytest.mark.parametrize(("given", "lacks"), [({}, ["residences.0.number"]), ({"why": "applied"}, [])])
def test_a_tax_residence_has_a_number_or_the_reason_why_there_is_none(given, lacks):
    page = pages.pages()["tax"]
    content = {"class": "passive", "us": "no", "residences": [{"country": "HK", **given}]}
    found = completeness.lacks(page, content)
    assert [lack.name for lack in found] == lacks
    assert all(isinstance(lack.refusal, NumberOrReason) for lack in found)
    assert not [part.id for part in page.field("residences").fields if controls.is_optional(part)]
