"""How a person wants to read: language with script, zone, currency."""

from datetime import datetime

from listing.access.actor import Actor
from listing.accounts import queries
from listing.accounts.models import User
from listing.journal import operations as journal


def change(*, name: str, language: str, zone: str, currency: str, actor: Actor, now: datetime) -> User:
    """Keep a person's name, language, IANA zone and ISO 4217 currency; pages and e-mails follow them."""
    user = queries.person_by_id(actor.user_id)
    user.name, user.language, user.zone, user.currency = name, language, zone, currency
    data = {"language": language, "zone": zone, "currency": currency}
    journal.append(code="account.preferences_changed", data=data, actor=actor, subject=("account", user.id), now=now)
    return user
