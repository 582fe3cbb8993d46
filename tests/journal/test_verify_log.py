"""The offline verifier, run as a stranger runs it: files fetched from the routes, nothing imported."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from listing.journal import merkle, queries

from . import forger
from .factories import a_log

SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_log.py"
SIZE = 11
MOST = 40
HASHES = [merkle.leaf_hash(b"entry %d" % number) for number in range(MOST)]


def subtree(level, position):
    """A complete subtree of the fixed leaves, by the definition."""
    if level == 0:
        return HASHES[position]
    return merkle.node_hash(subtree(level - 1, 2 * position), subtree(level - 1, 2 * position + 1))


def subtrees(coordinates):
    """The subtrees a proof asks for."""
    return {coordinate: subtree(*coordinate) for coordinate in coordinates}


@pytest.fixture
def fetch(app, tmp_path):
    """Save what a route answers; returns the file."""

    def fetch(url, name):
        (tmp_path / name).write_text(app.test_client().get(url).text)
        return tmp_path / name

    a_log(SIZE)
    return fetch


@pytest.fixture
def check(tmp_path):
    """Run the script away from the product; returns exit status and last line."""

    def check(*words):
        command = [sys.executable, "-I", str(SCRIPT), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.returncode, (done.stdout + done.stderr).strip()

    return check


def test_a_checkpoint(fetch, check):
    key, new = fetch("/log/key", "key.txt"), fetch("/log/checkpoint", "new.txt")
    status, said = check("checkpoint", new, "--key", key)
    assert (status, said.split(",")[0]) == (0, "signed: 11 entries")
    new.write_text(new.read_text().replace("\n11\n", "\n12\n"))
    assert check("checkpoint", new, "--key", key.read_text().strip()) == (
        1,
        f"DOES NOT HOLD: {new}: the signature is wrong",
    )


def test_entries_with_and_without_their_content(fetch, check, tmp_path):
    key, new = fetch("/log/key", "key.txt"), fetch("/log/checkpoint", "new.txt")
    opening = tmp_path / "opening.json"
    for index in (0, 6, 10):
        entry, proof = fetch(f"/log/entry/{index}", "e.json"), fetch(f"/log/entry/{index}/proof", "p.json")
        assert check("entry", entry, proof, "--checkpoint", new, "--key", key)[0] == 0
        opening.write_text(json.dumps(queries.opening(queries.entry(index))))
        assert check("entry", entry, proof, "--checkpoint", new, "--key", key, "--opening", opening)[0] == 0
    opening.write_text(json.dumps(queries.opening(queries.entry(3))))
    assert check("entry", entry, proof, "--checkpoint", new, "--key", key, "--opening", opening) == (
        1,
        "DOES NOT HOLD: the content is not what the log committed to",
    )
    entry.write_text(entry.read_text().replace("company.published", "company.withdrawn"))
    assert check("entry", entry, proof, "--checkpoint", new, "--key", key) == (
        1,
        "DOES NOT HOLD: the entry is not in the log of this checkpoint",
    )


@pytest.mark.parametrize("more", [0, 1, 5, 8])
def test_an_honest_log_continues_a_kept_checkpoint(fetch, check, more):
    key, old = fetch("/log/key", "key.txt"), fetch("/log/checkpoint", "old.txt")
    a_log(more)
    new, proof = fetch("/log/checkpoint", "new.txt"), fetch("/log/consistency?from=11", "c.json")
    assert check("consistency", proof, "--old", old, "--new", new, "--key", key) == (
        0,
        f"continues: the first 11 of {11 + more} entries are unchanged",
    )


def test_a_forged_rewrite_is_exposed_by_a_kept_checkpoint(fetch, check):
    key, old = fetch("/log/key", "key.txt"), fetch("/log/checkpoint", "old.txt")
    forger.write(forger.edit(4, code="company.withdrawn"))
    forger.rebuild()
    a_log(5)
    new, proof = fetch("/log/checkpoint", "new.txt"), fetch("/log/consistency?from=11", "c.json")
    assert check("checkpoint", new, "--key", key)[0] == 0
    assert check("consistency", proof, "--old", old, "--new", new, "--key", key) == (
        1,
        "DOES NOT HOLD: the old entries are not those of the old checkpoint: the log was rewritten",
    )


def test_a_shortened_log_is_exposed_by_a_kept_checkpoint(fetch, check):
    key, old = fetch("/log/key", "key.txt"), fetch("/log/checkpoint", "old.txt")
    forger.write(forger.strike(8, 10))
    forger.rebuild()
    new, proof = fetch("/log/checkpoint", "new.txt"), fetch("/log/consistency?from=8", "c.json")
    assert check("consistency", proof, "--old", old, "--new", new, "--key", key) == (
        1,
        "DOES NOT HOLD: the log has become shorter: 11 entries before, 8 now",
    )


def test_an_unreadable_file_is_no_success(fetch, check):
    key, new = fetch("/log/key", "key.txt"), fetch("/log/entry/99", "new.txt")
    assert check("checkpoint", new, "--key", key)[0] == 1
    assert check("entry", new, new, "--checkpoint", new, "--key", key)[0] == 1


def test_the_script_agrees_with_the_product_on_trees_of_every_size():
    script = runpy.run_path(str(SCRIPT))
    roots = [merkle.EMPTY_ROOT]
    for index in range(MOST):
        roots.append(merkle.fold([subtree(*coordinate) for coordinate in merkle.cover(0, index + 1)]))
    for size in range(1, MOST + 1):
        for index in range(size):
            path = merkle.resolve(merkle.inclusion_ranges(index, size), subtrees)
            assert script["root_from_inclusion"](index, size, HASHES[index], path) == roots[size]
            if index:
                path = merkle.resolve(merkle.consistency_ranges(index, size), subtrees)
                assert script["roots_from_consistency"](index, size, path, roots[index]) == (roots[index], roots[size])
