"""Key figures: what is derived, what is not meaningful, what is refused, who sees how much, and how it is drawn."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from flask import render_template_string
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from listing.access.actor import Tier
from listing.companies import figure_tables, figures
from listing.companies.figures import Band, Period, Ratio
from listing.companies.models import Revision
from listing.money import MOST_MINOR, Money
from listing.store.db import db

from ..factories import a_company

FULL = {
    "revenue": 10_000_000_00,
    "rd": 1_234_500_00,
    "net_profit": -333_300_00,
    "total_assets": 40_000_000_00,
    "net_assets": 10_000_000_00,
    "headcount": 80,
    "rd_staff": 30,
}


def a_period(end="2025-12-31", months=12, **values):
    return {"end": end, "months": months, "audited": True, "document": None, "values": FULL | values}


def content(*periods, currency="CNY"):
    return {"currency": currency, "periods": list(periods)}


def of(*periods, currency="CNY"):
    return figures.read(content(*periods, currency=currency))


def derived(*periods):
    return {key: values[-1] for key, values in figures.ratios(of(*periods)).items()}


def test_ratios_are_exact_and_rounded_once_half_up():
    before = a_period("2024-12-31", revenue=8_000_000_00)
    assert derived(before, a_period()) == {
        "growth": Ratio(Decimal("25.0")),
        "rd_intensity": Ratio(Decimal("12.3")),  # 12.345
        "net_margin": Ratio(Decimal("-3.3")),
        "equity_ratio": Ratio(Decimal("25.0")),
        "rd_staff_share": Ratio(Decimal("37.5")),
        "revenue_per_head": Ratio(Money(125_000_00, "CNY")),
    }


@pytest.mark.parametrize(
    ("before", "now", "key", "why"),
    [
        ({}, {"revenue": 0}, "rd_intensity", "base"),
        ({}, {"revenue": 0}, "net_margin", "base"),
        ({"revenue": 0}, {}, "growth", "base"),
        ({"months": 6}, {}, "growth", "length"),
        ({"end": "2023-12-31"}, {}, "growth", "gap"),
        ({"end": "2024-12-30"}, {}, "growth", "gap"),
        ({"revenue": None}, {}, "growth", "missing"),
        ({}, {"revenue": None}, "growth", "missing"),
        ({}, {"rd": None}, "rd_intensity", "missing"),
        ({}, {"headcount": 0}, "rd_staff_share", "base"),
        ({}, {"months": 6}, "revenue_per_head", "year"),
        ({}, {"total_assets": 0}, "equity_ratio", "base"),
    ],
)
def test_what_would_mislead_is_not_computed_and_says_why(before, now, key, why):
    earlier = a_period(**{"end": "2024-12-31", **before})
    assert derived(earlier, a_period(**now))[key] == Ratio(None, why)


def test_a_small_loss_is_no_negative_zero():
    assert str(figures.percent(Fraction(-1, 10**6))) == "0.0"


def test_the_first_period_has_nothing_to_grow_from():
    assert derived(a_period())["growth"] == Ratio(None, "first")
    assert "growth" not in {row.id for row in figure_tables.table(of(a_period()), "en").rows}


def test_years_that_end_in_february_are_adjacent():
    assert derived(a_period("2024-02-29"), a_period("2025-02-28"))["growth"] == Ratio(Decimal("0.0"))


@given(st.integers(-MOST_MINOR, MOST_MINOR), st.integers(1, MOST_MINOR))
def test_a_percentage_is_never_further_off_than_half_a_step(above, below):
    exact = Fraction(above, below) * 100
    assert abs(Fraction(figures.percent(Fraction(above, below))) - exact) <= Fraction(1, 20)


def found(*periods):
    read = [
        Period(
            date.fromisoformat(p["end"]),
            p["months"],
            True,
            None,
            {k: v for k, v in p["values"].items() if v is not None},
        )
        for p in periods
    ]
    return [(finding.gravity, type(finding.refusal).__name__) for finding in figures.check(read)]


@pytest.mark.parametrize(
    ("periods", "want"),
    [
        ([a_period("2024-12-31"), a_period()], []),
        ([a_period(), a_period()], [("refused", "TwoOfOneEnd")]),
        ([a_period(), a_period("2024-12-31")], []),
        ([a_period(months=7)], [("refused", "OddLength")]),
        ([a_period("2025-06-30"), a_period()], [("refused", "Overlap")]),
        ([a_period("2025-06-30", 6), a_period()], []),
        ([a_period(net_assets=40_000_000_01)], [("warning", "MoreAssetsThanAll")]),
        ([a_period(net_assets=40_000_000_00)], []),
        ([a_period(rd_staff=81)], [("refused", "MoreResearchersThanStaff")]),
        ([a_period(rd_staff=81, headcount=None)], []),
        ([a_period(revenue=-1)], [("refused", "Negative")]),
        ([a_period(net_assets=-1, net_profit=-1)], []),
        (
            [a_period(net_assets=41_000_000_00, rd_staff=99)],
            [("refused", "MoreResearchersThanStaff"), ("warning", "MoreAssetsThanAll")],
        ),
    ],
)  # fmt: skip
def test_checks(periods, want):
    assert found(*periods) == want


@pytest.mark.parametrize(
    ("value", "currency", "want"),
    [
        (0, "CNY", Band(None, 5_000_000_00)),
        (4_999_999_99, "CNY", Band(None, 5_000_000_00)),
        (5_000_000_00, "CNY", Band(5_000_000_00, 20_000_000_00)),
        (10**13, "CNY", Band(5_000_000_000_00, None)),
        (99_999_999, "JPY", Band(None, 100_000_000)),
        (19, None, Band(None, 20)),
        (20, None, Band(20, 50)),
    ],
)
def test_bands_take_in_their_lower_bound_and_not_the_upper(value, currency, want):
    assert figures.band(value, currency) == want


def test_each_tier_sees_its_part():
    whole = of(a_period("2024-12-31"), a_period(), a_period("2026-06-30", 6, revenue=1))
    assert figures.seen(whole, Tier.PUBLIC) is None
    assert figures.seen(whole, Tier.REGISTERED) == {
        "revenue": Band(5_000_000_00, 20_000_000_00),
        "headcount": Band(50, 100),
    }
    assert figures.seen(whole, Tier.ADMITTED) is whole
    assert figures.seen(None, Tier.STAFF) is None


def test_bands_read_in_each_language():
    read = {lang: figure_tables.bands(of(a_period()), lang) for lang in ("en", "zh-Hans", "zh-Hant")}
    plain = {lang: (year, [(n, b.replace("\xa0", " ")) for n, b in rows]) for lang, (year, rows) in read.items()}
    assert plain["en"] == ("2025", [("Revenue", "CNY 5 million to CNY 20 million"), ("Headcount", "50 to 100")])
    assert plain["zh-Hans"][1][0] == ("营业收入", "人民币 500 万元 至 人民币 2,000 万元")
    assert plain["zh-Hant"] == (
        "2025年",
        [("營業收入", "人民幣 500 萬元 至 人民幣 2,000 萬元"), ("員工人數", "50 至 100")],
    )


@pytest.mark.parametrize(
    ("end", "months", "lang", "want"),
    [
        ("2025-12-31", 12, "en", "2025"),
        ("2025-12-31", 12, "zh-Hans", "2025年"),
        ("2026-06-30", 6, "en", "6 months to 30 Jun 2026"),
        ("2026-06-30", 6, "zh-Hans", "截至2026年6月30日止6个月"),
        ("2026-03-31", 12, "zh-Hant", "截至2026年3月31日止12個月"),
    ],
)
def test_a_period_reads_as_reports_write_it(end, months, lang, want):
    assert figure_tables.period(of(a_period(end, months)).periods[0], lang) == want


def test_the_table_says_what_is_missing_and_leaves_out_what_nobody_gave():
    some = of(a_period("2024-12-31", rd=None, headcount=None, rd_staff=None), a_period(headcount=None, rd_staff=None))
    table = figure_tables.table(some, "en")
    assert [row.id for row in table.rows] == [
        "revenue", "rd", "net_profit", "total_assets", "net_assets",
        "growth", "rd_intensity", "net_margin", "equity_ratio",
    ]  # fmt: skip
    assert [(cell.text, cell.empty) for cell in table.rows[1].cells] == [
        ("not given", True),
        ("CNY\xa01,234,500", False),
    ]
    assert table.heads == (("2024", "audited"), ("2025", "audited"))


def test_bars_are_to_scale_on_both_sides_of_zero():
    chart = figure_tables.chart(
        of(*(a_period(f"{2020 + n}-12-31", net_profit=size) for n, size in enumerate((-100, 0, 300)))),
        "net_profit",
        "en",
    )
    assert chart.zero == 80
    assert [(bar.x, bar.width) for bar in chart.bars] == [(0, 80), (80, 1), (80, 240)]
    assert chart.sentence.replace("\xa0", " ") == "Net profit: 2020 CNY −1; 2021 CNY 0; 2022 CNY 3"


@given(st.lists(st.integers(-MOST_MINOR, MOST_MINOR), min_size=2, max_size=12))
def test_no_bar_leaves_the_chart_and_none_is_more_than_eight(sizes):
    chart = figure_tables.chart(
        of(*(a_period(f"{2000 + n}-12-31", net_profit=size) for n, size in enumerate(sizes))), "net_profit", "zh-Hans"
    )
    assert len(chart.bars) == min(len(sizes), figure_tables.MOST_BARS)
    assert all(bar.x >= 0 and bar.width >= 1 and bar.x + bar.width <= figure_tables.WIDTH for bar in chart.bars)
    assert chart.bars[-1].y + chart.bar == chart.height


def test_long_numbers_stand_on_a_line_of_their_own():
    small, large = (
        figure_tables.chart(
            of(a_period("2024-06-30", 6, revenue=1), a_period("2025-06-30", 6, revenue=size)), "revenue", "en"
        )
        for size in (1, MOST_MINOR)
    )
    assert [small.bars[0].label_y, small.bars[0].value_y] == [14, 14]
    assert [large.bars[0].label_y, large.bars[0].value_y] == [14, 32]


def test_one_period_makes_no_chart():
    assert figure_tables.chart(of(a_period()), "revenue", "en") is None
    assert figure_tables.table(of(a_period()), "en").chart is None


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_the_markup_carries_no_style_and_says_in_words_what_it_draws(app, lang):
    table = figure_tables.table(of(a_period("2024-12-31"), a_period()), lang)
    with app.test_request_context(f"/{lang}/"):
        app.preprocess_request()
        said = render_template_string(
            '{% from "companies/_figures.html" import figures with context %}{{ figures(t) }}', t=table
        )
    assert "style" not in said
    assert f'role="img" aria-label="{table.chart.sentence}"' in said
    assert said.count("<rect") == 2
    assert said.count('class="num') == 2 + 2 * len(table.rows)


def test_the_company_page_shows_each_tier_its_part(client, visit_as):
    company = a_company(slug="example", passages=(("summary", "甲", "A"),))
    whole = company.revision.content | {"sheets": {"figures": content(a_period("2024-12-31"), a_period())}}
    db.session.execute(update(Revision).where(Revision.id == company.revision_id).values(content=whole))
    db.session.commit()
    said = {}
    for tier in (Tier.PUBLIC, Tier.REGISTERED, Tier.ADMITTED):
        visit_as(tier)
        said[tier] = client.get("/en/companies/example").text
    assert [tier for tier, page in said.items() if "Revenue" in page] == [Tier.REGISTERED, Tier.ADMITTED]
    assert [tier for tier, page in said.items() if "CNY\xa05\xa0million to" in page] == [Tier.REGISTERED]
    assert [tier for tier, page in said.items() if "1,234,500" in page or "<svg" in page] == [Tier.ADMITTED]
