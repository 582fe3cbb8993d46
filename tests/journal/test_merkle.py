"""The tree against pymerkle, every size up to 70, and against proofs that must not pass."""

import pytest
from pymerkle import InmemoryTree

from listing.journal import merkle

MOST = 70
LEAVES = [f"entry {number}".encode() for number in range(MOST)]
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]


@pytest.fixture(scope="module")
def oracle():
    tree = InmemoryTree(algorithm="sha256")
    for leaf in LEAVES:
        tree.append_entry(leaf)
    return tree


def root(size: int) -> bytes:
    frontier: list[bytes] = []
    for index in range(size):
        frontier, _completed = merkle.grow(frontier, index, HASHES[index])
    return merkle.fold(frontier)


def hashes(coordinates):
    """All subtrees, recomputed from the leaves by the definition."""

    def subtree(level, position):
        if level == 0:
            return HASHES[position]
        return merkle.node_hash(subtree(level - 1, 2 * position), subtree(level - 1, 2 * position + 1))

    return {coordinate: subtree(*coordinate) for coordinate in coordinates}


def inclusion(index, size):
    return merkle.resolve(merkle.inclusion_ranges(index, size), hashes)


def consistency(first, second):
    return merkle.resolve(merkle.consistency_ranges(first, second), hashes)


def bent(digest: bytes) -> bytes:
    return bytes([digest[0] ^ 1]) + digest[1:]


def test_root_of_nothing_is_the_hash_of_nothing():
    assert root(0).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_root_is_the_oracles(oracle, size):
    assert root(size) == oracle.get_root(size)


def test_every_inclusion_path_holds_for_its_leaf_only():
    for size in range(1, MOST + 1):
        whole = root(size)
        for index in range(size):
            path = inclusion(index, size)
            facts = {"index": index, "size": size, "path": path, "root": whole}
            assert merkle.includes(leaf=HASHES[index], **facts)
            assert not merkle.includes(leaf=bent(HASHES[index]), **facts)
            assert not merkle.includes(leaf=HASHES[index], **{**facts, "path": [*path, whole]})
            assert not merkle.includes(leaf=HASHES[index], **{**facts, "index": index + 1})


def test_inclusion_path_is_the_oracles(oracle):
    for index, size in ((0, 1), (0, 7), (3, 7), (6, 7), (31, 64), (64, 65), (13, 70)):
        theirs = oracle.prove_inclusion(index + 1, size)
        assert sorted(inclusion(index, size)) == sorted(set(theirs.path) - {HASHES[index]})


def test_a_path_without_one_of_its_hashes_fails():
    path = inclusion(5, 13)
    for missing in range(len(path)):
        shorter = path[:missing] + path[missing + 1 :]
        assert not merkle.includes(leaf=HASHES[5], index=5, size=13, path=shorter, root=root(13))


@pytest.mark.slow
def test_every_consistency_path_holds_for_its_two_trees_only():
    for second in range(MOST + 1):
        for first in range(second + 1):
            facts = {"first": first, "second": second, "path": consistency(first, second)}
            assert merkle.extends(first_root=root(first), second_root=root(second), **facts)
            assert not merkle.extends(first_root=bent(root(first)), second_root=root(second), **facts)
            if first:
                assert not merkle.extends(first_root=root(first), second_root=bent(root(second)), **facts)


def test_a_consistency_path_bent_in_any_place_fails():
    path = consistency(6, 13)
    for place in range(len(path)):
        wrong = [*path[:place], bent(path[place]), *path[place + 1 :]]
        assert not merkle.extends(first=6, first_root=root(6), second=13, second_root=root(13), path=wrong)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (6, 5)])
def test_no_inclusion_proof_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(merkle.NoSuchProof):
        merkle.inclusion_ranges(index, size)


@pytest.mark.parametrize(("first", "second"), [(6, 5), (-1, 5)])
def test_no_consistency_proof_backwards(first, second):
    with pytest.raises(merkle.NoSuchProof):
        merkle.consistency_ranges(first, second)


def test_a_proof_in_a_million_needs_few_hashes():
    ranges = merkle.inclusion_ranges(123_456, 999_999)
    assert sum(len(merkle.cover(start, end)) for start, end in ranges) <= 40


def test_a_path_that_ends_below_the_top_fails_though_its_hashes_agree():
    path = inclusion(1, 4)
    assert merkle.includes(leaf=HASHES[1], index=1, size=4, path=path, root=root(4))
    assert not merkle.includes(leaf=HASHES[1], index=1, size=8, path=path, root=root(4))
    path = consistency(2, 4)
    assert merkle.extends(first=2, first_root=root(2), second=4, second_root=root(4), path=path)
    assert not merkle.extends(first=2, first_root=root(2), second=8, second_root=root(4), path=path)


def test_a_path_that_goes_on_above_the_top_fails_though_its_hashes_agree():
    assert merkle.includes(leaf=HASHES[7], index=7, size=8, path=inclusion(7, 8), root=root(8))
    assert not merkle.includes(leaf=HASHES[7], index=3, size=4, path=inclusion(7, 8), root=root(8))
    path = consistency(7, 8)
    assert merkle.extends(first=7, first_root=root(7), second=8, second_root=root(8), path=path)
    assert not merkle.extends(first=3, first_root=root(7), second=4, second_root=root(8), path=path)
