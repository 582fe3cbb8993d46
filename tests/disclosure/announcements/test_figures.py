"""The figures of a report: typed once, held against each other and the texts, said in both languages."""

from datetime import date
from decimal import Decimal
from time import process_time

import pytest

from listing.bilingual.pair import Pair
from listing.disclosure.announcements import figures, queries, saying, sheet, texts
from listing.disclosure.announcements.figures import Given
from listing.disclosure.announcements.operations import figuring, joining, writing
from listing.money import TooFine
from listing.rulebook.node import Broken
from listing.store.db import db
from listing.typed import OtherUnit
from tests.admission.conftest import submit
from tests.factories import signed_in

from .made import NOON, TYPED, a_house, acting, begun, signed

BODY = Pair("营业收入为{revenue}。\n\n净利润为{net_profit}。", "Revenue was {revenue}.\n\nNet profit was {net_profit}.")
ANNUAL = {"category": "annual_report", "period_end": date(2025, 12, 31), "event_on": None, "body": BODY}


def given(now, before=None, unit=1):
    read = ({key: Decimal(value) for key, value in values.items()} for values in (now, before or {}))
    return Given("CNY", unit, *read)


FIGURES = given({"revenue": "86900000", "net_profit": "-1200000"}, {"revenue": "77600000"})


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("money", "8,690", "86900000.00"),
        ("money", "８，６９０．５", "86905000.00"),
        ("money", "8,690万元", "86900000.00"),
        ("money", "8,690亿元", OtherUnit),
        ("money", " ", None),
        ("money", "0.0000001", TooFine),
        ("percent", "18.50", "18.5"),
        ("percent", "18.555", figures.NotAFigure),
        ("count", "1,200", "1200"),
        ("count", "1.5", figures.NotAFigure),
        ("count", "1e5", figures.NotAFigure),
    ],
)
def test_a_figure_is_read_exactly_or_refused(kind, text, found):
    read = {"kind": kind, "text": text, "currency": "CNY", "unit": 10_000}
    if isinstance(found, type):
        pytest.raises(found, figures.typed, **read)
    else:
        assert str(figures.typed(**read)) == str(found)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("{rule: mean, of: a, parts: [b]}", "rule"),
        ("{rule: total, of: gold, parts: [b]}", "of"),
        ("{rule: total, of: a, parts: [gold]}", "parts"),
        ("{rule: total, of: a, parts: [b], slack: 1}", "slack"),
        ("{rule: ratio, of: a, parts: [b]}", "two"),
    ],
)
def test_a_file_with_a_check_that_is_none_is_refused_at_its_line(check, said):
    named = "kind: money, zh_hans: 甲, zh_hant: 甲, en: A"
    figure = f"figures:\n  - {{id: a, {named}}}\n  - {{id: b, {named}}}\n"
    text = f"source: x\nstatus: memory\ncategories: [notice]\n{figure}checks:\n  - {check}\n"
    with pytest.raises(Broken, match=said):
        figures.parse(text, "own.yaml")


@pytest.mark.parametrize(
    ("now", "unit", "wrong"),
    [
        ({"total_assets": "100", "total_liabilities": "40", "equity": "60"}, 1, []),
        ({"total_assets": "100", "total_liabilities": "40", "equity": "61"}, 1, ["total_assets"]),
        ({"total_assets": "10000", "total_liabilities": "4000", "equity": "7000"}, 1000, []),  # rounded
        ({"total_assets": "100", "equity": "61"}, 1, []),
        ({"revenue": "300", "rd_expense": "55", "rd_ratio": "18.33"}, 1, []),
        ({"revenue": "300", "rd_expense": "55", "rd_ratio": "18"}, 1, []),
        ({"revenue": "300", "rd_expense": "55", "rd_ratio": "18.34"}, 1, ["rd_ratio"]),
        ({"revenue": "0", "rd_expense": "55", "rd_ratio": "18"}, 1, []),
    ],
)
def test_totals_and_ratios_are_computed_anew(now, unit, wrong):
    assert [key for key, _period, _why in figures.disagreements(given(now, unit=unit))] == wrong
    assert [key for key, _period, _why in figures.disagreements(given({}, now, unit))] == wrong


def test_a_named_figure_is_said_in_each_language_and_read_back():
    said = saying.filled(Pair(BODY.zh + "{revenue.before}", BODY.en + "{equity}{gold}"), FIGURES)
    assert said.zh == "营业收入为人民币 8,690 万元。\n\n净利润为人民币 −120 万元。人民币 7,760 万元"
    assert said.en == "Revenue was CNY 86.9 million.\n\nNet profit was CNY −1.2 million.{equity}{gold}"
    assert [refusal.params["name"] for refusal in saying.unknown(said)] == ["equity", "gold"]
    assert [*saying.contradictions(said, FIGURES)] == []
    assert saying.filled(BODY, None) is BODY


