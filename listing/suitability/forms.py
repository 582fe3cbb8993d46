"""The two statements that an investor ticks, each on its own page."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from listing.web.form import CreatingForm, Form

from . import rules


class StatementForm(Form):
    """One statement; its words are those of the matrix in force, given as ``label``."""

    ticked = BooleanField()

    BESIDE: ClassVar = {rules.NotRead: "ticked"}

    def __init__(self, *, label: str, **kwargs):
        super().__init__(**kwargs)
        self.ticked.label.text = label


class AnswerForm(CreatingForm):
    """The signature under a questionnaire; its answers are read as those of an application are."""

    declared_true = BooleanField(
        _l("I am authorised to sign for this institution, and I declare that what is said above is true and complete.")
    )

    BESIDE: ClassVar = {rules.NotDeclared: "declared_true"}
