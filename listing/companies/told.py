"""What one visitor reads of a company's sheets: blocks in the order of the task list, in the reader's words.

Decides from values only. What is above the visitor's tier is gone before anything is put into words
(``sheets.seen``); of a sheet that is hidden whole only the label is told, and of
documents and rights how many there are.
Facts and passages are ``profile``'s matter, so the sheets they come from are left out here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from listing.access.actor import Tier
from listing.money import Money
from listing.web import formats

from . import sheets
from .profile import Profile, converted
from .sheets import Field, Sheet

ELSEWHERE = frozenset({"identity", "figures", "documents"})  # shown as facts, by figure_tables, and by ``documents``
ASIDE = frozenset({"currency", "unit", "prevailing"})  # shown with each amount, and below the passages
OPEN = ("public", "registered")  # documents whose reading is not noted
COUNTED = ("documents", "rights")  # named as a count to those who may not read them


class Shown(NamedTuple):
    """One answer in the reader's words; ``kind`` is how it looks: pair, words, amount, share, day, flag, link, mail."""

    label: str
    kind: str
    value: object

    @property
    def is_long(self) -> bool:
        """Whether it is a text of more than a line."""
        return self.kind == "pair" and not self.value.short


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one field: as a table with ``heads`` where every cell is short, else as items one below the other."""

    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Shown | None, ...], ...]

    @property
    def is_table(self) -> bool:
        """Whether each row fits on a line."""
        return all(cell is None or not cell.is_long for row in self.rows for cell in row)


class Text(NamedTuple):
    """A pair as shown: both sides, the tag of the Chinese, whether that was derived, whether it is a short line."""

    zh: str
    en: str
    zh_lang: str
    converted: bool
    short: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What is told of one sheet; ``section`` is the section of passages it belongs under, its own id where none."""

    id: str
    section: str
    label: str
    answers: tuple[Shown, ...]
    rows: tuple[Rows, ...]


class Hidden(NamedTuple):
    """A sheet the visitor does not see: its label, the tier that sees it, and how many entries where that is told."""

    label: str
    tier: Tier
    count: int | None


def blocks(contents: Mapping[str, Mapping], *, tier: Tier, reader: str, script: str = "") -> Iterator[Block]:
    """The sheets that a visitor of ``tier`` sees anything of; ``script`` is one of profile.SCRIPTS."""
    for key, sheet in sheets.sheets().items():
        if key in ELSEWHERE or key not in contents:
            continue
        content = sheets.seen(sheet, contents[key], tier)
        block = _Reading(content, reader, script).block(sheet)
        if block.answers or block.rows:
            yield block


def hidden(contents: Mapping[str, Mapping], *, tier: Tier, reader: str) -> list[Hidden]:
    """The sheets that hold something and of which this visitor sees nothing, in order."""
    found = []
    for key, sheet in sheets.sheets().items():
        content = contents.get(key)
        if key == "identity" or not content or not _any(sheet, content, Tier.STAFF) or _any(sheet, content, tier):
            continue
        least = next(t for t in Tier if t > tier and _any(sheet, content, t))
        found.append(Hidden(sheet.label(reader), least, len(content.get(key, ())) if key in COUNTED else None))
    return found


def gates(profile: Profile, concealed: list[Hidden]) -> dict[str, list[str]]:
    """What the visitor does not see, in words, by who would: people with an account, admitted investors."""
    by_tier = {"registered": list(profile.registered), "admitted": list(profile.admitted)}
    for one in concealed:
        words = by_tier["registered" if one.tier == Tier.REGISTERED else "admitted"]
        if one.tier <= Tier.ADMITTED and one.label not in words:
            words.append(one.label if one.count is None else f"{one.label} ({one.count})")
    return by_tier


def _any(sheet: Sheet, content: Mapping, tier: Tier) -> bool:
    told = sheets.seen(sheet, content, tier)
    return any(value not in (None, "", [], {}) for key, value in told.items() if key not in ASIDE)


class Document(NamedTuple):
    """A document as a reader sees it in the list; ``logged`` when reading it is noted."""

    file: int
    title: Text
    language: str
    kind: str
    name: str
    size: int
    logged: bool


def documents(contents: Mapping[str, Mapping], *, tier: Tier, reader: str, script: str = "") -> list[Document]:
    """The documents that a visitor of ``tier`` may read."""
    sheet = sheets.sheets()["documents"]
    content = sheets.seen(sheet, contents.get("documents", {}), tier)
    reading, by_id = _Reading(content, reader, script), {field.id: field for field in sheet.field("documents").fields}
    return [
        Document(
            row["file"],
            reading._pair(by_id["title"], row["title"])[1],
            reading._choice(by_id["language"], row["language"])[1],
            reading._choice(by_id["class"], row["class"])[1],
            row["name"],
            row["size"],
            row["visibility"] not in OPEN,
        )
        for row in content.get("documents", ())
        if {"title", "language", "class", "visibility"} <= row.keys()  # a draft may lack any
    ]


