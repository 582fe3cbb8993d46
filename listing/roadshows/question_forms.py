"""What an investor asks, and what the organizer makes of it."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from listing.web.form import CreatingForm, Form

from . import rules
from .fields import paired, several_lines


class AskForm(CreatingForm):
    """A question to a company."""

    typed = several_lines(_l("Your question"), rules.QUESTION_LONGEST, DataRequired(_l("Write your question.")))
    anonymous = BooleanField(_l("Do not tell the company who asks"))


class ModerateForm(Form):
    """A question and its answer in both languages."""

    question_zh = several_lines(_l("Question in Chinese"), rules.TEXT_LONGEST)
    question_en = several_lines(_l("Question in English"), rules.TEXT_LONGEST)
    answer_zh = several_lines(_l("Answer in Chinese"), rules.TEXT_LONGEST)
    answer_en = several_lines(_l("Answer in English"), rules.TEXT_LONGEST)
    aloud = BooleanField(_l("It was answered aloud in the room"))
    material = BooleanField(_l("The answer is material: every admitted investor is shown it"))
    publish = RadioField(
        _l("What happens with it"),
        choices=[SelectChoice("yes", _l("Publish it to admitted investors")), SelectChoice("no", _l("Put it aside"))],
        default="yes",
    )

    BESIDE: ClassVar = {
        rules.OneLanguage: "question_zh",
        rules.MaterialUnwritten: "answer_zh",
        rules.MaterialStays: "material",
    }

    def values(self) -> dict:
        """The operation's arguments."""
        given = paired(super().values(), "question", "answer")
        return given | {"publish": given["publish"] == "yes"}
