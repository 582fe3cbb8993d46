"""`flask log`: the exit status says whether the log holds, the output says why not."""

import json
from base64 import b64encode

import pytest

from listing.journal import checkpoint, queries

from . import forger
from .factories import ORIGIN, a_log

SIZE = 11


@pytest.fixture
def flask(app):
    """Run a command over a log of eleven entries."""
    a_log(SIZE)
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["log", *map(str, words)])


def test_an_honest_log_verifies(flask):
    root = b64encode(queries.tip().root).decode()
    answer = flask("verify")
    assert (answer.exit_code, answer.output) == (0, f"holds: 11 entries, root {root}\n")
    data = flask("verify", "--json")
    assert data.exit_code == 0
    assert json.loads(data.output) == {"holds": True, "size": 11, "root": root, "faults": []}


def test_a_checkpoint_written_is_one_that_verifies(flask, tmp_path):
    out = tmp_path / "kept.txt"
    answer = flask("checkpoint", "--out", out)
    assert answer.exit_code == 0
    verifier = checkpoint.Verifier.parse(answer.output.rsplit(" ", 1)[1])
    assert checkpoint.verify(out.read_text(), verifier) == checkpoint.Checkpoint(ORIGIN, 11, queries.tip().root)
    a_log(4)
    assert flask("verify", "--checkpoint", out).exit_code == 0


def test_a_forged_log_fails_and_names_the_entry(flask, tmp_path):
    forger.write(forger.edit(4, code="company.withdrawn"))
    answer = flask("verify")
    assert (answer.exit_code, answer.output) == (1, "entry_altered: entries 4 to 4\n")
    data = flask("verify", "--json")
    assert data.exit_code == 1
    assert json.loads(data.output)["faults"] == [{"kind": "entry_altered", "first": 4, "last": 4}]
    out = tmp_path / "never.txt"
    assert flask("checkpoint", "--out", out).exit_code == 1
    assert not out.exists()


def test_a_perfect_forgery_fails_against_a_kept_checkpoint(flask, tmp_path):
    kept = tmp_path / "kept.txt"
    flask("checkpoint", "--out", kept)
    forger.write(forger.edit(4, code="company.withdrawn"))
    forger.rebuild()
    assert flask("verify").exit_code == 0
    answer = flask("verify", "--checkpoint", kept)
    assert (answer.exit_code, answer.output) == (1, "checkpoint_differs: entries 0 to 10\n")


def test_a_checkpoint_of_a_retired_key_is_believed_when_the_key_is_named(flask, tmp_path):
    kept, tip = tmp_path / "kept.txt", queries.tip()
    retired = checkpoint.Signer(ORIGIN, b"\x01" * 32)
    kept.write_text(retired.sign(size=tip.size, root=tip.root))
    refused = flask("verify", "--checkpoint", kept)
    assert refused.exit_code == 1
    assert f"not signed by {ORIGIN}" in refused.output
    assert flask("verify", "--checkpoint", kept, "--key", retired.verifier()).exit_code == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"hello\n\n\xe2\x80\x94 x AAAA\n"])
def test_a_file_that_is_no_checkpoint_is_refused(flask, tmp_path, content):
    kept = tmp_path / "kept.txt"
    kept.write_bytes(content)
    assert flask("verify", "--checkpoint", kept).exit_code == 1


def test_many_faults_are_counted_and_not_all_listed(app):
    a_log(60)
    for index in range(60):
        forger.write(forger.edit(index, code="company.withdrawn"))
    lines = app.test_cli_runner().invoke(args=["log", "verify"]).output.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (51, "entry_altered: entries 0 to 0", "and 10 more")


def test_an_opening_is_printed_for_an_entry_there_is(flask):
    shown = json.loads(flask("opening", 4).output)
    assert shown == queries.opening(queries.entry(4))
    assert flask("opening", 11).exit_code == 1
