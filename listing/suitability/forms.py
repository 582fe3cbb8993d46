"""The two statements that an investor ticks, each on its own page."""

from typing import ClassVar

from wtforms import BooleanField

from listing.web.form import Form

from . import rules


class StatementForm(Form):
    """One statement; its words are those of the matrix in force, given as ``label``."""

    ticked = BooleanField()

    BESIDE: ClassVar = {rules.NotRead: "ticked"}

    def __init__(self, *, label: str, **kwargs):
        super().__init__(**kwargs)
        self.ticked.label.text = label
