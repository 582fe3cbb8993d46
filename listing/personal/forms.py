"""The forms about erasure: that somebody has read what follows, and a supervisor's answer."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from listing.web.form import Form

from . import rules


class EraseForm(Form):
    """That what goes and what stays was read."""

    understood = BooleanField(_l("I have read what goes and what stays, and I ask to be erased. It cannot be undone."))


class AnswerForm(Form):
    """A supervisor's answer."""

    answer = RadioField(
        _l("Answer"),
        choices=[
            SelectChoice(rules.CONFIRM, _l("Erase the person")),
            SelectChoice(rules.DECLINE, _l("Decline; the person reads the reason")),
        ],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    reason = TextAreaField(_l("Reason"), validators=[Length(max=rules.MOST_WORDS)])
