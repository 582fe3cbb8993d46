"""What follows a sign-in: the browser becomes known, the person hears of a new one, the journal keeps it."""

from datetime import datetime

from sqlalchemy import bindparam, select

from listing.accounts import devices, queries
from listing.accounts.models import Device, User
from listing.journal import operations as journal
from listing.store.db import db

from . import letters

_KNOWN = select(Device).where(Device.user_id == bindparam("user_id"), Device.token_hash == bindparam("token_hash"))


def welcome(*, user: User, token: str | None, label: str, network: str, now: datetime) -> str | None:
    """Note a sign-in from the browser that carries ``token``; returns the token a new browser should keep.

    The first browser of a person brings no letter: it is the one they signed up with.
    """
    carried = {"user_id": user.id, "token_hash": devices.digest(token or "")}
    known = db.session.scalars(_KNOWN, carried).one_or_none()
    fresh = None
    if known:
        known.last_seen, known.label = now, label
    else:
        fresh = token if token and queries.is_ours(token) else devices.new_token()
        if queries.has_devices(user):
            letters.new_device(user, label, network, now)
        row = Device(user_id=user.id, token_hash=devices.digest(fresh), label=label, first_seen=now, last_seen=now)
        db.session.add(row)
    data = {"new_device": known is None}
    journal.append(
        code="account.signed_in", data=data, actor=queries.as_actor(user), subject=("account", user.id), now=now
    )
    return fresh
