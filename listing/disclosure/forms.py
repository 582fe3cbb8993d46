"""What a reader asks of a standard: the end of a period, and the place whose days count."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from listing.calendars import REGIONS
from listing.web.form import Form
from listing.web.page import words

from . import deadlines, wording


class PeriodForm(Form):
    """Asked by GET, so that an answer has an address; nothing is kept."""

    class Meta:
        csrf = False

    end = DateField(_l("End of the period"), validators=[InputRequired(_l("Enter a day, such as 2026-12-31."))])
    place = SelectField(
        _l("Place of the company"),
        choices=[SelectChoice(region, wording.REGIONS[region]) for region in REGIONS],
        default=REGIONS[0],
    )

    def __init__(self):
        self.is_asked = "end" in request.args
        super().__init__(formdata=request.args if self.is_asked else None)

    def validate_end(self, field) -> None:
        if field.data and not deadlines.is_period_end(field.data):
            raise ValidationError(words(deadlines.NotAPeriodEnd(day=field.data)))
