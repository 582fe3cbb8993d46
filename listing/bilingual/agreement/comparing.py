"""What does not agree between the Chinese and the English of a text.

Decides the findings and their severity from the alignment of the figures. Wording is in finding.py. A figure in
words alone (one, 两) never alarms by its absence: free translations do without; one in digits does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from listing.bilingual.agreement.alignment import Alignment, Match, align
from listing.bilingual.agreement.facets import CONFLICT, NUMBERS, PART, dated, facets, same_currency, skeleton
from listing.bilingual.agreement.finding import CERTAIN, HINT, LIKELY, Finding
from listing.bilingual.agreement.meaning import directions, modality
from listing.bilingual.agreement.repeated import repeated
from listing.bilingual.agreement.rounding import converted, one_value, shown
from listing.bilingual.figures import Figure, figures

EXACTNESS = 3  # more digits than the other side: about 53,003 is not what 约5.3万 says
WINDOW = 12  # leftover figures of the other side that one is compared with

Pairs = list[tuple[Figure, Figure]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What does not agree between two texts, in their order, and the pairs of figures that do."""

    findings: tuple[Finding, ...]
    agreeing: tuple[tuple[Figure, Figure], ...]


def hard(figure: Figure) -> bool:
    """Return whether a figure may not go missing: written in digits, and no name."""
    century = figure.kind == "date" and str(figure.value).endswith("00X")
    return not figure.words and figure.kind != "identifier" and not century


def _group(figure: Figure) -> str:
    return "number" if figure.kind in NUMBERS else figure.kind


def _factor(first: Figure, second: Figure) -> str | None:
    """The power of ten between two values, as 10, 100 …; None for any other difference."""
    if (
        not (isinstance(first.value, Decimal) and isinstance(second.value, Decimal))
        or not first.value
        or not second.value
    ):
        return None
    power = first.value.adjusted() - second.value.adjusted()
    if power and first.value.scaleb(-power) == second.value:
        return f"{10 ** abs(power):,}"
    return None


def _unequal(zh: Figure, en: Figure, *, alone: bool) -> Finding:
    factor = _factor(zh, en)
    same = _group(zh) == _group(en)
    severity = CERTAIN if same and (alone or factor) and hard(zh) and hard(en) else LIKELY
    if factor:
        return Finding("magnitude", severity, zh, en, (("factor", factor),))
    return Finding("value", severity, zh, en)


def _conflict(match: Match) -> Finding | None:
    zh, en = match.zh, match.en
    if zh.kind == en.kind == "money":
        return Finding(
            "currency", CERTAIN if zh.currency and en.currency and "元" not in (zh.unit, en.unit) else LIKELY, zh, en
        )
    if "+×" in (zh.unit, en.unit):  # 增长3倍 is four times as much; tripled is three, and three times is either
        plainly = en.text.lower().startswith(("doubl", "tripl", "trebl", "quadrupl"))
        return Finding("value", LIKELY if plainly else HINT, zh, en)
    weak = zh.words or en.words
    return Finding("unit", HINT if weak else LIKELY, zh, en)


_INEXACT = {"about", "nearly", "over", "under"}  # at most and at least name an exact limit
_CONTRARY = ({"over", "least"}, {"under", "most", "nearly"})


def _hedges(match: Match) -> Finding | None:
    zh, en = match.zh.hedge, match.en.hedge
    if zh == en or not (zh or en):
        return None
    if zh in _CONTRARY[0] and en in _CONTRARY[1] or zh in _CONTRARY[1] and en in _CONTRARY[0]:
        return Finding("hedge", HINT, match.zh, match.en)
    limits = ("over", "under", "least", "most")
    if (zh in limits and not en) or (en in limits and not zh):
        return Finding("hedge", HINT, match.zh, match.en)
    return None


def _broken(match: Match, alignment: Alignment) -> bool:
    """Whether a ratio or time that was found by one part (31 of 31:57) has another the other side does not know."""
    for whole, known in ((match.zh, alignment.known_en), (match.en, alignment.known_zh)):
        if whole.kind in ("ratio", "time") and not _covered(whole, known):
            return True
    return False


