"""What an institution sends around its answers, and what its reviewers send.

The answers themselves are read by ``profiles.reading``.
"""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from listing.web.form import CreatingForm, Form, SeveralField

from . import rules
from .pair_fields import paired, several_lines


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


VERDICTS = {
    rules.ADMIT: _l("Admit"),
    rules.WITH_CONDITIONS: _l("Admit with conditions"),
    rules.REFUSE: _l("Refuse"),
}
FOR_APPLICANT = {"zh": _l("Words for the applicant, in Chinese"), "en": _l("Words for the applicant, in English")}
ANSWERS = {"uphold": _l("The refusal stands"), "reopen": _l("It is looked at again")}


def _reasons() -> list[SelectChoice]:
    return [SelectChoice(code, _l(words)) for code, words in rules.REASONS.items()]


class ClaimForm(Form):
    """Begin to work on a submission; the note is for taking it over."""

    note = TextAreaField(_l("Why you take it over"), validators=[Length(max=rules.MOST_NOTE)])


class ScreenForm(Form):
    """What came of looking at who applies."""

    words = TextAreaField(
        _l("What you looked at, and what came of it"),
        validators=[InputRequired(_l("Write what you looked at.")), Length(max=rules.MOST_WORDS)],
    )


class AskForm(Form):
    """A question about one page, from a list or in own words."""

    page = SelectField(_l("About which page"))
    code = SelectField(
        _l("Question"),
        choices=[
            SelectChoice("own", _l("In my own words")),
            *(SelectChoice(k, _l(v)) for k, v in rules.QUESTIONS.items()),
        ],
    )
    question_zh = several_lines(_l("Own words, in Chinese"), rules.MOST_WORDS)
    question_en = several_lines(_l("Own words, in English"), rules.MOST_WORDS)

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "question")


class FindForm(Form):
    """One reviewer's findings; those on single rules are read beside it."""

    verdict = RadioField(
        _l("Your verdict"),
        choices=[SelectChoice(key, label) for key, label in VERDICTS.items()],
        validators=[InputRequired(_l("Choose a verdict."))],
    )
    reasons = SeveralField(_l("Reasons"), choices=_reasons(), option_widget=CheckboxInput())
    conditions_zh = several_lines(_l("Conditions, in Chinese"), rules.MOST_WORDS)
    conditions_en = several_lines(_l("Conditions, in English"), rules.MOST_WORDS)
    words_zh = several_lines(FOR_APPLICANT["zh"], rules.MOST_WORDS)
    words_en = several_lines(FOR_APPLICANT["en"], rules.MOST_WORDS)
    note = TextAreaField(_l("Note for colleagues"), validators=[Length(max=rules.MOST_NOTE)])

    def values(self) -> dict:
        """The operation's arguments, beside what was found of each rule."""
        return paired(super().values(), "conditions", "words")


class RecuseForm(Form):
    """A conflict of interest."""

    reason = TextAreaField(
        _l("The conflict"), validators=[InputRequired(_l("Give a reason.")), Length(max=rules.MOST_NOTE)]
    )


class AppealAnswerForm(Form):
    """What a supervisor says of an appeal."""

    event = RadioField(
        _l("Answer to the appeal"),
        choices=[SelectChoice(key, label) for key, label in ANSWERS.items()],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    words_zh = several_lines(FOR_APPLICANT["zh"], rules.MOST_WORDS, InputRequired(_l("Give a reason.")))
    words_en = several_lines(FOR_APPLICANT["en"], rules.MOST_WORDS, InputRequired(_l("Give a reason.")))

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "words")


MEASURES = {"suspend": _l("Suspend the admission"), "restore": _l("Restore it"), "revoke": _l("Revoke the admission")}


class MeasureForm(Form):
    """A measure on an admission, and why."""

    event = RadioField(
        _l("Measure"),
        choices=[SelectChoice(key, label) for key, label in MEASURES.items()],
        validators=[InputRequired(_l("Choose a measure."))],
    )
    reason = SelectField(_l("Reason"), choices=_reasons())
    words_zh = several_lines(_l("Words for the institution, in Chinese"), rules.MOST_WORDS)
    words_en = several_lines(_l("Words for the institution, in English"), rules.MOST_WORDS)

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "words")


class MeasureAnswerForm(Form):
    """What the second supervisor says of it."""

    answer = RadioField(
        _l("Your answer"),
        choices=[SelectChoice("confirm", _l("Confirm it")), SelectChoice("decline", _l("Decline it"))],
        validators=[InputRequired(_l("Choose an answer."))],
    )
