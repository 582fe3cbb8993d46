"""The secret of a calendar link, a random number of the person's row, and the code shown at the door, both signed.

The row alone makes no link, so a copy of the database opens none; deleting the row ends the link at once. A code of the
door is that of one registration and its turn: whoever left and came back has another one.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from listing.store.db import db

from . import queries
from .models import Feed, Registration

_DOOR = "roadshow door"


def _serializer(salt: str = "roadshow feed") -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=salt)


def token(feed: Feed) -> str:
    """The token of a calendar link."""
    return _serializer().dumps([feed.account_id, feed.nonce])


def feed_of(given: str) -> Feed | None:
    """The feed a token belongs to, or None for one that is not ours or was ended."""
    try:
        account_id, nonce = _serializer().loads(given)
    except (BadData, TypeError, ValueError):
        return None
    feed = queries.feed_of(account_id)
    return feed if feed and feed.nonce == nonce else None


def door_token(row: Registration) -> str:
    """The code by which somebody is known at the door."""
    return _serializer(_DOOR).dumps([row.id, row.turn])


def registration_of(given: str) -> Registration | None:
    """The registration a code of the door belongs to, or None for one that is forged or old."""
    try:
        number, turn = _serializer(_DOOR).loads(given)
    except (BadData, TypeError, ValueError):
        return None
    row = db.session.get(Registration, number)
    return row if row and row.turn == turn else None
