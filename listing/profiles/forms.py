"""What an enterprise sends around its sheets; the sheets themselves are read by ``reading``."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from listing.web.form import CreatingForm


class BeginForm(CreatingForm):
    """For which enterprise a profile begins."""

    organisation_id = SelectField(_l("Enterprise"), coerce=int)


class SendForm(CreatingForm):
    """The signature under a profile."""

    declared_true = BooleanField(
        _l("I declare for the enterprise that what this profile says is true, accurate and complete in both languages.")
    )
