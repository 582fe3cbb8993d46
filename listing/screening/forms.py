"""What staff send: a list, a name to look up, and what a hit turned out to be."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from listing.web.form import CreatingForm, Form

from . import rules

_PLAIN = Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z", message=_l("Use letters, digits, dots and hyphens only."))


class ListForm(CreatingForm):
    """A version of a list."""

    code = StringField(
        _l("Short name of the list"),
        validators=[InputRequired(_l("Give the list a short name.")), Length(max=rules.CODE_LONGEST), _PLAIN],
    )
    version = StringField(
        _l("Version of the list"),
        validators=[InputRequired(_l("Say which version it is.")), Length(max=rules.VERSION_LONGEST), _PLAIN],
    )
    source = StringField(
        _l("Where the list comes from"),
        validators=[InputRequired(_l("Say where the list comes from.")), Length(max=rules.SOURCE_LONGEST)],
    )
    file = FileField(_l("File with the list"), validators=[FileRequired(_l("Choose a file."))])

    def values(self) -> dict:
        """The operation's arguments; no more of the file is read than a list may have."""
        given = super().values()
        stream = given.pop("file").stream
        stream.seek(0)
        return given | {"content": stream.read(rules.MOST_BYTES + 1)}


class NameForm(Form):
    """A name to look up; sent, not part of an address, so that it is in no log."""

    IS_KEPT = False
    name = StringField(
        _l("Name of a person or institution"),
        validators=[InputRequired(_l("Write a name.")), Length(max=rules.MOST_NAME)],
    )


OUTCOME_LABELS = {
    rules.CLEARED: _l("Somebody else is meant"),
    rules.CONFIRMED: _l("This person or institution is meant"),
}


class ResolveForm(Form):
    """What a hit turned out to be, and why; a page has one for each hit."""

    outcome = RadioField(
        _l("Who is meant"),
        choices=[SelectChoice(outcome, label) for outcome, label in OUTCOME_LABELS.items()],
        validators=[InputRequired(_l("Say who is meant."))],
    )
    reason = TextAreaField(
        _l("How you know"),
        validators=[InputRequired(_l(rules.NoReason.message)), Length(max=rules.MOST_REASON)],
    )

    def __init__(self, hit_id: int, **kwargs):
        super().__init__(**kwargs)
        self.outcome.id, self.reason.id = f"outcome-{hit_id}", f"reason-{hit_id}"
