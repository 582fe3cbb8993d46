"""Which script a text is in, and drafts of the other one."""

import pytest

from listing.bilingual.script import detect, hong_kong_terms, to_hans, to_hant, to_hant_characters


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
