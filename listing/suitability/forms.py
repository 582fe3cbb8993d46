"""The statements that an investor ticks, the signature under a questionnaire, and the level that a supervisor sets."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from listing.bilingual import script
from listing.bilingual.pair import Pair
from listing.companies.rules import HostileCharacters, lines
from listing.web.form import CreatingForm, Form
from listing.web.page import language, words

from . import rules
from .matrix import RISK_LEVELS


class StatementForm(Form):
    """One statement; its words are those of the matrix in force, given as ``label``."""

    ticked = BooleanField()

    BESIDE: ClassVar = {rules.NotRead: "ticked"}

    def __init__(self, *, label: str, **kwargs):
        super().__init__(**kwargs)
        self.ticked.label.text = label


def _reason(label):
    fits = [InputRequired(_l("Give a reason.")), Length(max=500, message=_l("This is too long.")), _plain]
    return TextAreaField(label, validators=fits)


def _plain(_form, field) -> None:
    """Lines without characters that are not seen or that turn the line around."""
    try:
        field.data = lines(field.data or "")
    except HostileCharacters as refusal:
        raise ValidationError(words(refusal)) from refusal


class LevelForm(Form):
    """The higher level of a company, and why, in both languages."""

    level = SelectField(_l("Level of the company"), choices=[])
    reason_zh = _reason(_l("Reason in Chinese"))
    reason_en = _reason(_l("Reason in English"))

    BESIDE: ClassVar = {rules.NotHigher: "level"}

    def __init__(self, *, above: str, **kwargs):
        super().__init__(**kwargs)
        self.level.choices = [level for level in RISK_LEVELS if level > above]

    def values(self) -> dict:
        """The operation's arguments."""
        zh = self.reason_zh.data
        written = script.detect(zh) or ("Hant" if language() == "zh-Hant" else "Hans")
        return {"level": self.level.data, "reason": Pair(zh, self.reason_en.data, written)}


class AnswerForm(CreatingForm):
    """The signature under a questionnaire; its answers are read as those of an application are."""

    declared_true = BooleanField(
        _l("I am authorised to sign for this institution, and I declare that what is said above is true and complete.")
    )

    BESIDE: ClassVar = {rules.NotDeclared: "declared_true"}
