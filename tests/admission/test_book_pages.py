"""Who qualifies, as everybody reads it."""

import pytest
from bs4 import BeautifulSoup

from listing.admission import books
from listing.admission.views import books as pages
from tests.store.databases import on_one_database

from .test_books import folder, follow  # noqa: F401

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def text(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return " ".join(BeautifulSoup(answer.text, "lxml").main.get_text(" ").replace("\u00a0", " ").split())


@on_one_database
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_book_has_its_page_in_every_language(client, language):
    assert "HK-PI" in text(client, f"/{language}/admission")
    for book in books.library():
        said = text(client, f"/{language}/admission/books/{book.id}/{book.version}")
        assert book.head.name.said(language) in said


def test_a_page_says_the_rule_in_both_languages_with_clause_and_standing(client):
    said = text(client, "/en/admission/books/HK-PI/2018-07-13")
    assert "Portfolio: at least HKD 8 million" in said
    assert "投资组合不低于 800 万港元" in said
    assert "Cap. 571D s. 5 Unverified" in said
    assert "16 months" in said
    said = text(client, "/zh-Hans/admission/books/CN-AM/2018-04-27")
    assert "投资年限不低于 2 年" in said
    assert "家庭金融净资产不低于人民币 300 万元" in said


def test_the_list_shows_which_rules_belong_together(client):
    main = BeautifulSoup(client.get("/en/admission").text, "lxml").main
    branch = main.find("section", {"aria-labelledby": "CN-SUIT"}).find_all("ul", recursive=False)[0].contents
    person = [li for li in branch if getattr(li, "strong", None) and li.strong.text == "Natural person"][0]
    (every,) = person.ul.find_all("li", recursive=False)
    groups = every.ul.find_all("li", recursive=False)
    assert [len(group.ul.find_all("li", recursive=False)) for group in groups] == [2, 3]
    assert groups[0].contents[0].strip().startswith("any of these")


def test_a_version_that_never_was_is_not_found(client):
    for path in ("HK-PI/1999", "NO/2018-07-13", "HK-PI/2018-07-13/beside/1999"):
        assert client.get(f"/en/admission/books/{path}").status_code == 404


def test_the_json_says_what_the_page_says(client):
    found = client.get("/en/admission/books/CN-REM/2017-07-01/json").get_json()
    assert found["digest"] == books.library().version("CN-REM", "2017-07-01").digest
    assert found["branches"][2]["test"]["all_of"][0]["says"] == "Net assets: at least the figure that the operator sets"


def test_two_versions_stand_side_by_side(client, folder, monkeypatch):  # noqa: F811
    follow(folder, ends="2026-12-31")
    library = books.load(folder)
    monkeypatch.setattr(pages.books, "library", lambda: library)
    said = text(client, "/en/admission/books/HK-PI/2018-07-13/beside/2027")
    assert "at least HKD 8 million Portfolio: at least HKD 9 million Changed" in said
    assert "Beside version 2018-07-13" in text(client, "/en/admission/books/HK-PI/2027")


def ask(client, status=200, **answers):
    asked = {
        "residence": "HK",
        "investor": "individual",
        "metric": "portfolio",
        "currency": "HKD",
        "years": "",
    } | answers
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return text(client, f"/en/admission/self-check?{query}", status)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"amount": "8000000"}, "Likely"),
        ({"amount": "800萬港元", "years": "２年"}, "Likely"),
        ({"amount": "7999999.99"}, "Not now"),
        ({"amount": "1", "investor": "corporation"}, "Needs a reviewer"),
        ({"amount": "1", "investor": "licensed"}, "Likely"),
        ({"amount": "2000000.01", "residence": "SG", "metric": "net_personal_assets", "currency": "SGD"}, "Likely"),
        ({"amount": "8000000", "currency": "USD"}, "Needs a reviewer"),
        ({"amount": "8000000", "residence": "US"}, "Not now"),
        ({"amount": "8000000", "residence": "other"}, "Not now"),
        (
            {"amount": "5000000", "residence": "CN", "metric": "financial_assets", "currency": "CNY", "years": "2"},
            "Likely",
        ),
    ],
)
def test_four_answers_come_to_one_of_three(client, answers, said):
    found = ask(client, **answers)
    assert said in found
    assert "Apply for admission" in found


@pytest.mark.parametrize(
    "answers",
    [
        {"amount": "NaN"},
        {"amount": ""},
        {"amount": "٨"},
        {"amount": "8", "years": "two"},
        {"amount": "800万美元"},
        {"amount": "8", "residence": "XX"},
    ],
)
def test_a_bad_answer_is_shown_again_as_typed(client, answers):
    assert "There is a problem" in ask(client, 422, **answers)
