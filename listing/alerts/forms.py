"""What a reader sends about being told."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from listing.web.form import CreatingForm, Form

from . import rules

CADENCE_LABELS = {
    rules.AT_ONCE: _l("At once"),
    rules.DAILY: _l("Every morning"),
    rules.WEEKLY: _l("Every Monday morning"),
    rules.NEVER: _l("No e-mail"),
}
_CHOICES = [SelectChoice(cadence, label) for cadence, label in CADENCE_LABELS.items()]


class SaveForm(CreatingForm):
    """A search of the directory as it stands in the address, and how often to be told."""

    query = StringField()
    cadence = RadioField(_l("Tell me by e-mail"), choices=_CHOICES, default=rules.DAILY)


class ChangeForm(Form):
    """How often to be told from now on."""

    cadence = SelectField(_l("E-mail"), choices=_CHOICES)


class WatchForm(Form):
    """Whether to watch a company from now on: yes or no."""

    wanted = RadioField(choices=[SelectChoice("yes", ""), SelectChoice("no", "")])


class StopForm(Form):
    """A button."""
