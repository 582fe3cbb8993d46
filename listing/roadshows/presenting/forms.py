"""What an organizer sends to ask companies, and what a company answers."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from listing.files.rules import ACCEPT, Unfit
from listing.roadshows import agenda
from listing.roadshows.fields import line, near, paired, several_lines
from listing.roadshows.forms import LANGUAGE_LABELS
from listing.roadshows.rules import TEXT_LONGEST
from listing.web.form import CreatingForm, Form

from . import rules

_NEEDED = _l("Write this in both languages.")
_TIMES: dict = {rules.TooSoon: "by", agenda.Skipped: "by", agenda.Repeated: "by"}


class AskForm(Form):
    """By when companies are asked to answer."""

    by = DateField(_l("Answer by"), validators=[InputRequired(_l("Enter a day, such as 2026-12-31.")), near])

    BESIDE: ClassVar = _TIMES


class SpeakerForm(CreatingForm):
    """Somebody who speaks in a session."""

    name_zh = line(_l("Name in Chinese"), rules.NAME_LONGEST, InputRequired(_NEEDED))
    name_en = line(_l("Name in English"), rules.NAME_LONGEST, InputRequired(_NEEDED))
    role_zh = line(_l("Position in Chinese"), rules.NAME_LONGEST)
    role_en = line(_l("Position in English"), rules.NAME_LONGEST)
    language = SelectField(
        _l("Speaks"), default="zh", choices=[SelectChoice(key, label) for key, label in LANGUAGE_LABELS.items()]
    )

    BESIDE: ClassVar = {agenda.SpeakerTaken: "name_zh", rules.HalfARole: "role_zh"}

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "name", "role")


WRITTEN_LABELS = {"zh": _l("Chinese"), "en": _l("English")}
VISIBILITY_LABELS = {
    rules.PUBLIC: _l("Everybody"),
    rules.ADMITTED: _l("Admitted investors"),
    rules.REGISTERED: _l("Admitted investors with a place on the day"),
}


class MaterialForm(CreatingForm):
    """A file that a company brings."""

    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))], render_kw={"accept": ACCEPT})
    language = SelectField(_l("Language"), default="zh", choices=[SelectChoice(*one) for one in WRITTEN_LABELS.items()])
    visibility = RadioField(
        _l("Who may have it"),
        choices=[SelectChoice(*one) for one in VISIBILITY_LABELS.items()],
        default=rules.REGISTERED,
    )
    replaces_id = SelectField(_l("Replaces"), coerce=int, default=0)

    BESIDE: ClassVar = {Unfit: "file", rules.TooManyMaterials: "file"}

    def __init__(self, *, current, **kwargs):
        super().__init__(**kwargs)
        self.replaces_id.choices = [SelectChoice(0, "–"), *(SelectChoice(*one) for one in current)]

    def values(self) -> dict:
        """The operation's arguments."""
        given = super().values()
        return given | {"replaces_id": given["replaces_id"] or None}


class ReplyForm(Form):
    """A company's answer to a question."""

    answer_zh = several_lines(_l("Answer in Chinese"), TEXT_LONGEST, InputRequired(_NEEDED))
    answer_en = several_lines(_l("Answer in English"), TEXT_LONGEST, InputRequired(_NEEDED))
    material = BooleanField(_l("This answer is material: every admitted investor has to be shown it"))

    BESIDE: ClassVar = {rules.HalfAnAnswer: "answer_zh"}

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "answer")


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
