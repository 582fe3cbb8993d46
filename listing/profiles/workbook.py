"""A profile as a workbook to fill in: one worksheet a task, one line a field, both languages side by side.

Decides the layout, which ``filled`` reads back: the first cell of a worksheet names its task and the version it was
written from, column A the field. Texts are written as texts and never as formulas; what stands beside them is said by
whoever asks for the workbook. Files are no part of it.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from listing.companies.sheets import Field, Sheet, choices, sheets
from listing.later import datavalidation, openpyxl, styles
from listing.web.cells import GUARDED

from . import typing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEFT_OUT = frozenset({"documents"})  # files are added one by one
NAME, LABEL, ABOUT, ZH, EN, PROOF = "ABCDEF"
FIRST_LINE = 3
BLANK_ROWS = 3
_LISTS = "lists"
_WIDTHS = {NAME: 4, LABEL: 34, ABOUT: 44, ZH: 56, EN: 56, PROOF: 30}
_UNFIT = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Words(NamedTuple):
    """What the workbook says to its reader; ``about`` explains a field, ``no_yes`` are the two answers of a flag."""

    reader: str
    second: str
    introduction: tuple[str, ...]
    headings: tuple[str, str, str, str, str]
    about: Callable[[Field], str]
    no_yes: tuple[str, str]

    def both(self, entry) -> str:
        """A label in the language of the reader, the other one beneath."""
        return f"{entry.label(self.reader)}\n{entry.label(self.second)}"


class Line(NamedTuple):
    """One line: what column A says, the name of the field on the page, its label, the field."""

    mark: str
    name: str
    label: str
    field: Field


def proof(document: Mapping) -> str:
    """How a document is named in a cell: its number, which is what counts, and its title."""
    title = document.get("title") or {}
    return f"#{document['file']} {title.get('zh') or title.get('en') or document['name']}"


def lines(sheet: Sheet, content: Mapping, words: Words) -> Iterator[Line]:
    """The lines of a worksheet: every field, the rows there are, and blank ones."""
    for each in sheet.fields:
        if each.kind != "rows":
            yield Line(each.id, each.id, words.both(each), each)
            continue
        known = [row["id"] for row in content.get(each.id, ())]
        blank = range(1, min(BLANK_ROWS, each.rule("most") - len(known)) + 1)
        for number, mark in enumerate([f"#{key}" for key in known] + [f"+{n}" for n in blank]):
            for part in each.fields:
                label = f"{each.label(words.reader)} {number + 1} · {words.both(part)}"
                yield Line(f"{each.id}.{mark}.{part.id}", f"{each.id}.{number}.{part.id}", label, part)


def written(
    contents: Mapping[str, Mapping], versions: Mapping[str, int], documents: list[Mapping], words: Words
) -> bytes:
    """The workbook with what there is so far."""
    book = openpyxl.Workbook()
    _introduce(book.active, words)
    lists = _Lists(book, documents, words)
    for key, sheet in sheets().items():
        if key not in LEFT_OUT:
            _page(book, sheet, contents.get(key, {}), versions.get(key, 0), lists, words)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _introduce(page, words: Words) -> None:
    page.title = words.introduction[0][:31]
    page.column_dimensions["A"].width = 110
    for number, text in enumerate(words.introduction, 1):
        _put(page, f"A{number}", text)
    page["A1"].font = styles.Font(bold=True, size=14)


def _page(book, sheet: Sheet, content: Mapping, version: int, lists: "_Lists", words: Words) -> None:
    page = book.create_sheet(sheet.label(words.reader)[:31])
    _put(page, f"{NAME}1", f"{sheet.id} {version}")
    _put(page, f"{LABEL}1", words.both(sheet))
    for column, heading in zip((LABEL, ABOUT, ZH, EN, PROOF), words.headings, strict=True):
        _put(page, f"{column}2", heading)
        page[f"{column}2"].font = styles.Font(bold=True)
        page[f"{column}2"].fill = styles.PatternFill("solid", fgColor="E6EEF0")
    typed = typing.typed(sheet, content)
    for number, line in enumerate(lines(sheet, content, words), FIRST_LINE):
        _line(page, number, line, typed, lists, words)
    page[f"{LABEL}1"].font = styles.Font(bold=True, size=14)
    for column, width in _WIDTHS.items():
        page.column_dimensions[column].width = width
    page.column_dimensions[NAME].hidden = True
    page.freeze_panes = f"{ABOUT}{FIRST_LINE}"


def _line(page, number: int, line: Line, typed: Mapping[str, str], lists: "_Lists", words: Words) -> None:
    for column, text in ((NAME, line.mark), (LABEL, line.label), (ABOUT, words.about(line.field))):
        _put(page, f"{column}{number}", text)
    if line.field.is_pair:
        _put(page, f"{ZH}{number}", typed.get(f"{line.name}.zh", ""))
        _put(page, f"{EN}{number}", typed.get(f"{line.name}.en", ""))
        if line.field.kind == "passage":
            lists.offer(page, f"{PROOF}{number}", "documents")
            _put(page, f"{PROOF}{number}", lists.document(typed.get(f"{line.name}.evidence", "")))
        return
    _put(page, f"{ZH}{number}", _said(line.field, typed.get(line.name, ""), lists, words))
    if line.field.kind in ("choice", "document", "flag"):
        lists.offer(page, f"{ZH}{number}", lists.of(line.field))


def _said(field: Field, text: str, lists: "_Lists", words: Words) -> str:
    if field.kind in ("choice", "several"):
        return "; ".join(field.choices()[key].label(words.reader) for key in text.split() if key in field.choices())
    if field.kind == "document":
        return lists.document(text)
    return words.no_yes[1] if field.kind == "flag" and text else text


def _put(page, place: str, text: str) -> None:
    """A text, whatever it looks like, in a cell that stays one when somebody edits it."""
    cell = page[place]
    cell.value = _UNFIT.sub("\ufffd", text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(GUARDED)
    cell.number_format = "@"
    cell.alignment = styles.Alignment(wrap_text=True, vertical="top")


class _Lists:
    """The answers to choose from, on a hidden worksheet, and the drop-down lists that offer them."""

    def __init__(self, book, documents: list[Mapping], words: Words):
        self._page = book.create_sheet(_LISTS)
        self._page.sheet_state = "hidden"
        self._words = words
        self._documents = {str(row["file"]): proof(row) for row in documents}
        self._known: dict[str, str] = {}

    def document(self, number: str) -> str:
        return self._documents.get(number, "")

    def of(self, field: Field) -> str:
        return {"flag": "flag", "document": "documents"}.get(field.kind) or field.rule("from")

    def offer(self, page, place: str, name: str) -> None:
        area = self._area(name)
        if not area:
            return
        offered = next((one for one in page.data_validations.dataValidation if one.formula1 == area), None)
        if offered is None:
            choice = {"type": "list", "allow_blank": True, "showErrorMessage": False}
            offered = datavalidation.DataValidation(formula1=area, **choice)
            page.add_data_validation(offered)
        offered.add(place)

    def _area(self, name: str) -> str:
        if name not in self._known:
            values = self._values(name)
            column = self._page.cell(row=1, column=len(self._known) + 1).column_letter
            for number, text in enumerate(values, 1):
                _put(self._page, f"{column}{number}", text)
            self._known[name] = f"{_LISTS}!${column}$1:${column}${len(values)}" if values else ""
        return self._known[name]

    def _values(self, name: str) -> list[str]:
        if name in ("flag", "documents"):
            return list(self._words.no_yes) if name == "flag" else list(self._documents.values())
        return [entry.label(self._words.reader) for entry in choices(name).values()]
