"""What the account library is given instead of its own parts, each for a reason that was measured.

The library checks passwords, one-time codes and passkeys; here it learns our rules for them, and that every change of
theirs belongs into the journal. Nothing here shows a page.
"""

from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_security import (
    MailUtil,
    MfRecoveryCodesUtil,
    PasswordUtil,
    Security,
    SQLAlchemyUserDatastore,
    Totp,
    WebauthnUtil,
)
from passlib.exc import UsedTokenError
from sqlalchemy import or_, update

from listing.access.permission import Permission
from listing.journal import operations as journal
from listing.later import qrcode, svg
from listing.refusal import Refusal
from listing.store.db import db
from listing.web.page import now, words

from . import queries, rules
from .models import Passkey, User
from .operations import keys, letters, sessions


class People(SQLAlchemyUserDatastore):
    """The library's way to our tables; writes the journal entry of each change the library makes."""

    def __init__(self):
        super().__init__(db, User, None, Passkey)

    def set_uniquifier(self, user: User, uniquifier: str | None = None) -> None:
        """End every session and key of a person whose password the library has just changed."""
        sessions.end_all(user)
        keys.end_all(user, now())
        letters.security_changed(user, "password", now())
        _noted(user, "account.password_changed")

    def tf_set(self, user: User, primary_method: str, totp_secret: str | None = None, phone: str | None = None) -> None:
        """Keep the one-time code method; the library also calls this at every sign-in, when nothing changes."""
        before = user.tf_totp_secret
        super().tf_set(user, primary_method, totp_secret)
        if user.tf_totp_secret != before:
            letters.security_changed(user, "codes_on", now())
            _noted(user, "account.second_factor_set")

    def tf_reset(self, user: User) -> None:
        """Forget the one-time code method."""
        super().tf_reset(user)
        letters.security_changed(user, "codes_off", now())
        _noted(user, "account.second_factor_removed")

    def mf_set_recovery_codes(self, user: User, rcs: list[str] | None) -> None:
        """Keep new recovery codes; the former ones stop working."""
        super().mf_set_recovery_codes(user, rcs)
        _noted(user, "account.recovery_codes_made")

    def mf_delete_recovery_code(self, user: User, idx: int) -> bool:
        """Use up a recovery code."""
        used = super().mf_delete_recovery_code(user, idx)
        letters.security_changed(user, "recovery_code", now())
        _noted(user, "account.recovery_code_used")
        return used

    def create_webauthn(self, user: User, **values) -> None:
        """Keep a new passkey."""
        super().create_webauthn(user, **values)
        letters.security_changed(user, "passkey_added", now())
        _noted(user, "account.passkey_added", usage=values["usage"])

    def delete_webauthn(self, webauthn: Passkey) -> None:
        """Remove a passkey."""
        letters.security_changed(webauthn.user, "passkey_removed", now())
        _noted(webauthn.user, "account.passkey_removed", usage=webauthn.usage)
        super().delete_webauthn(webauthn)


def _noted(user: User, code: str, **data: str) -> None:
    db.session.flush()
    journal.append(code=code, data=data, actor=queries.as_actor(user), subject=("account", user.id), now=now())


class Codes(Totp):
    """One-time codes that work once: the library accepts the same code again within its window."""

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Draw the code on white, so that it can be scanned from a dark page too."""
        image = qrcode.make(self.get_totp_uri(username, totp), image_factory=svg.SvgPathFillImage)
        return f"data:image/svg+xml;base64,{b64encode(image.to_string()).decode()}"

    def get_last_counter(self, user: User) -> int | None:
        return user.totp_counter

    def set_last_counter(self, user: User, tmatch) -> None:
        """Use up the code; of two at the same moment, the database lets one through."""
        done = db.session.execute(
            update(User)
            .where(User.id == user.id, or_(User.totp_counter.is_(None), User.totp_counter < tmatch.counter))
            .values(totp_counter=tmatch.counter)
        )
        if done.rowcount != 1:
            raise UsedTokenError


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes, of which two at the same moment are not the same one."""

    def check_recovery_code(self, user: User, code: str) -> bool:
        db.session.refresh(user, with_for_update=True)
        return super().check_recovery_code(user, code)


class Addresses(MailUtil):
    """E-mail addresses in one spelling: what differs in capitals only is one account."""

    def normalize(self, email: str) -> str:
        return super().normalize(email).lower()

    def validate(self, email: str) -> str:
        return super().validate(email).lower()

    def send_mail(self, template: str, *_args, **_kwargs) -> None:
        """Refuse to send: every letter of ours is queued by operations/letters.py with the change that causes it."""
        raise RuntimeError(f"the account library wanted to send {template}")


class Passwords(PasswordUtil):
    """Our rules for passwords."""

    def normalize(self, password: str) -> str:
        return rules.normal_password(password)

    def validate(self, password: str, is_register: bool, **kwargs) -> tuple[list | None, str]:
        normal = rules.normal_password(password)
        user = kwargs.get("user")
        try:
            rules.check_password(normal, *((user.name, user.email) if user else ()))
        except Refusal as refusal:
            return [words(refusal)], normal
        return None, normal


