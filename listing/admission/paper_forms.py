"""The form for a paper: which it is, the days that stand on it, who issued it, and the file."""

from collections.abc import Iterable
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import DateField, FileField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from listing.accounts.rules import HostileText
from listing.evidence.rules import KINDS, OWN_TYPES, types
from listing.files.rules import Unfit, accept
from listing.web.form import CreatingForm

from .papers import EndsBeforeDated, NotYetDated, RunOut


class PaperForm(CreatingForm):
    """One paper of an application."""

    BESIDE: ClassVar = {
        Unfit: "file",
        HostileText: "issuer",
        NotYetDated: "dated",
        EndsBeforeDated: "expires",
        RunOut: "expires",
    }

    kind = SelectField(_l("Which paper it is"), validators=[InputRequired(_l("Choose which paper it is."))])
    dated = DateField(
        _l("Date that stands on it"),
        validators=[InputRequired(_l("Enter the date that stands on the paper; without one it proves nothing."))],
    )
    expires = DateField(_l("Valid until, where it says so"), validators=[Optional()])
    issuer = StringField(
        _l("Who issued it"), validators=[InputRequired(_l("Enter who issued the paper.")), Length(max=200)]
    )
    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))], render_kw={"accept": accept(KINDS)})

    def offer(self, asked: Iterable[str], language: str) -> None:
        """Fill the list: first what the rules ask for, then every other kind."""
        known, first = types(), list(asked)
        rest = [code for code in known if code not in first]
        self.kind.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(code, said(code, language)) for code in (*first, *rest)),
        ]


def said(code: str, language: str) -> str:
    """What a kind of paper is called."""
    return _(OWN_TYPES[code]) if code in OWN_TYPES else types()[code].said(language)
