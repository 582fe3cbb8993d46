"""Shape of what people type about themselves, their organisation and its members. Meaning is checked by rules.py."""

from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from listing.access.scope import Scope
from listing.bilingual.language import LANGUAGES
from listing.refusal import Refusal
from listing.web.form import CreatingForm, Form, SeveralField
from listing.web.page import lazy_place, words

from . import rules

KIND_LABELS = {
    rules.ENTERPRISE: _l("Technology enterprise"),
    rules.INVESTOR: _l("Investor institution"),
    rules.ORGANIZER: _l("Event organiser"),
    rules.AGENT: _l("Agent or sponsor"),
    rules.OPERATOR: _l("Platform operator"),
}
ROLE_LABELS = {
    rules.OWNER: _l("Owner"),
    rules.EDITOR: _l("Editor"),
    rules.APPROVER: _l("Approver"),
    rules.VIEWER: _l("Viewer"),
    rules.REVIEWER: _l("Reviewer"),
    rules.SUPERVISOR: _l("Supervisor"),
}
ROLE_HINTS = {
    rules.OWNER: _l("Does everything and decides about the members"),
    rules.EDITOR: _l("Writes and changes content"),
    rules.APPROVER: _l("Releases what editors prepare; needs a second sign-in step"),
    rules.VIEWER: _l("Reads only"),
    rules.REVIEWER: _l("Examines applications; needs a second sign-in step"),
    rules.SUPERVISOR: _l("Decides about staff and accounts; needs a second sign-in step"),
}
SCOPE_LABELS = {
    Scope.ANNOUNCEMENTS_READ: _l("Read announcements in both languages"),
    Scope.COMPANIES_READ: _l("Read companies, as far as you may see them, and the lists of sectors and places"),
    Scope.CHECK_USE: _l("Compare the figures of Chinese and English texts"),
    Scope.LOG_READ: _l("Read where the record of changes stands"),
    Scope.MESSAGES_READ: _l("Read your messages"),
    Scope.ORGANISATIONS_READ: _l("Read your organisations and your role in them"),
}
FIRST_DOCUMENTS = {"": _l("The language of the page"), "zh": _l("Chinese"), "en": _l("English")}
CURRENCY_LABELS = {
    "CNY": _l("Renminbi (CNY)"),
    "HKD": _l("Hong Kong dollar (HKD)"),
    "MOP": _l("Macao pataca (MOP)"),
    "USD": _l("US dollar (USD)"),
    "SGD": _l("Singapore dollar (SGD)"),
    "EUR": _l("Euro (EUR)"),
    "GBP": _l("Pound sterling (GBP)"),
}
# The IANA list without its old spellings, which have no region.
_ZONES = sorted(
    z
    for z in available_timezones()
    if z.split("/")[0] in ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


def stripped(text: str | None) -> str:
    """What was typed, without blanks around it."""
    return (text or "").strip()


class Plain:
    """No characters that hide or turn the line around; blanks made single."""

    def __call__(self, form, field) -> None:
        try:
            field.data = rules.plain_text(field.data or "")
        except Refusal as refusal:
            raise ValidationError(words(refusal)) from refusal


class Mailbox:
    """One e-mail address, spelt as the sign-in page will spell it."""

    def __call__(self, form, field) -> None:
        try:
            found = validate_email(field.data or "", check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise ValidationError(_l("Enter an e-mail address such as name@example.com.")) from error
        field.data = found.normalized.lower()


class Strong:
    """A password by our rules; ``known`` names the fields it may not consist of."""

    def __init__(self, *known: str):
        self.known = known

    def __call__(self, form, field) -> None:
        field.data = rules.normal_password(field.data or "")
        try:
            rules.check_password(field.data, *(form[name].data or "" for name in self.known))
        except Refusal as refusal:
            raise ValidationError(words(refusal)) from refusal


class Chosen(RadioField):
    """One of a few; nothing chosen is answered by ``missing``, which names what to choose."""

    def __init__(self, *args, missing, **kwargs):
        super().__init__(*args, **kwargs)
        self.missing = missing

    def pre_validate(self, form) -> None:
        if self.data not in {choice.value for choice in self.choices or ()}:
            raise ValidationError(self.missing)


def address_field() -> EmailField:
    """An e-mail address, in small letters."""
    return EmailField(
        _l("E-mail address"),
        filters=[lambda text: stripped(text).lower()],
        validators=[InputRequired(_l("Enter an e-mail address.")), Mailbox()],
    )


def name_field() -> StringField:
    """A person's name, as the person writes it."""
    longest = Length(max=rules.NAME_MAX, message=_l("Use at most 100 characters."))
    return StringField(
        _l("Your name"), filters=[stripped], validators=[InputRequired(_l("Enter your name.")), longest, Plain()]
    )


def new_password_field(*known: str) -> PasswordField:
    """A new password, typed once; managers and pasting welcome."""
    return PasswordField(_l("Password"), validators=[InputRequired(_l("Enter a password.")), Strong(*known)])


def _organisation_name(label) -> StringField:
    longest = Length(max=rules.ORGANISATION_MAX, message=_l("Use at most 200 characters."))
    return StringField(label, filters=[stripped], validators=[Optional(), longest, Plain()])


class Named:
    """An organisation's names in both languages."""

    name_zh = _organisation_name(_l("Organisation name in Chinese"))
    name_en = _organisation_name(_l("Organisation name in English"))

    def validate(self, extra_validators=None) -> bool:
        """At least one of the two names is needed."""
        holds = super().validate(extra_validators)
        if not (self.name_zh.data or self.name_en.data) and not self.name_zh.errors:
            self.name_zh.errors = [
                *self.name_zh.errors,
                _l("Enter the name of your organisation in at least one language."),
            ]
            return False
        return holds


class SignUpForm(Named, CreatingForm):
    """Who somebody is and for whom."""

    kind = Chosen(
        _l("You are here for"),
        choices=[SelectChoice(k, KIND_LABELS[k]) for k in rules.SIGN_UP_KINDS],
        missing=_l("Choose what kind of organisation you are here for."),
    )
    name = name_field()
    email = address_field()
    password = new_password_field("name", "email")


class NamesForm(Named, Form):
    """The names of an organisation that exists, and the script of the Chinese one."""

    name_script = Chosen(
        _l("Script of the Chinese name"),
        choices=[SelectChoice("Hans", _l("Simplified Chinese")), SelectChoice("Hant", _l("Traditional Chinese"))],
        missing=_l("Choose the script of the Chinese name."),
    )


class NamingForm(Form):
    """Whether companies see which institution reads them."""

    hidden = Chosen(
        _l("What companies see when your people read them"),
        choices=[
            SelectChoice("no", _l("The name of your institution, and how often")),
            SelectChoice("yes", _l("Institution hidden: a count only")),
        ],
        missing=_l("Choose whether your institution is named."),
    )


class AddressForm(Form):
    """An address to which help is sent."""

    email = address_field()


class NewPasswordForm(Form):
    """A new password for whoever holds the link."""

    password = new_password_field()


class ConfirmForm(Form):
    """The password chosen when signing up, from whoever holds the link."""

    password = PasswordField(_l("Password"), [InputRequired()])


class EmptyForm(Form):
    """A button: nothing but the token that it was pressed on our page."""


class JoinForm(Form):
    """Name and password of somebody who was invited and has no account."""

    name = name_field()
    password = new_password_field("name")


class PreferencesForm(Form):
    """How somebody wants to read."""

    name = name_field()
    language = SelectField(
        _l("Language and script"), choices=[SelectChoice(code, entry.name) for code, entry in LANGUAGES.items()]
    )
    zone = SelectField(
        _l("Time zone"),
        choices=[
            *(SelectChoice(z, lazy_place(z)) for z in rules.NEAR_ZONES),
            *(SelectChoice(z, z.replace("_", " ")) for z in _ZONES if z not in rules.NEAR_ZONES),
        ],
    )
    currency = SelectField(
        _l("Currency"), choices=[SelectChoice(code, label) for code, label in CURRENCY_LABELS.items()]
    )
    documents = SelectField(
        _l("Documents of announcements first in"), choices=[SelectChoice(*one) for one in FIRST_DOCUMENTS.items()]
    )

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.documents.data = self.documents.data or ""


class InviteForm(CreatingForm):
    """An address and the role offered to it."""

    email = address_field()
    role = Chosen(_l("Role"), choices=[], missing=_l("Choose a role."))


class KeyForm(CreatingForm):
    """What a program may do, for whom and how long. The view fills in the organisations and the scopes in use."""

    name = StringField(
        _l("Name of the key"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Enter a name by which you will know the key.")),
            Length(max=rules.NAME_MAX, message=_l("Use at most 100 characters.")),
            Plain(),
        ],
    )
    organisation_id = SelectField(_l("The program acts for"), coerce=lambda text: int(text) if text else None)
    scopes = SeveralField(
        _l("The program may"),
        coerce=Scope,
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Choose at least one thing that the program may do."))],
    )
    days = SelectField(
        _l("The key holds for"),
        coerce=int,
        choices=[SelectChoice(days, _l("%(count)s days", count=days)) for days in rules.KEY_DAYS],
        default=rules.KEY_DAYS[1],
    )


class RoleForm(Form):
    """Another role for a member."""

    role = Chosen(_l("Role"), choices=[], missing=_l("Choose a role."))


def role_choices(kind: str) -> list[SelectChoice]:
    """The roles that exist in an organisation of ``kind``."""
    return [SelectChoice(role, ROLE_LABELS[role]) for role in rules.roles_of(kind)]
