"""Finding companies: scripts, pinyin, pairs, ranking, and the commands."""

import json

import pytest

from listing.access.actor import SYSTEM, Tier
from listing.companies import evaluation, matches
from listing.companies.facts import Facts
from listing.companies.operations import publishing
from listing.store import fulltext
from listing.store.db import db
from listing.upkeep.cli import search

from ..factories import NOW, a_company


def found(query, tier=Tier.PUBLIC):
    return [match.name_en for match in matches.best(query, tier=tier, limit=10)]


@pytest.fixture
def market(app):
    a_company(
        name_zh="騰訊控股有限公司",
        name_script="Hant",
        name_en="Tencent Holdings Limited",
        short_zh="騰訊",
        sector_group="software",
        sector="internet",
        passages=[("summary", "提供社交與雲端服務。", "Social networks and cloud computing.")],
    )
    a_company(
        name_zh="深圳激光雷达有限公司",
        name_en="Shenzhen Lidar Co., Ltd.",
        passages=[("summary", "测距传感器。", "Ranging sensors for ports, bought by Tencent.")],
    )
    a_company(
        name_zh="珠海软件有限公司",
        name_en="Zhuhai Software Co., Ltd.",
        former_names=({"zh": "旧港科技有限公司", "en": "Old Harbour Limited"},),
        passages=[("summary", "港口调度系统。", "Scheduling for harbours.")],
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("腾讯", ["Tencent Holdings Limited"]),
        ("騰訊", ["Tencent Holdings Limited"]),
        ("腾讯控股有限公司", ["Tencent Holdings Limited"]),
        ("tengxun", ["Tencent Holdings Limited"]),
        ("TENCENT", ["Tencent Holdings Limited", "Shenzhen Lidar Co., Ltd."]),
        ("雲端", ["Tencent Holdings Limited"]),
        ("云端", ["Tencent Holdings Limited"]),
        ("社交 cloud", ["Tencent Holdings Limited"]),
        ("旧港", ["Zhuhai Software Co., Ltd."]),
        ("舊港", ["Zhuhai Software Co., Ltd."]),
        ("互联网平台", ["Tencent Holdings Limited"]),
        ("Internet platforms", ["Tencent Holdings Limited"]),
        ("zzz", []),
        ("", []),
        ('" OR *', []),
        ("腾讯 zzz", []),
    ],
)
def test_one_search_reads_scripts_pinyin_english_and_former_names(market, query, expected):
    assert found(query) == expected


def test_a_name_comes_before_a_sector_and_a_sector_before_a_text(app):
    a_company(name_en="In the text", passages=[("summary", "", "They make hydrogen valves.")])
    a_company(name_en="Of the sector", sector_group="new-energy", sector="hydrogen")
    a_company(name_en="Hydrogen in the name")
    db.session.commit()
    assert found("hydrogen") == ["Hydrogen in the name", "Of the sector", "In the text"]


def test_a_match_in_one_language_shows_the_company_in_the_other(market, client):
    page = client.get("/zh-Hans/companies?q=ranging+sensors").text
    assert "深圳激光雷达有限公司" in page


def test_what_changes_is_found_by_its_new_words_only(app):
    company = a_company(name_en="Before Limited", name_zh="以前有限公司")
    facts = Facts(name_en="After Limited", name_zh="以后有限公司")
    publishing.publish_revision(company=company, facts=facts, actor=SYSTEM, now=NOW)
    db.session.commit()
    assert (found("before"), found("以前"), found("after")) == ([], [], ["After Limited"])


@pytest.mark.parametrize("event", ["suspend", "withdraw"])
def test_what_is_off_display_is_not_found(app, event):
    company = a_company(name_en="Paused Limited")
    getattr(publishing, event)(company=company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert found("Paused") == []


@pytest.mark.parametrize("tier", Tier)
def test_a_text_is_found_by_those_who_may_read_it(app, tier):
    a_company(
        name_en="Gated", passages=[("team", "二十人", "twenty people"), ("financing", "一亿元", "a hundred million")]
    )
    db.session.commit()
    assert bool(found("twenty people", tier)) == (tier >= Tier.REGISTERED)
    assert bool(found("一亿元", tier)) == (tier >= Tier.ADMITTED)
    assert found("Gated", tier) == ["Gated"]


def test_the_command_prints_what_a_stranger_finds(app, market):
    a_company(name_en="Hidden", passages=[("financing", "腾讯投资", "Tencent invests")])
    db.session.commit()
    run = app.test_cli_runner().invoke
    answer = json.loads(run(search, ["腾讯控股有限公司", "--json"]).output)
    assert [set(match) for match in answer] == [{"market", "code", "name_zh", "name_en", "score"}]
    assert (answer[0]["market"], answer[0]["name_zh"]) == ("GBA", "騰訊控股有限公司")
    assert isinstance(answer[0]["score"], float)
    assert json.loads(run(search, ["tencent", "--limit", "1", "--json"]).output)[0]["name_en"].startswith("Tencent")
    assert "Tencent Holdings Limited" in run(search, ["find", "tengxun"]).output
    assert json.loads(run(search, ["nothing of the kind", "--json"]).output) == []


def test_the_evaluation_counts_each_name_and_forgives_identical_ones(app):
    a_company(name_zh="同名科技有限公司", name_en="Twin Limited", short_zh="同名")
    a_company(name_zh="同名科技有限公司", name_en="Twin Limited", short_zh="同名")
    a_company(name_zh="", name_en="Alone Limited")
    db.session.commit()
    results = {kind: (result.asked, result.first) for kind, result in evaluation.evaluate().items()}
    assert results == {"chinese": (2, 2), "short": (2, 2), "other_script": (2, 2), "english": (3, 3)}


def test_the_evaluation_reports_what_does_not_come_first(app, monkeypatch):
    a_company(name_zh="示例科技有限公司", name_en="Sample Limited", code="LOST")
    db.session.commit()
    monkeypatch.setattr(evaluation.fulltext, "best", lambda *_args, **_options: ())
    assert evaluation.evaluate()["english"] == (1, 0, (("Sample Limited", "GBA LOST"),))
    output = app.test_cli_runner().invoke(search, ["evaluate"]).output
    assert "english             0 of      1     0.00%" in output
    told = json.loads(app.test_cli_runner().invoke(search, ["evaluate", "--json"]).output)
    assert (told["chinese"]["asked"], told["chinese"]["share"]) == (1, 0.0)


def test_a_company_behind_one_of_another_name_is_not_first(app, monkeypatch):
    first, second = a_company(name_en="Alpha Limited", name_zh=""), a_company(name_en="Beta Limited", name_zh="")
    db.session.commit()
    hits = [evaluation.fulltext.Hit(company.id, 1.0, "") for company in (first, second)]
    monkeypatch.setattr(evaluation.fulltext, "best", lambda *_args, **_options: hits)
    assert evaluation.evaluate()["english"][:2] == (2, 1)


def test_rebuilding_the_index_finds_again_what_is_displayed_and_only_that(app, market):
    gone = a_company(name_zh="已撤下有限公司", name_en="Gone Limited")
    publishing.withdraw(company=gone, reason="asked", actor=SYSTEM, now=NOW)
    fulltext.clear(db.session)
    db.session.commit()
    assert found("腾讯") == []
    answer = app.test_cli_runner().invoke(search, ["rebuild"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.endswith("3 companies and 0 announcements can be found.\n")
    assert found("腾讯") == ["Tencent Holdings Limited"]
    assert fulltext.count(db.session, "Gone", kind=fulltext.Kind.COMPANY, tier=Tier.STAFF).number == 0
