import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from listing.bilingual.language import LANGUAGES, negotiate, understood


def test_the_languages_name_themselves_and_stand_in_the_order_of_the_links():
    assert [(x.code, x.name, x.locale, x.html, x.side) for x in LANGUAGES.values()] == [
        ("zh-Hans", "简体", "zh_Hans", "zh-Hans", "zh"),
        ("zh-Hant", "繁體", "zh_Hant", "zh-Hant", "zh"),
        ("en", "English", "en", "en", "en"),
    ]


def test_babel_knows_every_locale():
    assert [str(Locale.parse(x.locale)) for x in LANGUAGES.values()] == ["zh_Hans", "zh_Hant", "en"]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ("zh zh-CN zh-SG zh-MY zh-Hans zh-Hans-CN zh-Hans-HK zh-Hans-TW zh_CN ZH-cn cmn cmn-Hans-CN zh-XX", "zh-Hans"),
        ("zh-HK zh-MO zh-TW zh-Hant zh-Hant-HK zh-Hant-CN ZH-HANT-hk zh_TW cmn-TW zh-cmn-Hant-HK", "zh-Hant"),
        ("yue yue-HK yue-MO yue-Hant yue-Hant-CN zh-yue zh-yue-HK yue-XX", "zh-Hant"),
        ("yue-Hans yue-CN yue-Hans-HK zh-yue-Hans", "zh-Hans"),
        ("en en-HK en-GB en-US-posix", "en"),
        ("fr zho english zhh i-klingon - -zh * 中文", None),
    ],
)
def test_every_tag_leads_to_its_language(tags, code):
    assert {tag: understood(tag) for tag in tags.split()} == dict.fromkeys(tags.split(), code)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-CN,zh;q=0.9,zh-TW;q=0.8,en;q=0.7", "zh-Hans"),
        ("en-GB,en;q=0.9,zh-HK;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,zh-TW;q=0.3,en;q=0.2", "zh-Hant"),
        ("zh-HK;q=0.9,en;q=0.5,zh-TW;q=0.1", "zh-Hant"),
        ("en;q=0.4, zh-MO ; q=0.5", "zh-Hant"),
        ("zh-SG;q=0.5,en;q=0.5", "zh-Hans"),
        ("en;q=0.5,zh-SG;q=0.5", "en"),
        ("fr,de", "en"),
        ("fr,*;q=0.1", "en"),
        ("en;q=0,*", "zh-Hans"),
        ("en;q=0.2,*;q=0.1,zh-HK;q=0.15", "en"),
        ("zh;q=0", "en"),
        ("zh-HK;q=0,zh-CN;q=0.001", "zh-Hans"),
        ("zh-TW;q=2,en;q=0.1", "en"),
        ("zh-TW;q=abc", "en"),
        ("zh-TW;q=nan,zh-CN;q=0.1", "zh-Hans"),
        ("zh-TW;q=１", "en"),
        ("zh-TW;v=b3;q=0.2,en;q=0.1", "zh-Hant"),
        ("zh-TW;q=1.000;q=0", "zh-Hant"),
        (",,;;q=,zh-MO", "zh-Hant"),
    ],
)
def test_the_header_chooses(header, code):
    assert negotiate(header) == code


@given(st.text() | st.text(alphabet="zhyuetwkencq=;,.*-_01 \x00\udc80").map(lambda s: s * 40))
def test_no_header_raises(header):
    assert negotiate(header) in LANGUAGES


def test_only_the_beginning_of_an_endless_header_is_read():
    assert negotiate("fr," * 1_000_000 + "zh-HK") == "en"
