"""Whether one text gives two values for the same thing: 注册资本5,000万元 above and 注册资本6,000万元 below.

Decides what counts as the same thing: the same words directly before amounts of one kind and unit, with no date near
that would make them two years' values. A hint, because a text may well speak of two companies.
"""

import re

from listing.bilingual.agreement.finding import HINT, Finding
from listing.bilingual.figures import Figure

_ZH = re.compile(r"(?P<l>[\u4e00-\u9fff]{4})(?:[为為是达達约約共:：]|合计|合計|人民[币幣]|港[币幣]){0,3} ?$")
_EN = re.compile(
    r"(?P<l>[a-z]{3,20} [a-z]{4,20})(?: (?:of|is|was|at|to|totalled|totaled|about|approximately|around)){1,2} $",
    re.IGNORECASE,
)
_KINDS = frozenset(("money", "percent", "count", "quantity"))
WINDOW = 48
PERIOD = 20  # characters before a label in which a date makes it another period's


def _label(text: str, figure: Figure, lang: str) -> str | None:
    found = (_ZH if lang == "zh" else _EN).search(text[max(0, figure.start - WINDOW) : figure.start])
    return found["l"].lower() if found else None


def _dated(dates: list[int], figure: Figure, reach: list[int]) -> bool:
    """Whether a date ends shortly before a figure; ``reach`` remembers how far the dates have been read."""
    while reach[0] < len(dates) and dates[reach[0]] <= figure.start:
        reach[0] += 1
    return reach[0] > 0 and figure.start - dates[reach[0] - 1] <= PERIOD + 12


def repeated(text: str, figures: list[Figure], lang: str) -> list[Finding]:
    """Return a hint for each figure whose label stood before with another value."""
    dates = [figure.end for figure in figures if figure.kind == "date"]
    reach = [0]
    known: dict[tuple[str | None, ...], Figure] = {}
    findings = []
    for figure in figures:
        label = _label(text, figure, lang) if figure.kind in _KINDS and not _dated(dates, figure, reach) else None
        if label is None:
            continue
        first = known.setdefault((label, figure.kind, figure.unit, figure.currency), figure)
        if first.value != figure.value:
            names = (("first", first.text), ("second", figure.text))
            sides = (figure, None) if lang == "zh" else (None, figure)
            findings.append(Finding("repeated", HINT, *sides, names))
    return findings
