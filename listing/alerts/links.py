"""The link in a mail that stops it without signing in: the number of the alert, signed.

Whoever holds the mail may stop it, and learns nothing else. A new SECRET_KEY ends these links; the desk remains.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="alert")


def token(alert_id: int) -> str:
    """The token of an alert; always the same one."""
    return _serializer().dumps(alert_id)


def alert_id(given: str) -> int | None:
    """The alert a token belongs to, or None for a token that is not ours."""
    try:
        found = _serializer().loads(given)
    except BadData:
        return None
    return found if isinstance(found, int) else None
