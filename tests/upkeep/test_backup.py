"""A backup comes back whole, on either database, or not at all."""

import gzip
import io
import json
import tarfile
from threading import Thread

import pytest
from sqlalchemy import select, text

from listing.access.actor import SYSTEM, Tier
from listing.companies import matches
from listing.companies.models import Company
from listing.demo import load as market
from listing.demo import profiles
from listing.evidence import queries as vault
from listing.evidence.operations import keeping, opening
from listing.evidence.rules import About, Case, Unopenable
from listing.files import storage
from listing.journal import operations as journal
from listing.journal import queries as log
from listing.store.db import db
from listing.upkeep import rows, tables
from listing.upkeep.tables import LEFT_OUT
from tests.factories import NOW, a_company, an_organisation

from .conftest import KINDS, PAIRS
from .made import PDF, a_market, everything, run

SECRETS = ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "TOTP_SECRET", "LOG_SIGNING_KEY", "EVIDENCE_KEYS")


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


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_demo_market_comes_back_on_empty_machines(installation, tmp_path):
    """From one kind of database into the other, and from there back into a new one of the first."""
    first, *others = [installation(kind, f"in_{n}") for n, kind in enumerate((KINDS[-1], KINDS[0], KINDS[-1]))]
    with first.app_context():
        loaded = market.load(keep_at=tmp_path / "demo.json", now=NOW)
        shown = db.session.scalars(select(Company)).all()  # tests of the demo market load a few
        assert len(shown) == loaded.companies == len(profiles.written())
        assert {(c.market, c.origin, c.status, c.languages) for c in shown} == {("GBA", "demo", "displayed", "both")}
        counts, root = {table.name: tables.count(table) for table in tables.kept()}, log.tip().root
    assert (counts["company"] >= 20, counts["account"] >= 5, counts["journal_entry"] >= 20) == (True, True, True)
    source = first
    for n, target in enumerate(others):
        path = tmp_path / f"{n}.tar"
        assert run(source, "backup", path).exit_code == 0
        assert run(target, "restore", path).exit_code == 0
        with target.app_context():
            assert ({table.name: tables.count(table) for table in tables.kept()}, log.tip().root) == (counts, root)
        assert run(target, "log", "verify").exit_code == 0
        source = target


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


@pytest.mark.parametrize("source", ["sqlite"], indirect=True)
def test_a_content_already_lost_is_named_and_the_rest_saved(source, tmp_path, installation):
    with source.app_context():
        (digest,) = storage.place().digests()
        (storage.place().root / digest[:2] / digest[2:]).unlink()
    answer = run(source, "backup", tmp_path / "all.tar")
    assert (answer.exit_code, f"missing or changed before the backup: {digest}" in answer.output) == (1, True)
    answer = run(installation("sqlite", "target"), "restore", tmp_path / "all.tar")
    assert (answer.exit_code, " rows and 0 files restored" in answer.output) == (1, True)
