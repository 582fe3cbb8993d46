"""Wording that no text on the platform may hold, in either language, and the rule that says so.

Decides from forbidden.yaml, and passes over what a text denies: 不保证收益, no guaranteed return. Each rule declares
its severity; ``certain`` holds up publication. A text that argues with a promise at length may still be found.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from listing.bilingual.terms.finding import Mention, TermFinding
from listing.bilingual.terms.glossary import Source, read, source
from listing.bilingual.terms.matching import Chinese, English, Place, fold, longest, strict, words

BEFORE_ZH, BEHIND_ZH = 10, 12  # characters of the same clause in which a denial is looked for
BEFORE_EN, BEHIND_EN = 60, 40

_CLAUSE_ZH = re.compile("[，。；！？：\n,;!?:]")
_CLAUSE_EN = re.compile(r"[;:!?\n]|\.\s|,\s(?:but|yet)\b")
# Denials, without those that only lead up to an assertion (不仅, 不但, 无论) or that are part of another word.
_DENIED_ZH = re.compile(
    "不(?![仅但只光止同断])|未(?!来)|没有?|并非|绝非|而非|非(?!常)|无法|毋|勿|杜绝|严禁|禁止|拒绝|避免|防范|警惕|谨防|切忌|虚假|所谓"
    "|无(?!论|疑|需|须|忧)"
)
_DENIED_BEHIND_ZH = re.compile("是?违[法规反]|被?禁止|并?不存在|并?不成立|不可信|属[于]?诈骗|骗局|不得")
_DENIED_EN = re.compile(
    r"\b(?:no|not(?!\s+only\b)|never|neither|nor|without|cannot|can't|don't|doesn't|didn't|won't|isn't|aren't|none|non"
    r"|avoid|prohibit\w*|forbid\w*|ban(?:s|ned)?|beware|so-called|refrain|false|disclaim\w*)\b"
)
_DENIED_BEHIND_EN = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:(?:is|are|be)\s+)?(?:not\b|never\b|unlawful|illegal|prohibit\w*|forbidden|banned|a\s+scam|fraud\w*)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of forbidden wording: the words, why, how heavy, and which rule says so."""

    id: str
    reason: str
    severity: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    allowed_zh: tuple[str, ...]
    allowed_en: tuple[str, ...]
    sources: tuple[Source, ...]
    status: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule as the file has it."""
    return tuple(_rule(entry) for entry in read("forbidden.yaml"))


def _rule(entry: Mapping[str, object]) -> Rule:
    lists = {name: tuple(entry.get(name, ())) for name in ("zh", "en", "allowed_zh", "allowed_en")}
    sources = tuple(source(written) for written in entry["sources"])
    return Rule(entry["id"], entry["reason"], entry["severity"], sources=sources, status=entry["status"], **lists)


@cache
def _lexicons() -> tuple[Chinese, English, Mapping[str, Rule | None], Mapping[str, Rule | None]]:
    of_zh: dict[str, Rule | None] = {}
    of_en: dict[str, Rule | None] = {}
    for rule in rules():
        of_zh |= {fold(form): rule for form in rule.zh} | {fold(form): None for form in rule.allowed_zh}
        of_en |= {" ".join(words(form).keys): rule for form in rule.en}
        of_en |= {" ".join(words(form).keys): None for form in rule.allowed_en}
    return Chinese(of_zh), English(of_en, strict), of_zh, of_en


def forbidden(zh: str, en: str) -> list[TermFinding]:
    """Return the forbidden wording of two texts, either of which may be empty; what is denied is not found."""
    chinese, english, of_zh, of_en = _lexicons()
    folded, lower = fold(zh), en.lower() if len(en.lower()) == len(en) else en
    in_zh = _found(longest(chinese.places(folded)), of_zh)
    in_en = _found(longest(english.places(words(en))), of_en)
    findings = [
        _finding(rule, zh=Mention(zh[p.start : p.end], p.start, p.end))
        for p, rule in in_zh
        if not _denied_zh(folded, p)
    ]
    findings += [
        _finding(rule, en=Mention(en[p.start : p.end], p.start, p.end)) for p, rule in in_en if not _denied_en(lower, p)
    ]
    return findings


def _finding(rule: Rule, zh: Mention | None = None, en: Mention | None = None) -> TermFinding:
    return TermFinding("forbidden", rule.severity, zh, en, entry=rule.id, reason=rule.reason)


def _found(places: Sequence[Place], of: Mapping[str, Rule | None]) -> Iterable[tuple[Place, Rule]]:
    return [(place, of[place.form]) for place in places if of[place.form]]


def _denied_zh(text: str, place: Place) -> bool:
    before = _CLAUSE_ZH.split(text[max(0, place.start - BEFORE_ZH) : place.start])[-1]
    behind = _CLAUSE_ZH.split(text[place.end : place.end + BEHIND_ZH])[0]
    return bool(_DENIED_ZH.search(before) or _DENIED_BEHIND_ZH.search(behind))


def _denied_en(text: str, place: Place) -> bool:
    before = _CLAUSE_EN.split(text[max(0, place.start - BEFORE_EN) : place.start])[-1]
    behind = _CLAUSE_EN.split(text[place.end : place.end + BEHIND_EN])[0]
    return bool(_DENIED_EN.search(before) or _DENIED_BEHIND_EN.search(behind))
