"""Puts people and sign-in into the application: settings, the account library's views under our addresses, our own."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask_security import views as library_views
from flask_security.recovery_codes import mf_recovery, mf_recovery_codes
from flask_security.tf_plugin import tf_select
from flask_security.utils import is_user_authenticated, url_for_security
from flask_security.webauthn import (
    webauthn_delete,
    webauthn_register,
    webauthn_register_response,
    webauthn_signin,
    webauthn_signin_response,
    webauthn_verify,
    webauthn_verify_response,
)

from listing.access.gate import actor, declare

from . import library, queries
from .door import answering, forms_only, seeing_off, signing_in, slowed, welcoming, without_lock
from .freshness import begun_fresh
from .library_forms import FORMS
from .sessions import SessionStore
from .views import codes, joining, keys, members, messages, own  # noqa: F401 (they hang their views on the blueprint)
from .views.blueprint import bp as own_views

BOTH, POST = ["GET", "POST"], ["POST"]

# What someone whose role asks for a second factor may open before it is set up.
OPEN_BEFORE_SECOND_FACTOR = {
    "accounts.second_factor_needed",
    "assets.file",
    "front.accessibility",
    "front.help_and_contact",
    "front.privacy",
    "languages.switch",
    "security.logout",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.verify",
    "security.wan_verify",
    "security.wan_verify_response",
}


def rescue():
    """Lead to the recovery codes, the one way in without the second factor."""
    return redirect(url_for("security.mf_recovery"))


def _routes() -> list[tuple]:
    """Address, endpoint, view and methods of every view of the library that is ours too."""
    views = library_views
    codes_on = begun_fresh(codes.switch_on, "security.two_factor_setup")
    passkey_added = begun_fresh(webauthn_register_response, "security.wan_register")
    return [
        ("/login", "login", welcoming(slowed(without_lock(views.login), signing_in)), BOTH),
        ("/logout", "logout", seeing_off(views.logout), POST),
        ("/verify", "verify", slowed(views.verify, answering), BOTH),
        ("/change", "change_password", slowed(views.change_password, answering), BOTH),
        ("/tf-setup", "two_factor_setup", views.two_factor_setup, BOTH),
        ("/tf-setup/<token>", "two_factor_setup_validate", codes_on, POST),
        (
            "/tf-validate",
            "two_factor_token_validation",
            welcoming(slowed(views.two_factor_token_validation, answering)),
            BOTH,
        ),
        ("/tf-rescue", "two_factor_rescue", rescue, ["GET"]),
        ("/tf-select", "tf_select", tf_select, BOTH),
        ("/mf-recovery", "mf_recovery", welcoming(slowed(mf_recovery, answering)), BOTH),
        ("/mf-recovery-codes", "mf_recovery_codes", mf_recovery_codes, BOTH),
        ("/wan-register", "wan_register", webauthn_register, BOTH),
        ("/wan-register/<token>", "wan_register_response", passkey_added, POST),
        ("/wan-signin", "wan_signin", webauthn_signin, BOTH),
        ("/wan-signin/<token>", "wan_signin_response", welcoming(webauthn_signin_response), POST),
        ("/wan-delete", "wan_delete", webauthn_delete, POST),
        ("/wan-verify", "wan_verify", webauthn_verify, BOTH),
        ("/wan-verify/<token>", "wan_verify_response", webauthn_verify_response, POST),
    ]


def _lead_to_second_factor():
    """Let staff and approvers set up their second factor before anything else."""
    if request.endpoint in OPEN_BEFORE_SECOND_FACTOR or request.endpoint is None:
        return None
    return redirect(url_for("accounts.second_factor_needed")) if queries.needs_second_factor(actor()) else None


def _blueprint() -> Blueprint:
    bp = Blueprint("security", __name__, url_prefix="/<ui:lang>")
    for rule, endpoint, view, methods in _routes():
        bp.add_url_rule(rule, endpoint, forms_only(view), methods=methods)
    return bp


def init_app(app: Flask) -> None:
    """Set up sessions, the account library with our parts, and every page about people."""
    app.config["SESSION_COOKIE_NAME"] = "__Host-session" if app.config["SESSION_COOKIE_SECURE"] else "session"
    app.session_interface = SessionStore()
    app.config.update({f"SECURITY_{name}": value for name, value in library.settings(app).items()})
    security = library.Accounts(
        app,
        library.People(),
        register_blueprint=False,
        mail_util_cls=library.Addresses,
        mf_recovery_codes_util_cls=library.RecoveryCodes,
        password_util_cls=library.Passwords,
        totp_cls=library.Codes,
        webauthn_util_cls=library.Keys,
        **FORMS,
    )
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)  # a person is known by the session, never by a token
    security.login_manager.session_protection = None  # a phone changes its address; our own rows end sessions
    app.context_processor(
        lambda: {"url_for_security": url_for_security, "_fs_is_user_authenticated": is_user_authenticated}
    )
    app.register_blueprint(_blueprint())
    app.register_blueprint(own_views)
    for endpoint, permission in library.ENDPOINTS.items():
        declare(app, f"security.{endpoint}", permission)
    app.before_request(_lead_to_second_factor)
