"""Asking for the password again before acts of high value."""

from collections.abc import Callable
from functools import wraps

from flask import current_app
from flask_security import check_and_update_authn_fresh

from . import rules


def fresh(view: Callable) -> Callable:
    """Let ``view`` run only within 15 minutes of the last password or passkey; else ask for it and come back.

    Stands above ``@requires``. The page to come back to must answer GET.
    """

    @wraps(view)
    def asked(*args, **kwargs):
        if check_and_update_authn_fresh(rules.FRESH_FOR, rules.FRESH_FOR, "session"):
            return view(*args, **kwargs)
        return current_app.extensions["security"]._reauthn_handler(rules.FRESH_FOR, rules.FRESH_FOR)

    return asked
