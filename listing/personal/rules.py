"""What is asked before somebody takes a copy of what is held about them. Pure."""

from datetime import datetime

from listing.access.actor import Actor
from listing.accounts.rules import given_lately
from listing.refusal import N_, Refusal


class NotFresh(Refusal):
    message = N_("Confirm that it is you first: give your password or a passkey again.")


def check_fresh(actor: Actor, now: datetime) -> None:
    """Raise NotFresh unless the password or a passkey was given lately."""
    if not given_lately(actor.fresh_at, now):
        raise NotFresh
