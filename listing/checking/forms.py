"""The form of the check: two texts, as pasted."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, ValidationError
from wtforms.validators import InputRequired

from listing.web import formats
from listing.web.form import Form
from listing.web.page import language

from .rules import MOST_CHARACTERS


def _one_line_end(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def _short_enough(_form: Form, field: TextAreaField) -> None:
    length, most = (formats.number(number, language()) for number in (len(field.data), MOST_CHARACTERS))
    if len(field.data) > MOST_CHARACTERS:
        raise ValidationError(
            _(
                "This text has %(length)s characters; at most %(most)s can be checked at once. Check it in parts.",
                length=length,
                most=most,
            )
        )


class CheckForm(Form):
    """The two texts; line ends as the browser sends them become one character, so that places hold."""

    IS_KEPT = False
    zh = TextAreaField(
        _l("Chinese text"),
        filters=[_one_line_end],
        validators=[InputRequired(_l("Paste the Chinese text.")), _short_enough],
    )
    en = TextAreaField(
        _l("English text"),
        filters=[_one_line_end],
        validators=[InputRequired(_l("Paste the English text.")), _short_enough],
    )
