"""A person becomes known: signing up with an organisation, confirming the address, asking for another mail.

A known and an unknown address take the same way through the database and bring one mail each, so that neither the
answer nor its time tells them apart.
"""

from datetime import datetime
from uuid import uuid4

from flask_security import hash_password, verify_password
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor
from listing.accounts import queries, rules
from listing.accounts.models import Membership, Organisation, User
from listing.journal import operations as journal
from listing.refusal import N_, Refusal
from listing.store.db import db

from . import letters, links


class NotYourPassword(Refusal):
    message = N_("This is not the password you chose when signing up. If you forgot it, set a new one.")


def new_user(*, name: str, email: str, password: str | None, language: str, now: datetime) -> User:
    """A person not yet in the database; ``password`` in clear, normalised and checked, or None until one is set."""
    return User(
        name=name,
        email=email,
        password=hash_password(password) if password else None,
        active=True,
        created_at=now,
        language=language,
        zone="Asia/Shanghai" if language == "zh-Hans" else "Asia/Hong_Kong",
        currency="CNY" if language == "zh-Hans" else "HKD",
        fs_uniquifier=uuid4().hex,
        fs_webauthn_user_handle=uuid4().hex,
    )


def register(
    *,
    kind: str,
    name: str,
    name_zh: str,
    name_en: str,
    email: str,
    password: str,
    language: str,
    actor: Actor,
    now: datetime,
    onward: str | None = None,
) -> None:
    """Create person and organisation, with the person as owner, and send the confirmation; or tell a known person.

    ``onward`` is the page to come back to after the first sign-in.
    Returns nothing in either case: the caller must not learn which it was.
    """
    user = new_user(name=name, email=email, password=password, language=language, now=now)
    organisation = new_organisation(kind=kind, name_zh=name_zh, name_en=name_en, language=language, now=now)
    try:
        with db.session.begin_nested():
            db.session.add_all((organisation, user))
    except IntegrityError:
        known = queries.person(email=email)
        if known is None:
            raise
        _tell_known(known, now, onward)
        return
    db.session.add(Membership(organisation=organisation, user=user, role=rules.OWNER, since=now))
    token = links.issue(user, links.CONFIRM, lasts=rules.CONFIRMATION_LASTS, now=now, onward=onward)
    letters.confirm_address(user, token, now)
    subject = ("account", user.id, organisation.id)
    journal.append(
        code="account.signed_up", data={"kind": kind}, actor=queries.as_actor(user), subject=subject, now=now
    )


def new_organisation(*, kind: str, name_zh: str, name_en: str, language: str, now: datetime) -> Organisation:
    """An organisation not yet in the database; an empty name is stored as missing."""
    script = "Hant" if language == "zh-Hant" else "Hans"
    return Organisation(kind=kind, name_zh=name_zh or None, name_en=name_en or None, name_script=script, created_at=now)


def _tell_known(user: User, now: datetime, onward: str | None) -> None:
    token = links.issue(user, links.RESET, lasts=rules.RESET_LASTS, now=now, onward=onward)
    letters.already_known(user, token, now)
    journal.append(code="account.signed_up_again", actor=queries.as_actor(user), subject=("account", user.id), now=now)


def ask_again(*, email: str, language: str, now: datetime, onward: str | None = None) -> None:
    """Send the confirmation once more, to whoever still needs one; everybody else is told how things stand, by mail."""
    user = queries.person(email=email, active=True)
    waits = user is not None and user.confirmed_at is None and user.password is not None
    purpose, lasts = (links.CONFIRM, rules.CONFIRMATION_LASTS) if waits else (links.RESET, rules.RESET_LASTS)
    token = links.issue(user, purpose, lasts=lasts, now=now, onward=onward)
    if user is None:
        letters.unknown(email, language, now)
    elif waits:
        letters.confirm_address(user, token, now)
    else:
        letters.already_known(user, token, now)


def confirm(*, token: str, password: str, now: datetime) -> User:
    """Take the link as proof that the address is the person's, and the password as proof that they signed up.

    Without the password, somebody could sign up with a stranger's address and let the stranger open the account for
    them. Raises LinkSpent, NotYourPassword; a refusal leaves the link as it was.
    """
    user = links.redeem(token, links.CONFIRM, now)
    if not verify_password(rules.normal_password(password), user.password):
        raise NotYourPassword
    mark_confirmed(user, now)
    return user


def mark_confirmed(user: User, now: datetime) -> None:
    """Note that the person reads the mail of the address."""
    if user.confirmed_at is None:
        user.confirmed_at = now
        journal.append(code="account.confirmed", actor=queries.as_actor(user), subject=("account", user.id), now=now)
