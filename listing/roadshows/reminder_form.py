"""When whom to tell of a roadshow, as an organizer says it."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, StopValidation

from listing.web.form import Form, WholeField

from . import agenda, audiences, rules
from .fields import near

AUDIENCE_LABELS = {
    audiences.CONFIRMED: _l("those with a confirmed place"),
    audiences.WAITLISTED: _l("those on the waiting list"),
    audiences.INVITED: _l("those invited who have not registered"),
    audiences.COMPANIES: _l("the companies that present"),
    audiences.ABSENT: _l("those with a place who did not come"),
}


class _Number(WholeField):
    """A whole number that may be left out."""

    def process_formdata(self, valuelist):
        if valuelist and valuelist[0].strip():
            super().process_formdata(valuelist)


def _if_relative(form, field) -> None:
    """Needed unless the time stands by itself."""
    if form.anchor.data == audiences.FIXED:
        field.errors = []
        raise StopValidation
    if field.data is None:
        raise StopValidation(_l("Write a number."))


class ReminderForm(Form):
    """Whom to tell, and so many units before or after what, or at an instant of its own."""

    audience = SelectField(
        _l("Whom to tell"),
        default=audiences.CONFIRMED,
        choices=[SelectChoice(key, label) for key, label in AUDIENCE_LABELS.items()],
    )
    anchor = SelectField(
        _l("Before or after"),
        default=audiences.START,
        choices=[
            SelectChoice(audiences.START, _l("before the start of the day")),
            SelectChoice(audiences.CLOSE, _l("before registration closes")),
            SelectChoice(audiences.END, _l("after the end of the day")),
            SelectChoice(audiences.FIXED, _l("at the day and time below")),
        ],
    )
    number = _Number(_l("How many"), validators=[_if_relative, NumberRange(1, 720)])
    unit = SelectField(
        _l("Unit"),
        coerce=int,
        default=1440,
        choices=[SelectChoice(1440, _l("days")), SelectChoice(60, _l("hours")), SelectChoice(1, _l("minutes"))],
    )
    at = DateTimeLocalField(_l("Day and time"), validators=[Optional(), near])
    late = BooleanField(_l("Tell also those who come to belong to them later"))

    BESIDE: ClassVar = {
        rules.ReminderKept: "number",
        rules.TooFar: "number",
        audiences.Misfit: "anchor",
        audiences.NoInstant: "at",
        agenda.Skipped: "at",
        agenda.Repeated: "at",
    }

    def values(self) -> dict:
        """The operation's arguments."""
        given = super().values()
        unit, number = given.pop("unit"), given.pop("number")
        return given | {"minutes": (number or 0) * unit}
