"""How the figures of a report are said: in the texts where they are named, in a table, for programs; and held against
figures that were typed into a text by hand.

Pure. ``{revenue}`` in a text stands for the figure of the period, ``{revenue.before}`` for that of the one before.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from listing.bilingual.figures import figures as read
from listing.bilingual.pair import Pair
from listing.money import Money
from listing.refusal import N_, Refusal
from listing.web import formats

from . import figures
from .figures import BEFORE, COUNT, MONEY, NOW, PERCENT, Given

_NAMED = re.compile(r"\{([a-z_]+)(\.before)?\}")
_NBSP = "\u00a0"
# What stands between the name of a figure and the figure itself where a text states it, and does not speak of a change.
# Spaces are taken once and for all: thirty thousand of them, which a text may hold, would be shared out for hours.
_STATES = {
    "zh": re.compile(r"\s*+(?:合计|合計|总计|總計|共计|共計)?\s*+(?:分别)?(?:为|為|是|达|達|达到|達到|：|:)?\s*+"),
    "en": re.compile(r"\s*+(?:was|is|were|are|of|amounted to|totalled|came to|reached|:)?\s*+"),
}
# What may stand before the name: with another word there it is the name of something else, such as overseas revenue.
_WHOLE = {
    "zh": r"(?:(?<![\u4e00-\u9fff])|(?<=[的年度期司团團月]))",
    "en": r"(?:^|[.;:,(]\s*|\b(?:the|its|our|total|company's|group's|operating)\s+)",
}
_ROUNDED = Decimal("0.005")  # a text may round to three figures
_KINDS = {MONEY: ("money",), PERCENT: ("percent",), COUNT: ("count", "number")}


class NoSuchFigure(Refusal):
    message = N_("{%(name)s} names no figure that was given. Give it, or take the name out.")


class TextDiffers(Refusal):
    message = N_("“%(name)s” is followed by %(said)s, but the figures give %(given)s.")


class Row(NamedTuple):
    """One figure as a table shows it; what was not given is empty."""

    id: str
    name: Pair
    now: Pair
    before: Pair


def value(given: Given, figure: str, period: str, lang: str) -> str:
    """A figure in a language; empty where it was not given."""
    found = given.of(period).get(figure)
    if found is None:
        return ""
    kind = figures.sheet().figures[figure].kind
    if kind == MONEY:
        return formats.money(Money.of(found, given.currency), lang).replace(_NBSP, " ")
    said = formats.number(found if kind == PERCENT else int(found), lang)
    return f"{said}%" if kind == PERCENT else said


def filled(body: Pair, given: Given | None) -> Pair:
    """The body with the figures it names; what names none stays as it was typed."""
    if given is None:
        return body
    return Pair(_filled(body.zh, given, body.zh_lang), _filled(body.en, given, "en"), body.script)


def _filled(text: str, given: Given, lang: str) -> str:
    def said(found: re.Match) -> str:
        known = found[1] in figures.sheet().figures
        return (known and value(given, found[1], BEFORE if found[2] else NOW, lang)) or found[0]

    return _NAMED.sub(said, text)


def unknown(body: Pair) -> list[Refusal]:
    """What a filled body still names."""
    names = dict.fromkeys(found[0][1:-1] for side in (body.zh, body.en) for found in _NAMED.finditer(side))
    return [NoSuchFigure(name=name) for name in names]


def rows(given: Given | None, zh_lang: str) -> list[Row]:
    """The figures for a table, in the order of the sheet."""
    if given is None:
        return []
    return [
        Row(
            one.id,
            Pair(one.name.said(zh_lang), one.name.en),
            *(_both(given, one.id, period, zh_lang) for period in figures.PERIODS),
        )
        for one in figures.sheet().figures.values()
        if one.id in given.now or one.id in given.before
    ]


def _both(given: Given, figure: str, period: str, zh_lang: str) -> Pair:
    return Pair(*(value(given, figure, period, lang) for lang in (zh_lang, "en")))


def data(given: Given | None) -> list[dict]:
    """The figures for programs."""
    if given is None:
        return []
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "name": {"zh-Hans": one.name.zh_hans, "zh-Hant": one.name.zh_hant, "en": one.name.en},
            "currency": given.currency if one.kind == MONEY else None,
            **{
                period: str(given.of(period)[one.id]) if one.id in given.of(period) else None
                for period in figures.PERIODS
            },
        }
        for one in figures.sheet().figures.values()
        if one.id in given.now or one.id in given.before
    ]


def contradictions(passage: Pair, given: Given) -> Iterator[Refusal]:
    """Where a text states a figure by its name and says another number than was given for either period."""
    for side, text, lang in (("zh", passage.zh, passage.zh_lang), ("en", passage.en, "en")):
        found = read(text, side)
        for one in figures.sheet().figures.values():
            yield from _stated(text, side, lang, one, found, given)


def _stated(text: str, side: str, lang: str, one: figures.Asked, found: list, given: Given) -> Iterator[Refusal]:
    allowed = [values[one.id] for values in (given.now, given.before) if one.id in values]
    if not allowed:
        return
    for place in re.finditer(_name(one, side), text, re.IGNORECASE):
        end = place.end("name")
        stated = next((each for each in found if each.start >= end), None)
        if stated is None or not _STATES[side].fullmatch(text[end : stated.start]):
            continue
        if stated.kind in _KINDS[one.kind] and not stated.hedge and not _agrees(stated, one.kind, given, allowed):
            said = value(given, one.id, NOW if one.id in given.now else BEFORE, lang)
            yield TextDiffers(name=place["name"], said=stated.text, given=said)


def _name(one: figures.Asked, side: str) -> str:
    names = (one.name.zh_hans, one.name.zh_hant) if side == "zh" else (one.name.en,)
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return rf"{_WHOLE[side]}(?P<name>{words})"


def _agrees(stated, kind: str, given: Given, allowed: list[Decimal]) -> bool:
    if kind == MONEY and stated.currency and stated.currency != given.currency:
        return False
    slack = _ROUNDED if kind == MONEY else Decimal(0)
    return any(abs(stated.value - value) <= abs(value) * slack for value in allowed)


def earlier(given: Given, told: Given | None) -> Mapping[str, Decimal]:
    """The figures of the period before that were announced otherwise then."""
    if told is None or told.currency != given.currency:
        return {}
    return {key: told.now[key] for key, value in given.before.items() if told.now.get(key, value) != value}
