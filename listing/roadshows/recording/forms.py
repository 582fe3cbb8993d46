"""Where a recording lies, and what somebody thought of a company."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from listing.roadshows import rules as shows
from listing.roadshows.fields import line, several_lines
from listing.web.form import Form

from . import rules

SCORE_LABELS = {
    5: _l("5 – very convincing"),
    4: "4",
    3: _l("3 – so so"),
    2: "2",
    1: _l("1 – not convincing"),
}


class ReplayForm(Form):
    """The address of the recording of a day."""

    replay = line(_l("Address of the recording"), shows.LINK_LONGEST)

    BESIDE: ClassVar = {rules.ElsewhereKept: "replay"}

    def values(self) -> dict:
        """The operation's arguments."""
        return {"replay": (self.replay.data or "").strip()}


class FeedbackForm(Form):
    """What somebody thought of a company."""

    score = RadioField(
        _l("How convincing was the company?"),
        coerce=int,
        choices=[SelectChoice(*one) for one in SCORE_LABELS.items()],
        validators=[InputRequired(_l("Choose one of the five."))],
    )
    follow_up = BooleanField(_l("I wish to follow up with this company"))
    remark = several_lines(_l("Anything the organiser should know"), rules.REMARK_LONGEST)
