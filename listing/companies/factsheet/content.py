"""What a factsheet says: everything as plain text, in the order of the sheet, for one reader's tier and one script.

Pure but for the rows it is given. Who may see what it asks of ``rules`` and ``figures``; how the sheet is set is
decided in factsheet.typ. Names stay as registered; the other Chinese is converted and marked as such.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from listing.access.actor import Tier
from listing.web import formats

from .. import cards, catalogue, figure_tables, figures, profile, rules, told
from ..models import Company, Revision
from . import words
from .words import Both


@dataclass(frozen=True, slots=True)
class Copy:
    """Whom a copy with the admitted content was made for, when (in words), and the number it is recorded under."""

    person: str
    institution: Both
    at: str
    number: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sheet: for whom, in which script (Hans or Hant), at which address the company stands, as of which day."""

    tier: Tier
    script: str
    url: str
    qr: str
    day: date
    copy: Copy | None = None


def script_of(company: Company, revision: Revision | None, wanted: str) -> str:
    """The script of a sheet: the one asked for, else that of the first text, else that of the name."""
    typed = [passage.get("script") for passage in revision.shown["passages"] if passage["zh"]] if revision else []
    return wanted or (typed[0] if typed and typed[0] else company.name_script)


def content(company: Company, revision: Revision | None, asked: Asked) -> dict[str, object]:
    """The whole sheet as values for factsheet.typ."""
    passages = revision.shown["passages"] if revision else []
    shown = rules.visible(passages, asked.tier)
    sections, converted = _sections(shown, asked.script)
    found = figures.of_revision(revision.shown if revision else None)
    seen = figures.seen(found, asked.tier)
    whole = seen is found and found is not None
    more = len(shown) < len(passages) or (found is not None and not whole)
    return {
        "date": [asked.day.year, asked.day.month, asked.day.day],
        "script": asked.script,
        "title": " · ".join(filter(None, (company.name_zh, company.name_en))),
        "author": "湾桥 Baybridge",
        "name": {"zh": company.name_zh, "en": company.name_en},
        "line": _line(company, asked.script),
        "qr": asked.qr,
        "url": asked.url,
        "revision": _revision(revision, asked),
        "copy": _copy(asked.copy, asked.script) if asked.copy else None,
        "labels": {key: words.both(key, asked.script) for key in _LABELS},
        "notes": [words.both(key, asked.script) for key in _notes(company, converted)],
        "facts": list(_facts(company, asked.script)),
        "sections": sections,
        "figures": _table(found, asked.script) if whole else None,
        "bands": _bands(found, asked.script) if seen and not whole else [],
        "financing": _financing(revision, asked),
        "closing": [words.both(key, asked.script) for key in _closing(company, shown, whole, more)],
    }


_LABELS = ("facts", "figures", "financing", "no_chinese", "no_english")


def _notes(company: Company, converted: bool) -> Iterator[str]:
    if company.status == rules.SUSPENDED:
        yield "suspended"
    if company.origin in (rules.DEMO, rules.IMPORTED):
        yield company.origin
    if converted:
        yield "converted"


def _closing(company: Company, shown: list[Mapping], whole: bool, more: bool) -> Iterator[str]:
    if any(passage["zh"] and passage["en"] for passage in shown):
        yield f"prevails_{'en' if company.prevailing == 'en' else 'zh'}"
    if whole:
        yield "ratios"
    if more:
        yield "more"
    if company.origin == rules.PARTICIPANT:
        yield "supplied"


def _revision(revision: Revision | None, asked: Asked) -> Both:
    said = words.both("revision" if revision else "no_revision", asked.script)
    days = {"zh": formats.day(asked.day, words.chinese(asked.script)), "en": formats.day(asked.day, "en")}
    number = revision.number if revision else 0
    return {side: text.format(number=number, date=days[side]) for side, text in said.items()}


def _copy(made: Copy, script: str) -> dict[str, str]:
    said = words.both("copy", script)
    sides = [said[side].format(person=made.person, institution=made.institution[side]) for side in ("zh", "en")]
    line = " · ".join([*sides, made.at, made.number])
    names = dict.fromkeys((made.person, made.institution["zh"], made.institution["en"], made.at, made.number))
    return {"line": _plain(line), "mark": _plain(" · ".join(filter(None, names)))}


def _line(company: Company, script: str) -> Both:
    return {
        side: " · ".join(filter(None, (*_called(company, lang), catalogue.label("stage", company.stage, lang))))
        for side, lang in (("zh", words.chinese(script)), ("en", "en"))
    }


def _called(company: Company, lang: str) -> tuple[str, str, str]:
    code = f"{catalogue.label('market', company.market, lang)} {company.code}"
    sector = catalogue.label("sector", company.sector, lang) or catalogue.label("group", company.sector_group, lang)
    return code, sector, cards.place(company.domicile, company.province, company.city, lang)


