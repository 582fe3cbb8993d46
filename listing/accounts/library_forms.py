"""The account library's forms in our words, with the fields we show and no others."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSelectForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    WebAuthnDeleteForm,
    WebAuthnRegisterForm,
    WebAuthnSigninForm,
)
from flask_security.forms import EmailValidation, IsString
from flask_security.utils import validate_redirect_url
from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired


def _current_password(label) -> PasswordField:
    return PasswordField(label, validators=[IsString(), DataRequired(_l("Enter your password."))])


def _code_field(label) -> StringField:
    return StringField(
        label,
        filters=[lambda text: (text or "").replace(" ", "")],
        validators=[IsString(), DataRequired(_l("Enter the code."))],
    )


class Onward:
    """A page to go on to that is not ours is left out, instead of refusing the right password because of it."""

    def validate_next(self, field) -> None:
        if not validate_redirect_url(field.data):
            field.data = ""


class SignInForm(Onward, LoginForm):
    """Address and password; staying signed in for weeks is not offered."""

    email = EmailField(
        _l("E-mail address"),
        validators=[IsString(), DataRequired(_l("Enter an e-mail address.")), EmailValidation(verify=False)],
    )
    password = _current_password(_l("Password"))
    remember = None
    submit = None

    def validate(self, **kwargs) -> bool:
        """Say after the right password, and only then, why it does not open the account."""
        if super().validate(**kwargs):
            return True
        if self.user_authenticated and self.user.active:
            self.form_errors.append(
                _("Confirm your e-mail address first: open the link we sent you, or ask for a new one.")
            )
        elif self.user_authenticated:
            self.form_errors.append(_("This account is closed. Contact the operator."))
        return False


class AgainForm(Onward, VerifyForm):
    """The password once more."""

    password = _current_password(_l("Password"))
    submit = None


class NewPasswordForm(ChangePasswordForm):
    """Old and new password; the new one is typed once."""

    password = PasswordField(_l("Current password"))
    new_password = PasswordField(_l("New password"), validators=[IsString(), DataRequired(_l("Enter a password."))])
    new_password_confirm = None
    submit = None


class CodeForm(TwoFactorVerifyCodeForm):
    """The six digits of the app."""

    code = _code_field(_l("Six-digit code"))
    submit = None


class Steps(RadioField):
    """Choices that the library gives as pairs, which the form library no longer likes."""

    @property
    def choices(self):
        return RadioField.choices.fget(self)

    @choices.setter
    def choices(self, given):
        pairs = [SelectChoice(*choice) if isinstance(choice, tuple) else choice for choice in given or ()]
        RadioField.choices.fset(self, pairs)


class SetUpForm(TwoFactorSetupForm):
    """One-time codes on or off, said by a button."""

    setup = HiddenField(validators=[IsString()])
    phone = HiddenField(validators=[IsString()])
    submit = None


class RescueForm(TwoFactorRescueForm):
    """Not shown: whoever lost the device has recovery codes, or asks the operator."""

    help_setup = Steps(choices=[])
    submit = None


class RecoveryForm(MfRecoveryForm):
    """One of the recovery codes; capitals do not matter."""

    code = StringField(
        _l("Recovery code"),
        filters=[lambda text: (text or "").strip().lower()],
        validators=[IsString(), DataRequired(_l("Enter the code."))],
    )
    submit = None


class SelectStepForm(TwoFactorSelectForm):
    """Which second step to take."""

    which = Steps(_l("How do you want to confirm that it is you?"))
    submit = None


class PasskeyForm(WebAuthnRegisterForm):
    """A name for a new passkey, and what it is for."""

    name = StringField(
        _l("Name of this passkey"), validators=[IsString(), DataRequired(_l("Enter a name for the passkey."))]
    )
    usage = RadioField(
        _l("What it is for"),
        choices=[
            SelectChoice("first", _l("Sign in without a password")),
            SelectChoice("secondary", _l("Second step after the password")),
        ],
        default="first",
    )
    submit = None


class PasskeyRemovalForm(WebAuthnDeleteForm):
    """The passkey to remove, sent by its button."""

    name = HiddenField(validators=[IsString(), DataRequired()])
    submit = None


class PasskeySignInForm(WebAuthnSigninForm):
    """Nothing to type: the device knows who it belongs to."""

    identity = HiddenField()
    remember = HiddenField()
    submit = None


FORMS = {
    "login_form": SignInForm,
    "verify_form": AgainForm,
    "change_password_form": NewPasswordForm,
    "two_factor_verify_code_form": CodeForm,
    "two_factor_setup_form": SetUpForm,
    "two_factor_rescue_form": RescueForm,
    "two_factor_select_form": SelectStepForm,
    "mf_recovery_form": RecoveryForm,
    "wan_register_form": PasskeyForm,
    "wan_delete_form": PasskeyRemovalForm,
    "wan_signin_form": PasskeySignInForm,
}
