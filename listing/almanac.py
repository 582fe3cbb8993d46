"""Extends the calendars by a file of the installation's own: years, days, exceptional closures, each with its source.

Decides whether such a file may be believed: it has the form of calendars.yaml, says nothing twice and contradicts what
is entered only where it says so. Either all of it holds or none; ``rulebook.node.Broken`` names file, line and reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from . import calendars
from .calendars import EXCHANGES, REGIONS, Holiday, Year, Years
from .rulebook.node import Broken, Section, opened

ADDS, REPLACES = "adds", "replaces"
OFF, WORK, CLOSED = "days_off", "work", "exchange_closed"
_LONGEST = 31  # days of one holiday
_SPAN = range(2000, 2101)


def install(path: str) -> None:
    """Count by the usual years and what a file says besides; without a path by those alone. Raises Broken, OSError."""
    calendars.install(extended(_text(path), path) if path else None)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Broken(path, 1, "not text in UTF-8") from None


def extended(text: str, file: str, before: Years | None = None) -> Years:
    """The years that were entered ``before``, by default the usual ones, with what a file says. Raises Broken."""
    found = dict(calendars.usual() if before is None else before)
    root, _tree = opened(text, file)
    names = _names(root)
    said: set[tuple[str, int]] = set()
    for row in root.sections("years"):
        year = _year(row, names, found)
        if (year.region, year.year) in said:
            raise row.refuse(f"{year.year} in {year.region} stands twice in this file", "year")
        said.add((year.region, year.year))
        found[year.region, year.year] = year
        row.close()
    root.close()
    return MappingProxyType(found)


def _names(root: Section) -> Mapping[str, Holiday]:
    found = dict(calendars.usual_names())
    own = root.section("names") if "names" in root else None
    for id_ in own.keys() if own else ():
        if id_ in found:
            raise own.refuse(f"{id_} is the name of a day already", id_)
        labels = own.section(id_)
        found[id_] = Holiday(id_, *(labels.text(key) for key in ("zh_hans", "zh_hant", "en")))
        labels.close()
    return found


def _year(row: Section, names: Mapping[str, Holiday], entered: Years) -> Year:
    """The year that one row leads to."""
    region, number = row.one_of("region", REGIONS), _number(row)
    how = row.one_of("how", (ADDS, REPLACES), "")
    before = entered.get((region, number))
    if before and not how:
        words = f"{number} in {region} is entered already; say how: {ADDS} (days to it) or how: {REPLACES} (all of it)"
        raise row.refuse(words, "year")
    if how and not before:
        raise row.refuse(f"{number} in {region} is not entered, so there is nothing that this {how}", "how")
    source, status = row.text("source"), row.one_of("status", ("verified", "memory"))
    base = before if how == ADDS else Year(region, number, source, status, MappingProxyType({}), *[frozenset()] * 2)
    if how != ADDS and OFF not in row:
        raise row.refuse(f"a year without {OFF} is none")
    if how == ADDS and not any(key in row for key in (OFF, WORK, CLOSED)):
        raise row.refuse("it adds nothing")
    return _filled(base, row, names, source, status)


def _number(row: Section) -> int:
    text = row.text("year")
    if not (text.isascii() and text.isdigit() and int(text) in _SPAN):
        raise row.refuse(f"year: {text} is no year from {_SPAN[0]} to {_SPAN[-1]}", "year")
    return int(text)


def _filled(base: Year, row: Section, names: Mapping[str, Holiday], source: str, status: str) -> Year:
    """A year with the days of one row; none of them says again or otherwise what is said already."""
    off, work, closed = dict(base.off), set(base.work), set(base.exchange_closed)
    for line, day, name in _days_off(row, base.year):
        _look(row, line, day in off, f"{day} is off already")
        _look(row, line, day in work, f"{day} is worked instead already")
        _look(row, line, name not in names, f"{name} is the name of no day; add it under names")
        off[day] = names[name]
        closed.discard(day)  # a day off closes the exchange by itself
    for line, day in _days(row, WORK, base.year):
        _look(row, line, day in work, f"{WORK}: {day} stands already")
        _look(row, line, day in off, f"{WORK}: {day} is off")
        _look(row, line, day.weekday() < 5, f"{WORK}: {day} is no Saturday or Sunday")
        work.add(day)
    for line, day in _days(row, CLOSED, base.year):
        _look(row, line, base.region not in EXCHANGES, f"{CLOSED}: {base.region} has no exchange")
        _look(row, line, day in closed, f"{CLOSED}: {day} stands already")
        _look(row, line, day.weekday() > 4 or day in off, f"{CLOSED}: on {day} the exchange is closed anyway")
        closed.add(day)
    told = {"source": source, "status": status}
    if base.off:  # added to: both sources hold, and the weaker of both states
        told["source"] = f"{base.source}; {source}"
        told["status"] = status if base.status == "verified" else base.status
    days = {"off": MappingProxyType(off), "work": frozenset(work), "exchange_closed": frozenset(closed)}
    return replace(base, **told, **days)


def _look(row: Section, line: int, wrong: bool, reason: str) -> None:
    if wrong:
        raise Broken(row.file, line, reason)


def _days_off(row: Section, year: int) -> Iterator[tuple[int, date, str]]:
    for line, (begins, ends, name) in row.rows(OFF, 3):
        first, last = (_day(row, line, OFF, text, year) for text in (begins, ends))
        if not 0 <= (last - first).days < _LONGEST:
            raise Broken(row.file, line, f"{OFF}: {begins} to {ends} are not from 1 to {_LONGEST} days")
        for day in calendars.run(first, last):
            yield line, day, name


def _days(row: Section, key: str, year: int) -> Iterator[tuple[int, date]]:
    line = row.line_of(key)
    for text in row.several(key, default=()):
        yield line, _day(row, line, key, text, year)


def _day(row: Section, line: int, key: str, text: str, year: int) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Broken(row.file, line, f"{key}: {text} is not a day such as {year}-10-01") from None
    if day.year != year:
        raise Broken(row.file, line, f"{key}: {text} does not lie in {year}")
    return day
