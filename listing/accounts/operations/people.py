"""What the operator may do to an account from outside: create, disable, enable, take away a lost second factor.

Nobody can read a password here or act as somebody else; there is no such operation.
"""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.accounts import queries, rules
from listing.accounts.models import Organisation, User
from listing.journal import operations as journal
from listing.refusal import N_, Refusal
from listing.store.db import db

from . import keys, letters, links, membership, sessions, signing_up


class AddressTaken(Refusal):
    message = N_("This address has an account already.")


def create(
    *, name: str, email: str, organisation: Organisation, role: str, language: str, actor: Actor | System, now: datetime
) -> tuple[User, str]:
    """Make an account without a password; return it with the token of the link that sets one.

    Raises AddressTaken, membership.RoleUnfit, rules.HostileText.
    """
    email = email.strip().lower()
    if queries.person(email=email):
        raise AddressTaken
    user = signing_up.new_user(name=rules.plain_text(name), email=email, password=None, language=language, now=now)
    db.session.add(user)
    db.session.flush()
    token = links.issue(user, links.RESET, lasts=rules.SET_PASSWORD_LASTS, now=now)
    _note("account.created", user, actor, now)
    membership.admit(organisation=organisation, user=user, role=role, actor=actor, now=now)
    return user, token


def disable(*, user: User, actor: Actor | System, now: datetime) -> None:
    """Close an account: nobody signs in with it, whoever is signed in is out at once, its keys and offers are void."""
    user.active = False
    sessions.end_all(user)
    keys.end_all(user, now)
    membership.end_offers(user.id, now)
    _note("account.disabled", user, actor, now)


def enable(*, user: User, actor: Actor | System, now: datetime) -> None:
    """Open a closed account again."""
    user.active = True
    _note("account.enabled", user, actor, now)


def reset_second_factor(*, user: User, actor: Actor | System, now: datetime) -> None:
    """Take one-time codes, recovery codes and passkeys away from somebody who lost them; their sessions and keys end.

    The password stays what it was, and the person is told.
    """
    user.tf_primary_method = user.tf_totp_secret = user.totp_counter = user.mf_recovery_codes = None
    user.webauthn.clear()
    sessions.end_all(user)
    keys.end_all(user, now)
    letters.security_changed(user, "second_factor_reset", now)
    _note("account.second_factor_reset", user, actor, now)


def _note(code: str, user: User, actor: Actor | System, now: datetime) -> None:
    journal.append(code=code, actor=actor, subject=("account", user.id), now=now)
