"""What agrees and what does not between two texts. The sentences are our own."""

import pytest

from listing.bilingual.agreement import check


def found(zh: str, en: str) -> list[tuple[str, str, str | None, str | None]]:
    """What the tests compare: kind, severity, and the figures of both sides."""
    return [(f.kind, f.severity, f.zh and f.zh.text, f.en and f.en.text) for f in check(zh, en)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("公司去年营收2,030万元。", "Revenue last year was RMB20.3 million."),
        ("订单总额103.7亿元", "Orders totalled RMB 10.37 billion"),
        (
            "截至2025年6月30日止六个月，毛利率为31.5%",
            "For the six months ended 30 June 2025, gross margin was 31.5 per cent",
        ),
        ("員工約1,200人，其中六成從事研發", "About 1,200 staff, 60% of them in research"),
        ("港股代號0700.HK", "stock code 0700.HK"),
        ("年產能翻一番", "Annual capacity doubled"),
        ("占地50亩", "The site covers 50 mu"),
        ("园区占地20公顷", "The park covers 49.4 acres"),
        ("会议于晚上7点半开始", "The meeting starts at 7:30 pm"),
        ("“十四五”规划期间", "During the 14th Five-Year Plan"),
        ("成立于20世纪90年代", "Founded in the 1990s"),
        ("三分之一的客户来自海外", "One in three customers is overseas"),
        ("期限为60天", "The term is two months"),
        ("保修1年", "A warranty of a year"),
        ("拥有两家子公司", "It has subsidiaries in Shenzhen"),
        ("股价上涨了5个基点", "The price rose by five basis points"),
        ("适用于5G基站的H200芯片", "H200 chips for 5G base stations"),
        ("每股派息0.05港元", "a dividend of HK5 cents per share"),
        ("估值为5,000万至6,000万美元", "valued at between US$50 and 60 million"),
        ("2024/25财年", "FY2024/25"),
        ("50个基点", "0.5 percentage points"),
        ("千分之五", "0.5 per cent"),
        ("增长一倍", "doubled"),
        ("增长了两倍", "tripled"),
        ("产量下降一半", "output halved"),
        ("第三屆董事會第十二次會議", "the twelfth meeting of the third session of the Board"),
        ("約兩星期", "about a fortnight"),
        ("2023 年 3 月完成 200 毫米产线", "A 200 mm line was completed in March 2023"),
        ("压力为 60 兆帕", "a pressure of 60 megapascals"),
        ("公司与三四家机构洽谈", "The company is in talks with several institutions"),
    ],
)
def test_pairs_that_agree(zh, en):
    assert [finding for finding in found(zh, en) if finding[1] != "hint"] == []


@pytest.mark.parametrize(
    ("zh", "en", "finding"),
    [
        ("营收2030万元", "revenue of RMB203 million", ("magnitude", "certain", "2030万元", "RMB203 million")),
        ("营收103.7亿元", "revenue of RMB103.7 million", ("magnitude", "certain", "103.7亿元", "RMB103.7 million")),
        ("员工384人", "843 employees", ("value", "certain", "384", "843")),
        ("成立于2015年", "founded in 2016", ("value", "certain", "2015年", "2016")),
        ("2025年6月30日", "30 June 2024", ("value", "certain", "2025年6月30日", "30 June 2024")),
        ("毛利率31.5%", "gross margin of 3.15%", ("magnitude", "certain", "31.5%", "3.15%")),
        ("毛利率31.5%", "gross margin of 31.5", ("unit", "likely", "31.5%", "31.5")),
        ("提高2个百分点", "up by 2 per cent", ("unit", "likely", "2个百分点", "2 per cent")),
        ("注册资本500万美元", "capital of HK$5 million", ("currency", "certain", "500万美元", "HK$5 million")),
        ("客户300家", "many customers", ("missing_in_english", "likely", "300", None)),
        ("客户众多", "300 customers", ("missing_in_chinese", "likely", None, "300")),
        ("三家工厂", "5 factories", ("value", "likely", "三", "5")),
        ("利润增长12%", "profit fell 12 per cent", ("direction", "likely", "12%", "12 per cent")),
        ("型号CMV-22", "model CMV-82", ("value", "likely", "CMV-22", "CMV-82")),
        ("会议于19:35开始", "The meeting starts at 19:30", ("value", "certain", "19:35", "19:30")),
        ("比分31：57", "a score of 31-27", ("value", "likely", "31：57", "31")),
        ("营收增长3倍", "revenue tripled", ("value", "likely", "3倍", "tripled")),
    ],
)
def test_pairs_that_do_not_agree(zh, en, finding):
    assert finding in found(zh, en)


def test_a_rounded_value_passes_where_it_says_so_and_warns_where_it_does_not():
    assert found("约1.23亿元", "approximately RMB120 million") == [("rounding", "hint", "1.23亿元", "RMB120 million")]
    assert found("1.23亿元", "RMB120 million") == [("rounding", "likely", "1.23亿元", "RMB120 million")]


def test_one_significant_digit_is_no_rounding():
    assert found("14家", "10 companies") == [("value", "certain", "14", "10")]


def test_a_dollar_sign_alone_may_be_any_dollar():
    assert found("500港元", "$500") == [("currency", "hint", "500港元", "$500")]


def test_a_limit_that_one_side_lacks_is_a_hint():
    assert found("至少300家", "300 companies") == [("hedge", "hint", "300", "300")]


def test_a_possibility_is_not_a_promise():
    assert found("公司可能派发股息", "The company will pay a dividend") == [("modality", "hint", "可能", "will")]
    assert found("公司将派发股息", "The company may pay a dividend") == [("modality", "hint", "将", "may")]
    assert found("公司可能派发股息", "The company may pay a dividend") == []


def test_one_text_that_gives_one_thing_two_values():
    zh = "注册资本为5,000万元。公司注册资本6,000万元。"
    assert found(zh, "registered capital RMB50 million; registered capital RMB60 million")[0] == (
        "repeated",
        "hint",
        "6,000万元",
        None,
    )
    years = "2023年底注册资本5,000万元，2024年底注册资本6,000万元"
    assert found(years, "RMB50 million at the end of 2023, RMB60 million at the end of 2024") == []


def test_findings_stand_in_the_order_of_the_text():
    zh, en = "员工384人，成立于2015年，毛利率31.5%", "843 staff, founded in 2015, gross margin of 31.5"
    assert [finding.zh.text for finding in check(zh, en)] == ["384", "31.5%"]


def test_every_finding_says_what_it_found():
    finding = check("营收2030万元", "revenue of RMB203 million")[0]
    assert finding.sentence == "The figures differ by a factor of 10: 2030万元 in Chinese, RMB203 million in English."
    record = finding.record()
    assert sorted(record) == ["en", "kind", "message", "severity", "zh"]
    assert record["zh"]["value"] == "20300000"


def test_a_figure_said_twice_on_one_side_is_no_error():
    assert found("营收300万元", "Revenue was RMB3 million. The RMB3 million came from licences.") == []


def test_a_repetition_is_doubted_where_the_other_side_lacks_something_too():
    zh, en = "提供3项服务，另有4项在建", "It offers 3 services, with another 3 being built"
    assert found(zh, en) == [("value", "certain", "4", "3")]


def test_the_better_partner_is_taken_whatever_the_order():
    assert found("第5期增长5%，共5期", "Growth of 5% in the 5th of 5 phases") == []
    assert found("增长5%，第5期", "in the 5th phase, growth of 5%") == []
