"""Reading the euro reference rates of the European Central Bank, as CSV or XML, of one day or of all days.

Pure. Decides what is such a file and refuses the whole of it at the first thing that is wrong, with its line.
Currencies that we do not know are passed over. What is done with the rates is decided elsewhere.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from listing.money import CURRENCIES
from listing.refusal import N_, Refusal

BASE, SOURCE = "EUR", "ECB"
MOST_BYTES = 16 * 1024**2
_FRANKFURT = ZoneInfo("Europe/Berlin")
_PUBLISHED = time(16)  # the bank states its rates around four in the afternoon
_EARLIEST = date(1999, 1, 4)
_VALUE = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,10})?")
_CODE = re.compile(r"[A-Z]{3}")
_NONE = ("", "N/A", "-")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July")
_MONTHS += ("August", "September", "October", "November", "December")


class Unreadable(Refusal):
    message = N_("This is not a file of euro reference rates: its first line must name a date column and currencies.")


class TooLarge(Unreadable):
    message = N_("The file is larger than %(most)s MB.")


class BadLine(Unreadable):
    message = N_("Line %(line)s of the file cannot be read: %(cell)s. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one euro cost of ``quote`` on ``day``."""

    day: date
    quote: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class File:
    """The readings of a file, each day and currency once, and the currencies that were passed over."""

    readings: tuple[Reading, ...]
    passed_over: tuple[str, ...]


def instant(day: date) -> datetime:
    """When the bank states the rates of a day."""
    return datetime.combine(day, _PUBLISHED, _FRANKFURT)


def read(data: bytes, *, today: date) -> File:
    """The rates in a file. Raises Unreadable, TooLarge, BadLine; no day may be after ``today``."""
    if len(data) > MOST_BYTES:
        raise TooLarge(most=MOST_BYTES // 1024**2)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable from None
    cells = _of_xml(text) if text.lstrip().startswith("<") else _of_csv(text)
    found: dict[tuple[date, str], Reading] = {}
    passed_over: set[str] = set()
    for line, day_text, code, value in cells:
        reading = _reading(line, day_text, code, value, today)
        if code not in CURRENCIES:
            passed_over.add(code)
        elif found.setdefault((reading.day, code), reading) is not reading:
            raise BadLine(line=line, cell=f"{day_text} {code}")
    if not found:
        raise Unreadable
    return File(tuple(found.values()), tuple(sorted(passed_over)))


def _reading(line: int, day_text: str, code: str, value: str, today: date) -> Reading:
    day = _day(day_text)
    if day is None or not _EARLIEST <= day <= today:
        raise BadLine(line=line, cell=day_text[:40] or "?")
    if not _VALUE.fullmatch(value) or not Decimal(value) > 0:
        raise BadLine(line=line, cell=f"{code} {value[:40]}")
    return Reading(day, code, Decimal(value))


def _day(text: str) -> date | None:
    """A day as 2026-11-20, or as the bank's file of one day has it: 20 November 2026."""
    try:
        if match := re.fullmatch(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})", text):
            return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _of_csv(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line, day, code and value of every cell that holds one; a trailing comma, as the bank writes it, is no column."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = _stripped(next(rows, []))
        if len(head) < 2 or head[0].lower() != "date" or not all(map(_CODE.fullmatch, head[1:])):
            raise Unreadable
        if len(set(head)) != len(head):
            raise BadLine(line=1, cell=head[0])
        for row in rows:
            cells = _stripped(row, len(head))
            if len(cells) > len(head):
                raise BadLine(line=rows.line_num, cell=cells[-1][:40])
            yield from _of_row(rows.line_num, head, cells)
    except csv.Error as error:
        raise BadLine(line=rows.line_num, cell=str(error)[:60]) from None


def _of_row(line: int, head: list[str], cells: list[str]) -> Iterator[tuple[int, str, str, str]]:
    if any(cells) and len(cells) < 2:
        raise BadLine(line=line, cell=cells[0][:40])
    for code, value in zip(head[1:], cells[1:], strict=False):
        if value not in _NONE:
            yield line, cells[0], code, value


def _stripped(row: Iterable[str], width: int = 0) -> list[str]:
    cells = [cell.strip() for cell in row]
    while len(cells) > width and cells[-1] == "":
        cells.pop()
    return cells


def _of_xml(text: str) -> Iterator[tuple[int, str, str, str]]:
    """The same from the bank's XML; the line is the place of the day in the file. No document type is read."""
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        raise Unreadable
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as error:
        raise BadLine(line=error.position[0], cell="XML") from None
    place = 0
    for cube in root.iter():
        if day := cube.get("time"):
            place += 1
            for rate in cube:
                yield place, day, rate.get("currency", "?"), rate.get("rate", "?")
