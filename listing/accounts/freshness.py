"""Asking for the password again before acts of high value."""

from collections.abc import Callable
from functools import wraps

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_security import check_and_update_authn_fresh

from listing.access.gate import actor
from listing.web.page import now

from . import rules


def fresh(view: Callable) -> Callable:
    """Let ``view`` run only within 15 minutes of the last password or passkey; else ask for it and come back.

    Stands above ``@requires``. The page to come back to must answer GET.
    """

    @wraps(view)
    def asked(*args, **kwargs):
        if _is_fresh():
            return view(*args, **kwargs)
        return current_app.extensions["security"]._reauthn_handler(rules.FRESH_FOR, rules.FRESH_FOR)

    return asked


def lately(view: Callable) -> Callable:
    """Like ``fresh``, but 15 minutes from the password itself: with ``fresh``, going on working prolongs them."""

    @wraps(view)
    def asked(*args, **kwargs):
        if rules.given_lately(actor().fresh_at, now()):
            return view(*args, **kwargs)
        return current_app.extensions["security"]._reauthn_handler(rules.FRESH_FOR, rules.FRESH_FOR)

    return asked


def begun_fresh(view: Callable, start: str) -> Callable:
    """Let the last step of a set-up run only while its first one, the endpoint ``start``, would; else lead back there.

    The account library asks at the first step only and lets the second go by a token that names nobody, so a token
    from another account would add a stranger's passkey to a session left open.
    """

    @wraps(view)
    def finished(*args, **kwargs):
        if _is_fresh():
            return view(*args, **kwargs)
        flash(_("Setting up took too long. Start again."), "error")
        return redirect(url_for(start))

    return finished


def _is_fresh() -> bool:
    return check_and_update_authn_fresh(rules.FRESH_FOR, rules.FRESH_FOR, "session")
