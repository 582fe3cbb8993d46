"""Whose seal objects carry: the signing interface, the house's own Ed25519 key, and SM2 where the installation has one.

JR/T 0314-2024 asks for SM2 (``sm2.py``, through OpenSSL). An installation whose key sits in a device of its own brings
one more adapter of the interface; everything else stays.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from listing.journal.checkpoint import Signer

from . import sm2

ED25519 = "Ed25519"
_CONTEXT = b"baybridge supervision 1\n"  # so that no seal is ever a checkpoint of the log


class BadSeal(ValueError):
    """A seal is none, or not of the key that was expected."""


class Seal(Protocol):
    """What signs: the kind of its key, its public side, and a signature over bytes; the texts are base64."""

    kind: str
    public: str

    def sign(self, message: bytes) -> str:
        """Sign these bytes."""
        ...


@dataclass(frozen=True, slots=True)
class HouseSeal:
    """The key that signs the checkpoints of the log."""

    signer: Signer
    kind: str = ED25519

    @property
    def public(self) -> str:
        """The public key."""
        return b64encode(self.signer.verifier().public).decode()

    def sign(self, message: bytes) -> str:
        """Sign these bytes; the same bytes get the same signature."""
        key = Ed25519PrivateKey.from_private_bytes(self.signer.seed)
        return b64encode(key.sign(_CONTEXT + message)).decode()


def verify(kind: str, public: str, signature: str, message: bytes) -> None:
    """Check a signature of that kind of key. Raises BadSeal; sm2.NoSm2 where OpenSSL is needed and not here."""
    _CHECKS[kind](public, signature, message)


def _check_sm2(public: str, signature: str, message: bytes) -> None:
    try:
        if not sm2.holds(public, signature, message):
            raise BadSeal("the signature is wrong")
    except ValueError as wrong:
        raise BadSeal("the signature is wrong") from wrong


def _check_ed25519(public: str, signature: str, message: bytes) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(b64decode(public, validate=True))
        key.verify(b64decode(signature, validate=True), _CONTEXT + message)
    except (InvalidSignature, ValueError) as wrong:
        raise BadSeal("the signature is wrong") from wrong


_CHECKS = {ED25519: _check_ed25519, sm2.KIND: _check_sm2}
