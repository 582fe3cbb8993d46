"""What the operator sends to import companies: a file, then the decision about it."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from listing.bilingual.terms.company import KINDS
from listing.web.form import CreatingForm, Form

from . import rules
from .operations.importing import ALL_OR_NOTHING, SKIP_BAD_ROWS

MOST_SOURCE = 200  # characters

MODE_LABELS = {
    ALL_OR_NOTHING: _l("Everything or nothing"),
    SKIP_BAD_ROWS: _l("Pass over refused rows"),
}
MODE_HINTS = {
    ALL_OR_NOTHING: _l("One refused row, and nothing is imported"),
    SKIP_BAD_ROWS: _l("The sound rows are imported, the refused ones are not"),
}


class UploadForm(CreatingForm):
    """A file of companies, and the source of rows that name none; the next page asks for it by its address."""

    NOT_VALUES = CreatingForm.NOT_VALUES | {"source"}

    file = FileField(_l("File with companies"), validators=[FileRequired(_l("Choose a file."))])
    source = StringField(_l("Source of the facts"), validators=[Length(max=MOST_SOURCE)])


class TakeForm(Form):
    """How to take a file that was tried."""

    mode = RadioField(
        _l("If rows are refused"),
        choices=[SelectChoice(mode, label) for mode, label in MODE_LABELS.items()],
        default=ALL_OR_NOTHING,
    )


KIND_LABELS = {
    "product": _l("Product"),
    "technology": _l("Technology"),
    "person": _l("Person"),
    "organisation": _l("Organisation"),
    "other": _l("Other"),
}
_LONG_ENOUGH = Length(2, rules.FORM_LONGEST, message=_l("Write 2 to 120 characters."))


class OwnTermForm(CreatingForm):
    """One term that a company keeps."""

    zh = StringField(_l("In Chinese"), validators=[InputRequired(_l("Write the term in Chinese.")), _LONG_ENOUGH])
    en = StringField(_l("In English"), validators=[InputRequired(_l("Write the term in English.")), _LONG_ENOUGH])
    kind = SelectField(_l("What it names"), choices=[SelectChoice(kind, KIND_LABELS[kind]) for kind in KINDS])
    zh_also = TextAreaField(_l("Also accepted in Chinese"), validators=[Length(max=2_000)])
    en_also = TextAreaField(_l("Also accepted in English"), validators=[Length(max=2_000)])


class DropTermForm(Form):
    """The button that removes a term."""