def answer(field: Field, value, *, content: Mapping, reader: str) -> Shown | None:
    """One answer in the reader's words, the Chinese as typed; ``content`` is the sheet's, for its currency."""
    return _Reading(content, reader, "")._shown(field, value)


class _Reading:
    """One sheet's content in the words of one reader."""

    def __init__(self, content: Mapping, reader: str, script: str):
        self.content, self.reader, self.script = content, reader, script

    def block(self, sheet: Sheet) -> Block:
        plain = [field for field in sheet.fields if field.kind != "rows" and field.id not in ASIDE]
        answers = tuple(self._answers([field for field in plain if not field.rule("section")], self.content))
        rows = tuple(self._rows(field) for field in sheet.fields if field.kind == "rows" and self.content.get(field.id))
        section = next((field.rule("section") for field in plain if field.rule("section")), sheet.id)
        return Block(sheet.id, section, sheet.label(self.reader), answers, rows)

    def _answers(self, fields, values: Mapping) -> Iterator[Shown]:
        for field in fields:
            value = self._place(field, values).get(field.id)
            if value not in (None, "", [], {}) and (shown := self._shown(field, value)):
                yield shown

    @staticmethod
    def _place(field: Field, values: Mapping) -> Mapping:
        return values.get(field.rule("under"), {}) if field.rule("under") else values

    def _rows(self, field: Field) -> Rows:
        rows = [{shown.label: shown for shown in self._answers(field.fields, row)} for row in self.content[field.id]]
        labels = [inner.label(self.reader) for inner in field.fields]
        heads = tuple(label for label in labels if any(label in row for row in rows))
        return Rows(field.label(self.reader), heads, tuple(tuple(row.get(head) for head in heads) for row in rows))

    def _shown(self, field: Field, value) -> Shown | None:
        label, way = field.label(self.reader), _WAYS.get(field.kind, _Reading._words)
        kind, told = way(self, field, value)
        return Shown(label, kind, told) if told else None

    def _words(self, field: Field, value) -> tuple[str, object]:
        return "words", str(value)

    def _pair(self, field: Field, value: Mapping) -> tuple[str, object]:
        typed = value.get("script") or "Hans"
        wanted = self.script or typed
        derived = _in_script(value, typed, wanted, legal=bool(field.rule("legal")))
        text = Text(derived, value["en"], f"zh-{wanted}", derived != value["zh"], field.kind == "line")
        return "pair", text if text.zh or text.en else None

    def _choice(self, field: Field, value) -> tuple[str, object]:
        entry = field.choices().get(str(value))
        return "words", entry.label(self.reader) if entry else str(value)

    def _several(self, field: Field, value) -> tuple[str, object]:
        joint = ", " if self.reader == "en" else "、"
        return "words", joint.join(self._choice(field, one)[1] for one in value)

    def _amount(self, field: Field, value: int) -> tuple[str, object]:
        return "amount", Money(value, self.content["currency"])

    def _integer(self, field: Field, value: int) -> tuple[str, object]:
        return "words", formats.number(value, self.reader)

    def _share(self, field: Field, value: str) -> tuple[str, object]:
        return "share", f"{Decimal(value).normalize():f}%"

    def _date(self, field: Field, value: str) -> tuple[str, object]:
        return "day", date.fromisoformat(value)

    def _flag(self, field: Field, value: bool) -> tuple[str, object]:
        return "flag", _YES[self.reader] if value else None

    def _link(self, field: Field, value: str) -> tuple[str, object]:
        return "link", value if value.startswith(("https://", "http://")) else None

    def _mail(self, field: Field, value: str) -> tuple[str, object]:
        return "mail", value

    def _nothing(self, field: Field, value) -> tuple[str, object]:
        return "words", None


_YES = {"zh-Hans": "是", "zh-Hant": "是", "en": "Yes"}
_WAYS = {
    "line": _Reading._pair,
    "passage": _Reading._pair,
    "choice": _Reading._choice,
    "several": _Reading._several,
    "amount": _Reading._amount,
    "integer": _Reading._integer,
    "share": _Reading._share,
    "date": _Reading._date,
    "flag": _Reading._flag,
    "url": _Reading._link,
    "email": _Reading._mail,
    "document": _Reading._nothing,  # evidence is for those who check
}


def _in_script(value: Mapping, typed: str, wanted: str, *, legal: bool) -> str:
    """The Chinese in the script wanted: as typed, as edited by hand, or derived; a name is never converted."""
    if wanted == typed or legal:
        return value["zh"]
    edited = value.get("other")
    return edited["text"] if edited and edited.get("text") else converted(value["zh"], wanted)
