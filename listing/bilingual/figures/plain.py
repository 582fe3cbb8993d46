"""The text as the readers of figures see it: one writing for each digit, sign and numeral character.

Every change replaces one character by one character, so positions stay those of the original text.
"""

import re
import sys
import unicodedata

_DIGITS = {
    point: str(unicodedata.decimal(chr(point)))
    for point in range(0x80, min(sys.maxunicode, 0x1FFFF) + 1)
    if unicodedata.decimal(chr(point), None) is not None
}
_SIGNS = dict(
    zip(
        map(ord, "．％＋－：／～〜∼＄￥￡（）－−–—‐‑﹣﹪＾　\u00a0\u2009\u202f\u2002\u2003"),
        ".%+-:/~~~$¥£()-------%^      ",
        strict=True,
    )
)
_HAN = dict(
    zip(
        map(ord, "數雙對約萬億兩壹贰貳叁柒捌玖佰仟圓圆負點個餘約幾倆俩〇○弌參"),
        "数双对约万亿两一二二三七八九百千元元负点个余约几两两零零一参",
        strict=True,
    )
)
# Units, measure words and hedges of the other script; words are not converted, only these characters.
_FOLD = dict(
    zip(
        map(
            ord,
            "過週歲噸畝頃釐鎊歐韓臺幣門紀財後從間達減漲長貨塊錢億萬號時鐘鍾點夠僅連將換準類種筆輛項層"
            "樓頁戶隻條張單節輪場屆萊納奧盧賓馬來爾慮處環產爲為與於還這樣讓齡齊樂業實現際國進區縣鎮開"
            "關無線網絡總額約標盤價華聖龍東體會寬計頭禮規劃級碼隊棟顆組冊輯銖機遊員發聲農陽陰曆稅淨負攝載則內滿許",
        ),
        "过周岁吨亩顷厘镑欧韩台币门纪财后从间达减涨长货块钱亿万号时钟钟点够仅连将换准类种笔辆项层"
        "楼页户只条张单节轮场届莱纳奥卢宾马来尔虑处环产为为与于还这样让龄齐乐业实现际国进区县镇开"
        "关无线网络总额约标盘价华圣龙东体会宽计头礼规划级码队栋颗组册辑铢机游员发声农阳阴历税净负摄载则内满许",
        strict=True,
    )
)
_WIDE_LETTERS = {0xFF21 + at: chr(65 + at) for at in range(26)} | {0xFF41 + at: chr(97 + at) for at in range(26)}
_TABLE = {**_WIDE_LETTERS, **_FOLD, **_SIGNS, **_HAN, **_DIGITS}
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[ ]?[０-９])")
# Formal numerals that are daily words elsewhere (队伍, 登陆, 收拾) count only beside other numerals.
_FORMAL = re.compile(
    "[一二三四五六七八九零十百千万亿点肆伍陆陸拾]+(?: {0,3}[一二三四五六七八九零十百千万亿点分之成折肆伍陆陸拾]+)*"
)
_FORMAL_TABLE = str.maketrans("肆伍陆陸拾", "四五六六十")
_HINTS = frozenset("肆伍陆陸拾")
_LOWER = {point: point + 32 for point in range(65, 91)}


_ACCOUNTING = re.compile(r"(?<=[元币$£€¥])\((?=\d[\d,.]*\))|(?<=(?i:rmb|cny|hkd|usd|mop))\((?=\d[\d,.]*\))")
_CLOSED = re.compile(r"(?<=\d)\)")


def _negative(text: str) -> str:
    """HK$(3.2) million as HK$-3.2  million: how accounts write what is below nothing."""
    parts = _ACCOUNTING.split(text)
    return "-".join([parts[0], *(_CLOSED.sub(" ", part, count=1) for part in parts[1:])])


def _formal(found: re.Match[str]) -> str:
    run = found.group()
    return run.translate(_FORMAL_TABLE) if len(run) > 1 and not run.isspace() else run


def plain(text: str) -> str:
    """Return the text with ASCII digits and signs and with simplified numerals and units; of the same length."""
    if "，" in text:
        text = _WIDE_COMMA.sub(",", text)
    text = text.translate(_TABLE)
    if "(" in text:
        text = _negative(text)
    return _FORMAL.sub(_formal, text) if not _HINTS.isdisjoint(text) else text


def lower(text: str) -> str:
    """Return the text with the letters A to Z in lower case; of the same length, unlike ``str.lower``."""
    return text.translate(_LOWER)
