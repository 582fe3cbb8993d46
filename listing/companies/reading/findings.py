"""What is said about a file and its rows: codes with parameters, one English sentence for each code.

Decides the words and how grave each finding is; not what leads to it. Pure.
"""

from dataclasses import asdict, dataclass, field

from listing.refusal import N_, Refusal

REFUSED, WARNING, NOTE = "refused", "warning", "note"

# code: (gravity, sentence)
CODES = {
    "no_market": (REFUSED, N_("The market is missing.")),
    "bad_market": (REFUSED, N_("“%(value)s” is not the short name of a market.")),
    "own_market": (REFUSED, N_("Codes of the market GBA are given by this platform; a file cannot bring them.")),
    "no_code": (REFUSED, N_("The code is missing.")),
    "bad_code": (REFUSED, N_("“%(value)s” is not a code of this market.")),
    "no_name": (REFUSED, N_("There is no name, neither Chinese nor English.")),
    "hostile": (REFUSED, N_("The column %(column)s holds invisible or direction-changing characters. Type it anew.")),
    "formula": (REFUSED, N_("The name in the column %(column)s begins like a formula (=, +, - or @).")),
    "too_long": (REFUSED, N_("The column %(column)s holds more than %(most)s characters.")),
    "duplicate": (REFUSED, N_("The same market and code stand in line %(first)s already.")),
    "participant": (REFUSED, N_("This company looks after its own entry; a file does not change it.")),
    "bad_json": (REFUSED, N_("This line is not one JSON object.")),
    "cells": (REFUSED, N_("This line has %(found)s cells, the heading has %(expected)s. Is a quotation mark missing?")),
    "withdrawn": (NOTE, N_("This company is withdrawn from display; the row is passed over.")),
    "check_digit": (WARNING, N_("The check digit of %(value)s does not fit. Compare it with the document.")),
    "bad_number": (WARNING, N_("%(value)s does not look like a registration number; left out.")),
    "bad_lei": (WARNING, N_("%(value)s does not look like an LEI; left out.")),
    "bad_website": (WARNING, N_("“%(value)s” is not a web address; left out.")),
    "bad_year": (WARNING, N_("“%(value)s” is not a year of foundation; left out.")),
    "bad_date": (WARNING, N_("“%(value)s” is not a date; left out.")),
    "bad_stage": (WARNING, N_("“%(value)s” is not one of our stages; left out.")),
    "no_sector": (WARNING, N_("None of our sectors matches “%(value)s”.")),
    "place_conflict": (WARNING, N_("Country, area and city contradict each other: %(value)s.")),
    "alphabets": (WARNING, N_("The name in the column %(column)s mixes letters of several alphabets within a word.")),
    "ignored_columns": (NOTE, N_("Columns that are not read: %(columns)s.")),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one line of a file (1 is the first; 0 the file as a whole)."""

    line: int
    code: str
    params: dict[str, object] = field(default_factory=dict)

    @property
    def gravity(self) -> str:
        """Whether the row is refused, taken with a warning, or merely noted."""
        return CODES[self.code][0]

    @property
    def message(self) -> str:
        """The English sentence with its placeholders, as the catalogues know it."""
        return CODES[self.code][1]

    def as_data(self) -> dict[str, object]:
        """The finding for JSON."""
        return asdict(self) | {"gravity": self.gravity}


class Unreadable(Refusal):
    """The file as a whole cannot be read; nothing of it is taken."""

    message = N_("This file cannot be read.")


class TooLarge(Unreadable):
    message = N_("The file is larger than %(most)s MB. Split it.")


class TooManyRows(Unreadable):
    message = N_("The file has more than %(most)s rows. Split it.")


class Empty(Unreadable):
    message = N_("The file holds no rows.")


class OldExcel(Unreadable):
    message = N_("This is a workbook in the old Excel format. Save it as .xlsx and send it again.")


class BrokenWorkbook(Unreadable):
    message = N_("This workbook is damaged. Open it, save it as a new .xlsx file and send that one.")


class SuspiciousWorkbook(Unreadable):
    message = N_("This workbook would unpack to far more than its size. Copy its cells into a new one and send that.")


class BrokenBytes(Unreadable):
    message = N_("Line %(line)s is not valid %(encoding)s. Save the file as UTF-8 and send it again.")


class UnclearEncoding(Unreadable):
    message = N_(
        "Line %(line)s can be read as GB18030 and as Big5, with different characters. "
        "Save the file as UTF-8 and send it again."
    )


class BrokenTable(Unreadable):
    message = N_("The table breaks off at line %(line)s: a quotation mark is opened and never closed.")


class NoHeading(Unreadable):
    message = N_("The first line must name the columns; at least market and code are needed. It has: %(columns)s.")


class TwiceInHeading(Unreadable):
    message = N_("The heading names the column %(column)s twice.")


class JsonArray(Unreadable):
    message = N_("This is one JSON list. Write one object a line (JSON Lines) and send it again.")
