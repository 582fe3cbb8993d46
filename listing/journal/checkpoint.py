"""Signed checkpoints: the size and root of the log in a form an outsider can keep and check.

The text is a C2SP tlog-checkpoint in a C2SP signed note: origin, size, root in base64, an empty line, and an Ed25519
signature by a key of the same name. Decides the format and whom to believe; reads no database.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .merkle import HASH_BYTES

ED25519 = b"\x01"
KEY_ID_BYTES = 4
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


class BadCheckpoint(ValueError):
    """A text is no checkpoint, or none that the expected key has signed."""


class BadKey(ValueError):
    """A text is no Ed25519 verifier key, or a name cannot be the name of one."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log as it stood: ``size`` entries, hashing to ``root``."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The signed text."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name. Its text is what outsiders keep next to their checkpoints."""

    name: str
    public: bytes

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id().hex()}+{b64encode(ED25519 + self.public).decode()}"

    def key_id(self) -> bytes:
        """The four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_BYTES]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``<name>+<key id>+<key>``. Raises BadKey."""
        name, key_id, material = (*text.strip().split("+", 2), "", "")[:3]
        key = _base64(material, BadKey)
        verifier = cls(name, key[1:])
        if not _NAME.fullmatch(name) or key[:1] != ED25519 or len(key) != 1 + HASH_BYTES:
            raise BadKey("not an Ed25519 verifier key")
        if verifier.key_id().hex() != key_id:
            raise BadKey("the key does not match its own id")
        return verifier


@dataclass(frozen=True, slots=True)
class Signer:
    """The log's own key, from a seed of 32 bytes."""

    name: str
    seed: bytes

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Self:
        """The signer of an installation: LOG_SIGNING_KEY hashed to a seed, LOG_ORIGIN or the public address as name.

        Raises BadKey.
        """
        address = urlsplit(str(settings["PUBLIC_URL"]))
        name = str(settings.get("LOG_ORIGIN") or f"{address.netloc}{address.path.rstrip('/')}/log")
        if not _NAME.fullmatch(name):
            raise BadKey("LOG_ORIGIN holds a space or a plus sign")
        return cls(name, sha256(str(settings["LOG_SIGNING_KEY"]).encode()).digest())

    def verifier(self) -> Verifier:
        """The public side."""
        return Verifier(self.name, self._key().public_key().public_bytes_raw())

    def sign(self, *, size: int, root: bytes) -> str:
        """State that the log has ``size`` entries under ``root``."""
        body = Checkpoint(self.name, size, root).body()
        signature = self.verifier().key_id() + self._key().sign(body.encode())
        return f"{body}\n— {self.name} {b64encode(signature).decode()}\n"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def parse(note: str) -> Checkpoint:
    """Read a checkpoint without believing it. Raises BadCheckpoint."""
    return _parse_body(_parts(note)[0])


def verify(note: str, verifier: Verifier) -> Checkpoint:
    """Read a checkpoint that ``verifier`` has signed; signatures by other keys are passed over.

    Raises BadCheckpoint.
    """
    body, signatures = _parts(note)
    wanted = [line for line in signatures if line[0] == verifier.name and line[1][:KEY_ID_BYTES] == verifier.key_id()]
    if not wanted:
        raise BadCheckpoint(f"not signed by {verifier.name}")
    for _name, signature in wanted:
        try:
            Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature[KEY_ID_BYTES:], body.encode())
        except InvalidSignature as wrong:
            raise BadCheckpoint(f"the signature of {verifier.name} is wrong") from wrong
    checkpoint = _parse_body(body)
    if checkpoint.origin != verifier.name:
        raise BadCheckpoint(f"about another log: {checkpoint.origin}")
    return checkpoint


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    body, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise BadCheckpoint("no signature")
    lines = [_SIGNATURE.fullmatch(line) for line in tail[:-1].split("\n")]
    if not all(lines):
        raise BadCheckpoint("a signature line is malformed")
    return body + "\n", [(line[1], _base64(line[2], BadCheckpoint)) for line in lines if line]


def _parse_body(body: str) -> Checkpoint:
    origin, size, root = (*body.split("\n"), "", "", "")[:3]
    digest = _base64(root, BadCheckpoint)
    if not origin or not _SIZE.fullmatch(size) or len(digest) != HASH_BYTES:
        raise BadCheckpoint("not a checkpoint")
    return Checkpoint(origin, int(size), digest)


def _base64(text: str, refusal: type[ValueError]) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError) as broken:
        raise refusal("not base64") from broken
