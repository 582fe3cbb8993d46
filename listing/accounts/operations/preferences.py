"""How a person wants to read: language with script, zone, currency, whose documents first."""

from datetime import datetime

from listing.access.actor import Actor
from listing.accounts import queries
from listing.accounts.models import User
from listing.journal import operations as journal


def change(
    *, name: str, language: str, zone: str, currency: str, documents: str = "", actor: Actor, now: datetime
) -> User:
    """Keep a person's name, language, IANA zone and ISO 4217 currency; pages and e-mails follow them.

    ``documents`` is the language whose documents come first: zh, en, or empty for that of the page.
    """
    user = queries.person_by_id(actor.user_id)
    user.name, user.language, user.zone, user.currency = name, language, zone, currency
    user.documents = documents or None
    data = {"language": language, "zone": zone, "currency": currency, "documents": documents}
    journal.append(code="account.preferences_changed", data=data, actor=actor, subject=("account", user.id), now=now)
    return user
