"""What an institution sends around its answers, and what its reviewers send.

The answers themselves are read by ``profiles.reading``.
"""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from listing.web.form import CreatingForm, Form

from . import rules


class BeginForm(CreatingForm):
    """For which institution an application begins."""

    organisation_id = SelectField(_l("Institution"), coerce=int)


class SendForm(CreatingForm):
    """The signature under an application."""

    seen = HiddenField(validators=[Length(max=64)])
    declared_true = BooleanField(
        _l("I am authorised to sign for this institution, and I declare that what is said above is true and complete.")
    )


class ReplyForm(Form):
    """A reply to a reviewer's question."""

    reply = TextAreaField(
        _l("Your reply"), validators=[InputRequired(_l("Write a reply.")), Length(max=rules.MOST_WORDS)]
    )


class AppealForm(Form):
    """Why a refusal should be looked at again."""

    words = TextAreaField(
        _l("What was overlooked"),
        validators=[InputRequired(_l("Write what was overlooked.")), Length(max=rules.MOST_WORDS)],
    )