class Keys(WebauthnUtil):
    """Passkeys of any make: the library would ask for roaming ones only, and built-in ones never answer."""

    def authenticator_selection(self, user: User, usage: str):
        criteria = super().authenticator_selection(user, usage)
        criteria.authenticator_attachment = None
        return criteria

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        try:
            return None, rules.plain_text(value)[:64]
        except Refusal as refusal:
            return words(refusal), None


class Accounts(Security):
    """The library without the HTML sanitiser it asks for: no text of ours passes through it."""

    def _check_modules(self, module: str, config_name: str):
        return True if module == "nh3" else super()._check_modules(module, config_name)


# RFC 9106, 4: the second recommended option, for machines where 2 GiB a hash is too much. Tests ask for less.
ARGON2 = {"argon2__rounds": 3, "argon2__memory_cost": 65536, "argon2__parallelism": 4}


def _key(app: Flask, purpose: str) -> bytes:
    """A key for one purpose, from the secret that guards second factors."""
    return urlsafe_b64encode(sha256(f"{purpose}:{app.config['TOTP_SECRET']}".encode()).digest())


# What the library says, where its own words name things the page does not ask for or leave the reader without advice.
MESSAGES = {
    "GENERIC_AUTHN_FAILED": _l("The e-mail address or the password is not right. Check both and try again."),
    "INVALID_RECOVERY_CODE": _l("This is none of your unused recovery codes. Check the letters, or take another one."),
    "TWO_FACTOR_INVALID_TOKEN": _l("This code does not fit. Check the clock of your phone and enter the next one."),
}


def settings(app: Flask) -> dict[str, object]:
    """The library's settings without their prefix; what is not named here is its default."""
    return {
        "ANONYMOUS_USER_DISABLED": False,
        "API_ENABLED_METHODS": ["session"],
        "CLI_ROLES_NAME": None,
        "CLI_USERS_NAME": None,
        "DATETIME_FACTORY": now,
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
        "JOIN_USER_ROLES": False,
        "LOGOUT_CSRF": True,
        **{f"MSG_{name}": (text, "error") for name, text in MESSAGES.items()},
        "PASSWORD_HASH": "argon2",
        "PASSWORD_HASH_PASSLIB_OPTIONS": app.config.get("PASSWORD_COST", ARGON2),
        "PASSWORD_LENGTH_MIN": rules.PASSWORD_MIN,
        "PASSWORD_NORMALIZE_FORM": "NFKC",
        "PASSWORD_SCHEMES": ["argon2"],
        "RETURN_GENERIC_RESPONSES": True,
        "SEND_PASSWORD_CHANGE_EMAIL": False,
        "USE_REGISTER_V2": True,
        "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": str.lower, "case_insensitive": False}}],
        "CHANGEABLE": True,
        "POST_CHANGE_VIEW": "accounts.overview",
        "POST_LOGIN_VIEW": "accounts.area",
        "POST_LOGOUT_VIEW": "front.home",
        "POST_VERIFY_VIEW": "accounts.overview",
        "FRESHNESS": rules.FRESH_FOR,
        "FRESHNESS_GRACE_PERIOD": rules.FRESH_FOR,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ALWAYS_VALIDATE": True,
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_POST_SETUP_VIEW": "accounts.overview",
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TOTP_ISSUER": "Baybridge",
        "TOTP_SECRETS": {"1": app.config["TOTP_SECRET"]},
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [_key(app, "recovery codes")],
        "MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "WEBAUTHN": True,
        "WAN_ALLOW_USER_HINTS": False,
        "WAN_POST_REGISTER_VIEW": "security.wan_register",
        "WAN_RP_NAME": "Baybridge",
        "I18N_DIRNAME": ["builtin", app.config["BABEL_TRANSLATION_DIRECTORIES"]],
    }


# The library's endpoints that are ours too, and what each needs. Others are not registered.
ENDPOINTS = {
    "login": Permission.PUBLIC,
    "logout": Permission.PUBLIC,
    "verify": Permission.ACCOUNT_SELF,
    "change_password": Permission.ACCOUNT_SELF,
    "two_factor_setup": Permission.ACCOUNT_SELF,
    "two_factor_setup_validate": Permission.ACCOUNT_SELF,
    "two_factor_token_validation": Permission.PUBLIC,
    "two_factor_rescue": Permission.PUBLIC,
    "tf_select": Permission.PUBLIC,
    "mf_recovery": Permission.PUBLIC,
    "mf_recovery_codes": Permission.ACCOUNT_SELF,
    "wan_register": Permission.ACCOUNT_SELF,
    "wan_register_response": Permission.ACCOUNT_SELF,
    "wan_signin": Permission.PUBLIC,
    "wan_signin_response": Permission.PUBLIC,
    "wan_delete": Permission.ACCOUNT_SELF,
    "wan_verify": Permission.ACCOUNT_SELF,
    "wan_verify_response": Permission.ACCOUNT_SELF,
}
