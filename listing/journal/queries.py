"""Reading the log: entries, proofs, the head."""

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from listing.store.db import db

from . import canonical, merkle
from .models import HEAD_ID, Entry, Head, Node, leaf_of, private_part, public_part


class LogBroken(RuntimeError):
    """A subtree the log must have is gone; ``verify`` says which."""


@dataclass(frozen=True, slots=True)
class Tip:
    """How many entries the log has, and the hashes of the complete subtrees under its root."""

    size: int
    frontier: tuple[bytes, ...]

    @property
    def root(self) -> bytes:
        """The root over all entries."""
        return merkle.fold(self.frontier)


@dataclass(frozen=True, slots=True)
class Proof:
    """The hashes that lead from a leaf, or from an earlier root, to a root; both ends included."""

    leaf: bytes
    root: bytes
    path: tuple[bytes, ...]


def tip() -> Tip:
    """The log as it stands; read once, so that size and root belong together."""
    head = db.session.execute(select(Head.size, Head.frontier).where(Head.id == HEAD_ID)).one_or_none()
    return Tip(head.size, tuple(merkle.hashes_of(head.frontier))) if head else Tip(0, ())


def entry(index: int) -> Entry | None:
    """The entry of that index."""
    return db.session.get(Entry, index) if 0 <= index < tip().size else None


def told(first: int, end: int, *, codes: Collection[str]) -> Sequence[Entry]:
    """The entries of organisations with one of these codes, from index ``first`` to before ``end``, in order."""
    wanted = (Entry.index >= first, Entry.index < end, Entry.code.in_(codes), Entry.organisation_id.is_not(None))
    return db.session.scalars(select(Entry).where(*wanted).order_by(Entry.index)).all()


def first_since(at: datetime) -> int:
    """The index of the first entry at or after an instant; the size of the log where there is none."""
    found = db.session.scalar(select(func.min(Entry.index)).where(Entry.at >= at))
    return tip().size if found is None else found


def about(kind: str, key: int | str, *, before: int | None = None, codes: Collection[str] = ()) -> Select[tuple[Entry]]:
    """Entries on one subject, newest first, of ``codes`` where given, with an index below ``before``.

    The caller limits.
    """
    found = select(Entry).where(Entry.subject_kind == kind, Entry.subject_id == str(key)).order_by(Entry.index.desc())
    found = found.where(Entry.code.in_(codes)) if codes else found
    return found if before is None else found.where(Entry.index < before)


def is_as_written(row: Entry) -> bool:
    """Whether what an entry says now is what was written."""
    return leaf_of(row) == row.leaf_hash


def published(row: Entry) -> dict[str, object]:
    """What a stranger sees of an entry: no name, no subject, no value."""
    return {**public_part(row), "leaf_hash": b64encode(row.leaf_hash).decode()}


def opening(row: Entry) -> dict[str, object]:
    """What shows, to someone entitled to the entry's content, that the log committed to it."""
    return {"salt": b64encode(row.salt).decode(), "private": canonical.plain(private_part(row))}


def inclusion(index: int, size: int) -> Proof:
    """Prove that entry ``index`` is in the log of ``size`` entries. Raises merkle.NoSuchProof, LogBroken."""
    _check_size(size)
    path = merkle.inclusion_ranges(index, size)
    leaf, root, *found = merkle.resolve([(index, index + 1), (0, size), *path], _hashes)
    return Proof(leaf, root, tuple(found))


def consistency(first: int, second: int) -> Proof:
    """Prove that the log of ``first`` entries is the beginning of that of ``second``.

    Raises merkle.NoSuchProof, LogBroken.
    """
    _check_size(second)
    path = merkle.consistency_ranges(first, second)
    old, new, *found = merkle.resolve([(0, first), (0, second), *path], _hashes)
    return Proof(old, new, tuple(found))


def root_at(size: int) -> bytes:
    """The root when the log had ``size`` entries. Raises merkle.NoSuchProof, LogBroken."""
    _check_size(size)
    return merkle.resolve([(0, size)], _hashes)[0]


def _check_size(size: int) -> None:
    if size > tip().size:
        raise merkle.NoSuchProof(f"the log has no {size} entries")


def _hashes(coordinates: Collection[merkle.Coordinate]) -> dict[merkle.Coordinate, bytes]:
    """Look subtrees up; those that end with the same leaf come along, because SQLite seeks by one column only."""
    leaves = [position for level, position in coordinates if level == 0]
    ends = [((position + 1) << level) - 1 for level, position in coordinates if level]
    rows = db.session.execute(select(Entry.index, Entry.leaf_hash).where(Entry.index.in_(leaves))).all()
    found = {(0, index): digest for index, digest in rows}
    rows = db.session.execute(select(Node.last, Node.level, Node.hash).where(Node.last.in_(ends))).all()
    found.update({(level, last >> level): digest for last, level, digest in rows})
    if not found.keys() >= set(coordinates):
        raise LogBroken("a subtree of the log is missing")
    return found
