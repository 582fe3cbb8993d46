"""Checking the whole log: every entry against its leaf, every subtree against its children, the head, a checkpoint.

Reads in batches of a fixed size, so memory does not grow with the log; changes nothing. A fault names the leaves it
concerns. What is consistent in itself may still be a forgery from end to end: only a checkpoint kept outside tells.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Select, func, or_, select

from listing.store.db import db

from . import merkle
from .checkpoint import Checkpoint
from .models import HEAD_ID, Entry, Head, Node, leaf_of
from .queries import Tip, tip

BATCH = 5_000
_ENTRY = Entry.__table__.c
_NODE = Node.__table__.c
_UNREADABLE = (ValueError, TypeError, AttributeError)


class Kind(StrEnum):
    """What can be wrong."""

    ENTRY_ALTERED = "entry_altered"
    ENTRY_MISSING = "entry_missing"
    ENTRY_BEYOND_HEAD = "entry_beyond_head"
    NODE_ALTERED = "node_altered"
    NODE_MISSING = "node_missing"
    NODE_SPURIOUS = "node_spurious"
    HEAD_WRONG = "head_wrong"
    CHECKPOINT_LONGER = "checkpoint_longer"
    CHECKPOINT_DIFFERS = "checkpoint_differs"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong about the leaves ``first`` to ``last``, both included."""

    kind: Kind
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the log looks like; it holds when there is no fault."""

    size: int
    root: bytes
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(slots=True)
class _Walk:
    """The tree rebuilt leaf by leaf from the stored hashes; None stands for one that cannot be known."""

    stop: int
    frontier: list[bytes | None] = field(default_factory=list)
    kept: list[bytes | None] | None = None
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._keep(0)

    def leaf(self, index: int, digest: bytes | None, nodes: dict[tuple[int, int], bytes]) -> None:
        """Add a leaf, and check each subtree it completes against its two children."""
        level, position = 0, index
        digest = _known(digest)
        while position & 1:
            level, position = level + 1, position >> 1
            digest = self._node(index, level, self.frontier.pop(), digest, nodes.pop((index, level), None))
        self.frontier.append(digest)
        self._keep(index + 1)

    def _node(self, last: int, level: int, left: bytes | None, right: bytes | None, stored: bytes | None):
        expected = None if left is None or right is None else merkle.node_hash(left, right)
        if stored is None:
            self.faults.append(Fault(Kind.NODE_MISSING, last + 1 - (1 << level), last))
            return expected
        if expected not in (None, stored):
            self.faults.append(Fault(Kind.NODE_ALTERED, last + 1 - (1 << level), last))
        return _known(stored)

    def _keep(self, size: int) -> None:
        if size == self.stop:
            self.kept = list(self.frontier)


def _known(digest: object) -> bytes | None:
    """The hash, if it is one: SQLite lets anything be written into a column."""
    return digest if isinstance(digest, bytes) and len(digest) == merkle.HASH_BYTES else None


def verify(checkpoint: Checkpoint | None = None) -> Verdict:
    """Check the log as it stands, and that it continues the one ``checkpoint`` was made of.

    The checkpoint's signature is the caller's to check. Takes seconds per 100,000 entries; run it inside
    ``store.db.reading()`` so that nobody waits.
    """
    now = tip()
    walk = _Walk(stop=checkpoint.size if checkpoint else -1)
    there = min(now.size, db.session.scalar(select(func.coalesce(func.max(_ENTRY.index), -1))) + 1)
    with _undisturbed():
        for start in range(0, there, BATCH):
            _check_batch(walk, start, min(start + BATCH, there))
    if there < now.size:
        walk.faults.append(Fault(Kind.ENTRY_MISSING, there, now.size - 1))
    else:
        walk.faults += _against_head(walk, now)
    walk.faults += _beyond()
    if checkpoint:
        walk.faults += _against_checkpoint(walk, there, checkpoint)
    return Verdict(now.size, now.root, tuple(walk.faults))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector from walking the whole application again with every batch, which costs a third of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _check_batch(walk: _Walk, start: int, end: int) -> None:
    leaves = _leaves(start, end)
    stored = db.session.execute(select(*_NODE).where(_NODE.last >= start, _NODE.last < end))
    nodes = {(node.last, node.level): node.hash for node in stored}
    for index in range(start, end):
        digest, right = leaves.get(index, (None, True))
        if index not in leaves:
            _missing(walk.faults, index)
        elif not right:
            walk.faults.append(Fault(Kind.ENTRY_ALTERED, index, index))
        walk.leaf(index, digest, nodes)
    walk.faults += [Fault(Kind.NODE_SPURIOUS, last, last) for last, _level in nodes]


def _leaves(start: int, end: int) -> dict[int, tuple[bytes, bool]]:
    """The stored leaf hash of each entry, and whether the entry still hashes to it."""
    here = (_ENTRY.index >= start, _ENTRY.index < end)
    try:
        return {
            row.index: (row.leaf_hash, leaf_of(row) == row.leaf_hash) for row in _rows(select(*_ENTRY).where(*here))
        }
    except _UNREADABLE:  # somebody wrote what the columns cannot hold: look at one entry at a time
        hashes = {row.index: row.leaf_hash for row in _rows(select(_ENTRY.index, _ENTRY.leaf_hash).where(*here))}
        return {index: (digest, _is_right(index)) for index, digest in hashes.items()}


def _is_right(index: int) -> bool:
    try:
        (row,) = _rows(select(*_ENTRY).where(_ENTRY.index == index))
        return leaf_of(row) == row.leaf_hash
    except _UNREADABLE:
        return False


def _rows(wanted: Select):
    return db.session.execute(wanted).all()


def _missing(faults: list[Fault], index: int) -> None:
    """Report a missing entry, drawn together with the one before if that is missing too."""
    for at in range(len(faults) - 1, -1, -1):
        if faults[at].last < index - 1:
            break
        if faults[at].kind is Kind.ENTRY_MISSING and faults[at].last == index - 1:
            faults[at] = Fault(Kind.ENTRY_MISSING, faults[at].first, index)
            return
    faults.append(Fault(Kind.ENTRY_MISSING, index, index))


def _beyond() -> Iterator[Fault]:
    """Rows past the head. One statement reads rows and head together, so an append meanwhile is no fault."""
    size = select(func.coalesce(func.max(Head.size), 0)).where(Head.id == HEAD_ID).scalar_subquery()
    for column, kind in ((_ENTRY.index, Kind.ENTRY_BEYOND_HEAD), (_NODE.last, Kind.NODE_SPURIOUS)):
        first, last = db.session.execute(
            select(func.min(column), func.max(column)).where(or_(column >= size, column < 0))
        ).one()
        if first is not None:
            yield Fault(kind, first, last)


def _against_head(walk: _Walk, now: Tip) -> Iterator[Fault]:
    if len(now.frontier) != len(walk.frontier) or any(
        known not in (None, kept) for known, kept in zip(walk.frontier, now.frontier, strict=True)
    ):
        yield Fault(Kind.HEAD_WRONG, 0, max(now.size - 1, 0))


def _against_checkpoint(walk: _Walk, there: int, checkpoint: Checkpoint) -> Iterator[Fault]:
    if walk.kept is None:
        yield Fault(Kind.CHECKPOINT_LONGER, there, checkpoint.size - 1)
    elif None in walk.kept or merkle.fold([kept for kept in walk.kept if kept]) != checkpoint.root:
        yield Fault(Kind.CHECKPOINT_DIFFERS, 0, max(checkpoint.size - 1, 0))
