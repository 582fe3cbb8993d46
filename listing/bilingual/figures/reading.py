"""The one reader of figures: identifiers first, then dates and times, then everything with a numeral.

Decides which reading wins where two overlap: the earlier pass. Any text is readable; nothing here raises on input.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from listing.bilingual.figures import chinese, dates_en, dates_zh, english, hedges, ranges
from listing.bilingual.figures.figure import Figure
from listing.bilingual.figures.formula import formulas
from listing.bilingual.figures.identifiers import identifiers
from listing.bilingual.figures.plain import lower, plain

BLOT = "\x01"
_LATIN_PERIOD = re.compile("[fqh]")  # FY2025, 3Q25, 1H2025: without one of these letters there is none to look for


class _Found:
    """The figures taken so far and the characters they hold."""

    def __init__(self, length: int) -> None:
        self.taken = bytearray(length)
        self.figures: list[Figure] = []

    def take(self, figures: Iterable[Figure]) -> None:
        for figure in figures:
            if figure.end > figure.start and self.taken.find(1, figure.start, figure.end) < 0:
                self.taken[figure.start : figure.end] = b"\x01" * (figure.end - figure.start)
                self.figures.append(figure)

    def masked(self, text: str) -> str:
        """The text with what is taken blotted out."""
        parts, last = [], 0
        for figure in sorted(self.figures, key=lambda figure: figure.start):
            parts += [text[last : figure.start], BLOT * (figure.end - figure.start)]
            last = figure.end
        return "".join((*parts, text[last:]))


def _named(text: str, spans: Iterable[tuple[int, int]]) -> Iterable[Figure]:
    return (Figure(text[start:end], start, end, "identifier", text[start:end]) for start, end in spans)


def _dated(text: str, low: str, lang: str) -> Iterable[Figure]:
    found = dates_zh.moments(text) if lang == "zh" else dates_en.moments(low, text)
    if lang == "zh" and _LATIN_PERIOD.search(low):
        found += dates_en.short_periods(low)
    for moment in found:
        written = text[moment.start : moment.end]
        words = not any(char.isdigit() for char in written)
        months = moment.kind == "duration"
        value, unit = (Decimal(moment.value), "month") if months else (moment.value, None)
        yield Figure(written, moment.start, moment.end, moment.kind, value, unit, words=words)


def figures(text: str, lang: str) -> list[Figure]:
    """Return every figure of a text in order, with exact values; ``lang`` is zh (either script) or en.

    The positions are those of the text as given. Never raises on the content of a text; the time is linear in its
    length.
    """
    clear = plain(text)
    low = lower(clear)
    found = _Found(len(text))
    found.take(_named(clear, identifiers(clear)))
    masked = found.masked(clear)
    if lang == "zh" and "^" in low:
        found.take(
            Figure(clear[n.start : n.end], n.start, n.end, "number", n.value, number=(n.start, n.end))
            for n in formulas(masked)
        )
    found.take(_dated(masked, lower(masked), lang))
    reader = chinese if lang == "zh" else english
    masked = found.masked(clear if lang == "zh" else low)
    found.take(reader.figures(clear, low, masked))
    ordered = sorted(found.figures, key=lambda figure: figure.start)
    ordered = ranges.ratios(ranges.ranges(ordered, low), low, clear)
    if lang == "en":
        ordered = ranges.proportions(ranges.out_of(ordered, low, clear), low)
    return [_finished(figure, text, low, lang) for figure in ordered]


def _finished(figure: Figure, text: str, low: str, lang: str) -> Figure:
    written = text[figure.start : figure.end]
    if figure.text != written:
        figure = replace(figure, text=written)
    if figure.kind in ("identifier", "ordinal", "time"):
        return figure
    end = figure.end
    if figure.kind == "count":  # the measure word stands between the number and its 以上
        behind = low[end : end + 6].lstrip()
        skipped = len(low[end : end + 6]) - len(behind)
        end += skipped + len(figure.unit or "") if behind.startswith(figure.unit or "") else 0
    return figure.hedged(hedges.hedge(low, figure.start, end, lang=lang))
