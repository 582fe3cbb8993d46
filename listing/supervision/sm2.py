"""SM2 seals through OpenSSL: the signature that JR/T 0314-2024 asks for.

The Python libraries of the house do not sign with SM2; OpenSSL does since 3.0, and its command is asked. The key is a
file in PEM that OpenSSL reads, with the permissions of a secret; it never enters this process. A signature is over the
digest of the object with the signer's identity of GM/T 0009-2012, in DER, and differs each time: SM2 draws a number.
"""

import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

KIND = "SM2"
IDENTITY = "1234567812345678"  # the default identity of GM/T 0009-2012
_HOW = ("-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{IDENTITY}")
_CURVE = bytes.fromhex("06082a811ccf5501822d")  # the name of the curve, 1.2.156.10197.1.301
_SECONDS = 10


class NoSm2(RuntimeError):
    """OpenSSL is not here, does not know SM2, or cannot read the key."""


@dataclass(frozen=True)
class Sm2Seal:
    """The key in that file."""

    key: Path
    kind: str = KIND

    @cached_property
    def public(self) -> str:
        """The public key, SubjectPublicKeyInfo in base64."""
        return b64encode(_public("-in", str(self.key))).decode()

    def sign(self, message: bytes) -> str:
        """Sign these bytes. Raises NoSm2."""
        return b64encode(_asked("pkeyutl", "-sign", "-inkey", str(self.key), *_HOW, given=message)).decode()


def public_of(pem: Path) -> str:
    """The public key in that file, as a seal tells it. Raises NoSm2."""
    return b64encode(_public("-pubin", "-in", str(pem))).decode()


def holds(public: str, signature: str, message: bytes) -> bool:
    """Whether that key signed these bytes. Raises ValueError for what is no base64, NoSm2 without OpenSSL."""
    with tempfile.TemporaryDirectory() as folder:
        key, signed = Path(folder, "key"), Path(folder, "signature")
        key.write_bytes(b64decode(public, validate=True))
        signed.write_bytes(b64decode(signature, validate=True))
        how = ("-pubin", "-keyform", "DER", "-inkey", str(key), "-sigfile", str(signed), *_HOW)
        return _run(("pkeyutl", "-verify", *how), message).returncode == 0


def _public(*of: str) -> bytes:
    """The public key. Raises NoSm2, also for a key on another curve."""
    found = _asked("pkey", *of, "-pubout", "-outform", "DER")
    if _CURVE not in found:
        raise NoSm2("the key is not one of SM2")
    return found


def _asked(*arguments: str, given: bytes = b"") -> bytes:
    answer = _run(arguments, given)
    if answer.returncode != 0:
        raise NoSm2("OpenSSL cannot use the key of the seal")
    return answer.stdout


def _run(arguments: Sequence[str], given: bytes) -> subprocess.CompletedProcess:
    try:
        return subprocess.run(("openssl", *arguments), input=given, capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as missing:
        raise NoSm2("OpenSSL does not answer") from missing
