"""What a reviewer sends."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from listing.web.form import CreatingForm, Form

from . import rules

EVENT_LABELS = {
    "suspend": _l("Suspend the display"),
    "restore": _l("Show it again"),
    "withdraw": _l("Take it off display for good"),
}


class ClaimForm(Form):
    """Begin to work on a submission; the note is for taking it over."""

    note = TextAreaField(_l("Why you take it over"), validators=[Length(max=rules.MOST_NOTE)])


class CommentForm(CreatingForm):
    """A comment beside one place of the profile."""

    place = HiddenField(validators=[InputRequired(), Length(max=120)])
    text = TextAreaField(
        _l("What should change"),
        validators=[InputRequired(_l("Write what should change.")), Length(max=rules.MOST_COMMENT)],
    )


class IdentityForm(CreatingForm):
    """How the identity was compared with its register."""

    how = TextAreaField(
        _l("How you checked it"),
        validators=[InputRequired(_l("Write which register you looked at, and when.")), Length(max=rules.MOST_COMMENT)],
    )


class IdentityOfPageForm(IdentityForm):
    """The same where the profile was begun from an imported page: whether that page is about this enterprise."""

    same = RadioField(
        _l("Is that page about this enterprise?"),
        choices=[
            SelectChoice("yes", _l("Yes: what it publishes takes the page over, under the same address and code")),
            SelectChoice("no", _l("No: it gets a page of its own")),
        ],
        validators=[InputRequired(_l("Say whether that page is about this enterprise."))],
    )


class RecuseForm(Form):
    """A conflict of interest."""

    reason = TextAreaField(
        _l("The conflict"), validators=[InputRequired(_l("Give a reason.")), Length(max=rules.MOST_NOTE)]
    )


class DecideForm(Form):
    """A decision with a note for colleagues, which the enterprise does not see."""

    note = TextAreaField(_l("Note for colleagues"), validators=[Length(max=rules.MOST_NOTE)])


class GovernForm(Form):
    """A step of the supervisor with the reason the enterprise is told."""

    event = SelectField(_l("Step"), choices=[SelectChoice(event, label) for event, label in EVENT_LABELS.items()])
    reason = TextAreaField(
        _l("Reason, which the enterprise is told"),
        validators=[InputRequired(_l("Give a reason.")), Length(max=rules.MOST_COMMENT)],
    )
