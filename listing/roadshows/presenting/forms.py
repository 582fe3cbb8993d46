"""What an organizer sends to ask companies, and what a company answers."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from listing.roadshows import agenda
from listing.roadshows.fields import near, several_lines
from listing.web.form import Form

from . import rules

_TIMES: dict = {rules.TooSoon: "by", agenda.Skipped: "by", agenda.Repeated: "by"}


class AskForm(Form):
    """By when companies are asked to answer."""

    by = DateField(_l("Answer by"), validators=[InputRequired(_l("Enter a day, such as 2026-12-31.")), near])

    BESIDE: ClassVar = _TIMES


class DeclineForm(Form):
    """Why a company does not present, and who might in its place."""

    reason = several_lines(_l("Reason"), rules.REASON_LONGEST, InputRequired(_l("Say in a few words why.")))
    substitute_id = SelectField(_l("Another company in your place"), coerce=int, default=0)

    BESIDE: ClassVar = {rules.Unreasoned: "reason", rules.NoSubstitute: "substitute_id"}

    def __init__(self, *, companies, **kwargs):
        super().__init__(**kwargs)
        self.substitute_id.choices = [SelectChoice(0, "–"), *(SelectChoice(*one) for one in companies)]

    def values(self) -> dict:
        """The operation's arguments."""
        given = super().values()
        return given | {"substitute_id": given["substitute_id"] or None}
