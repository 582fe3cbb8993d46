"""The answers of an application as somebody reads them: by page, each with its label and its value in words.

Pure. Decides the order and the words; what is missing stands in ``completeness``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from listing.companies.sheets import Field
from listing.money import Money

from .pages import pages


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. ``value`` is a text, a Money, a date, or True; ``place`` is page and field."""

    place: str
    label: str
    value: object
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page with what was answered on it; rows are groups of lines under their number."""

    id: str
    label: str
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, tuple[Line, ...]], ...]


def sections(contents: Mapping[str, Mapping], reader: str) -> list[Section]:
    """The pages that hold an answer, in order."""
    found = []
    for key, page in pages().items():
        content = contents.get(key, {})
        lines = tuple(_line(f"{key}.{f.id}", f, content, reader) for f in page.fields if _is_line(f, content))
        rows = tuple(_rows(key, page.fields, content, reader))
        if lines or rows:
            found.append(Section(key, page.label(reader), lines, rows))
    return found


def _is_line(field: Field, content: Mapping) -> bool:
    return field.kind != "rows" and field.id in content and field.id not in ("currency", "unit")


def _rows(key: str, fields, content: Mapping, reader: str) -> Iterator[tuple[str, tuple[Line, ...]]]:
    for each in fields:
        for number, row in enumerate(content.get(each.id, ()) if each.kind == "rows" else ()):
            place = f"{key}.{each.id}.{number}"
            lines = tuple(_line(f"{place}.{f.id}", f, row, reader) for f in each.fields if f.id in row)
            yield f"{each.label(reader)} {number + 1}", lines


def _line(place: str, field: Field, content: Mapping, reader: str) -> Line:
    return Line(place, field.label(reader), _value(field, content, reader), field.kind)


def _value(field: Field, content: Mapping, reader: str) -> object:
    value = content[field.id]
    if field.kind == "amount":
        return Money(value, content["currency"])
    if field.kind == "choice":
        return field.choices()[value].label(reader)
    if field.kind == "several":
        joint = ", " if reader == "en" else "、"
        return joint.join(field.choices()[one].label(reader) for one in value)
    if field.kind == "date":
        return date.fromisoformat(value)
    return f"{value}%" if field.kind == "share" else value
