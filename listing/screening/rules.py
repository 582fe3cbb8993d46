"""What a list must look like, how a hit is resolved, and whether a case has been screened. Pure.

A case is whatever another room has names to check in: a kind and a number, which mean nothing here.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from listing.refusal import N_, Refusal

COLUMNS = ("reference", "kind", "name", "aliases", "detail")  # ``aliases`` are separated by semicolons
KINDS = PERSON, ENTITY = ("person", "entity")
MOST_BYTES = 20 * 1024 * 1024
MOST_NAMES = 100_000
MOST_NAME = 300
MOST_DETAIL = 2_000
MOST_REASON = 2_000
CODE_LONGEST = 20
VERSION_LONGEST = 40
SOURCE_LONGEST = 300

OUTCOMES = OPEN, CLEARED, CONFIRMED = ("open", "cleared", "confirmed")
# What a case may rest on; only CLEAR lets it go on.
STANDINGS = NEVER, OUTDATED, WAITING, MEANT, CLEAR = ("never", "outdated", "waiting", "meant", "clear")


class BadLine(Refusal):
    """One line of the list is wrong, so none is taken; ``line`` as an editor counts."""


class NotFiveColumns(BadLine):
    message = N_("Line %(line)s of the list does not have five columns. Nothing has been imported.")


class NotNamed(BadLine):
    message = N_("Line %(line)s of the list lacks its reference or its name. Nothing has been imported.")


class UnknownKind(BadLine):
    message = N_("Line %(line)s of the list: the kind must be person or entity. Nothing has been imported.")


class CellTooLong(BadLine):
    message = N_("Line %(line)s of the list has a cell that is too long. Nothing has been imported.")


class NamedTwice(BadLine):
    message = N_("Line %(line)s of the list: this reference stands in the list twice. Nothing has been imported.")


class NotAList(Refusal):
    message = N_("The file is not a list in UTF-8 whose first line is: %(columns)s")


class TooLong(Refusal):
    message = N_("The list is larger than 20 MB or 100,000 names.")


class OtherContent(Refusal):
    message = N_(
        "Version %(version)s of this list was imported before with other content. Give the new one a new name."
    )


class NoReason(Refusal):
    message = N_("Say why the hit does or does not mean this person or institution.")


class AlreadyResolved(Refusal):
    message = N_("%(name)s has resolved this hit already.")


class NoLists(Refusal):
    message = N_("No list has been imported, so nothing can be checked against one.")


@dataclass(frozen=True, slots=True)
class Case:
    """Whose names they are: another room's kind of case and its number."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to check: the part they have in the case, and each name they are known by."""

    part: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list."""

    reference: str
    kind: str
    names: tuple[str, ...]
    detail: str


def read(content: bytes) -> list[Listed]:
    """The lines of a list in CSV. Raises TooLong, NotAList, BadLine."""
    if len(content) > MOST_BYTES:
        raise TooLong
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        if tuple(cell.strip().lower() for cell in next(lines, ())) != COLUMNS:
            raise NotAList(columns=", ".join(COLUMNS))
        listed = [(lines.line_num, _listed(lines.line_num, line)) for line in lines if any(map(str.strip, line))]
    except (UnicodeDecodeError, csv.Error) as broken:
        raise NotAList(columns=", ".join(COLUMNS)) from broken
    if not listed:
        raise NotAList(columns=", ".join(COLUMNS))
    _once(listed)
    return [one for _line, one in listed]


def _listed(line: int, cells: Sequence[str]) -> Listed:
    if len(cells) != len(COLUMNS):
        raise NotFiveColumns(line=line)
    reference, kind, name, aliases, detail = (cell.replace("\0", "").strip() for cell in cells)
    names = tuple(dict.fromkeys(filter(None, (name, *(alias.strip() for alias in aliases.split(";"))))))
    if not reference or not name:
        raise NotNamed(line=line)
    if kind not in KINDS:
        raise UnknownKind(line=line)
    if len(reference) > VERSION_LONGEST or len(detail) > MOST_DETAIL or any(len(each) > MOST_NAME for each in names):
        raise CellTooLong(line=line)
    return Listed(reference, kind, names, detail)


def _once(listed: Sequence[tuple[int, Listed]]) -> None:
    """Raises TooLong, NamedTwice for a reference that stands for two."""
    if sum(len(one.names) for _line, one in listed) > MOST_NAMES:
        raise TooLong
    seen: set[str] = set()
    for line, one in listed:
        if one.reference in seen:
            raise NamedTwice(line=line)
        seen.add(one.reference)


def standing(*, screened: Sequence[Sequence] | None, current: Sequence[Sequence], outcomes: Sequence[str]) -> str:
    """Where a case stands: ``screened`` are the versions it was checked against, ``current`` those in force now."""
    if screened is None:
        return NEVER
    if CONFIRMED in outcomes:
        return MEANT
    if OPEN in outcomes:
        return WAITING
    return CLEAR if current and sorted(map(tuple, screened)) == sorted(map(tuple, current)) else OUTDATED
