"""A file as rows of text, whatever its format.

Decides the format by what the file holds, never by its name, and the limits that keep a hostile file from costing more
than its size. Yields each row with its line number; a line that is no row becomes a finding in its place.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import columns, workbook
from .encodings import decode
from .findings import BrokenTable, Empty, Finding, JsonArray, OldExcel, TooLarge, TooManyRows

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CELL = 20_000

Row = tuple[int, dict[str, str] | Finding]


@dataclass(frozen=True, slots=True)
class Table:
    """A file opened. ``ignored`` names the headings that are not read, all of them after the last row."""

    format: str
    encoding: str
    ignored: dict[str, None]
    rows: Iterator[Row]


def open_table(data: bytes) -> Table:
    """Recognise and open a file. Raises Unreadable, also while the rows are read."""
    if len(data) > MOST_BYTES:
        raise TooLarge(most=MOST_BYTES // 1024**2)
    if not data.strip(b" \t\r\n\0"):
        raise Empty
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldExcel
    if data.startswith(b"PK\x03\x04"):
        return _from_cells("xlsx", "", workbook.cells(data, MOST_ROWS))
    text, encoding = decode(data)
    start = text.lstrip()[:1]
    if start == "[":
        raise JsonArray
    if start == "{":
        return _from_objects(text, encoding)
    return _from_cells("csv", encoding, _csv_cells(text))


def _limited(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        yield row


# JSON lines.


def _from_objects(text: str, encoding: str) -> Table:
    ignored: dict[str, None] = {}
    # Only a newline ends a line here: U+2028 and the like may stand inside a JSON string.
    return Table("jsonl", encoding, ignored, _limited(_objects(text.split("\n"), ignored)))


def _objects(lines: Iterable[str], ignored: dict[str, None]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            yield number, Finding(number, "bad_json")
            continue
        row: dict[str, str] = {}
        for key, value in found.items():
            if name := columns.meaning(key):
                row.setdefault(name, _as_text(value))
            else:
                ignored.setdefault(key[:60])
        yield number, row


def _as_text(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


# Rows of cells.


def _from_cells(format_: str, encoding: str, cells: Iterator[tuple[int, list[str]]]) -> Table:
    first = next((row for row in cells if any(cell.strip() for cell in row[1])), None)
    if first is None:
        raise Empty
    found = columns.headings(first[1])
    ignored = {cell[:60]: None for cell, name in zip(first[1], found, strict=True) if not name and cell.strip()}
    return Table(format_, encoding, ignored, _limited(_rows(cells, found)))


def _rows(cells: Iterable[tuple[int, list[str]]], found: list[str | None]) -> Iterator[Row]:
    any_row = False
    for line, row in cells:
        if not any(cell.strip() for cell in row):
            continue
        any_row = True
        while len(row) > len(found) and not row[-1].strip():
            row.pop()
        if len(row) > len(found):
            yield line, Finding(line, "cells", {"found": len(row), "expected": len(found)})
            continue
        yield line, {name: cell for name, cell in zip(found, row, strict=False) if name}
    if not any_row:
        raise Empty


def _csv_cells(text: str) -> Iterator[tuple[int, list[str]]]:
    text = text.replace("\0", "\ufeff")  # the reader stops at NUL; so the cell is refused as hostile instead
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one limit for the whole process: never lowered
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise BrokenTable(line=start) from broken
        yield start, row
        start = reader.line_num + 1


def _delimiter(text: str) -> str:
    """The separator that makes most columns of ours out of the first line."""
    heading = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    meant = {mark: sum(bool(columns.meaning(cell.strip('"\r '))) for cell in heading.split(mark)) for mark in ",\t;|"}
    return max(meant, key=meant.__getitem__)
