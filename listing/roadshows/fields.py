"""The kinds of fields that the forms of this room are made of, and texts in two languages as forms hold them.

Decides what is done with characters that are not seen: controls are left out, those that hide or turn the line around
are refused.
"""

import re

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from listing.accounts.rules import HostileText, plain_text
from listing.bilingual import script
from listing.bilingual.pair import Pair
from listing.web.form import SeveralField, WholeField
from listing.web.page import language, words

_TOO_LONG = _l("This is too long.")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_YEARS = (2020, 2099)


def _plain(text: str | None) -> str | None:
    """Without controls other than line ends, which nobody types and a database may refuse; a tab is a blank."""
    return text and _CONTROLS.sub("", text.replace("\t", " "))


class _Seen:
    """No characters that hide or turn the line around, blanks made single; ``several`` lines stay lines."""

    def __init__(self, *, several: bool):
        self.several = several

    def __call__(self, form, field) -> None:
        typed = field.data or ""
        try:
            field.data = "\n".join(plain_text(line) for line in (typed.splitlines() if self.several else [typed]))
        except HostileText as refusal:
            raise ValidationError(words(refusal)) from refusal


def near(_form, field) -> None:
    """A day that a roadshow may be on, and that every zone can tell."""
    if field.data and not _YEARS[0] <= field.data.year <= _YEARS[1]:
        raise ValidationError(_l("Enter a day from 2020 to 2099."))


def line(label, most, *validators):
    fits = [*validators, Length(max=most, message=_TOO_LONG), _Seen(several=False)]
    return StringField(label, validators=fits, filters=[_plain], default="")


def several_lines(label, most, *validators):
    fits = [*validators, Length(max=most, message=_TOO_LONG), _Seen(several=True)]
    return TextAreaField(label, validators=fits, filters=[_plain], default="")


def number(label, most, **kwargs):
    fits = NumberRange(0, most, message=_l("Write a whole number from 0 to %(most)s.", most=most))
    return WholeField(label, validators=[InputRequired(fits.message), fits], **kwargs)


class Ticks(SeveralField):
    """Several boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def paired(values: dict, *names: str) -> dict:
    """The values with each ``<name>_zh`` and ``<name>_en`` made one Pair."""
    rest = dict(values)
    for name in names:
        zh, en = ((rest.pop(f"{name}_{side}") or "").strip() for side in ("zh", "en"))
        rest[name] = Pair(zh, en, script.detect(zh) or ("Hant" if language() == "zh-Hant" else "Hans"))
    return rest


def spread(**pairs: Pair) -> dict[str, str]:
    """What a form shows of pairs."""
    return {f"{name}_{side}": getattr(pair, side) for name, pair in pairs.items() for side in ("zh", "en")}
