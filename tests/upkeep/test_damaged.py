"""What is no whole archive of this installation restores nothing; what is, whatever it comes from, restores all."""

import gzip
import io
import json
import os
import shutil
import tarfile
from hashlib import sha256

import pytest
from sqlalchemy import text

from listing.store.db import db

from .conftest import installations
from .made import a_market, everything, run


@pytest.fixture(scope="module")
def written(tmp_path_factory, worker, migrated):
    """A backup made once: how an archive is read, whole or damaged, no longer depends on where it comes from."""
    folder = tmp_path_factory.mktemp("written")
    with installations(folder, worker, migrated) as make:
        app = make("sqlite", "source")
        with app.app_context():
            a_market()
        assert run(app, "backup", folder / "all.tar").exit_code == 0
    return folder / "all.tar"


@pytest.fixture
def archive(written, tmp_path):
    """A copy of that backup, of one's own."""
    return shutil.copy(written, tmp_path / "all.tar")


def test_another_migration_is_refused(archive, installation):
    other = installation("sqlite", "other")
    with other.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    answer = run(other, "restore", archive)
    assert answer.exit_code == 1
    assert "the database at 0000" in answer.output
    assert run(other, "backup", archive.with_name("never.tar")).exit_code == 1
    bare = installation("sqlite", "bare", with_tables=False)
    assert "the database at nothing" in run(bare, "restore", archive).output


def changed(path, alter):
    """A copy of the archive in which ``alter`` has changed the dictionary of members."""
    with tarfile.open(path) as tar:
        members = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}
    alter(members)
    out = path.with_name("changed.tar")
    with tarfile.open(out, "w") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return out


def _table(members, name, edit):
    """Change a table and, as a forger would, the manifest with it."""
    lines = gzip.decompress(members[f"tables/{name}.jsonl.gz"]).decode()
    members[f"tables/{name}.jsonl.gz"] = gzip.compress(edit(lines).encode())


def _file(members):
    (name,) = [name for name in members if name.startswith("files/")]
    members[name] = b"%PDF other"


def _forged_log(members):
    manifest = json.loads(members["manifest.json"])
    _table(members, "journal_entry", lambda lines: lines.replace("test.noted", "test.denied"))
    content = gzip.decompress(members["tables/journal_entry.jsonl.gz"])
    manifest["tables"]["journal_entry"]["sha256"] = sha256(content).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()


ALTERED = {
    "a row": lambda m: _table(m, "account", lambda lines: lines.replace("Person", "Parson")),
    "a row less": lambda m: _table(m, "notice", lambda lines: ""),
    "a row that is none": lambda m: _table(m, "account", lambda lines: "{\n"),
    "no table": lambda m: m.pop("tables/notice.jsonl.gz"),
    "no gzip": lambda m: m.update({"tables/notice.jsonl.gz": b"plain"}),
    "a file": _file,
    "no manifest": lambda m: m.pop("manifest.json"),
    "the migration": lambda m: m.update({"manifest.json": m["manifest.json"].replace(b'"head": "', b'"head": "1')}),
    "a manifest that is none": lambda m: m.update({"manifest.json": b"[]"}),
    "a log with its manifest": _forged_log,
}


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_archive_restores_nothing(archive, installation, how):
    target = installation("sqlite", "target")
    answer = run(target, "restore", changed(archive, ALTERED[how]))
    assert (answer.exit_code, answer.output.startswith("Error: nothing restored: ")) == (1, True), answer.output
    with target.app_context():
        assert [name for name, kept in everything().items() if kept] == []
    assert run(target, "restore", archive).exit_code == 0


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_cut_off_archive_restores_nothing(archive, installation, share):
    with tarfile.open(archive) as tar:
        last = tar.getmember("manifest.json")
    os.truncate(archive, int((last.offset_data + last.size) * share))
    answer = run(installation("sqlite", "target"), "restore", archive)
    assert (answer.exit_code, answer.output.startswith("Error: nothing restored: ")) == (1, True), answer.output


def test_a_backup_of_another_key_is_told(archive, installation):
    other = installation("sqlite", "other", LOG_SIGNING_KEY="another".ljust(64, "1"))
    answer = run(other, "restore", archive)
    assert (answer.exit_code, "not signed by this installation" in answer.output) == (0, True)
