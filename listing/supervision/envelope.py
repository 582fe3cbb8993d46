"""One version of one object as JSON: the header of JR/T 0314-2024 around a body, its digests, its seal.

Pure but for the key. The same object gives the same bytes: canonical JSON as in the log. What the seal signs is the
SM3 digest over everything but the seal itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from json import loads

from cryptography.hazmat.primitives import hashes
from jsonschema import Draft202012Validator

from listing.journal import canonical

from . import seals

PROTOCOL, MODEL = "JR/T 0314-2024", "baybridge-1"
HEAD = {"model": {"protocol": PROTOCOL, "version": MODEL}}
DIGEST = "SM3"


class BadObject(ValueError):
    """An object has not the shape of its type, or differs from what was sealed; the reason carries no value of it."""


@dataclass(frozen=True, slots=True)
class Object:
    """One version of one object, with the entry of the log that it comes from."""

    type: str
    id: str
    version: int
    operation: str
    timestamp: int
    body: Mapping[str, object]
    entry: int
    leaf: str

    def content(self) -> dict[str, object]:
        """Everything that is sealed."""
        return {
            **HEAD,
            "content": {
                "type": self.type,
                "object_id": self.id,
                "version": self.version,
                "operation": self.operation,
                "timestamp": self.timestamp,
            },
            "remark": "",
            "metadata": {"log_entry": self.entry, "log_leaf": self.leaf},
            "body": dict(self.body),
        }


def sm3(content: bytes) -> str:
    """The SM3 digest in hexadecimal."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def digests(content: bytes) -> dict[str, str]:
    """Both digests of some bytes."""
    return {"sm3": sm3(content), "sha256": sha256(content).hexdigest()}


def sealed(found: Mapping[str, object], seal: seals.Seal) -> dict[str, object]:
    """The same with its digests and seal."""
    content = canonical.encoded(found)
    digest = sm3(content)
    return {
        **found,
        "seal": {
            "pub_key": {"type": seal.kind, "value": seal.public},
            "digest_algo": DIGEST,
            "digest": digest,
            "sha256": sha256(content).hexdigest(),
            "signature": seal.sign(bytes.fromhex(digest)),
        },
    }


def opened(found: Mapping[str, object], public: str) -> dict[str, object]:
    """What was sealed, once digests and signature hold against that public key. Raises BadObject, seals.BadSeal."""
    inside = {key: value for key, value in found.items() if key != "seal"}
    seal = found["seal"]
    content = canonical.encoded(inside)
    digest = sm3(content)
    if (seal["digest"], seal["sha256"]) != (digest, sha256(content).hexdigest()):
        raise BadObject("the content differs from its digests")
    if seal["pub_key"]["value"] != public:
        raise seals.BadSeal("sealed with another key")
    seals.verify(seal["pub_key"]["type"], public, seal["signature"], bytes.fromhex(digest))
    return inside


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = loads(resources.files(__package__).joinpath("schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"})


def check(found: object, name: str) -> None:
    """Look that something has the shape of that name in schema.json. Raises BadObject, which names the place only."""
    error = next(iter(sorted(_validator(name).iter_errors(found), key=lambda each: each.json_path)), None)
    if error is not None:
        raise BadObject(f"{error.json_path}: not as the schema says ({error.validator})")
