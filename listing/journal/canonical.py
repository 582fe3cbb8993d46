"""The bytes of an entry: what is hashed, and what of it a stranger sees.

An entry has two parts. The private one says who did what to which subject with which values; the public one says
that entry ``index`` of kind ``code`` happened ``at`` an instant, and carries a commitment: SHA-256 over 32 random
bytes (the salt) followed by the private part. The leaf of the tree is the public part. So anyone can check the tree
and any proof without learning a name, and whoever is shown the salt and the private part can check those against it.
"""

import json
from base64 import b64encode
from datetime import UTC, date, datetime
from hashlib import sha256

FORMAT = 1
SALT_BYTES = 32
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class NotCanonical(ValueError):
    """A value has no single spelling as bytes: a float, a naive instant, broken text, a key that is no text."""


def plain(value: object) -> object:
    """Turn a value into what JSON holds exactly: text, whole numbers, booleans, null, lists, objects.

    Instants become ISO 8601 in UTC, days ISO 8601. Raises NotCanonical.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def instant(at: datetime) -> str:
    """An aware instant as ISO 8601 in UTC, fractions only where there are any. Raises NotCanonical."""
    if at.tzinfo is None:
        raise NotCanonical("naive instant")
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def encoded(value: object) -> bytes:
    """The canonical bytes of a plain value: JSON, keys by code point, no spaces, UTF-8. Raises NotCanonical."""
    try:
        return _JSON.encode(value).encode()
    except UnicodeEncodeError as broken:
        raise NotCanonical("text with half a surrogate pair") from broken


def commitment(salt: bytes, private: object) -> bytes:
    """Commit to the private part without showing it."""
    return sha256(salt + encoded(private)).digest()


def public_part(*, index: int, at: datetime, code: str, committed: bytes) -> dict[str, object]:
    """What everyone may see of an entry; its canonical bytes are the leaf."""
    return {
        "v": FORMAT,
        "index": index,
        "at": instant(at),
        "code": code,
        "commitment": b64encode(committed).decode(),
    }


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"a key is text, not {type(key).__name__}")
    return str(key)
