"""Shape of what an owner says of an address, and the words for kinds, states and reasons."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from listing.web.form import CreatingForm, SeveralField

from . import rules

KIND_LABELS = {
    "announcement.released": _l("An announcement is released, also a joint one"),
    "announcement.corrected": _l("A correction of an announcement is released"),
    "company.displayed": _l("A company is put on display, also again"),
    "company.published": _l("A company publishes a new text"),
    "company.suspended": _l("The display of a company is suspended"),
    "company.withdrawn": _l("A company is withdrawn"),
    "membership.admitted": _l("The operator makes somebody a member"),
    "membership.invited": _l("Somebody is invited"),
    "membership.invitation_withdrawn": _l("An invitation is withdrawn"),
    "membership.joined": _l("Somebody joins"),
    "membership.role_changed": _l("A member gets another role"),
    "membership.removed": _l("A member leaves or is removed"),
    "organisation.renamed": _l("The names of the organisation change"),
    "profile.submitted": _l("A profile is sent for review"),
    "profile.recalled": _l("A profile is taken back before anybody reviews it"),
    "review.return": _l("The reviewers return a profile with comments"),
    "review.publish": _l("The reviewers publish a profile"),
}
STATE_LABELS = {
    rules.PENDING: _l("Waiting"),
    rules.CLAIMED: _l("Under way"),
    rules.DELIVERED: _l("Arrived"),
    rules.FAILED: _l("Given up"),
}
REASON_LABELS = {
    rules.STATUS: _l("Your server answered with an error"),
    rules.REDIRECT: _l("Your server led to another address, which is not followed"),
    rules.TIMEOUT: _l("No answer within 10 seconds"),
    rules.UNKNOWN_NAME: _l("The name of the host is not known"),
    rules.CLOSED_NETWORK: _l("The host is not in the public internet"),
    rules.CERTIFICATE: _l("The certificate of your server does not hold"),
    rules.BROKEN: _l("The connection broke"),
    rules.DEFECT: _l("The message could not be made; this is our fault"),
}
STOP_LABELS = {
    rules.OWNER: _l("An owner stopped it."),
    rules.GONE: _l("Your server answered that the address is gone (410)."),
    rules.FAILING: _l("Nothing arrived for three days."),
}


class WebhookForm(CreatingForm):
    """An address, and what it is told."""

    address = StringField(
        _l("Address of your server"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired(_l("Enter the address of your server.")),
            Length(max=rules.ADDRESS_MAX, message=_l("Use at most 500 characters.")),
        ],
        render_kw={"type": "url"},
    )
    kinds = SeveralField(
        _l("Tell it when"),
        choices=[SelectChoice(kind, KIND_LABELS[kind]) for kind in rules.KINDS],
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Choose at least one event."))],
    )
