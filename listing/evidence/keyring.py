"""The installation's keys, under which the key of each content is wrapped.

EVIDENCE_KEYS is a list of ``id:key`` with commas between; the first one wraps, the others still unwrap. An entry
without an id is named by its own digest. What is wrapped is bound to what the row says of the file, so that a row
changed or exchanged in the database opens nothing.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .sealing import Tampered

MIN_KEY = 32
ID_MAX = 32
_NONCE = 12


class BadKeys(ValueError):
    """EVIDENCE_KEYS cannot be read."""


class UnknownKey(LookupError):
    """A file was wrapped under a key this installation does not have."""


class Keyring:
    """The keys of EVIDENCE_KEYS; ``current`` is the id of the one that wraps."""

    def __init__(self, text: str):
        entries = [_entry(part.strip()) for part in text.split(",") if part.strip()]
        self._boxes = {name: _box(key) for name, key in entries}
        if not entries or len(self._boxes) < len(entries):
            raise BadKeys("EVIDENCE_KEYS needs at least one key, and each id once")
        self.current = entries[0][0]

    @classmethod
    def of(cls, config: Mapping) -> "Keyring":
        """The keys of an application's settings. Raises BadKeys."""
        return cls(config["EVIDENCE_KEYS"])

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """``key`` under the current key, bound to ``about``."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._boxes[self.current].encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes, *, key_id: str) -> bytes:
        """The key again. Raises UnknownKey, or Tampered where key, wrapping or ``about`` is another."""
        try:
            box = self._boxes[key_id]
        except KeyError:
            raise UnknownKey(key_id) from None
        try:
            return box.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], about)
        except (InvalidTag, ValueError) as error:
            raise Tampered from error


def _entry(part: str) -> tuple[str, str]:
    name, _colon, key = part.rpartition(":")
    if len(key) < MIN_KEY:
        raise BadKeys(f"each key of EVIDENCE_KEYS needs {MIN_KEY} characters or more")
    name = name or sha256(key.encode()).hexdigest()[:8]
    if len(name) > ID_MAX:
        raise BadKeys(f"an id in EVIDENCE_KEYS has at most {ID_MAX} characters")
    return name, key


def _box(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"baybridge evidence 1").derive(key.encode()))
