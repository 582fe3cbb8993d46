"""A field in words: what it asks for, what an answer is called, what was chosen."""

from flask_babel import gettext as _

from listing.companies.sheets import Field, Sheet

from . import controls


def explained(each: Field) -> str:
    """The explanation of a field in the language of the moment."""
    needed = _("Needed before the profile is sent.") if each.rule("needed") else _("May stay empty.")
    return " ".join(part for part in (needed, controls.hint(each), _how(each), _most(each)) if part)


def _how(each: Field) -> str:
    return {
        "line": _("One line in Chinese, one in English."),
        "passage": _("The same text in Chinese and in English."),
        "choice": _("Choose one of the list."),
        "document": _("Choose one of the list."),
        "several": _("One or more of: %(all)s. Put a semicolon between them.", all=_all(each)),
        "flag": _("Yes or no."),
        "amount": _("A number in the currency and the unit of this task."),
        "integer": _("A whole number."),
    }.get(each.kind, "")


def _all(each: Field) -> str:
    return ", ".join(entry.id for entry in each.choices().values()) if each.kind == "several" else ""


def _most(each: Field) -> str:
    if each.kind not in ("line", "passage", "text"):
        return ""
    return _("At most %(most)s characters.", most=f"{each.rule('most'):,}")


def called(sheet: Sheet, name: str, reader: str) -> str:
    """What the page calls the answer of that name, which anybody may have typed: field, row, its field, language."""
    first, _dot, rest = name.partition(".")
    field = next((each for each in sheet.fields if each.id == first), None)
    if field is None:
        return name
    label = field.label(reader)
    if field.kind == "rows":
        number, _dot, inner = rest.partition(".")
        part, _dot, rest = inner.partition(".")
        if not (number.isascii() and number.isdecimal() and len(number) < 4):
            return name
        field = next((each for each in field.fields if each.id == part), None)
        label = f"{label} {int(number) + 1}" + (f" · {field.label(reader)}" if field else "")
    side = {"zh": _("Chinese"), "en": _("English"), "evidence": _("Document that proves it")}.get(rest, "")
    return f"{label} · {side}" if side else label


def said(sheet: Sheet, name: str, text: str, reader: str) -> str:
    """What was typed, with the labels of what was chosen from a list."""
    parts = name.split(".")
    fields = [each for each in sheet.fields if each.id == parts[0]]
    fields += [part for each in fields for part in each.fields if len(parts) > 2 and part.id == parts[2]]
    field = fields[-1] if fields else None
    if field is None or field.kind not in ("choice", "several"):
        return text
    return ", ".join(field.choices()[key].label(reader) if key in field.choices() else key for key in text.split())
