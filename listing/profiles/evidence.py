"""Which documents the answers of a sheet name as evidence, and naming another one in their place.

Pure. Knows only where a number of a document can stand: in a field of that kind, and beside a text.
"""

from collections.abc import Iterator, Mapping

from listing.companies.sheets import Field, Sheet, sheets


def named(sheet: Sheet, content: Mapping) -> Iterator[tuple[str, int]]:
    """Yield each place that names a document: the name of the field and the number of the file."""
    yield from _named(sheet.fields, "", content)


def _named(fields: tuple[Field, ...], prefix: str, content: Mapping) -> Iterator[tuple[str, int]]:
    for each in fields:
        value, name = content.get(each.id), prefix + each.id
        if each.kind == "rows":
            for number, row in enumerate(value or ()):
                yield from _named(each.fields, f"{name}.{number}.", row)
        elif number := _number(each, value):
            yield name, number


def _number(each: Field, value) -> int | None:
    if each.kind == "document":
        return value
    return (value or {}).get("evidence") if each.is_pair else None


def places(contents: Mapping[str, Mapping], file: int) -> list[tuple[str, str]]:
    """Where a file is named: sheet and field, in order."""
    found = ((key, place) for key in sheets() for place in named(sheets()[key], contents.get(key, {})))
    return [(key, name) for key, (name, number) in found if number == file]


def all_named(contents: Mapping[str, Mapping]) -> set[int]:
    """The numbers of all files that these sheets name."""
    return {number for key in sheets() for _name, number in named(sheets()[key], contents.get(key, {}))}


def renumbered(sheet: Sheet, content: Mapping, old: int, new: int) -> dict:
    """The content with the file ``new`` wherever it named ``old``."""
    return _renumbered(sheet.fields, content, old, new)


def _renumbered(fields: tuple[Field, ...], content: Mapping, old: int, new: int) -> dict:
    changed = dict(content)
    for each in fields:
        value = content.get(each.id)
        if each.kind == "rows" and value:
            changed[each.id] = [_renumbered(each.fields, row, old, new) for row in value]
        elif each.kind == "document" and value == old:
            changed[each.id] = new
        elif each.is_pair and value and value.get("evidence") == old:
            changed[each.id] = {**value, "evidence": new}
    return changed
