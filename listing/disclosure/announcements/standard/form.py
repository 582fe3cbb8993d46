"""What is typed into a standard form: one or two inputs for each of its fields, and nothing else is taken."""

from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from listing.accounts.rules import CURRENCIES
from listing.disclosure.announcements.forms import WriteForm
from listing.refusal import Refusal
from listing.rulebook.vocabulary import Label
from listing.web import interrupted
from listing.web.form import CreatingForm, Form, WholeField
from listing.web.page import language, words

from . import book, fields
from .fields import AMOUNT, CHOICE, COUNT, DAYS, LINK, PAIRS, TIME, Field
from .filled import Filled

_LONGEST = Length(max=fields.LONGEST[fields.PLACE], message=_l("This is too long."))
# What a browser offers for a kind.
_OFFERED = dict.fromkeys(DAYS, {"type": "date"}) | {
    TIME: {"type": "time"},
    AMOUNT: {"inputmode": "decimal"},
    COUNT: {"inputmode": "numeric"},
    LINK: {"type": "url"},
}


class _Filling(Form):
    """The fields of ``standard``; the language that prevails and the script stay as they were in a correction."""

    standard: ClassVar[book.Form]

    prevailing = WriteForm.prevailing
    script = RadioField(
        _l("Chinese text in"),
        choices=[SelectChoice("Hans", _l("Simplified Chinese")), SelectChoice("Hant", _l("Traditional Chinese"))],
        default="Hans",
    )
    form_version = WholeField(validators=[Optional()], widget=HiddenInput(), default=0)

    def __init__(self, *, correction: bool, **kwargs):
        super().__init__(**kwargs)
        if correction:
            del self.prevailing, self.script

    def validate(self, extra_validators=None) -> bool:
        """Check the fields, and that nothing else was sent: a form has no other text."""
        valid = super().validate(extra_validators)
        if {*request.form} <= {*self._fields, interrupted.SHOWN_TO, interrupted.SENT_TO}:
            return valid
        self.form_errors.append(_("This form was incomplete. Reload the page and send it again."))
        return False

    def values(self) -> dict:
        """The arguments of ``filling.begin`` and ``filling.save``."""
        given = super().values()
        read = {}
        for field in self.standard.fields.values():
            read[field.id] = fields.read(field, {name: given.pop(name) for name in field.inputs})
        return given | {"values": read}


class _Beginning(_Filling, CreatingForm):
    """A draft to begin from a form."""


class _Changing(_Filling):
    """A draft to fill in anew."""

    version = WholeField(validators=[Optional()], widget=HiddenInput(), default=0)


def beginning(standard: book.Form) -> type[_Beginning]:
    """The page on which a draft is begun from a form."""
    return _made(_Beginning, standard.id, standard.version)


def changing(standard: book.Form) -> type[_Changing]:
    """The page on which a draft of a form is filled in anew."""
    return _made(_Changing, standard.id, standard.version)


@cache
def _made(base: type[_Filling], form_id: str, version: int) -> type[_Filling]:
    standard = book.published()[form_id, version]
    inputs = {name: made for field in standard.fields.values() for name, made in _inputs(field).items()}
    name = f"{base.__name__.strip('_')}_{standard.id}"
    return type(name, (base,), {"__doc__": base.__doc__, "standard": standard} | inputs)


def _inputs(field: Field) -> dict:
    if field.kind == CHOICE:
        choices = [SelectChoice(key, _label(label)) for key, label in field.choices.items()]
        needed = [InputRequired(_l("Choose one of the list."))]
        return {field.inputs[0]: RadioField(_label(field.name), choices=choices, validators=needed)}
    if field.kind in PAIRS:
        own = _label(field.name)
        labels = (_l("%(name)s, in Chinese", name=own), _l("%(name)s, in English", name=own))
        return {
            name: StringField(label, validators=[_LONGEST, _side(field)], default="")
            for name, label in zip(field.inputs, labels, strict=True)
        }
    first, *rest = field.inputs
    kept = {"validators": [_LONGEST, _reads(field)], "default": "", "render_kw": _OFFERED.get(field.kind)}
    currencies = [SelectChoice(code, code) for code in CURRENCIES]
    return {first: StringField(_label(field.name), **kept)} | {
        name: SelectField(_l("Currency"), choices=currencies, default=CURRENCIES[0]) for name in rest
    }


def _label(label: Label) -> LazyString:
    """A label of a form in the language of whoever reads the page."""
    return LazyString(lambda: label.said(language()))


def _reads(field: Field):
    def check(form: _Filling, _own) -> None:
        _told(fields.read, field, {name: form[name].data for name in field.inputs})

    return check


def _side(field: Field):
    def check(_form: _Filling, own) -> None:
        _told(fields.side, field, own.data or "")

    return check


def _told(read, *given) -> None:
    try:
        read(*given)
    except Refusal as refusal:
        raise ValidationError(words(refusal)) from None


def shown(kept: Mapping | None) -> dict[str, str]:
    """What a page shows of values that were kept, as far as the form in force has their fields."""
    found = Filled.from_json(kept)
    if found is None:
        return {}
    now, then = book.in_force()[found.form.id].fields, found.form.fields
    known = [key for key in then if key in now and now[key].kind == then[key].kind]
    return {name: text for key in known for name, text in fields.typed(now[key], found.values[key]).items()}
