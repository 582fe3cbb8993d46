"""What the operator sends to import companies: a file, then the decision about it."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from listing.web.form import CreatingForm, Form

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
