"""Every text of the product stands in all three languages, complete, clean and in use."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import polib
import pytest

from .test_library_catalogues import half_width, signature, texts, untranslated

ROOT = Path(__file__).parent.parent
SCRIPTS = ("zh_Hans", "zh_Hant")
# Said alike in both languages on purpose: names and codes.
# One word for one thing: these belong to the other side of the boundary, or are the second spelling of a word of ours.
FOREIGN = {
    "zh_Hans": (
        "登入",
        "帐户",
        "帐号",
        "电邮",
        "资讯",
        "储存",
        "上载",
        "档案",
        "支援",
        "你",
        "运营机构",
        "注册用户",
        "审核人员",
        "标头",
        "发行条款",
    ),
    "zh_Hant": (
        "登錄",
        "賬",
        "戶口",
        "郵箱",
        "工作日",
        "正文",
        "信息",
        "擁有者",
        "變更記錄",
        "家企業",
        "營運方",
        "幣種",
        "允許",
        "憑證",
        "審核人員",
        "發行條款",
        "軟體",
        "網路",
        "鏈接",
        "視頻",
        "上傳",
        "你",
    ),
}
SAME_IN_CHINESE = {"CSV", "JSON", "LEI", "Atom", "Passkeys", "English"}


def _tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Every text of code and templates as of now: (singular, plural)."""
    target = tmp_path_factory.mktemp("pot") / "messages.pot"
    return {(e.msgid, e.msgid_plural) for e in polib.pofile(str(_tool("messages").extract(target)))}


@cache
def catalogue(locale: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"))


@pytest.mark.parametrize("locale", [*SCRIPTS, "en"])
def test_nothing_is_missing_fuzzy_or_unused(said, locale):
    had = {(e.msgid, e.msgid_plural) for e in catalogue(locale) if not e.obsolete and all(texts(e))}
    assert sorted(said - had) == []
    assert sorted(had - said) == []
    assert [e.msgid for e in catalogue(locale) if e.fuzzy or e.obsolete] == []


@pytest.mark.parametrize("locale", SCRIPTS)
def test_placeholders_survive_translation(locale):
    wrong = [
        e.msgid for e in catalogue(locale) for t in texts(e) if signature(t) != signature(e.msgid_plural or e.msgid)
    ]
    assert wrong == []


@pytest.mark.parametrize("locale", SCRIPTS)
def test_chinese_is_chinese_with_full_width_punctuation(locale):
    assert half_width(catalogue(locale), None) == []
    assert sorted(set(untranslated(catalogue(locale), None)) - SAME_IN_CHINESE) == []


@pytest.mark.parametrize("locale", SCRIPTS)
def test_each_side_keeps_to_its_own_words(locale):
    said = [(word, t) for e in catalogue(locale) for t in texts(e) for word in FOREIGN[locale] if word in t]
    assert said == []


@pytest.mark.parametrize("locale", SCRIPTS)
def test_a_date_or_number_stands_apart_from_the_character_before_it(locale):
    tight = re.compile(r"[\u3400-\u9fff]%\((?:day|date|when|count|most|limit|year)\)s")
    assert [t for e in catalogue(locale) for t in texts(e) if tight.search(t)] == []


def test_english_answers_with_the_text_itself():
    assert [e.msgid for e in catalogue("en") if not e.msgid_plural and e.msgstr != e.msgid] == []
