"""Rows as files: CSV and XLSX for spreadsheets, JSON for programs; Atom stands in atom.py.

Decides how a value is written and that nobody gets a column above their tier; which rows a reader may have is decided
by the query that gives them. Rows are read as they are written, so that no length fills the memory.

CSV is UTF-8 with a byte order mark, for Excel, and guarded by the rule of cells.py. XLSX holds texts as texts, never as
formulas, and marks those that begin like one, so that editing the cell does not make it one; line ends are "\\n" there,
what XML cannot carry is U+FFFD, and a text ends after 32,767 characters, as many as a cell holds. JSON holds values as
they are, decimals and instants as text.
"""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from flask import Response, stream_with_context
from werkzeug.wsgi import FileWrapper

from listing.access.actor import Tier
from listing.access.gate import actor
from listing.files.rules import disposition
from listing.later import cell as cells
from listing.later import openpyxl

from .cells import GUARDED, guarded, written

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_576  # of one sheet, header included
EXACT_DIGITS = 10**15  # whole numbers from here on would be rounded by a spreadsheet

_PIECE = 200  # rows written at once
_UNFIT = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file, how to get its value from a row, and the lowest tier that sees it."""

    name: str
    value: Callable[[Any], object]
    tier: Tier = Tier.PUBLIC


def as_csv(rows: Iterable, columns: Sequence[Column], *, name: str) -> Response:
    """A CSV file called ``name`` with the columns this reader may see."""
    return _download(stream_with_context(_csv_pieces(rows, _visible(columns))), "text/csv; charset=utf-8", name)


def as_json(
    rows: Iterable,
    columns: Sequence[Column],
    *,
    name: str,
    items: str = "items",
    about: Mapping[str, object] | None = None,
) -> Response:
    """A JSON file: one object with what ``about`` says, and the rows, one a line, under ``items``."""
    pieces = _json_pieces(rows, _visible(columns), items, about or {})
    return _download(stream_with_context(pieces), "application/json", name)


def as_xlsx(rows: Iterable, columns: Sequence[Column], *, name: str, title: str = "1") -> Response:
    """An XLSX file whose first sheet is called ``title``; written to disk first, as the format demands."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    try:
        _workbook(rows, _visible(columns), title).save(target)
    except BaseException:
        target.close()
        raise
    size = target.tell()
    target.seek(0)
    answer = _download(FileWrapper(target, 64 * 1024), XLSX, name)
    answer.content_length = size
    return answer


def _visible(columns: Sequence[Column]) -> Sequence[Column]:
    return [column for column in columns if column.tier <= actor().tier]


def _download(body: Iterable, content_type: str, name: str) -> Response:
    headers = {"Content-Disposition": disposition(name), "Cache-Control": "no-store", "Content-Type": content_type}
    return Response(body, headers=headers)


class _Line:
    """Where the CSV writer writes; it keeps the lines until they are taken."""

    def __init__(self):
        self.lines: list[str] = []

    def write(self, text: str) -> None:
        self.lines.append(text)

    def taken(self) -> str:
        text = "".join(self.lines)
        self.lines.clear()
        return text


def _csv_pieces(rows: Iterable, columns: Sequence[Column]) -> Iterator[str]:
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    yield "\ufeff" + line.taken()
    for several in _pieces(rows):
        writer.writerows([guarded(column.value(row)) for column in columns] for row in several)
        yield line.taken()


def _json_pieces(rows: Iterable, columns: Sequence[Column], items: str, about: Mapping[str, object]) -> Iterator[str]:
    yield _json({**about, items: []}).removesuffix("]}")
    separator = "\n"
    for several in _pieces(rows):
        lines = (
            json.dumps({c.name: c.value(row) for c in columns}, ensure_ascii=False, default=written) for row in several
        )
        yield separator + ",\n".join(lines)
        separator = ",\n"
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=written)


def _pieces(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while several := list(islice(rows, _PIECE)):
        yield several


def _workbook(rows: Iterable, columns: Sequence[Column], title: str) -> "openpyxl.Workbook":
    """All rows, on as many sheets as they need."""
    book = openpyxl.Workbook(write_only=True)
    sheet, room = _sheet(book, columns, title), SHEET_ROWS - 1
    for row in rows:
        if not room:
            sheet, room = _sheet(book, columns, None), SHEET_ROWS - 1
        sheet.append([_cell(sheet, column.value(row)) for column in columns])
        room -= 1
    return book


def _sheet(book: "openpyxl.Workbook", columns: Sequence[Column], title: str | None):
    sheet = book.create_sheet(title)
    sheet.append([_cell(sheet, column.name) for column in columns])
    return sheet


def _cell(sheet, value: object) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, int) and abs(value) < EXACT_DIGITS:
        return value
    if isinstance(value, float) or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    text = _UNFIT.sub("\ufffd", written(value).replace("\r\n", "\n").replace("\r", "\n"))
    cell = cells.WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a text, whatever it looks like
    cell.quotePrefix = text.startswith(GUARDED)
    return cell
