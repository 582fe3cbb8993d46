"""The export: the objects of the log from an entry on, one a line, between a beginning and an end that are sealed too.

The same log and the same beginning give the same bytes. The log is read from its first entry, because versions are
counted from there; what is written begins where it is asked to. In place of a version that has not the shape of the
schema stands an exception that names it.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from cryptography.hazmat.primitives import hashes

from listing.disclosure.announcements.searching import midnight
from listing.journal import canonical
from listing.journal import queries as journal

from . import envelope, telling
from .envelope import HEAD, BadObject, Object
from .rules import CREATE, DELETE, UPDATE
from .seals import Seal

BATCH = 1_000
EARLIEST = date(1970, 1, 1)  # nothing happened before; the first days of the calendar have no instant in some zones


@dataclass(frozen=True, slots=True)
class Beginning:
    """From which entry on it is told; ``after`` is the digest of the end of the file it continues, if it does."""

    entry: int
    after: str | None = None


@dataclass(slots=True)
class Written:
    """What has been written so far: running digests over the lines, how many objects and exceptions."""

    sm3: hashes.Hash = field(default_factory=lambda: hashes.Hash(hashes.SM3()))
    sha256: object = field(default_factory=sha256)
    objects: int = 0
    exceptions: int = 0

    def line(self, found: Mapping[str, object]) -> bytes:
        """One more line."""
        made = canonical.encoded(found) + b"\n"
        self.sm3.update(made)
        self.sha256.update(made)
        return made


def since(day: date) -> Beginning:
    """From the first entry of a day on, or after it; days are Hong Kong's."""
    return Beginning(journal.first_since(midnight(max(day, EARLIEST))))


def lines(begins: Beginning, seal: Seal) -> Iterator[bytes]:
    """The lines of the file, each with its line end; run it inside ``store.db.reading()``. Raises LogBroken."""
    tip, written = journal.tip(), Written()
    first = min(begins.entry, tip.size)
    root = b64encode(tip.root).decode()
    told = {"first": first, "size": tip.size, "root": root, "after": begins.after}
    yield written.line(envelope.sealed({**HEAD, "begin": told}, seal))
    for found in _objects(tip.size):
        if found.entry >= first:
            yield from _line(found, written, seal)
    digests = {"sm3": written.sm3.finalize().hex(), "sha256": written.sha256.hexdigest()}
    end = {"objects": written.objects, "lines": digests, "cursor": tip.size, "exceptions": written.exceptions}
    yield canonical.encoded(envelope.sealed({**HEAD, "end": end}, seal)) + b"\n"


def _line(found: Object, written: Written, seal: Seal) -> Iterator[bytes]:
    made = envelope.sealed(found.content(), seal)
    try:
        envelope.check(made, "object")
    except BadObject as refused:
        named = {"object_id": found.id, "version": found.version, "operation": found.operation}
        told = {"log_entry": found.entry, **named, "reason": str(refused)}
        written.exceptions += 1
        yield written.line(envelope.sealed({**HEAD, "exception": told}, seal))
        return
    written.objects += 1
    yield written.line(made)


def _objects(size: int) -> Iterator[Object]:
    """Every version of every object that the first ``size`` entries tell of."""
    versions: dict[str, int] = {}
    deleted: set[str] = set()
    teller = telling.Teller(versions)
    for start in range(0, size, BATCH):
        rows = journal.told(start, min(start + BATCH, size), codes=telling.CODES)
        releases = telling.releases(rows)
        for row in rows:
            for told in teller.tell(row, releases):
                key = f"{told.type}:{told.key}"
                if key in deleted or (told.body is None and key not in versions):
                    continue
                versions[key] = versions.get(key, -1) + 1
                deleted |= {key} if told.body is None else set()
                yield _object(key, told, versions[key], row)


def _object(key: str, told: telling.Told, version: int, row) -> Object:
    operation = DELETE if told.body is None else UPDATE if version else CREATE
    return Object(
        type=told.type,
        id=key,
        version=version,
        operation=operation,
        timestamp=int(row.at.timestamp()),
        body=told.body or {},
        entry=row.index,
        leaf=b64encode(row.leaf_hash).decode(),
    )
