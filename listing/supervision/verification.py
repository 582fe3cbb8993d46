"""Checks a file that was exported, without a database: every seal, every shape, the order of versions, the whole.

A fault names the line it concerns and never a value. Reads line by line.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives import hashes

from listing.journal import canonical

from . import envelope
from .rules import Known, finish, follow

BEGIN, OBJECT, EXCEPTION, END = ("begin", "object", "exception", "end")


class Faulty(ValueError):
    """A file does not hold."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, counted from 1."""

    line: int
    reason: str


@dataclass(slots=True)
class Verdict:
    """What a file is; it holds when there is no fault. ``end`` is the digest of its last line, for the next file."""

    objects: int = 0
    exceptions: int = 0
    first: int = 0
    cursor: int = 0
    after: str | None = None
    end: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(slots=True)
class _Read:
    """A file as far as it was read."""

    public: str
    verdict: Verdict = field(default_factory=Verdict)
    known: dict[str, Known] = field(default_factory=dict)
    sm3: hashes.Hash = field(default_factory=lambda: hashes.Hash(hashes.SM3()))
    sha256: object = field(default_factory=sha256)
    entry: int = -1
    ended: bool = False

    def take(self, number: int, line: bytes) -> None:
        """Read one line. Raises ValueError for one that is not as it was exported."""
        found, kind = _parsed(line, number)
        if self.ended:
            raise Faulty("a line after the end")
        envelope.check(found, kind)
        inside = envelope.opened(found, self.public)
        if canonical.encoded(found) + b"\n" != line:
            raise Faulty("not written as it was exported")
        getattr(self, f"_{kind}")(inside)
        self.sm3.update(line)
        self.sha256.update(line)

    def _begin(self, inside: Mapping) -> None:
        self.verdict.first, self.verdict.after = inside["begin"]["first"], inside["begin"]["after"]
        self.entry = self.verdict.first

    def _object(self, inside: Mapping) -> None:
        self.verdict.objects += 1
        self._follow(inside["content"], inside["metadata"]["log_entry"])

    def _exception(self, inside: Mapping) -> None:
        self.verdict.exceptions += 1
        self._follow(inside["exception"], inside["exception"]["log_entry"])

    def _follow(self, told: Mapping, entry: int) -> None:
        """One more version of an object, in the order of the log."""
        if entry < self.entry:
            raise Faulty("out of the order of the log")
        self.entry, key = entry, told["object_id"]
        self.known[key] = follow(self.known.get(key), told["operation"], told["version"])

    def _end(self, inside: Mapping) -> None:
        end, self.ended = inside["end"], True
        digests = {"sm3": self.sm3.copy().finalize().hex(), "sha256": self.sha256.hexdigest()}
        counted = (self.verdict.objects, self.verdict.exceptions, digests)
        if (end["objects"], end["exceptions"], end["lines"]) != counted:
            raise Faulty("lines are missing, or stand elsewhere")
        for known in self.known.values():
            finish(known)
        self.verdict.cursor = end["cursor"]


def _parsed(line: bytes, number: int) -> tuple[Mapping, str]:
    """The line, and what it has to be. Raises Faulty."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as broken:
        raise Faulty("no JSON") from broken
    if not isinstance(found, dict):
        raise Faulty("no object")
    kinds = (BEGIN,) if number == 1 else (END, EXCEPTION, OBJECT)
    return found, next((kind for kind in kinds if kind in found), kinds[-1])


def verify(lines: Iterable[bytes], public: str) -> Verdict:
    """Check a file against the public key that has to have sealed it."""
    read, number, last = _Read(public), 0, b""
    for number, line in enumerate(lines, start=1):
        try:
            read.take(number, line)
        except ValueError as wrong:
            read.verdict.faults.append(Fault(number, str(wrong)))
        last = line
    if not read.ended:
        read.verdict.faults.append(Fault(number, "the file ends early"))
    read.verdict.end = envelope.sm3(last)
    return read.verdict
