"""Forbidden wording in both languages, and what may be said. The sentences are our own."""

import pytest

from listing.bilingual.terms import forbidden, rules


def found(zh, en):
    return [(f.entry, f.severity, (f.zh or f.en).text) for f in forbidden(zh, en)]


@pytest.mark.parametrize(
    ("zh", "en", "finding"),
    [
        ("本产品保本保息", "", ("guaranteed-return", "certain", "保本保息")),
        ("本產品穩賺不賠", "", ("guaranteed-return", "certain", "穩賺不賠")),
        ("公司承诺最低收益", "", ("guaranteed-return", "certain", "承诺最低收益")),
        ("不仅保本，而且付息", "", ("guaranteed-return", "certain", "保本")),
        ("无论市况如何，保证收益", "", ("guaranteed-return", "certain", "保证收益")),
        ("无需担心，本金安全", "", ("guaranteed-return", "certain", "本金安全")),
        ("零風險投資", "", ("no-risk", "certain", "零風險")),
        ("上市后必涨", "", ("certain-outcome", "likely", "必涨")),
        ("最后机会，欲购从速", "", ("last-chance", "likely", "最后机会")),
        ("据内部消息", "", ("inside-information", "certain", "内部消息")),
        ("面向社会公众募集", "", ("public-solicitation", "likely", "面向社会公众募集")),
        ("", "A guaranteed return of 8%", ("guaranteed-return", "certain", "guaranteed return")),
        ("", "We GUARANTEE RETURNS", ("guaranteed-return", "certain", "GUARANTEE RETURNS")),
        ("", "You can't lose", ("guaranteed-return", "certain", "can't lose")),
        ("", "Not only guaranteed returns but growth", ("guaranteed-return", "certain", "guaranteed returns")),
        ("", "a risk-free investment", ("no-risk", "certain", "risk-free")),
        ("", "The price is sure to rise", ("certain-outcome", "likely", "sure to rise")),
        ("", "Last chance to subscribe", ("last-chance", "likely", "Last chance")),
        ("", "endorsed by the SFC", ("official-endorsement", "certain", "endorsed by the SFC")),
    ],
)
def test_forbidden_wording_is_found(zh, en, finding):
    assert finding in found(zh, en)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("本公司不保证收益", "The company gives no guaranteed return."),
        ("私募基金管理人不得承诺最低收益", "Returns are not guaranteed."),
        ("任何人承诺保本均属违法", "A guaranteed return is prohibited"),
        ("投资并非零风险", "No investment is risk-free."),
        ("参照无风险利率", "at the risk-free rate"),
        ("谨防以“内部消息”为名的骗局", "Beware of anyone who offers an inside tip."),
        ("交纳保证金", "a guaranteed bond"),
        ("本產品並非保本", "The product is not principal guaranteed"),
        ("不存在任何风险提示的遗漏", "without any misstatement"),
        ("国家级高新技术企业", "a national high-tech enterprise"),
        ("保证产品质量", "We guarantee the quality"),
        ("我们切勿听信稳赚的说法", "never a sure thing"),
    ],
)
def test_what_is_denied_or_means_something_else_is_fine(zh, en):
    assert found(zh, en) == []


def test_a_denial_in_another_clause_does_not_excuse():
    assert found("本公司不收费用，保证收益", "") == [("guaranteed-return", "certain", "保证收益")]
    assert found("", "There is no fee. Guaranteed return.") == [("guaranteed-return", "certain", "Guaranteed return")]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_finds_each_of_its_words_and_names_its_source(rule):
    assert rule.sources
    for form in rule.zh:
        assert rule.id in {entry for entry, _, _ in found(f"特此告知：{form}。", "")}, form
    for form in rule.en:
        assert rule.id in {entry for entry, _, _ in found("", f"Please note: {form}.")}, form
    for form in rule.allowed_zh:
        assert found(f"关于{form}", "") == []
    for form in rule.allowed_en:
        assert found("", f"The {form}") == []


def test_each_finding_has_a_sentence():
    (finding,) = forbidden("保本", "")
    assert finding.sentence == (
        "“保本” promises a return or the safety of the money. Nobody may promise that to investors."
    )
