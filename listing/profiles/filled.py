"""A workbook that somebody filled in, as what they would have typed into the pages.

Decides how cells become texts, by name of the field; what those may say is decided in ``reading``. A line that is not
there leaves what is saved as it is, a cell that is there and empty empties it; a row whose cells are all empty goes. Of
a formula its last value is read.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import BinaryIO, NamedTuple
from warnings import catch_warnings, simplefilter

from listing.companies.sheets import Field, Sheet, sheets
from listing.files import rules as files
from listing.files import sniffing
from listing.later import openpyxl
from listing.refusal import N_, Refusal

from . import rules, typing
from .workbook import EN, FIRST_LINE, LEFT_OUT, NAME, PROOF, ZH

MOST_LINES = 2_000
MOST_BYTES = 5 * files.MB
MOST_UNPACKED = 20 * files.MB
YES = frozenset({"yes", "y", "true", "1", "是", "有", "x", "✓"})
NO = frozenset({"no", "n", "false", "0", "否", "无", "無", "不是", "没有", "沒有"})
_COLUMNS = "ABCDEF"


class NotTheTemplate(Refusal):
    message = N_("This workbook is not one of a profile. Download it from this page, fill it in and send it.")


class Filled(NamedTuple):
    """One task of a workbook: the version it was written from, its texts, their cells, and what is wrong with some."""

    version: int
    typed: dict[str, str]
    cells: dict[str, str]
    errors: dict[str, Refusal]
    title: str

    def cell(self, name: str) -> str:
        """Where something stands: worksheet and cell; for what has none, the nearest that has."""
        found = next((self.cells[n] for n in (name, f"{name}.zh") if n in self.cells), None)
        nearest = next((place for known, place in self.cells.items() if known.startswith(f"{name}.")), "")
        return f"{self.title}!{found or nearest}".rstrip("!")


class _Cell(NamedTuple):
    mark: str
    side: str
    text: str
    place: str


def taken(stream: BinaryIO, contents: Mapping[str, Mapping]) -> dict[str, Filled]:
    """The tasks of a workbook by id. Raises files.rules.Unfit, NotTheTemplate."""
    kind = replace(files.kind_of("workbook.xlsx"), limit=MOST_BYTES)
    files.check_size(kind, stream.seek(0, 2))
    stream = sniffing.checked(stream, kind)
    try:
        _check_plain(stream)
        with catch_warnings():
            simplefilter("ignore")  # what openpyxl does not know of styles and extensions is of no matter
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            found = dict(_pages(book, contents))
    except files.Unfit:
        raise
    except Exception as broken:  # damaged archives and XML raise nearly anything
        raise files.Damaged from broken
    if not found:
        raise NotTheTemplate
    return found


def _check_plain(stream: BinaryIO) -> None:
    """Refuse what costs far more to read than a profile: much to unpack, or entities that grow when read."""
    with zipfile.ZipFile(stream) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise files.UnpacksTooLarge
        for part in archive.infolist():
            with archive.open(part) as opened:
                if b"<!doctype" in opened.read(2_000).replace(b"\0", b"").lower():
                    raise files.Damaged


def _pages(book, contents: Mapping[str, Mapping]) -> Iterator[tuple[str, Filled]]:
    for page in book.worksheets:
        rows = page.iter_rows(max_row=MOST_LINES, max_col=len(_COLUMNS))
        first = next(rows, ())
        key, _space, version = str((first[0].value if first else "") or "").partition(" ")
        sheet = sheets().get(key)
        if sheet and key not in LEFT_OUT and version.isascii() and version.isdecimal() and len(version) < 9:
            cells = [cell for row in rows for cell in _line(row, sheet)]
            yield key, _filled(sheet, cells, contents.get(key, {}), int(version), page.title)


def _line(row, sheet: Sheet) -> Iterator[_Cell]:
    at = dict(zip(_COLUMNS, row, strict=False))
    mark = str(at[NAME].value or "").strip() if NAME in at else ""
    field = _field(mark, sheet)
    if field is None or at[NAME].row < FIRST_LINE:
        return
    sides = {ZH: "zh", EN: "en"} if field.is_pair else {ZH: ""}
    if field.kind == "passage":
        sides[PROOF] = "evidence"
    for column, side in sides.items():
        cell = at.get(column)
        text = _text(field, side, cell) if cell is not None else ""
        yield _Cell(mark, side, text, f"{column}{at[NAME].row}")


def _field(mark: str, sheet: Sheet) -> Field | None:
    parts = mark.split(".")
    field = next((each for each in sheet.fields if each.id == parts[0]), None)
    if field is None or field.kind != "rows":
        return field if len(parts) == 1 else None
    inner = len(parts) == 3 and parts[1][:1] in ("#", "+")
    return next((part for part in field.fields if inner and part.id == parts[2]), None)


def _filled(sheet: Sheet, cells: list[_Cell], content: Mapping, version: int, title: str) -> Filled:
    saved = typing.typed(sheet, content)
    rows_of = {each.id for each in sheet.fields if each.kind == "rows"}
    found = Filled(version, {}, {}, {}, title)
    for name, text in saved.items():
        if name.partition(".")[0] not in rows_of:
            found.typed[name] = text
    for cell in cells:
        if cell.mark.partition(".")[0] not in rows_of:
            _note(found, _named(cell.mark, cell.side), cell)
    for key in rows_of:
        _rows(found, key, [cell for cell in cells if cell.mark.startswith(f"{key}.")], saved)
    _wrong_flags(sheet, found)
    return found


def _named(mark: str, side: str) -> str:
    return f"{mark}.{side}" if side else mark


def _note(found: Filled, name: str, cell: _Cell) -> None:
    found.typed[name] = cell.text
    found.cells[name] = cell.place


def _rows(found: Filled, key: str, cells: list[_Cell], saved: Mapping[str, str]) -> None:
    """The rows of the file over those that are saved, each by its id, and then those the file does not name."""
    kept = _by_id(key, saved)
    number = 0
    for mark in dict.fromkeys(cell.mark.split(".")[1] for cell in cells):
        own = [cell for cell in cells if cell.mark.split(".")[1] == mark]
        before = kept.pop(mark[1:], {}) if mark.startswith("#") else {}
        if not any(cell.text for cell in own if cell.side != "evidence"):
            continue
        found.typed.update({f"{key}.{number}.{rest}": text for rest, text in before.items()})
        for cell in own:
            _note(found, _named(f"{key}.{number}.{cell.mark.split('.')[2]}", cell.side), cell)
        number += 1
    for place, row in enumerate(kept.values(), number):
        found.typed.update({f"{key}.{place}.{rest}": text for rest, text in row.items()})


def _by_id(key: str, saved: Mapping[str, str]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name, text in saved.items():
        if name.startswith(f"{key}."):
            _key, number, rest = name.split(".", 2)
            rows.setdefault(number, {})[rest] = text
    return {row["id"]: row for row in rows.values()}


def _wrong_flags(sheet: Sheet, found: Filled) -> None:
    """Yes and no in words become a tick or none; anything else is refused at its cell."""
    flags = {part.id for each in sheet.fields for part in (each, *each.fields) if part.kind == "flag"}
    for name, place in found.cells.items():
        if name.rpartition(".")[2] in flags and (text := found.typed[name].casefold()):
            found.typed[name] = "1" if text in YES else ""
            if place and text not in YES | NO:
                found.errors[name] = rules.NotInList()


def _text(field: Field, side: str, cell) -> str:
    value = cell.value
    if value is None or value == "":
        return ""
    if side == "evidence" or field.kind == "document":
        return str(value).strip().removeprefix("#").partition(" ")[0]
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _number(field, value, str(getattr(cell, "number_format", "")))
    return _chosen(field, str(value)) if field.kind in ("choice", "several") else str(value)


def _number(field: Field, value: float, number_format: str) -> str:
    """A number as one would type it; a share that the spreadsheet shows as per cent is the number before the sign."""
    if field.kind == "share" and "%" in number_format:
        value = round(value * 100, 6)
    text = str(int(value)) if float(value).is_integer() else f"{value:.15g}"
    return _chosen(field, text) if field.kind == "choice" else text


def _chosen(field: Field, text: str) -> str:
    """The ids of the values named in any of the three languages; what no list knows stays, to be refused."""
    known = {name.casefold(): entry.id for entry in field.choices().values() for name in (entry.id, *entry.labels())}
    parts = text.replace("；", ";").split(";") if field.kind == "several" else [text]
    return " ".join(known.get(part.strip().casefold(), part.strip()) for part in parts if part.strip())