def _facts(company: Company, script: str) -> Iterator[dict[str, str]]:
    """The facts that are known, label and value on both sides."""
    sides = (("zh", words.chinese(script)), ("en", "en"))
    scheme = company.registration_scheme
    zh, en = (_called(company, lang) for _, lang in sides)
    keys = ("code", "sector", "place")
    rows = [(key, {"zh": left, "en": right}) for key, left, right in zip(keys, zh, en, strict=True)]
    alike = {
        scheme if words.known(scheme) else "registration": company.registration_number,
        "founded": str(company.founded or ""),
        "website": company.website,
    }
    rows += [(key, {"zh": value, "en": value}) for key, value in alike.items()]
    if company.listed_on:
        rows.append(("listed_on", {side: formats.day(company.listed_on, lang) for side, lang in sides}))
    for key, value in rows:
        if value["zh"] or value["en"]:
            label = words.both(key, script)
            yield {
                "zh_label": label["zh"],
                "en_label": label["en"],
                "zh": _plain(value["zh"]),
                "en": _plain(value["en"]),
            }


def _sections(shown: list[Mapping], script: str) -> tuple[list[dict], bool]:
    """The passages by section in the order of the page, and whether any Chinese was converted."""
    lang, converted, found = words.chinese(script), False, []
    for key, section in catalogue.sections().items():
        passages = [_passage(passage, script) for passage in shown if passage["section"] == key]
        converted = converted or any(changed for _sides, changed in passages)
        if passages:
            sides = [sides for sides, _changed in passages]
            found.append({"zh": section.label(lang), "en": section.en, "passages": sides})
    return found, converted


def _passage(passage: Mapping, script: str) -> tuple[dict[str, list[str]], bool]:
    typed = passage.get("script") or "Hans"
    text = passage["zh"] if typed == script else profile.converted(passage["zh"], script)
    return {"zh": _paragraphs(text), "en": _paragraphs(passage["en"])}, text != passage["zh"]


def _paragraphs(text: str) -> list[str]:
    return [cleaned for part in text.splitlines() if (cleaned := _plain(part).strip())]


def _plain(text: str) -> str:
    """A text without characters that are not seen or that turn the line around."""
    return rules.without_hidden(text)


def _table(found: figures.Figures, script: str) -> dict[str, object]:
    """The table and the chart of the key figures, both sides in every cell."""
    zh, en = (figure_tables.table(found, lang) for lang in (words.chinese(script), "en"))
    return {
        "heads": [
            {"zh": " ".join(left), "en": ", ".join(right)} for left, right in zip(zh.heads, en.heads, strict=True)
        ],
        "rows": [
            {
                "label": {"zh": left.label, "en": right.label},
                "cells": [{"zh": a.text, "en": b.text} for a, b in zip(left.cells, right.cells, strict=True)],
            }
            for left, right in zip(zh.rows, en.rows, strict=True)
        ],
        "chart": [
            {
                "zh": f"{left.label} {left.value}",
                "en": f"{right.label} {right.value}",
                "before": left.x,
                "size": left.width,
                "after": figure_tables.WIDTH - left.x - left.width,
                "negative": left.x < zh.chart.zero,
            }
            for left, right in zip(zh.chart.bars, en.chart.bars, strict=True)
        ]
        if zh.chart
        else [],
        "drawn": {"zh": zh.rows[0].label, "en": en.rows[0].label},
        "sentence": {"zh": zh.chart.sentence, "en": en.chart.sentence} if zh.chart else {"zh": "", "en": ""},
    }


def _financing(revision: Revision | None, asked: Asked) -> list[dict[str, str]]:
    contents = revision.shown.get("sheets", {}) if revision else {}
    zh, en = (list(_terms(contents, asked, lang)) for lang in (words.chinese(asked.script), "en"))
    return [
        {"zh_label": left, "en_label": right, "zh": _plain(said), "en": _plain(also)}
        for (left, said), (right, also) in zip(zh, en, strict=True)
    ]


def _terms(contents: Mapping, asked: Asked, lang: str) -> Iterator[tuple[str, str]]:
    """The financing need in one language: what it is and what is said; a use of it by what for and where."""
    for block in told.blocks(contents, tier=asked.tier, reader=lang, script=asked.script):
        if block.id != "financing":
            continue
        for answer in block.answers:
            yield answer.label, _said(answer, lang)
        for row in (row for rows in block.rows for row in rows.rows):
            purpose, place, *rest = [_said(cell, lang) for cell in row if cell]
            yield f"{purpose} · {place}", " · ".join(filter(None, rest))


def _said(answer: told.Shown, lang: str) -> str:
    if answer.kind == "amount":
        return formats.money(answer.value, lang)
    if answer.kind == "day":
        return formats.day(answer.value, lang)
    if answer.kind == "pair":
        return answer.value.en if lang == "en" else answer.value.zh
    return str(answer.value)


def _bands(found: figures.Figures, script: str) -> list[dict[str, str]]:
    (year_zh, rows_zh), (year_en, rows_en) = (
        figure_tables.bands(found, lang) for lang in (words.chinese(script), "en")
    )
    return [
        {"zh_label": f"{a}（{year_zh}）", "en_label": f"{b} ({year_en})", "zh": left, "en": right}
        for (a, left), (b, right) in zip(rows_zh, rows_en, strict=True)
    ]
