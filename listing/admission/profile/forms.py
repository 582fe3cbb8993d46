"""What an institution says of itself to enterprises."""

from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput

from listing import typed
from listing.companies import catalogue
from listing.money import Money
from listing.refusal import Refusal
from listing.web.form import Form, SeveralField
from listing.web.page import language, words

from ..pages import choices
from ..pair_fields import paired, several_lines
from . import rules
from .models import InvestorProfile

_LONGEST_AMOUNT = 60


def _ticks(label):
    return SeveralField(label, option_widget=CheckboxInput())


def _amount(label):
    return StringField(label, validators=[Length(max=_LONGEST_AMOUNT)], default="")


class ProfileForm(Form):
    """The parts that are typed; made by ``profile_form``."""

    version = HiddenField(default="0")
    sectors = _ticks(_l("Sectors"))
    stages = _ticks(_l("Stages"))
    currency = SelectField(_l("Currency"), default="HKD")
    least = _amount(_l("Investment in one company, from"))
    most = _amount(_l("Investment in one company, up to"))
    languages = _ticks(_l("Working languages"))
    text_zh = several_lines(_l("About the institution, in Chinese"), rules.TEXT_LONGEST)
    text_en = several_lines(_l("About the institution, in English"), rules.TEXT_LONGEST)

    BESIDE: ClassVar = {
        rules.NotAboveNothing: "least",
        rules.WrongWay: "most",
    }

    def validate_least(self, field) -> None:
        """An amount in the currency that is chosen."""
        self._money(field)

    def validate_most(self, field) -> None:
        """An amount in the currency that is chosen."""
        self._money(field)

    def _money(self, field):
        text = (field.data or "").strip()
        try:
            return typed.amount(text, self.currency.data, unit=None) if text else None
        except Refusal as refusal:
            raise ValidationError(words(refusal)) from refusal

    def values(self) -> dict:
        """The operation's arguments."""
        given = paired(super().values(), "text")
        number = given["version"] or ""
        version = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1
        return given | {"version": version, "least": self._money(self.least), "most": self._money(self.most)}


def profile_form(row: InvestorProfile | None) -> ProfileForm:
    """The form with what was saved last."""
    form = ProfileForm(data=_kept(row) if row else None)
    reader = language()
    form.sectors.choices = [SelectChoice(key, each.label(reader)) for key, each in catalogue.groups().items()]
    form.stages.choices = [SelectChoice(key, each.label(reader)) for key, each in catalogue.stages().items()]
    form.languages.choices = [SelectChoice(key, _(name)) for key, name in rules.LANGUAGES.items()]
    form.currency.choices = [SelectChoice(key, each.label(reader)) for key, each in choices("currencies").items()]
    return form


def _kept(row: InvestorProfile) -> dict:
    lists = {"sectors": row.sectors, "stages": row.stages, "languages": row.languages}
    amounts = {"least": _figures(row.least), "most": _figures(row.most)}
    texts = {"text_zh": row.text.zh, "text_en": row.text.en}
    return {"version": str(row.version), "currency": row.currency or "HKD"} | lists | amounts | texts


def _figures(amount: Money | None) -> str:
    if amount is None:
        return ""
    whole = amount.major == amount.major.to_integral_value()
    return f"{amount.major:,.0f}" if whole else f"{amount.major:,f}"
