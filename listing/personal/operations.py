"""Taking a copy of what is held about oneself."""

from datetime import datetime

from listing.access.actor import Actor
from listing.journal import operations as journal

from . import rules


def copy(*, actor: Actor, now: datetime) -> bool:
    """Note that a person takes a copy. Raises NotFresh unless the password or a passkey was given lately."""
    rules.check_fresh(actor, now)
    journal.append(code="account.copied", actor=actor, subject=("account", actor.user_id), now=now)
    return True
