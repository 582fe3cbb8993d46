"""A forgotten password: asking for a link, and setting a new one with it."""

from datetime import datetime

from flask_security import hash_password

from listing.accounts import queries, rules
from listing.accounts.models import User
from listing.journal import operations as journal

from . import keys, letters, links, sessions, signing_up


def ask(*, email: str, language: str, now: datetime, onward: str | None = None) -> None:
    """Send a link to set a new password, or tell the reader of the address that no account belongs to it."""
    user = queries.person(email=email, active=True)
    token = links.issue(user, links.RESET, lasts=rules.RESET_LASTS, now=now, onward=onward)
    if user:
        letters.set_password(user, token, now)
    else:
        letters.unknown(email, language, now)


def set_password(*, token: str, password: str, now: datetime) -> User:
    """Set the password with a link, which also proves the address; every session and key of the person ends.

    Raises LinkSpent, and the refusals of rules.check_password, which leave the link usable.
    """
    user = links.redeem(token, links.RESET, now)
    normal = rules.normal_password(password)
    rules.check_password(normal, user.name, user.email)
    user.password = hash_password(normal)
    links.void(user.id, links.RESET, now)
    sessions.end_all(user)
    keys.end_all(user, now)
    signing_up.mark_confirmed(user, now)
    letters.security_changed(user, "password", now)
    journal.append(code="account.password_reset", actor=queries.as_actor(user), subject=("account", user.id), now=now)
    return user
