"""What is typed about an embargo: before which time nothing is released, and why that is moved once it is signed."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from listing import localtime
from listing.accounts.rules import NEAR_ZONES
from listing.web.form import CreatingForm
from listing.web.page import lazy_place

from . import embargo, rules


class EmbargoFields:
    """The day and the time by the clocks of a place; no form of its own."""

    BESIDE: ClassVar = {
        embargo.Half: "not_before_at",
        embargo.Passed: "not_before_on",
        embargo.TooFar: "not_before_on",
        localtime.Skipped: "not_before_at",
        localtime.Repeated: "not_before_at",
    }

    not_before_on = DateField(_l("Not before this day"), validators=[Optional()])
    not_before_at = TimeField(_l("Not before this time"), validators=[Optional()])
    not_before_zone = SelectField(
        _l("By the clocks of"),
        choices=[SelectChoice(zone, lazy_place(zone)) for zone in NEAR_ZONES],
        default=NEAR_ZONES[0],
    )


def taken(given: dict) -> embargo.Typed:
    """What was typed of it, taken out of the values of a form."""
    return embargo.Typed(*(given.pop(f"not_before_{name}") for name in ("on", "at", "zone")))


class MoveForm(EmbargoFields, CreatingForm):
    """To when the embargo of what is signed is moved, and why."""

    BESIDE: ClassVar = {
        **EmbargoFields.BESIDE,
        embargo.Missing: "not_before_on",
        embargo.Unmoved: "not_before_on",
        embargo.OthersSigned: "not_before_on",
        embargo.TooLate: "not_before_on",
        rules.NoReason: "reason",
    }

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Say why, so that it can be looked up later.")),
            Length(max=rules.NOTE_LONGEST, message=_l("This is too long.")),
        ],
    )

    def values(self) -> dict:
        """The arguments of ``moving.move``."""
        given = super().values()
        return given | {"not_before": taken(given)}
