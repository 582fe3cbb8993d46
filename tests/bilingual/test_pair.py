from dataclasses import FrozenInstanceError

import pytest

from listing.bilingual.pair import Pair, Side

FULL = Pair("激光雷达", "Lidar")
ONLY_ZH = Pair("激光雷達", " \u3000", "Hant")
ONLY_EN = Pair("\n", "Lidar")
EMPTY = Pair("", "")


@pytest.mark.parametrize(
    ("pair", "complete", "missing"),
    [(FULL, True, ()), (ONLY_ZH, False, ("en",)), (ONLY_EN, False, ("zh",)), (EMPTY, False, ("zh", "en"))],
)
def test_blanks_do_not_complete_a_pair(pair, complete, missing):
    assert (pair.complete, pair.missing) == (complete, missing)


@pytest.mark.parametrize(("lang", "text"), [("zh-Hans", "激光雷达"), ("zh-Hant", "激光雷达"), ("en", "Lidar")])
def test_the_side_follows_the_interface_language_and_keeps_the_script_typed(lang, text):
    assert FULL.side(lang) == text


def test_the_interface_language_stands_first_and_each_side_has_its_tag():
    assert FULL.ordered("zh-Hant") == (Side("激光雷达", "zh-Hans"), Side("Lidar", "en"))
    assert FULL.ordered("en") == (Side("Lidar", "en"), Side("激光雷达", "zh-Hans"))
    assert ONLY_ZH.ordered("en")[1] == Side("激光雷達", "zh-Hant")


def test_a_missing_side_gives_way_to_the_other():
    assert ONLY_ZH.shown("en") == Side("激光雷達", "zh-Hant")
    assert ONLY_EN.shown("zh-Hans") == Side("Lidar", "en")
    assert FULL.shown("en") == Side("Lidar", "en")


def test_the_script_counts_in_equality():
    assert Pair("中山", "Zhongshan", "Hant") != Pair("中山", "Zhongshan")


@pytest.mark.parametrize("script", ["", "hans", "Latn", None])
def test_another_script_is_refused(script):
    with pytest.raises(ValueError, match="Hans or Hant"):
        Pair("中", "en", script)


def test_a_pair_does_not_change():
    with pytest.raises(FrozenInstanceError):
        FULL.zh = "别的"


@pytest.mark.parametrize(
    ("zh", "en", "misplaced"),
    [
        ("公司去年营收增长。", "Revenue grew last year.", ()),
        ("Revenue grew last year.", "Revenue grew last year.", ("zh",)),
        ("Revenue grew.", "公司去年营收增长。", ("zh", "en")),
        ("公司主打 ChatBoat 3 产品。", "Its main product is ChatBoat 3 (聊天船三号).", ()),
        ("30%", "30%", ()),  # says it in either
        ("", "", ()),
    ],
)
def test_a_text_in_the_other_language_is_misplaced(zh, en, misplaced):
    assert Pair(zh, en).misplaced == misplaced
