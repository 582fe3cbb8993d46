"""How alterations are located and counted, the commands, and the bounds that published data must keep to."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from listing.bilingual.agreement import evaluation
from listing.bilingual.cli import bilingual

DATA = Path(os.environ.get("BAYBRIDGE_DATA", Path(__file__).parents[3] / "shared" / "data"))
needs_data = pytest.mark.skipif(
    not (DATA / "parallel").is_dir() and os.environ.get("CI") != "true",
    reason="the folder of published pairs is not here",
)


def lines(*arguments: str, given: str) -> list[dict]:
    """The records a command answers."""
    answer = CliRunner().invoke(bilingual, arguments, input=given)
    assert answer.exit_code == 0
    return [json.loads(line) for line in answer.output.splitlines()]


def test_figures_answers_each_line():
    assert lines("figures", "--lang", "en", given="no figures\n\n5% of it\n") == [
        {"text": "no figures", "figures": []},
        {
            "text": "5% of it",
            "figures": [
                {
                    "text": "5%",
                    "start": 0,
                    "end": 2,
                    "kind": "percent",
                    "value": "5",
                    "unit": "%",
                    "currency": None,
                    "hedge": None,
                }
            ],
        },
    ]


def test_check_answers_each_pair():
    given = json.dumps({"id": "a", "zh": "员工384人", "en": "384 staff"}) + "\n"
    given += json.dumps({"id": "b", "zh": "员工384人", "en": "843 staff"}) + "\n"
    first, second = lines("check", given=given)
    assert first == {"id": "a", "findings": []}
    assert [(finding["kind"], finding["severity"]) for finding in second["findings"]] == [("value", "certain")]
    assert sorted(second["findings"][0]) == ["en", "kind", "message", "severity", "zh"]


def test_a_line_that_is_no_pair_costs_only_itself():
    bad = 'nonsense\n[]\n{"id": 1, "zh": 5, "en": "x"}\n'
    answers = lines("check", given=bad + '{"id": "\\ud800", "zh": "", "en": ""}\n')
    assert [sorted(answer) for answer in answers] == [["error"], ["error"], ["error"], ["findings", "id"]]


@pytest.mark.parametrize(
    ("before", "after", "span"),
    [
        ("about 14 days", "about 41 days", (5, 8)),
        ("up 40 percent of it", "up 40 of it", (5, 6)),
        ("2018年", "2019年", (3, 4)),
        ("same", "same", (4, 4)),
    ],
)
def test_where_a_text_was_altered(before, after, span):
    assert evaluation.altered(before, after) == span


def test_a_quarter_is_held_out():
    held = sum(evaluation.held_out(f"row:{number}") for number in range(2000))
    assert 430 < held < 570


def test_a_share_without_rows_is_no_share():
    assert evaluation.Row("t", "n", "all", 0, 0).share == "-"
    assert evaluation.Row("t", "n", "all", 1, 3).share == "33.3 %"


@needs_data
@pytest.mark.slow
def test_published_pairs_keep_to_the_bounds():
    rows = {(row.table, row.name): row.hits / row.rows for row in evaluation.evaluate(DATA) if row.part == "all"}
    assert rows["alarm on an agreeing pair", "strict or loose"] <= 0.01
    assert rows["alarm without figures", "no figures"] == 0
    found = {name: share for (table, name), share in rows.items() if table == "altered figure found"}
    kinds = ("digit_substitution", "digit_transposition", "year_shift", "magnitude_word", "decimal_shift")
    assert [kind for kind in kinds if found[kind] < 0.97] == []
    assert found["percent_dropped"] >= 0.95
    read = {name: share for (table, name), share in rows.items() if table == "value and place right"}
    assert [name for name, share in read.items() if share < 0.9] == []
    assert len(read) == 8
