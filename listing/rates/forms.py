"""What the operator types to enter a rate, and the second look at it before it counts."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from listing.money import CURRENCIES
from listing.web import formats
from listing.web.form import CreatingForm
from listing.web.page import language, words

from . import rules


class RateForm(CreatingForm):
    """One unit of a currency in another one, of a day, from a source; ``seen`` is what the second look showed."""

    NOT_VALUES = CreatingForm.NOT_VALUES | {"seen"}

    base = SelectField(_l("One unit of"), default="HKD")
    value = StringField(
        _l("costs"), validators=[InputRequired(_l("Enter the rate as a number above zero, such as 1.03."))]
    )
    quote = SelectField(_l("units of"), default="MOP")
    day = DateField(_l("On this day"), validators=[InputRequired(_l("Enter a day, such as 2026-11-20."))])
    source = StringField(
        _l("Source of the rate"), validators=[InputRequired(_l("Say where the rate comes from.")), Length(max=200)]
    )
    seen = HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [SelectChoice(code, f"{code} {formats.currency(code, language())}") for code in CURRENCIES]
        self.base.choices = self.quote.choices = choices

    def validate_value(self, field) -> None:
        try:
            rules.value(field.data)
        except rules.NotARate as refusal:
            raise ValidationError(words(refusal)) from None

    def values(self) -> dict:
        """The operation's arguments, the rate as an exact number."""
        return super().values() | {"value": Decimal(self.value.data.strip())}

    @property
    def typed(self) -> str:
        """What the second look is a look at; another value asks for another look."""
        return " ".join([self.base.data, self.quote.data, self.value.data.strip(), self.day.data.isoformat()])
