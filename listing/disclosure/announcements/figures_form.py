"""What is typed of the figures of a report: each once for the period and once for the one before."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from listing.accounts.rules import CURRENCIES
from listing.refusal import Refusal
from listing.typed import UNITS
from listing.web.form import Form, WholeField
from listing.web.page import words

from . import figures
from .figures import MONEY, PERIODS, Given


class _Base(Form):
    currency = SelectField(_l("Currency"), choices=[SelectChoice(code, code) for code in CURRENCIES])
    unit = SelectField(
        _l("Amounts are in"),
        choices=[SelectChoice(unit, _l(name)) for unit, name in UNITS.items()],
        coerce=int,
        default=1,
    )
    version = WholeField(validators=[Optional()], widget=HiddenInput(), default=0)

    def values(self) -> dict:
        """The arguments of ``figuring.give``."""
        read = {period: {} for period in PERIODS}
        for period in PERIODS:
            for one in figures.sheet().figures.values():
                found = self.read(one, self[f"{one.id}_{period}"])
                if found is not None:
                    read[period][one.id] = found
        return {"version": self.version.data, "given": Given(self.currency.data, self.unit.data, **read)}

    def read(self, one: figures.Asked, field) -> Decimal | None:
        """What a field says. Raises what ``figures.typed`` raises."""
        return figures.typed(one.kind, field.data or "", currency=self.currency.data, unit=self.unit.data or 1)


def _fit(one: figures.Asked):
    def check(form: _Base, field) -> None:
        try:
            form.read(one, field)
        except Refusal as refusal:
            raise ValidationError(words(refusal)) from None

    return check


def _fields() -> dict:
    rules = {
        one.id: [Length(max=64, message=_l("This is too long.")), _fit(one)] for one in figures.sheet().figures.values()
    }
    return {
        f"{key}_{period}": StringField(validators=checks, default="")
        for key, checks in rules.items()
        for period in PERIODS
    }


FiguresForm = type("FiguresForm", (_Base,), {"__doc__": "The figures of a report.", **_fields()})


def shown(given: Given | None) -> dict:
    """What a form shows of figures that were given, money in the unit in which it was typed."""
    if given is None:
        return {}
    said = {"currency": given.currency, "unit": given.unit}
    for period in PERIODS:
        for key, value in given.of(period).items():
            unit = given.unit if figures.sheet().figures[key].kind == MONEY else 1
            said[f"{key}_{period}"] = f"{(value / unit).normalize():,f}"
    return said
