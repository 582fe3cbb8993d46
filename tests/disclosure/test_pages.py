"""The pages of the standard and the command."""

import json

import pytest

TIER = "/standards/growth@2026"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Due on Fri 30 Apr 2027: 4 months after the period ends, counted from Thu 31 Dec 2026."),
        ("zh-Hans", "披露期限为 2027年4月30日 星期五：期末后 4 个月，自 2026年12月31日 星期四起算。"),
        ("zh-Hant", "披露限期為 2027年4月30日 星期五：期末後 4 個月，自 2026年12月31日 星期四起計。"),
    ],
)
def test_a_due_day_explains_itself(client, language, said):
    page = client.get(f"/{language}{TIER}?end=2026-12-31&place=CN")
    assert page.status_code == 200
    assert said in page.text


def test_every_item_stands_beside_each_tier(client):
    for language in ("en", "zh-Hans", "zh-Hant"):
        page = client.get(f"/{language}/standards")
        assert page.status_code == 200
        assert page.text.count('scope="row"') == 32
    assert client.get("/en/standards").text.count("If the company chooses: Intermediary") == 1  # Growth


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("end=2026-12-30", "A period ends on the last day of a month; 30 Dec 2026 is not one."),
        ("end=", "Enter a day, such as 2026-12-31."),
        ("end=soon", "Not a valid"),
        ("end=2026-12-31&place=XX", "Not a valid choice"),
        ("end=2031-12-31&place=CN", "The holidays of 2031 in this place are not entered yet."),
        ("end=9999-12-31&place=CN", "9999"),
        ("end=0001-12-31&place=CN", "The holidays of 1 in"),
    ],
)
def test_what_cannot_be_reckoned_is_said(client, query, said):
    page = client.get(f"/en{TIER}?{query}")
    assert page.status_code == 422
    assert said in page.text


@pytest.mark.parametrize("name", ["growth", "growth@2025", "gold@2026", "growth%002026", "growth@２０２６"])
def test_another_standard_is_not_found(client, name):
    assert client.get(f"/en/standards/{name}").status_code == 404
    assert client.get(f"/en/standards/{name}/json").status_code == 404


def test_a_tier_for_programs(client):
    data = client.get(f"/en{TIER}/json").json
    assert (data["standard"], len(data["items"])) == ("growth@2026", 29)
    assert data["items"][0]["when"] == [
        {"every": "admission", "due": "APPLY"},
        {"every": "change", "due": "EV+20WD"},
    ]


def test_the_command_gives_reasons_in_three_languages(app):
    run = app.test_cli_runner().invoke
    arguments = ["disclosure", "due", "--standard", "growth@2026", "--period-end", "2026-12-31", "--json"]
    rows = json.loads(run(args=arguments).output)
    report = next(row for row in rows if row["item"] == "D12")
    assert (report["due"], report["deadline"]) == ("2027-04-30", "PE+4M")
    assert list(report["because"]) == ["zh-Hans", "zh-Hant", "en"]
    assert "4 months after the period ends" in report["because"]["en"][0]
    assert "2027-04-30  D12  Annual report" in run(args=arguments[:-1]).output
    refused = run(args=["disclosure", "due", "--standard", "gold@2026", "--period-end", "2026-12-31"])
    assert (refused.exit_code, "no standard gold@2026" in refused.output) == (1, True)
