"""The four questions of the self-check, whose answers stay in the address; and the confirmation of a rule."""

from collections.abc import Collection
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from listing import typed
from listing.money import CURRENCIES
from listing.refusal import Refusal
from listing.rulebook.vocabulary import words as listed
from listing.web import formats
from listing.web.form import CreatingForm, Form
from listing.web.page import words

from . import selfcheck


class SelfCheckForm(Form):
    """Where, what kind, how much of what, and how long."""

    class Meta(Form.Meta):
        csrf = False  # it is read by GET and changes nothing

    residence = SelectField(_l("Where does the investor live or have its seat?"))
    investor = SelectField(_l("What kind of investor is it?"))
    metric = SelectField(_l("What is the amount you know best?"))
    amount = StringField(_l("Roughly how much is it?"))
    currency = SelectField(_l("In which currency?"), default="HKD")
    years = StringField(_l("For how many years has the investor been investing?"))

    def offer(self, library, metrics: Collection[str], language: str) -> None:
        """Fill the lists to choose from."""
        places, parties, names = listed("places"), listed("parties"), listed("metrics")
        self.residence.choices = [
            (key, word.said(language)) for key, word in places.items() if key in (*library.residences(), "other")
        ]
        self.investor.choices = [
            (key, parties[key].said(language) if key in parties else _l("Licensed financial institution"))
            for key in selfcheck.KINDS
        ]
        self.metric.choices = [(key, names[key].said(language)) for key in metrics]
        self.currency.choices = [
            SelectChoice(code, f"{code} {formats.currency(code, language)}") for code in CURRENCIES
        ]

    def validate_amount(self, field) -> None:
        try:
            typed.amount(field.data or "", self.currency.data if self.currency.data in CURRENCIES else "HKD", unit=None)
        except Refusal as refusal:
            raise ValidationError(words(refusal)) from None

    def validate_years(self, field) -> None:
        if field.data and not _years(field.data):
            raise ValidationError(_l("Enter the years in figures, such as 2 or 2.5."))

    def answers(self) -> dict:
        """What was answered, as ``selfcheck.stated`` takes it."""
        return {
            "investor": self.investor.data,
            "metric": self.metric.data,
            "amount": typed.amount(self.amount.data, self.currency.data, unit=None),
            "years": Decimal(typed.years(self.years.data)) if self.years.data else None,
        }


def _years(text: str) -> bool:
    plain = typed.years(text)
    return len(plain) <= 6 and plain.isascii() and plain.replace(".", "", 1).isdigit()


class ConfirmForm(CreatingForm):
    """Which rule, which source, seen when."""

    rule = SelectField(_l("What you held against its source"), validate_choice=False)  # the operation knows
    source = StringField(
        _l("The source you saw"),
        validators=[
            InputRequired(_l("Say which source you saw: title, article, and where it is published.")),
            Length(max=300),
        ],
    )
    seen_on = DateField(_l("Seen on"), validators=[InputRequired(_l("Enter a day, such as 2026-11-20."))])