def _of_match(match: Match) -> Iterable[Finding]:
    if match.score == CONFLICT:
        finding = _conflict(match)
        if finding:
            yield finding
        return
    if match.zh.kind == match.en.kind == "money" and same_currency(match.zh, match.en) is None:
        yield Finding("currency", HINT, match.zh, match.en)
    hedged = _hedges(match)
    if hedged:
        yield hedged


def _same_after_all(first: Figure, second: Figure) -> bool:
    return converted(first, second) or one_value(first, second)


def _near(figure: Figure, place: float, others: list[Figure]) -> list[Figure]:
    start = max(0, int(place) - WINDOW // 2)
    return others[start : start + WINDOW]


def _rounded(left_zh: list[Figure], left_en: list[Figure]) -> tuple[list[Finding], Pairs, list[Figure], list[Figure]]:
    """What is left after the pairs that differ by rounding or unit alone, the findings on those, and the others."""
    findings: list[Finding] = []
    pairs: Pairs = []
    rest_zh, rest_en = [], list(left_en)
    stretch = len(left_en) / len(left_zh) if left_zh else 1.0
    for place, figure in enumerate(left_zh):
        gone = len(left_en) - len(rest_en)
        partner = next(
            (other for other in _near(figure, place * stretch - gone, rest_en) if _same_after_all(figure, other)), None
        )
        if partner is None:
            rest_zh.append(figure)
            continue
        rest_en.remove(partner)
        if converted(figure, partner):
            pairs.append((figure, partner))
        else:
            hedged = {figure.hedge, partner.hedge} & _INEXACT and abs(shown(figure) - shown(partner)) < EXACTNESS
            findings.append(Finding("rounding", HINT if hedged else LIKELY, figure, partner))
    return findings, pairs, rest_zh, rest_en


def _looks(first: Figure, second: Figure) -> tuple[bool, bool, int]:
    """How likely two unequal figures are the same one mistyped; smaller is likelier."""
    one, other = sorted(c for c in first.text if c.isdigit()), sorted(c for c in second.text if c.isdigit())
    return _group(first) != _group(second), one != other and not _factor(first, second), abs(len(one) - len(other))


def _comparable(figure: Figure, other: Figure) -> bool:
    """Whether two leftovers may be one figure: names only with the same name and another number."""
    if "identifier" in (figure.kind, other.kind):
        return figure.kind == other.kind and skeleton(figure) == skeleton(other)
    return True


def _paired(
    left_zh: list[Figure], left_en: list[Figure]
) -> tuple[list[tuple[Figure, Figure]], list[Figure], list[Figure]]:
    """Pairs of leftovers that stand for each other with unequal values; the others are missing on one side."""
    pairs: list[tuple[Figure, Figure]] = []
    rest_en = list(left_en)
    alone_zh = []
    for figure in sorted(left_zh, key=lambda figure: not hard(figure)):  # what is in digits has the first choice
        near = [other for other in rest_en[:WINDOW] if hard(figure) or hard(other) or figure.kind == "identifier"]
        near = [other for other in near if _comparable(figure, other)]
        if not near:
            alone_zh.append(figure)
            continue
        partner = min(near, key=lambda other, figure=figure: (hard(other) != hard(figure), _looks(figure, other)))
        if (
            figure.kind != "identifier"
            and not hard(figure)
            and not (hard(partner) and _group(figure) == _group(partner))
        ):
            alone_zh.append(figure)
            continue
        rest_en.remove(partner)
        pairs.append((figure, partner))
    return pairs, alone_zh, rest_en


def _covered(figure: Figure, known: frozenset[str]) -> bool:
    """Whether the value of a leftover stands elsewhere on the other side: a repetition, or a part of a date or code."""
    if figure.kind == "date":
        parts = dated(figure.value)
        return bool(parts) and all(
            f"{name}{part}" in known or part.lstrip("0") in known for name, part in parts.items()
        )
    if figure.kind in ("ratio", "time"):
        parts = [part.lstrip("0") or "0" for part in str(figure.value).split(":")]
        known_hours = known | {str(int(part) - 12) for part in known if part.isdigit() and 12 < int(part[:9]) < 25}
        return all(
            part in (known_hours if figure.kind == "time" else known)
            for part in parts
            if part != "0" or figure.kind == "ratio"
        )
    if figure.kind == "identifier":  # a telephone number shares its first digits with others
        return re.sub(r"[\s-]", "", str(figure.value)).upper() in known
    return not known.isdisjoint(facet for facet in facets(figure) if not facet.startswith("="))


def _missing(alone: list[Figure], known: frozenset[str], side: str) -> Iterable[Finding]:
    for figure in alone:
        # Of names only those are missed whose like stands on the other side with another number.
        wanted = hard(figure) or (figure.kind == "identifier" and f"={skeleton(figure)}" in known)
        if not wanted or _covered(figure, known):
            continue
        trifle = figure.value == 1 and figure.kind != "percent"  # a year, an hour: English has an article for it
        zh, en = (figure, None) if side == "zh" else (None, figure)
        yield Finding(
            "missing_in_english" if side == "zh" else "missing_in_chinese", HINT if trifle else LIKELY, zh, en
        )


def _of_rest(alignment: Alignment) -> tuple[list[Finding], Pairs]:
    known_zh, known_en = alignment.known_zh, alignment.known_en
    findings, agreeing, left_zh, left_en = _rounded(list(alignment.zh), list(alignment.en))
    one = [figure for figure in left_zh if hard(figure)]
    other = [figure for figure in left_en if hard(figure)]
    doubtful = bool(one and other)
    if not doubtful:  # a repetition is no error unless the other side lacks something too
        left_zh = [figure for figure in left_zh if not _covered(figure, known_en)]
        left_en = [figure for figure in left_en if not _covered(figure, known_zh)]
    pairs, alone_zh, alone_en = _paired(left_zh, left_en)
    alone = len(one) == len(other) == 1
    findings += [_unequal(zh_figure, en_figure, alone=alone) for zh_figure, en_figure in pairs]
    findings += _missing(alone_zh, known_en, "zh")
    findings += _missing(alone_en, known_zh, "en")
    return findings, agreeing


def _compare(alignment: Alignment) -> tuple[list[Finding], Pairs]:
    findings = [finding for match in alignment.matches for finding in _of_match(match)]
    findings += [
        Finding("value", LIKELY, match.zh, match.en)
        for match in alignment.matches
        if match.score == PART and _broken(match, alignment)
    ]
    doubtful = {(finding.zh, finding.en) for finding in findings if finding.kind != "hedge"}
    matches = [(match.zh, match.en) for match in alignment.matches if match.score != CONFLICT]
    more, converted_pairs = _of_rest(alignment)
    return findings + more, [pair for pair in matches if pair not in doubtful] + converted_pairs


def _place(finding: Finding) -> int:
    return (finding.zh or finding.en).start if finding.zh or finding.en else 0


def compared(zh: str, en: str) -> Comparison:
    """Return the findings on a pair of texts in their order, and what agrees; any text is answered, none raises.

    The time is linear in the length of the texts.
    """
    figures_zh, figures_en = figures(zh, "zh"), figures(en, "en")
    alignment = align(figures_zh, figures_en)
    findings, agreeing = _compare(alignment)
    findings += directions(alignment.matches, zh, en) + modality(zh, en)
    findings += repeated(zh, figures_zh, "zh") + repeated(en, figures_en, "en")
    return Comparison(tuple(sorted(findings, key=_place)), tuple(sorted(agreeing, key=lambda pair: pair[0].start)))


def check(zh: str, en: str) -> list[Finding]:
    """Return the findings alone."""
    return list(compared(zh, en).findings)
