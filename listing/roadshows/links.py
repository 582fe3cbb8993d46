"""The secret of a calendar link: a random number of the person's row, signed.

The row alone makes no link, so a copy of the database opens none; deleting the row ends the link at once.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from . import queries
from .models import Feed


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="roadshow feed")


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
