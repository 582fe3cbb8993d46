"""Secrets of webhooks at rest: encrypted under SECRET_KEY, because signing needs them back.

A new SECRET_KEY makes them unreadable; their deliveries fail as our own fault until the owner gives the address anew.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet


def _box(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"webhooks:{key}".encode()).digest()))


def sealed(secret: bytes, key: str) -> str:
    """The secret as the table keeps it."""
    return _box(key).encrypt(secret).decode()


def opened(text: str, key: str) -> bytes:
    """The secret again. Raises cryptography.fernet.InvalidToken under another key."""
    return _box(key).decrypt(text)
