"""A backup comes back whole, on either database, or not at all."""

import gzip
import io
import json
import os
import tarfile
from datetime import timedelta
from hashlib import sha256
from threading import Thread

import pytest
from sqlalchemy import text

from listing.access.actor import SYSTEM, Tier
from listing.companies import matches
from listing.demo import load as market
from listing.evidence import queries as vault
from listing.evidence.operations import keeping, opening
from listing.evidence.rules import About, Case, Unopenable
from listing.files import operations as files
from listing.files import storage
from listing.journal import operations as journal
from listing.journal import queries as log
from listing.notifications.models import Notice
from listing.store.db import db
from listing.upkeep import rows, tables
from listing.upkeep.tables import LEFT_OUT
from tests.factories import NOW, a_company, a_member, a_session, an_organisation, saved

from .conftest import KINDS, PAIRS

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
SECRETS = ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "TOTP_SECRET", "LOG_SIGNING_KEY", "EVIDENCE_KEYS")


def a_market():
    """Rows of every shape: two languages and beyond the BMP, bytes, dates, empty and full JSON, an ended sequence."""
    enterprise = an_organisation("enterprise", name_zh="𠮷野科技", name_en="Yoshino “Tech” \\ ção")
    member = a_member(enterprise, "owner")
    a_session(member.user, "session")
    a_company(slug="kept", organisation_id=enterprise.id, name_zh="湾区光子有限公司", name_en="Bay Photonics Limited")
    db.session.delete(an_organisation("agent"))  # a number was given that no row has
    db.session.flush()
    file = files.keep(stream=io.BytesIO(PDF), name="计划.pdf", organisation_id=enterprise.id, actor=SYSTEM, now=NOW)
    plain = {"name": "x", "email": "a@example.com", "language": "en", "zone": "Asia/Hong_Kong"}
    saved(Notice(key="k", message="m", data=None, state="sent", created_at=NOW, due_at=NOW, **plain))
    for n in range(5):
        journal.append(code="test.noted", data={"n": n, "名": None}, actor=SYSTEM, now=NOW + timedelta(seconds=n))
    db.session.commit()
    return file.sha256


def everything():
    """Every row of every table that a backup keeps."""
    return {t.name: [tuple(row) for row in db.session.execute(rows.all_of(t))] for t in tables.kept()}


def run(app, *words):
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(word) for word in words], catch_exceptions=False)


@pytest.fixture(params=KINDS)
def source(request, installation):
    """An installation with something of everything."""
    app = installation(request.param, "source")
    with app.app_context():
        a_market()
    return app


@pytest.fixture
def backup(source, tmp_path):
    """Its backup."""
    path = tmp_path / "all.tar"
    answer = run(source, "backup", path)
    assert answer.exit_code == 0, answer.output
    return path


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_a_round_trip_keeps_every_row_file_number_and_the_log(installation, tmp_path, here, there):
    first, second, path = installation(here, "one"), installation(there, "two"), tmp_path / "all.tar"
    with first.app_context():
        digest = a_market()
        before, root = everything(), log.tip().root
        left = {name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) for name in LEFT_OUT}
        assert run(first, "backup", path).exit_code == 0
    assert left["web_session"] == 1
    with second.app_context():
        answer = run(second, "restore", path)
        count = sum(len(kept) for kept in before.values())
        entries = len(before["journal_entry"])
        assert (answer.exit_code, answer.output) == (
            0,
            f"{count} rows and 1 files restored; the log of {entries} entries holds\n",
        )
        assert everything() == before
        assert {name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) for name in LEFT_OUT} == {
            name: 0 for name in LEFT_OUT
        }
        assert (log.tip().root, run(second, "log", "verify").exit_code) == (root, 0)
        assert storage.state(storage.place(), digest) == "ok"
        found = matches.best("湾区光子", tier=Tier.PUBLIC, limit=5)
        assert [match.name_en for match in found] == ["Bay Photonics Limited"]
        highest = max(row[0] for row in before["organisation"])
        remembered = here == there == "postgresql"  # SQLite gives the number of a deleted last row again
        assert an_organisation("investor").id == highest + (2 if remembered else 1)
        journal.append(code="test.noted", actor=SYSTEM, now=NOW)
        db.session.commit()
    assert run(second, "log", "verify").exit_code == 0


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_the_vault_comes_back_sealed_and_opens_under_its_own_keys_only(
    installation, tmp_path, here, there, monkeypatch
):
    first, second, path = installation(here, "one"), installation(there, "two"), tmp_path / "all.tar"
    with first.app_context():
        said = {"case": Case("application", "1"), "about": About("identity"), "retention": "draft"}
        holder = an_organisation("investor").id
        paper = {"stream": io.BytesIO(PDF), "name": "身份.pdf", "organisation_id": holder}
        uid = keeping.keep(**paper, **said, actor=SYSTEM, now=NOW).uid
        db.session.commit()
        assert run(first, "backup", path).exit_code == 0
    assert PDF not in path.read_bytes()
    with second.app_context():
        assert run(second, "restore", path).exit_code == 0
        assert b"".join(opening.plain(vault.get(uid))) == PDF
        assert run(second, "evidence", "verify").exit_code == 0
        monkeypatch.setitem(second.config, "EVIDENCE_KEYS", "evidence-keys-of-another".ljust(64, "9"))
        with pytest.raises(Unopenable):
            opening.plain(vault.get(uid))
        assert run(second, "evidence", "verify").exit_code == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_demo_market_comes_back_on_an_empty_machine(installation, tmp_path, kind):
    first, second, path = installation(kind, "one"), installation(kind, "two"), tmp_path / "all.tar"
    with first.app_context():
        market.load(keep_at=tmp_path / "demo.json", now=NOW)
        counts, root = {table.name: tables.count(table) for table in tables.kept()}, log.tip().root
    assert (counts["company"] >= 20, counts["account"] >= 5, counts["journal_entry"] >= 20) == (True, True, True)
    assert run(first, "backup", path).exit_code == 0
    assert run(second, "restore", path).exit_code == 0
    with second.app_context():
        assert ({table.name: tables.count(table) for table in tables.kept()}, log.tip().root) == (counts, root)
    assert run(second, "log", "verify").exit_code == 0


