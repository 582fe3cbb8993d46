"""What a field asks for, in one or two sentences: needed or not, how it is written, how long it may be."""

from flask_babel import gettext as _

from listing.companies.sheets import Field

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
