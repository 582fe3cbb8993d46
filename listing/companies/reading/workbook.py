"""The first sheet of an XLSX workbook as rows of text.

Decides that a workbook is not a bomb before unpacking it, and how a cell that is no text reads: whole numbers without
a point, days in ISO 8601, formulas as their text, which is never computed.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from warnings import catch_warnings, simplefilter

from listing.later import openpyxl

from .findings import BrokenWorkbook, SuspiciousWorkbook, TooManyRows, Unreadable

MOST_UNPACKED = 512 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 16 * 1024 * 1024  # small parts may well pack tightly
MOST_PARTS = 2_000
MOST_COLUMNS = 200
MOST_BLANK = 2_000  # rows without a cell that has text, one after the other, after which the sheet counts as ended


def cells(data: bytes, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of the first sheet with its number. Raises BrokenWorkbook, SuspiciousWorkbook, TooManyRows."""
    try:
        _check_size(data)
        yield from _cells(data, most_rows)
    except Unreadable:
        raise
    except Exception as broken:  # damaged archives and XML raise nearly anything, from zlib.error to AttributeError
        raise BrokenWorkbook from broken


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise SuspiciousWorkbook
        for part in parts:
            _check_part(archive, part)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise SuspiciousWorkbook
    if part.filename.endswith((".xml", ".rels")):
        with archive.open(part) as opened:
            if b"<!doctype" in opened.read(2_000).replace(b"\0", b"").lower():  # entities that grow when read
                raise SuspiciousWorkbook


def _cells(data: bytes, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    with catch_warnings():
        simplefilter("ignore")  # what openpyxl does not know of styles and extensions is of no matter
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    blank = filled = 0
    try:
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            texts = [_as_text(value) for value in row]
            while texts and not texts[-1].strip():
                texts.pop()
            blank = 0 if texts else blank + 1
            filled += bool(texts)
            if filled > most_rows + 1:
                raise TooManyRows(most=most_rows)
            if blank > MOST_BLANK:
                return
            if texts:
                yield number, texts
    finally:
        book.close()


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
