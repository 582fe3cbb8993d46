"""What the words around a figure say: up or down, may or will.

Decides from a closed list of words near the figure, and says nothing where both directions stand there. Figures
themselves are compared elsewhere.
"""

import re

from listing.bilingual.agreement.alignment import Match
from listing.bilingual.agreement.finding import HINT, LIKELY, Finding
from listing.bilingual.figures import Figure

_ZH_UP = "增长|增加|上升|上涨|提高|提升|回升|上调|攀升|飙升|增幅|涨幅|增|涨|升"
_ZH_DOWN = "下降|下跌|下滑|减少|降低|缩减|缩小|下调|回落|萎缩|跌幅|降幅|锐减|减|跌|降"
_EN_UP = r"rose|ris(?:e|es|en|ing)|gr[eo]w(?:s|n|th|ing)?|increas\w*|up|gain\w*|climb\w*|jump\w*|surg\w+|soar\w*|higher"
_EN_DOWN = (
    r"fell|fall(?:s|en|ing)?|declin\w+|decreas\w+|drop\w*|down|reduc\w+|shr[aiu]nk\w*|lower\w*|sl[iu]d\w*"
    r"|plung\w+|tumbl\w+"
)
_ZH = re.compile(f"(?P<up>{_ZH_UP})|(?P<down>{_ZH_DOWN})")
_EN = re.compile(rf"(?<![a-z])(?:(?P<up>{_EN_UP})|(?P<down>{_EN_DOWN}))(?![a-z])")
_TO_HANS = str.maketrans("增長漲昇減縮調飆銳", "增长涨升减缩调飙锐")
_CLAUSE = re.compile(r"[，。；：、,;:!?！？（）()\n]|\. ")
BEFORE = {"zh": 10, "en": 32}
BEHIND = {"zh": 3, "en": 18}
_MOVES = frozenset(("percent", "multiple"))


def _near(text: str, figure: Figure, lang: str) -> str:
    """The words before and behind a figure within its clause, in lower case."""
    before = _CLAUSE.split(text[max(0, figure.start - BEFORE[lang]) : figure.start])[-1]
    behind = _CLAUSE.split(text[figure.end : figure.end + BEHIND[lang]])[0]
    return f"{before} {behind}".lower().translate(_TO_HANS)


def direction(text: str, figure: Figure, lang: str) -> str | None:
    """Return up or down where the words near a figure say one of them and not the other."""
    found = {match.lastgroup for match in (_ZH if lang == "zh" else _EN).finditer(_near(text, figure, lang))}
    return found.pop() if len(found) == 1 else None


def directions(matches: tuple[Match, ...], zh: str, en: str) -> list[Finding]:
    """Return a finding for each matched share or multiple that goes up in one text and down in the other."""
    findings = []
    for match in matches:
        if match.zh.kind in _MOVES and match.en.kind in _MOVES:
            said = {direction(zh, match.zh, "zh"), direction(en, match.en, "en")}
            if said == {"up", "down"}:
                findings.append(Finding("direction", LIKELY, match.zh, match.en))
    return findings


_MAY_ZH = re.compile("可能|或将|或会|或許|或许|有望|也许|也許|恐怕|恐将|预计|預計|如果|若|可以|能")
_WILL_ZH = re.compile("必将|必將|将会|將會|将|將(?!来|來)|承诺|承諾|保证|保證")
_MAY_EN = re.compile(
    r"(?<![A-Za-z])(?:may|might|could|can|possibl[ey]|perhaps|potential(?:ly)?|likely|expect\w*|if|would)(?![a-z])"
)
_WILL_EN = re.compile(r"(?<![A-Za-z])(?:will|shall|guarantees?|promises?)(?![a-z])", re.IGNORECASE)
_STRONG_ZH = re.compile("可能|或将|或會|或会")
_STRONG_EN = re.compile(r"(?<![A-Za-z])(?:may|might|could)(?![a-z])")


def _word(found: re.Match[str]) -> Figure:
    return Figure(found.group(), found.start(), found.end(), "modal", found.group())


def _changed(weak: re.Match[str] | None, strong: re.Match[str] | None, other: re.Match[str] | None) -> bool:
    return weak is not None and strong is not None and other is None


def modality(zh: str, en: str) -> list[Finding]:
    """Return a hint where one text says may and the other will, and neither says both."""
    may_zh, may_en = _STRONG_ZH.search(zh), _STRONG_EN.search(en)
    will_zh, will_en = _WILL_ZH.search(zh), _WILL_EN.search(en)
    if _changed(may_zh, will_en, _MAY_EN.search(en)):
        pair = _word(may_zh), _word(will_en)
    elif _changed(may_en, will_zh, _MAY_ZH.search(zh)):
        pair = _word(will_zh), _word(may_en)
    else:
        return []
    return [Finding("modality", HINT, *pair)]