def test_the_archive_is_private_and_holds_no_secret(source, backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup) as tar:
        members = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}
    texts = [gzip.decompress(v) if name.endswith(".gz") else v for name, v in members.items()]
    assert any(b"Yoshino" in content for content in texts)
    assert [name for name in SECRETS if any(source.config[name].encode() in content for content in texts)] == []
    assert [name for name in members if name.removeprefix("tables/").removesuffix(".jsonl.gz") in LEFT_OUT] == []


def test_one_state_gives_one_archive_and_none_is_written_over(source, backup, tmp_path):
    assert run(source, "backup", tmp_path / "again.tar").exit_code == 0
    assert (tmp_path / "again.tar").read_bytes() == backup.read_bytes()
    before = backup.read_bytes()
    assert run(source, "backup", backup).exit_code == 1
    assert backup.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["again.tar", "all.tar"]


def test_what_is_written_meanwhile_is_not_half_in_it(source, tmp_path, monkeypatch):
    """Organisations are read before companies; an organisation comes in between, with its company."""
    whole = rows.all_of

    def arrive():
        with source.app_context():
            a_company(slug="later", organisation_id=an_organisation("enterprise").id)
            db.session.commit()

    def slowly(table):
        if table.name == "company":
            visitor = Thread(target=arrive)
            visitor.start()
            visitor.join()
        return whole(table)

    monkeypatch.setattr(rows, "all_of", slowly)
    assert run(source, "backup", tmp_path / "meanwhile.tar").exit_code == 0
    with tarfile.open(tmp_path / "meanwhile.tar") as tar:
        held = json.load(tar.extractfile("manifest.json"))["tables"]
    with source.app_context():
        now = {name: tables.count(db.metadata.tables[name]) for name in ("organisation", "company", "company_revision")}
    assert now == {name: held[name]["rows"] + 1 for name in now}


def test_a_database_that_holds_anything_is_left_alone(source, backup):
    with source.app_context():
        before = everything()
    answer = run(source, "restore", backup)
    assert answer.exit_code == 1
    assert "the database is not empty: account, " in answer.output
    with source.app_context():
        assert everything() == before


def test_another_migration_is_refused(source, backup, installation):
    other = installation("sqlite", "other")
    with other.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    answer = run(other, "restore", backup)
    assert answer.exit_code == 1
    assert "the database at 0000" in answer.output
    assert run(other, "backup", backup.with_name("never.tar")).exit_code == 1
    bare = installation("sqlite", "bare", with_tables=False)
    assert "the database at nothing" in run(bare, "restore", backup).output


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
def test_an_altered_archive_restores_nothing(source, backup, installation, how):
    target = installation("sqlite", "target")
    answer = run(target, "restore", changed(backup, ALTERED[how]))
    assert (answer.exit_code, answer.output.startswith("Error: nothing restored: ")) == (1, True), answer.output
    with target.app_context():
        assert [name for name, kept in everything().items() if kept] == []
    assert run(target, "restore", backup).exit_code == 0


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_cut_off_archive_restores_nothing(source, backup, installation, share):
    with tarfile.open(backup) as tar:
        last = tar.getmember("manifest.json")
    os.truncate(backup, int((last.offset_data + last.size) * share))
    answer = run(installation("sqlite", "target"), "restore", backup)
    assert (answer.exit_code, answer.output.startswith("Error: nothing restored: ")) == (1, True), answer.output


def test_a_content_already_lost_is_named_and_the_rest_saved(source, tmp_path, installation):
    with source.app_context():
        (digest,) = storage.place().digests()
        (storage.place().root / digest[:2] / digest[2:]).unlink()
    answer = run(source, "backup", tmp_path / "all.tar")
    assert (answer.exit_code, f"missing or changed before the backup: {digest}" in answer.output) == (1, True)
    answer = run(installation("sqlite", "target"), "restore", tmp_path / "all.tar")
    assert (answer.exit_code, " rows and 0 files restored" in answer.output) == (1, True)


def test_a_backup_of_another_key_is_told(source, backup, installation):
    other = installation("sqlite", "other", LOG_SIGNING_KEY="another".ljust(64, "1"))
    answer = run(other, "restore", backup)
    assert (answer.exit_code, "not signed by this installation" in answer.output) == (0, True)
