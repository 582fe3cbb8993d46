"""The Merkle tree of RFC 6962 section 2.1: hashes, proofs, and their verification.

Decides which hashes belong to a root or a proof; reads and stores nothing. A complete subtree is named by its
coordinate ``(level, position)``: it covers the ``1 << level`` leaves from ``position << level`` on. It never changes
once it is there, so a store of complete subtrees answers every proof with O(log n) reads.
"""

from collections.abc import Callable, Collection, Sequence
from hashlib import sha256

Coordinate = tuple[int, int]
Hashes = Callable[[Collection[Coordinate]], dict[Coordinate, bytes]]

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32


class NoSuchProof(ValueError):
    """A proof was asked for a leaf or a size that the tree does not have."""


def leaf_hash(leaf: bytes) -> bytes:
    """Hash one leaf (RFC 6962: prefix 0x00)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one (RFC 6962: prefix 0x01)."""
    return sha256(b"\x01" + left + right).digest()


def hashes_of(joined: bytes) -> list[bytes]:
    """Cut hashes written one after the other."""
    return [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]


def fold(subtrees: Sequence[bytes]) -> bytes:
    """Hash complete subtrees, given left to right and falling in size, into the root over all of them."""
    if not subtrees:
        return EMPTY_ROOT
    *rest, root = subtrees
    for left in reversed(rest):
        root = node_hash(left, root)
    return root


def grow(frontier: Sequence[bytes], size: int, leaf: bytes) -> tuple[list[bytes], list[bytes]]:
    """Add one leaf hash to a tree of ``size`` leaves whose complete subtrees, left to right, are ``frontier``.

    Returns the new frontier and the subtrees completed by this leaf, levels 1, 2, … in order.
    """
    grown, completed = list(frontier), []
    while size & 1:
        leaf = node_hash(grown.pop(), leaf)
        completed.append(leaf)
        size >>= 1
    return [*grown, leaf], completed


def cover(start: int, end: int) -> list[Coordinate]:
    """Cut the leaves ``start`` to ``end`` (excluded) into the fewest complete subtrees, left to right.

    ``start`` must be a multiple of the largest power of two not above ``end - start``, as it is in every proof.
    """
    subtrees = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append((level, start >> level))
        start += 1 << level
    return subtrees


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The leaf ranges whose roots are PATH(index, D[size]), from the leaf upwards. Raises NoSuchProof."""
    if not 0 <= index < size:
        raise NoSuchProof(f"leaf {index} is not in a tree of {size}")
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[tuple[int, int]]:
    """The leaf ranges whose roots are PROOF(first, D[second]), deepest first. Raises NoSuchProof.

    An empty tree is the beginning of every other: its proof is empty.
    """
    if not 0 <= first <= second:
        raise NoSuchProof(f"a tree of {first} does not come before one of {second}")
    if first == 0:
        return []
    start, end, ranges = 0, second, []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def resolve(ranges: Sequence[tuple[int, int]], hashes: Hashes) -> list[bytes]:
    """The root of each range, with all subtrees needed asked of ``hashes`` at once."""
    covers = [cover(start, end) for start, end in ranges]
    known = hashes({coordinate for subtrees in covers for coordinate in subtrees})
    return [fold([known[coordinate] for coordinate in subtrees]) for subtrees in covers]


def includes(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` proves that the leaf hash is leaf ``index`` of the tree (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, digest = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            digest = node_hash(sibling, digest)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and digest == root


def extends(*, first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether ``path`` proves that the first tree is the beginning of the second (RFC 9162 section 2.1.4.2)."""
    if not 0 < first < second:
        known = {0: EMPTY_ROOT, second: second_root}
        return not path and known.get(first) == first_root
    proof = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not proof:
        return False
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1
