"""From what somebody typed to the content of a sheet: ``typed`` is a flat mapping of names to texts.

Decides what each kind of field may hold. The editor, the XLSX template and the demo market all come through here, so
that one input has one verdict. Names are ``field``, ``field.zh``, ``field.en``, ``rows.0.field``; a row without text is
no row. An answer that is refused stays out of the content and is named in ``errors``; the page shows it as typed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from listing.companies.sheets import FILE_PARTS, Field, Sheet
from listing.refusal import Refusal

from . import kinds, rules, texts

SIDES = ("zh", "en")


@dataclass(slots=True)
class Read:
    """A content, and by the name of the field what is wrong with an answer."""

    content: dict = field(default_factory=dict)
    errors: dict[str, Refusal] = field(default_factory=dict)


def read(sheet: Sheet, typed: Mapping[str, str], before: Mapping, setting: kinds.Setting) -> Read:
    """Read one sheet; ``before`` is its content so far, of which pairs remember what was confirmed."""
    found = Read()
    scale = kinds.scale_of(typed)
    _read_fields(sheet.fields, "", typed, before, setting, scale, found.content, found.errors)
    _compare(sheet.fields, "", found.content, found.errors)
    return found


def _read_fields(fields, prefix, typed, before, setting, scale, content, errors) -> None:
    for each in fields:
        name = prefix + each.id
        try:
            if each.kind == "rows":
                value = _rows(each, name, typed, before.get(each.id, ()), setting, scale, errors)
            elif each.is_pair:
                value = _pair(each, name, typed, before.get(each.id), setting, errors)
            else:
                value = kinds.one(each, name, typed, setting, scale)
        except Refusal as refusal:
            errors[name] = refusal
            continue
        if value is not None and value is not False and value != "" and value != []:
            _place(content, each)[each.id] = value


def _place(content: dict, each: Field) -> dict:
    """Where the value belongs: in the content, or in the part of it that the field says."""
    under = each.rule("under")
    return content.setdefault(under, {}) if under else content


def _rows(each: Field, name, typed, before, setting, scale, errors) -> list:
    kept = numbers(name, typed)
    if len(kept) > each.rule("most"):
        raise rules.TooManyRows(most=each.rule("most"))
    known = {row.get("id"): row for row in before}
    rows = []
    for n in kept:
        prefix = f"{name}.{n}."
        old = known.pop(typed.get(prefix + "id", ""), {})
        if each.rule("files") and not old:
            continue  # a row about a file comes with the file
        row = {"id": old.get("id") or new_id([*before, *rows])}
        _read_fields(each.fields, prefix, typed, old, setting, scale, row, errors)
        _compare(each.fields, prefix, row, errors)
        rows.append(row | {key: old[key] for key in FILE_PARTS if key in old})
    if each.rule("files"):
        rows += known.values()  # nor does it go without it
    _whole(each, name, rows, errors)
    return rows


def new_id(rows) -> str:
    """A number that none of these rows has."""
    taken, number = {row["id"] for row in rows if row.get("id")}, 1
    while str(number) in taken:
        number += 1
    return str(number)


def numbers(name: str, typed: Mapping[str, str]) -> list[int]:
    """The rows that hold any text and are not to be removed, in order."""
    inside = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.(?!id$).+")
    filled = {int(found[1]) for key, text in typed.items() if (found := inside.fullmatch(key)) and text.strip()}
    return [number for number in sorted(filled) if not typed.get(f"{name}.{number}.remove")]


def _whole(each: Field, name: str, rows: list, errors: dict) -> None:
    """What holds for the rows together and cannot become right by adding some."""
    key = each.rule("whole")
    if key and (total := sum_of(rows, key)) > 100:
        errors[name] = rules.Over100(sum=f"{total:.2f}%")
    key = each.rule("unique")
    seen = [row[key] for row in rows if key in row] if key else []
    if len(seen) != len(set(seen)):
        errors[name] = rules.SameTwice()


def sum_of(rows: list, key: str) -> Decimal:
    """The exact sum of the shares in these rows."""
    return sum((Decimal(row[key]) for row in rows if key in row), Decimal(0))


def _pair(each: Field, name, typed, before, setting, errors) -> dict | None:
    sides = {}
    for side in SIDES:
        try:
            sides[side] = kinds.text_of(each, typed.get(f"{name}.{side}", ""))
        except Refusal as refusal:
            errors[f"{name}.{side}"] = refusal
            sides[side] = (before or {}).get(side, "")
    if not sides["zh"] and not sides["en"] and not before:
        return None
    proof = typed.get(f"{name}.evidence", "").strip()
    if proof and kinds.document(proof, setting) is None:
        errors[f"{name}.evidence"] = rules.NoSuchDocument()
    return texts.written(
        sides["zh"],
        sides["en"],
        before,
        default_script=setting.script,
        other_text=_other(each, name, typed, errors),
        evidence=kinds.document(proof, setting),
        read=bool(typed.get(f"{name}.read")),
        by=setting.by,
        now=setting.now,
    )


def _other(each: Field, name: str, typed, errors) -> str | None:
    if f"{name}.other" not in typed:
        return None
    try:
        return kinds.text_of(each, typed[f"{name}.other"])
    except Refusal as refusal:
        errors[f"{name}.other"] = refusal
        return None


_ORDER = {
    "after": (rules.TooEarly, lambda value, limit: value < limit),
    "no_less_than": (rules.TooLow, lambda value, limit: value < limit),
    "no_more_than": (rules.MoreThanTheWhole, lambda value, limit: value > limit),
}


def _compare(fields, prefix: str, content: Mapping, errors: dict) -> None:
    """Hold fields against one another that the declaration sets in relation."""
    for each in fields:
        place = content.get(each.rule("under"), {}) if each.rule("under") else content
        for rule, (refusal, wrong) in _ORDER.items():
            other = each.rule(rule)
            if other in place and each.id in place and wrong(place[each.id], place[other]):
                errors[prefix + each.id] = refusal()
