"""The libraries the product runs on, as a CycloneDX 1.5 document made of the lock file and of nothing else.

Deterministic: the same lock file gives the same bytes, on any machine and day, so that two can be compared. What is
installed is not looked at; pip installs exactly the locked hashes or nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

PRODUCT = "baybridge"
ROOT_FILE = "-r requirements.in"
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>[^ ;]+)( ; (?P<marker>.+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class NotALock(ValueError):
    """A line of the lock file says nothing a lock file says."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One library: its version, the SHA-256 of every file of it that may be installed, and who asks for it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The package URL, which is also its reference within the document."""
        return f"pkg:pypi/{self.name}@{self.version}"


def document(lock: Path) -> dict[str, object]:
    """The bill of materials of the libraries ``lock`` pins. Raises NotALock."""
    pins = read(lock.read_text())
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, repr(pins))}",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {"type": "application", "bom-ref": PRODUCT, "name": PRODUCT},
        },
        "components": [_component(pin) for pin in pins],
        "dependencies": _dependencies(pins),
    }


def read(text: str) -> list[Pin]:
    """The pins of a lock file as uv writes it, in its order, which is that of the names. Raises NotALock."""
    return [_pin(block) for block in _blocks(text)]


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each library: one with its pin, then indented ones with hashes and who asks for it."""
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" ") and block:
            yield block
            block = []
        block.append(line.removesuffix("\\").strip())
    if block:
        yield block


def _pin(block: list[str]) -> Pin:
    first, *rest = block
    found = _PIN.fullmatch(first)
    hashes = tuple(sorted(_HASH.fullmatch(line)[1] for line in rest if _HASH.fullmatch(line)))
    if not found or not hashes:
        raise NotALock(first)
    comments = [line.removeprefix("#").strip() for line in rest if line.startswith("#")]
    asked_by = tuple(sorted(name for line in comments if (name := line.removeprefix("via ").strip()) != "via"))
    return Pin(found["name"], found["version"], found["marker"] or "", hashes, asked_by)


def _component(pin: Pin) -> dict[str, object]:
    """One library. Each file of it has a hash of its own, which the standard puts with the places it comes from."""
    files = {
        "type": "distribution",
        "url": pin.purl,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.hashes],
    }
    marker = {"properties": [{"name": f"{PRODUCT}:marker", "value": pin.marker}]} if pin.marker else {}
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "scope": "optional" if pin.marker else "required",
        "purl": pin.purl,
        "externalReferences": [files],
        **marker,
    }


def _dependencies(pins: list[Pin]) -> list[dict[str, object]]:
    """Who asks for whom, read the other way round than the lock file tells it."""
    asked = {ROOT_FILE: PRODUCT, **{pin.name: pin.purl for pin in pins}}
    needs: dict[str, list[str]] = {ref: [] for ref in (PRODUCT, *(pin.purl for pin in pins))}
    for pin in pins:
        for name in pin.asked_by:
            needs[asked[name]].append(pin.purl)
    return [{"ref": ref, "dependsOn": sorted(on)} for ref, on in needs.items()]
