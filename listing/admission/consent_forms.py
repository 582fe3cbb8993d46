"""The forms about consents: one question a purpose, none of them answered beforehand."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from listing.web.form import Form

from . import consents

CONTROLS = "c-"
CHOICES = {
    consents.NOTICE: [(consents.YES, _l("I have read this statement"))],
    consents.CONSENT: [(consents.YES, _l("I agree")), (consents.NO, _l("I do not agree"))],
    consents.STATEMENT: [(consents.YES, _l("Yes, that is so")), (consents.NO, _l("No"))],
}


def consent_form(asked: Sequence[consents.Purpose], held: dict, language: str) -> Form:
    """The form for these purposes, each with its answer to the text that is asked now, where there is one."""
    fields = {
        f"{CONTROLS}{each.id}": RadioField(
            each.text.title.label(language),
            choices=[SelectChoice(*choice) for choice in CHOICES[each.kind]],
            validators=[Optional()],
            default=_answer(each, held.get(each.id)),
        )
        for each in asked
    }

    class ConsentForm(Form):
        def values(self) -> dict:
            """The answers by purpose."""
            return {"answers": {n.removeprefix(CONTROLS): v for n, v in super().values().items() if v}}

    for name, field in fields.items():
        setattr(ConsentForm, name, field)
    return ConsentForm()


def _answer(purpose: consents.Purpose, row) -> str | None:
    if row is None or row.version != purpose.text.version:
        return None
    return consents.YES if row.act == consents.GIVEN else consents.NO