@pytest.mark.parametrize(
    ("zh", "en", "wrong"),
    [
        ("营业收入为人民币8,690万元。", "Revenue was RMB 86.9 million.", 0),
        ("营业收入为人民币8,960万元。", "Revenue was RMB 89.6 million.", 2),
        ("上年营业收入为人民币7,760万元。", "Total revenue amounted to RMB 77.6 million.", 0),  # the period before
        ("海外营业收入为人民币1万元。", "Overseas revenue was RMB 1 million.", 0),  # the name of something else
        ("营业收入增长人民币1万元。", "Revenue rose by RMB 1 million.", 0),
        ("营业收入约为人民币1万元。", "The company's revenue was about RMB 1 million.", 0),
        ("营业收入为8,690万港元。", "Its revenue was HKD 86.9 million.", 2),
    ],
)
def test_what_a_text_states_by_name_is_held_against_the_figures(zh, en, wrong):
    assert len([*saying.contradictions(Pair(zh, en), FIGURES)]) == wrong


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


def reported(house, figures_given, **changed):
    row = begun(house, NOON, **ANNUAL | changed)
    who = {"actor": acting(house.editor), "now": NOON}
    figuring.give(announcement=row, version=row.version, given=figures_given, **who)
    return row


def released(house, row):
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    signed(house, row, now=NOON)
    db.session.commit()


def test_they_are_released_with_the_texts_and_held_against_the_year_after(client, house):
    released(house, reported(house, FIGURES, visibility="public"))
    release = queries.release("2026-000001")
    assert release.passages[0] == Pair("营业收入为人民币 8,690 万元。", "Revenue was CNY 86.9 million.")
    assert texts.digest(client.get("/en/announcements/2026-000001/en.txt").text) == release.digest_en
    page = client.get("/en/announcements/2026-000001").text
    assert ("CNY 77.6 million" in page, "{revenue}" in page) == (True, False)
    data = client.get("/en/announcements/2026-000001/announcement.json").json
    assert [(one["id"], one["currency"], one["now"], one["before"]) for one in data["figures"]] == [
        ("revenue", "CNY", "86900000", "77600000"),
        ("net_profit", "CNY", "-1200000", None),
    ]
    paper = sheet.content(release, [house.company], entry=None, corrects=None, url="", qr="")
    assert paper["figures"][0]["before"] == {"zh": "人民币 7,760 万元", "en": "CNY 77.6 million"}
    later = reported(
        house, given({"revenue": "1", "net_profit": "1"}, {"revenue": "86900001"}), period_end=date(2026, 12, 31)
    )
    [said] = [said for said in writing.checked(later, NOON, acting(house.editor)).warns if "figure:" in str(said.place)]
    assert (said.place, said.parameters["number"]) == ("figure:revenue.before", "2026-000001")
    figuring.give(announcement=later, version=2, given=given({}), actor=acting(house.editor), now=NOON)
    assert later.figures is None


def test_what_is_typed_is_kept_and_a_planted_mismatch_holds_it_back(app, house):
    editor = signed_in(app.test_client(), house.editor.user)
    typed = TYPED | {"category": "annual_report", "event_on": "", "period_end": "2025-12-31", "read": "y"}
    at = submit(editor, "/en/studio/companies/lantern/announcements/new", **typed).location
    money = {"currency": "CNY", "unit": "10000", "total_assets_now": "100", "total_liabilities_now": "40"}
    wrong = submit(editor, f"{at}/figures", **money, equity_now="sixty")
    assert (wrong.status_code, "Enter the amount in figures" in wrong.text, 'value="sixty"' in wrong.text) == (
        422,
        True,
        True,
    )
    assert submit(editor, f"{at}/figures", **money, equity_now="65").status_code == 303
    page = editor.get(at).text
    assert "Total assets: It is not the sum of its parts, which make 1,050,000.00." in page
    assert "Send it for signing" not in page
    assert 'value="65"' in editor.get(f"{at}/figures").text
    assert submit(editor, f"{at}/figures", equity_now="60").status_code == 303
    assert "Send it for signing" in editor.get(at).text


def test_spaces_between_a_name_and_a_number_are_no_work():
    gap = " " * 1_500 + "x "
    start = process_time()
    assert list(saying.contradictions(Pair(f"营业收入{gap}1元。", f"The revenue{gap}1."), FIGURES)) == []
    assert process_time() - start < 3, "spaces were shared out in every way"


def test_whoever_was_invited_to_the_report_reads_no_figure_of_the_one_before(app, house):
    released(house, reported(house, FIGURES))
    assert queries.release("2026-000001").visibility == "admitted"
    later = reported(house, given({"revenue": "1"}, {"revenue": "2"}), period_end=date(2026, 12, 31))
    guest = a_house(slug="guest", code="GBA-7")
    joining.invite(announcement=later, code="GBA-7", actor=acting(house.editor), now=NOON)
    db.session.commit()
    pages = [
        signed_in(app.test_client(), one.editor.user).get(f"/en/studio/announcements/{later.id}")
        for one in (house, guest)
    ]
    assert [(page.status_code, "86,900,000" in page.text) for page in pages] == [(200, True), (200, False)]
