"""The letters accounts send, each to one person, in that person's language, leading to one page.

Only queues; templates/mail/<message>/ holds the words. Letters with a link that is a secret are marked so.
"""

from datetime import datetime

from listing.accounts import devices
from listing.accounts.models import Invitation, User
from listing.notifications import operations as outbox
from listing.notifications.rules import Address


def address(user: User) -> Address:
    """Where letters to a person go."""
    return Address(name=user.name, email=user.email, user_id=user.id, language=user.language, zone=user.zone)


def _stranger(email: str, language: str) -> Address:
    return Address(name="", email=email, user_id=None, language=language, zone="Asia/Hong_Kong")


def _queue(message: str, to: Address, now: datetime, *, path: str, sensitive: bool = False, **data) -> None:
    key = f"{message}:{devices.digest(devices.new_token())[:32]}"
    told = {"path": f"/{to.language}/{path}", **data}
    outbox.queue(key=key, message=message, to=to, data=told, now=now, sensitive=sensitive)


def confirm_address(user: User, token: str, now: datetime) -> None:
    """Ask a new person to show that the address is theirs."""
    _queue("confirm_email", address(user), now, path=f"confirm/{token}", sensitive=True)


def already_known(user: User, token: str, now: datetime) -> None:
    """Tell someone who signs up again that the account exists, with a link to set a new password."""
    _queue("account_exists", address(user), now, path=f"reset/{token}", sensitive=True)


def unknown(email: str, language: str, now: datetime) -> None:
    """Tell the reader of an address for which help was asked that no account belongs to it."""
    _queue("no_account", _stranger(email, language), now, path="register")


def set_password(user: User, token: str, now: datetime) -> None:
    """Send the link that sets a new password."""
    _queue("reset_password", address(user), now, path=f"reset/{token}", sensitive=True)


def security_changed(user: User, what: str, now: datetime) -> None:
    """Say that a password, second factor or passkey changed; ``what`` is a code the templates know."""
    _queue("security_changed", address(user), now, path="account", what=what, at=now.isoformat())


def new_device(user: User, label: str, network: str, now: datetime) -> None:
    """Say that somebody signed in from a browser not seen before."""
    _queue("new_device", address(user), now, path="account/sessions", device=label, network=network, at=now.isoformat())


def invited(
    invitation: Invitation, known: User | None, token: str, *, inviter: str, language: str, now: datetime
) -> None:
    """Offer a role; in the language of the person when known, else in that of the page it was offered on."""
    to = address(known) if known else _stranger(invitation.email, language)
    names = {"organisation": invitation.organisation.name(to.language), "kind": invitation.organisation.kind}
    _queue(
        "invitation",
        to,
        now,
        path=f"invitation/{token}",
        sensitive=True,
        role=invitation.role,
        inviter=inviter,
        **names,
    )
