"""The matrix and what follows from it, without database or page."""

from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from listing.rulebook.node import Broken
from listing.suitability import matrix, rules
from listing.suitability.matrix import BLOCKED, ORDINARY, SUITABLE, WARNING
from listing.suitability.rules import Investor

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TEXT = resources.files("listing.suitability").joinpath("matrices/2026-11.yaml").read_text(encoding="utf-8")
MATRIX = matrix.in_force(NOW.date())
EQUITY = {"instrument": "equity", "stage": "b", "audited": "yes", "held_back": "no", "net_profit": 1, "net_assets": 5}


def outcome(level, risk, book="CN-REM", investor_class="qualified", answered_at=NOW):
    own = rules.held(MATRIX, Investor(1, book, investor_class, level, answered_at), NOW)
    return rules.match(MATRIX, own, rules.Risk(risk, ())).outcome


@pytest.mark.parametrize(
    ("level", "cells"),
    [
        ("", [BLOCKED] * 5),
        ("C1", [SUITABLE, BLOCKED, BLOCKED, BLOCKED, BLOCKED]),
        ("C2", [SUITABLE, SUITABLE, WARNING, WARNING, WARNING]),
        ("C3", [SUITABLE, SUITABLE, SUITABLE, WARNING, WARNING]),
        ("C4", [SUITABLE, SUITABLE, SUITABLE, SUITABLE, WARNING]),
        ("C5", [SUITABLE] * 5),
    ],
)
def test_ordinary_investors_of_the_mainland_are_warned_and_the_lowest_are_kept_out(level, cells):
    assert [outcome(level, risk) for risk in matrix.RISK_LEVELS] == cells


def test_the_law_of_the_admission_says_whom_the_matrix_binds():
    lowest = {
        ("CN-SUIT", "institutional"): SUITABLE,
        ("CN-SUIT", "professional"): WARNING,
        ("CN-SUIT", ORDINARY): BLOCKED,
        ("HK-PI", "institutional"): SUITABLE,
        ("HK-PI", "professional"): WARNING,
        ("HK-PI", "sophisticated"): WARNING,
        ("SG-AI", "institutional"): SUITABLE,
        ("SG-AI", "accredited"): WARNING,
    }
    assert {key: outcome("C1", "R5", *key) for key in lowest} == lowest
    unanswered = {key: outcome("", "R1", *key) for key in lowest}
    assert unanswered == {key: found if "institutional" in key else BLOCKED for key, found in lowest.items()} | {
        ("CN-SUIT", "professional"): WARNING
    }


def test_a_questionnaire_holds_to_the_end_of_its_last_day_in_the_market_and_no_second_longer():
    answered = datetime(2025, 2, 28, 20, tzinfo=UTC)  # 1 March in Hong Kong
    ends = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight there
    held = [rules.tolerance(MATRIX, level="C4", answered_at=answered, now=ends - early) for early in
            (timedelta(seconds=1), timedelta(0))]  # fmt: skip
    assert [(one.level, one.over, one.until) for one in held] == [("C4", False, ends), ("", True, ends)]
    assert outcome("C5", "R1", answered_at=NOW - timedelta(days=400)) == BLOCKED


@pytest.mark.parametrize(
    ("facts", "level", "steps"),
    [
        ({}, "R4", []),
        ({"instrument": "loan"}, "R3", []),
        ({"instrument": "none", "stage": "listed", "profitable_years": 3}, "R2", [-1, -1]),
        ({"stage": "seed"}, "R5", [1]),
        ({"net_profit": 0, "net_assets": 0}, "R4", []),
        ({"net_profit": -1}, "R5", [1]),
        ({"instrument": "convertible", "net_profit": -1, "profitable_years": 3}, "R3", [1, -1]),
        ({"instrument": "loan", "net_assets": -1}, "R5", [2]),
        ({"net_profit": None, "net_assets": None, "profitable_years": 2, "stage": None}, "R4", []),
        ({"audited": "no", "held_back": "yes", "stage": "angel"}, "R5", [1, 1, 2]),
    ],
)
def test_the_level_of_a_company_is_where_it_starts_and_what_moves_it(facts, level, steps):
    found = rules.risk(MATRIX, EQUITY | facts)
    assert (found.level, [by for _label, by in found.reasons[1:]]) == (level, steps)
    assert all(label.said(language) for label, _by in found.reasons for language in ("zh-Hans", "zh-Hant", "en"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C1: suitable blocked blocked", "C1: blocked suitable blocked"),  # more risk would be easier
        ("C2: suitable suitable warning", "C2: suitable warning"),
        ('classes: [any]\n    clause: "own rule"', "classes: [professional]\n    clause: x"),
        ("validity: P12M", "validity: a year"),
        ("instrument: unknown", "instrument: barter"),
        ("fact: stage", "fact: mood"),
        ("- id: R5", "- id: R4"),
        ("least: R2", "least: R2\n  most: R5"),
        ("by: -1", "by: less"),
    ],
)
def test_a_matrix_that_does_not_hold_together_is_refused_with_its_line(old, new):
    assert old in TEXT
    with pytest.raises(Broken, match=r"^x\.yaml:\d+: "):
        matrix.read(TEXT.replace(old, new), "x.yaml")


def test_a_published_version_is_the_one_that_was_published():
    assert matrix.read(TEXT, "x.yaml").digest == MATRIX.digest
    assert matrix.read(TEXT.replace("validity: P12M", "validity: P13M"), "x.yaml").digest != MATRIX.digest
    assert matrix.in_force(MATRIX.effective_from - timedelta(days=1)) is MATRIX  # before any began, the first
