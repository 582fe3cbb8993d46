"""How exact a figure claims to be: about, nearly, over, under, least, most.

Decides from the words directly before and behind it; a figure without any claims to be exact.
"""

import re

_ZH_BEFORE = {
    "about": "大约 约为 约 大概 左右 估计 估算 粗略 接近于 平均",
    "nearly": "将近 接近 近 几乎 差不多 几近",
    "over": "超过了 超过 超出 超 逾 多于 大于 高于 突破 不止 突破了 高过",
    "under": "不足 不到 低于 少于 小于 未满 不满 未达",
    "least": "至少 不少于 不低于 最少 最低 起码 不小于 ≥",
    "most": "最多 至多 不超过 不高于 不多于 高达 多达 ≤ 不大于",
}
_ZH_BEHIND = {
    "about": "左右 上下 前后 许",
    "over": "多 余 有余 以上 出头 +",
    "under": "以下 不到",
    "least": "及以上 或以上",
    "most": "以内 之内 内 及以下 或以下",
}
_EN_BEFORE = {
    "about": (
        "about around approximately approx. approx roughly some circa c. estimated an-estimated of-the-order-of"
        " ~ average"
    ),
    "nearly": "nearly almost close-to just-under just-below approaching near",
    "over": (
        "over more-than above exceeding exceeded exceeds exceed in-excess-of greater-than upwards-of just-over"
        " well-over surpassed passed passes topped > beyond"
    ),
    "under": "under less-than fewer-than below lower-than short-of <",
    "least": "at-least no-less-than no-fewer-than not-less-than a-minimum-of minimum ≥",
    "most": (
        "up-to at-most as-many-as as-much-as no-more-than not-more-than a-maximum-of maximum as-high-as"
        " ≤ not-exceeding not-exceed within capped-at"
    ),
}
_EN_BEHIND = {
    "about": "or-so or-thereabouts",
    "over": "plus + -plus -odd and-more and-over",
    "least": "at-least or-more and-above",
    "most": "at-most or-less or-fewer",
}


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {re.sub(r"(?<=\w)-", " ", word): hedge for hedge, words in rows.items() for word in words.split()}


def _either(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE = {"zh": _table(_ZH_BEFORE), "en": _table(_EN_BEFORE)}
_BEHIND = {"zh": _table(_ZH_BEHIND), "en": _table(_EN_BEHIND)}
_ZH_B = re.compile(rf"(?P<w>{_either(_BEFORE['zh'])})(?:了|是|有|为|达|的)? {{0,2}}$")
_EN_B = re.compile(rf"(?<![a-z])(?P<w>{_either(_BEFORE['en'])})(?: (?:an?|the|additional|another))?(?: |-)?$")
_ZH_A = re.compile(rf" {{0,1}}(?P<w>{_either(_BEHIND['zh'])})(?![边半\d])")
_EN_A = re.compile(rf" ?(?P<w>{_either(_BEHIND['en'])})(?![a-z\d])")
WINDOW = 22


def hedge(text: str, start: int, end: int, *, lang: str) -> str | None:
    """Return the hedge of the figure at ``start`` to ``end`` of a plain lower-case text, None for an exact claim."""
    before = (_ZH_B if lang == "zh" else _EN_B).search(text[max(0, start - WINDOW) : start])
    if before:
        return _BEFORE[lang][before["w"]]
    behind = (_ZH_A if lang == "zh" else _EN_A).match(text, end)
    return _BEHIND[lang][behind["w"]] if behind else None
