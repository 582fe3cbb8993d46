"""What the page shows of two checked texts: both in stretches, each figure and word marked with what was found of it.

Decides numbers and order. Figures that agree are numbered as pairs, findings are numbered on their own in the order of
the list: first what is certain, then by place. A stretch carries one mark; where two would overlap, the graver stands.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from listing.bilingual import agreement, terms
from listing.bilingual.agreement import Finding
from listing.bilingual.agreement.finding import CERTAIN, HINT, LIKELY
from listing.bilingual.figures import figures
from listing.bilingual.pair import Pair
from listing.bilingual.script import detect

AGREES = "agrees"
MOST_POINTS = 200  # listed and marked, the gravest first
SEVERITIES = (CERTAIN, LIKELY, HINT)


class Stretch(NamedTuple):
    """Part of a text; ``mark`` is AGREES or a severity, ``number`` that of the pair or finding, ``partner`` whether the
    other text carries the same number.
    """

    text: str
    mark: str | None = None
    number: int = 0
    partner: bool = False


class Point(NamedTuple):
    """One finding as listed; ``on_zh`` and ``on_en`` say which texts carry its number."""

    number: int
    finding: Finding
    on_zh: bool
    on_en: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Two texts in stretches, the findings in order of gravity, and how many figures agree."""

    zh: tuple[Stretch, ...]
    en: tuple[Stretch, ...]
    zh_lang: str
    points: tuple[Point, ...]
    agreeing: int
    counts: Mapping[str, int]

    def count(self, severity: str) -> int:
        """How many findings have this severity, listed or not."""
        return self.counts.get(severity, 0)

    @property
    def unlisted(self) -> int:
        """How many findings the page does not list."""
        return sum(self.counts.values()) - len(self.points)


class _Mark(NamedTuple):
    rank: int
    start: int
    end: int
    mark: str
    number: int
    partner: bool


def _chosen(marks: Iterable[_Mark]) -> list[_Mark]:
    """The marks that stand, in order of place: of two that overlap the graver, then the earlier."""
    taken: set[int] = set()
    chosen = []
    for mark in sorted(marks):
        places = range(mark.start, mark.end)
        if places and taken.isdisjoint(places):
            taken.update(places)
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.start)


def _stretches(text: str, marks: list[_Mark]) -> Iterable[Stretch]:
    place = 0
    for mark in marks:
        if mark.start > place:
            yield Stretch(text[place : mark.start])
        yield Stretch(text[mark.start : mark.end], mark.mark, mark.number, mark.partner)
        place = mark.end
    if place < len(text):
        yield Stretch(text[place:])


def _marks(side: str, findings: Iterable[Finding], agreeing: Iterable[tuple]) -> list[_Mark]:
    marks = [
        _Mark(SEVERITIES.index(finding.severity), part.start, part.end, finding.severity, number, False)
        for number, finding in enumerate(findings, start=1)
        if (part := getattr(finding, side))
    ]
    for number, (zh, en) in enumerate(agreeing, start=1):
        figure = zh if side == "zh" else en
        marks.append(_Mark(len(SEVERITIES), figure.start, figure.end, AGREES, number, True))
    return marks


def _of_terms(zh: str, en: str) -> Iterable[Finding]:
    """The findings on terms, without those on the words of figures (百分点, %): the figures were compared as such."""
    places = {"zh": bytearray(len(zh)), "en": bytearray(len(en))}
    for side, text in (("zh", zh), ("en", en)):
        for figure in figures(text, side):
            places[side][figure.start : figure.end] = b"1" * (figure.end - figure.start)
    for finding in terms.check(zh, en):
        parts = [(side, part) for side in places if (part := getattr(finding, side))]
        if not all(places[side][part.start] and places[side][part.end - 1] for side, part in parts):
            yield finding


def checked(zh: str, en: str, *, lead: str = "zh") -> Result:
    """Check figures, terms and wording of two texts, and return what the page shows; any text is answered.

    The figures that agree are numbered as they come in the text ``lead``, which the reader sees first.
    """
    compared = agreement.compared(zh, en)
    findings = sorted(
        (*compared.findings, *_of_terms(zh, en)),
        key=lambda finding: (SEVERITIES.index(finding.severity), (finding.zh or finding.en).start),
    )
    counts = Counter(finding.severity for finding in findings)
    findings = findings[:MOST_POINTS]
    agreeing = sorted(compared.agreeing, key=lambda pair: pair[lead == "en"].start)
    chosen = {side: _chosen(_marks(side, findings, agreeing)) for side in ("zh", "en")}
    shown = {side: {(mark.mark == AGREES, mark.number) for mark in marks} for side, marks in chosen.items()}
    both = shown["zh"] & shown["en"]
    stretches = {
        side: tuple(
            _stretches(text, [mark._replace(partner=(mark.mark == AGREES, mark.number) in both) for mark in marks])
        )
        for (side, marks), text in zip(chosen.items(), (zh, en), strict=True)
    }
    points = tuple(
        Point(number, finding, (False, number) in shown["zh"], (False, number) in shown["en"])
        for number, finding in enumerate(findings, start=1)
    )
    script = detect(zh) or "Hans"
    return Result(
        stretches["zh"], stretches["en"], Pair(zh, en, script).zh_lang, points, len(compared.agreeing), counts
    )
