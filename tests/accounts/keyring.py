"""A software authenticator: makes a passkey and signs with it, as a phone would (WebAuthn level 2, ES256)."""

import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(encoded: str) -> bytes:
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))


class Keyring:
    """One credential; ``verifies`` says whether the device checks its owner (fingerprint, PIN)."""

    def __init__(self, verifies: bool = True):
        self.key = ec.derive_private_key(424242, ec.SECP256R1())
        self.id = sha256(b"credential").digest()
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.count = 0
        self.user_handle = b""

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": False}).encode()

    def _state(self, rp_id: str, flags: int, rest: bytes = b"") -> bytes:
        self.count += 1
        return sha256(rp_id.encode()).digest() + struct.pack(">BI", flags, self.count) + rest

    def create(self, options: dict) -> str:
        """Answer navigator.credentials.create."""
        self.user_handle = data(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(public)
        state = self._state(options["rp"]["id"], self.flags | ATTESTED, attested)
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": state})
        client = self._client("webauthn.create", options["challenge"])
        response = {"attestationObject": text(made), "clientDataJSON": text(client), "transports": ["internal"]}
        return json.dumps(self._named(response) | {"extensions": json.dumps({"credProps": {"rk": True}})})

    def get(self, options: dict) -> str:
        """Answer navigator.credentials.get."""
        state = self._state(options["rpId"], self.flags)
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(state + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "authenticatorData": text(state),
            "clientDataJSON": text(client),
            "signature": text(signature),
            "userHandle": text(self.user_handle),
        }
        return json.dumps(self._named(response))

    def _named(self, response: dict) -> dict:
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}
