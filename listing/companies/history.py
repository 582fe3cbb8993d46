"""The revisions of a company: which there are, the log's entry of each, and what two of them tell one reader apart.

Both revisions are cut down to what the reader may see today before anything is compared, so that no difference says
more than the page of either would have said. Three statements, however many revisions there are.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, select

from listing.access.actor import Tier
from listing.bilingual.difference import Part, difference
from listing.journal import queries as journal
from listing.money import Money
from listing.store.db import db
from listing.web import formats

from . import cards, catalogue, figure_tables, figures, rules, sheets, told
from .models import Company, Revision, without_financing
from .profile import Passage

CODES = ("company.displayed", "company.published")


class Published(NamedTuple):
    """One revision in the list; ``entry`` is its place in the log and ``leaf`` its hash there, None where it has none.

    The digest of a content stays out of the list: whoever knows all of it but one amount could try amounts against it.
    The leaf of the log is salted.
    """

    number: int
    at: datetime
    entry: int | None
    leaf: str | None


class Said(NamedTuple):
    """One statement in one language."""

    label: str
    text: str
    lang: str


class Change(NamedTuple):
    """A statement that two revisions make differently."""

    label: str
    parts: list[Part]
    lang: str


def published(company_id: int) -> list[Published]:
    """Every revision, the newest first."""
    entries = {
        row.data.get("number", 1): (row.index, row.leaf_hash.hex())
        for row in db.session.scalars(journal.about("company", company_id, codes=CODES))
    }
    rows = db.session.execute(
        select(Revision.number, Revision.published_at)
        .where(Revision.company_id == company_id)
        .order_by(Revision.number.desc())
    )
    return [Published(number, at, *entries.get(number, (None, None))) for number, at in rows]


def contents(company_id: int, numbers: Collection[int]) -> dict[int, dict]:
    """What these revisions hold, by number."""
    wanted = (Revision.company_id == company_id, Revision.number.in_(numbers))
    held = select(Revision.number, Revision.content, Company.held_back_at)
    rows = db.session.execute(held.join(Company, Company.id == Revision.company_id).where(*wanted))
    return {row.number: _shown(row) for row in rows}


def _shown(row: Row) -> dict:
    return without_financing(row.content) if row.held_back_at else row.content


def current(slugs: Collection[str]) -> dict[str, tuple[datetime, dict]]:
    """What these companies publish now, by slug: when the revision was published and its content."""
    rows = db.session.execute(
        select(Company.slug, Revision.published_at, Revision.content, Company.held_back_at)
        .join(Revision, Revision.id == Company.revision_id)
        .where(Company.slug.in_(slugs), Company.status == rules.DISPLAYED)
    )
    return {row.slug: (row.published_at, _shown(row)) for row in rows}


def changes(old: Mapping, new: Mapping, *, tier: Tier, lang: str) -> list[Change]:
    """What a visitor of ``tier`` reads differently in two contents, in one of the languages zh-Hans, zh-Hant, en."""
    before, after = (said(content, tier=tier, lang=lang) for content in (old, new))
    side = "en" if lang == "en" else "zh"
    found = []
    for key in dict.fromkeys([*after, *before]):
        now = after.get(key) or before[key]
        texts = [each[key].text if key in each else "" for each in (before, after)]
        if texts[0] != texts[1]:
            found.append(Change(now.label, difference(*texts, side), now.lang))
    return found


def said(content: Mapping, *, tier: Tier, lang: str) -> dict[tuple, Said]:
    """The statements of one revision that a visitor of ``tier`` sees, by their place."""
    told_sheets = content.get("sheets", {})
    statements = [
        *_facts(content.get("facts", {}), lang),
        *_passages(rules.visible(content["passages"], tier), lang),
        *_answers(told.blocks(told_sheets, tier=tier, reader=lang), lang),
        *_figures(figure_tables.shown(figures.of_revision(content), tier, lang), lang),
        *_documents(told.documents(told_sheets, tier=tier, reader=lang), lang),
    ]
    return {key: one for key, one in statements if one.text}


def _facts(facts: Mapping, lang: str) -> Iterator[tuple[tuple, Said]]:
    english = lang == "en"
    typed = "en" if english else f"zh-{facts.get('name_script') or 'Hans'}"
    place = [facts.get(name, "") for name in ("domicile", "province", "city")]
    sector = facts.get("sector") or facts.get("sector_group", "")
    values = {
        "name": facts.get("name_en" if english else "name_zh", ""),
        "short": facts.get("short_en" if english else "short_zh", ""),
        "number": facts.get("registration_number", ""),
        "city": cards.place(*place, lang),
        "sector": catalogue.label("sector" if facts.get("sector") else "group", sector, lang) if sector else "",
        "stage": catalogue.label("stage", facts["stage"], lang) if facts.get("stage") else "",
        "founded": str(facts.get("founded") or ""),
        "website": facts.get("website", ""),
    }
    identity = sheets.sheets()["identity"]
    for name, text in values.items():
        yield (
            ("facts", name),
            Said(identity.field(name).label(lang), text, typed if name in ("name", "short") else lang),
        )
    prevailing = sheets.sheets()["contact"].field("prevailing")
    if facts.get("prevailing") in prevailing.choices():
        words = prevailing.choices()[facts["prevailing"]].label(lang)
        yield ("facts", "prevailing"), Said(prevailing.label(lang), words, lang)


def _passages(passages: list[Mapping], lang: str) -> Iterator[tuple[tuple, Said]]:
    counts: dict[str, int] = {}
    for passage in passages:
        section = passage["section"]
        counts[section] = counts.get(section, 0) + 1
        text, tag = _side(
            Passage(section, "", passage["zh"], passage["en"], f"zh-{passage.get('script')}", False), lang
        )
        yield ("passage", section, counts[section]), Said(catalogue.label("section", section, lang), text, tag)


def _side(pair: told.Text | Passage, lang: str) -> tuple[str, str]:
    return (pair.en, "en") if lang == "en" else (pair.zh, pair.zh_lang)


def _answers(blocks: Iterator[told.Block], lang: str) -> Iterator[tuple[tuple, Said]]:
    for block in blocks:
        for answer in block.answers:
            text, tag = _words(answer, lang)
            yield (block.id, answer.label), Said(_within(block.label, answer.label), text, tag)
        for rows in block.rows:
            lines = [[_words(cell, lang) for cell in row if cell] for row in rows.rows]
            tag = next((tag for line in lines for _text, tag in line if tag != lang), lang)
            text = "\n".join(" · ".join(text for text, _tag in line if text) for line in lines)
            yield (block.id, rows.label), Said(_within(block.label, rows.label), text, tag)


def _within(block: str, label: str) -> str:
    return label if label == block else f"{block} · {label}"


def _words(answer: told.Shown, lang: str) -> tuple[str, str]:
    if answer.kind == "pair":
        return _side(answer.value, lang)
    if isinstance(answer.value, Money):
        return formats.money(answer.value, lang), lang
    return (formats.day(answer.value, lang) if answer.kind == "day" else str(answer.value)), lang


def _figures(shown: figure_tables.Shown, lang: str) -> Iterator[tuple[tuple, Said]]:
    if shown.table:
        heads = [" ".join(head) for head in shown.table.heads]
        for row in shown.table.rows:
            cells = "\n".join(f"{head}: {cell.text}" for head, cell in zip(heads, row.cells, strict=True))
            yield ("figures", row.id), Said(row.label, cells, lang)
    for label, band in shown.bands:
        yield ("bands", label), Said(label, f"{shown.year}: {band}", lang)


def _documents(documents: list[told.Document], lang: str) -> Iterator[tuple[tuple, Said]]:
    lines = [" · ".join((_side(each.title, lang)[0], each.kind, each.language, each.name)) for each in documents]
    yield ("documents",), Said(sheets.sheets()["documents"].label(lang), "\n".join(lines), lang)
