"""Which script a text is in, and drafts of the other one."""

import pytest

from listing.bilingual.derived import confirm, derive, edit, follow
from listing.bilingual.script import (
    detect,
    hong_kong_terms,
    mainland_terms,
    to_hans,
    to_hant,
    to_hant_characters,
    to_mainland,
)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("深圳市腾讯计算机系统有限公司", "Hans"),
        ("騰訊控股有限公司", "Hant"),
        ("滙豐控股", "Hant"),
        ("恒生银行", "Hans"),
        ("恒生銀行", "Hant"),
        ("中芯集成", None),  # written alike in both
        ("皇后大道中", None),  # 后 and 里 are not simplified here
        ("Tencent 2026", None),
        ("", None),
        ("\0\ud800𠮷", None),
    ],
)
def test_script_is_told_by_characters_of_one_script_only(text, script):
    assert detect(text) == script


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("今年台风", "今年颱風"),
        ("台湾台风", "台灣颱風"),
        ("舞台风格与平台风险", "舞台風格與平台風險"),
        ("软件、信息、网络、数据", "軟件、資訊、網絡、數據"),
        ("信息披露", "資料披露"),
        ("登录您的账户", "登入您的帳戶"),
        ("登记", "登記"),
        ("准入", "准入"),
        ("结算法律", "結算法律"),  # 算法 is no word here
        ("公里与里面", "公里與裏面"),
        ("税务说明", "稅務說明"),
        ("服务器芯片", "伺服器晶片"),
        ("", ""),
    ],
)
def test_a_draft_for_hong_kong_uses_its_characters_and_words(hans, hant):
    assert to_hant(hans) == hant


def test_simplified_keeps_words_and_changes_characters():
    assert to_hans("資訊科技軟件與裏面的皇后") == "资讯科技软件与里面的皇后"


def test_a_name_keeps_its_words_in_the_other_script():
    assert to_hant_characters("神州信息税务说明") == "神州信息稅務說明"


def test_conversion_never_raises_and_keeps_what_is_not_chinese():
    assert to_hant("a\0b\ud800𠮷") == "a\0b\ufffd𠮷"
    assert to_hans("<script>&amp;") == "<script>&amp;"


def test_no_term_is_written_in_forms_that_the_table_itself_replaces():
    assert len(hong_kong_terms()) > 100
    assert [written for written in hong_kong_terms().values() if set("户説税鋭閲脱") & set(written)] == []


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("台风过后，后台风险与平台风控", "颱風過後，後台風險與平台風控"),
        ("皇后之后，影后前后", "皇后之後，影后前後"),
        ("公里与里程，这里", "公里與里程，這裏"),
        ("准入准则与准备", "准入準則與準備"),
        ("了解、瞭望、一目了然", "了解、瞭望、一目了然"),
        ("干部、干燥、干预、乾坤", "幹部、乾燥、干預、乾坤"),
        ("发展、头发、发行", "發展、頭髮、發行"),
        ("面粉面对面", "麵粉面對面"),
        ("制造、制度、复制、回复", "製造、制度、複製、回覆"),
        ("联合同意，签订合同", "聯合同意，簽訂合約"),
        ("经营活动现金流量", "經營活動現金流量"),
        ("用户名与用户名称", "用戶名稱與用戶名稱"),
        ("隐私政策与证监会", "私隱政策與中國證監會"),
        ("香港证监会", "香港證監會"),
    ],
)
def test_known_mistakes_of_the_conversion_are_put_right(hans, hant):
    assert to_hant(hans) == hant


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("資訊科技與晶片", "信息技术与芯片"),
        ("招股章程及所得款項用途", "招股说明书及募集资金用途"),
        ("合資格投資者的私隱", "合格投资者的隐私"),
        ("附屬公司的核數師", "子公司的审计师"),
        ("颱風後的皇后大道，乾淨的頭髮", "台风后的皇后大道，干净的头发"),
    ],
)
def test_a_draft_for_the_mainland_uses_its_characters_and_words(hant, hans):
    assert to_mainland(hant) == hans


def test_names_codes_and_addresses_are_never_touched():
    name, address = "深圳市信息芯片有限公司", "深圳市南山区软件园路1号"
    text = f"{name}（{address}）研发芯片，代码 GBA-信息01。"
    assert to_hant(text, keep=(name, address, "GBA-信息01", "")) == f"{name}（{address}）研發晶片，代碼 GBA-信息01。"
    assert to_mainland("資訊芯片公司的資訊", keep=("資訊芯片公司",)) == "資訊芯片公司的信息"


def test_the_words_of_a_title_stay():
    assert to_hant("《个人信息保护法》保护个人信息") == "《個人信息保護法》保護個人資料"
    assert to_hant("《未完") == "《未完"


def test_every_entry_is_one_that_the_conversion_can_meet():
    assert len(hong_kong_terms()) > 250
    assert len(mainland_terms()) > 60
    unstable = [key for key, word in mainland_terms().items() if to_mainland(to_mainland(word)) != to_mainland(word)]
    assert unstable == []


def test_a_conversion_follows_its_source_and_an_edited_text_turns_stale():
    converted = derive("芯片研发", "Hant")
    assert (converted.text, converted.edited, converted.is_stale("网络")) == ("晶片研發", False, False)
    assert follow(converted, "网络芯片").text == "網絡晶片"
    assert edit(converted, "晶片研發", "芯片研发") == converted  # saved as it was
    own = edit(converted, "晶片的研究及開發", "芯片研发")
    assert (own.edited, own.is_stale("芯片研发"), own.is_stale("网络芯片")) == (True, False, True)
    assert follow(own, "网络芯片") == own
    assert not confirm(own, "网络芯片").is_stale("网络芯片")
    assert not edit(own, "網絡晶片", "网络芯片").is_stale("网络芯片")
