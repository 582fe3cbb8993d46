"""Keeping, letting go, clearing away; and the virus check, asked over a socket as clamd answers it."""

import io
import os
import socket
import struct
import threading
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

import pytest
from PIL import Image
from sqlalchemy import func, select

from listing.files import operations, queries, rules, storage
from listing.files.models import StoredFile
from listing.files.rules import MB
from listing.store.db import db
from tests.factories import NOW

from . import samples
from .samples import CSV, EICAR, HTML, PDF, a_picture


def _content(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_an_upload_is_kept_under_its_hash_and_remembered(keep, folder, organisation_id):
    file = keep(PDF, "../廣東路演.pdf", visibility=rules.ADMITTED)
    digest = sha256(PDF).hexdigest()
    assert (file.sha256, file.size, file.media_type, file.name) == (digest, len(PDF), "application/pdf", "廣東路演.pdf")
    assert (file.organisation_id, file.visibility, file.created_at) == (organisation_id, "admitted", NOW)
    assert _content(folder) == [f"{digest[:2]}/{digest[2:]}"]
    path = folder / digest[:2] / digest[2:]
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (PDF, 0o600)


def test_the_same_content_is_kept_once_and_named_twice(keep, folder):
    one, two = keep(PDF, "one.pdf"), keep(PDF, "two.pdf")
    assert one.id != two.id
    assert len(_content(folder)) == 1


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (PDF, "plan.exe", rules.NotAccepted),
        (PDF, "plan\u202efdp.exe", rules.NotAccepted),
        (b"", "plan.pdf", rules.Empty),
        (HTML, "plan.pdf", rules.NotWhatItSays),
        (samples.a_png_flood(60_000, 60_000), "logo.png", rules.TooManyPixels),
        (CSV + b" " * 20 * MB, "list.csv", rules.TooLarge),
    ],
)
def test_what_is_refused_leaves_nothing_behind(app, keep, folder, content, name, refusal):
    with pytest.raises(refusal):
        keep(content, name)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert not folder.exists() or _content(folder) == []


def test_a_picture_is_kept_as_written_anew(keep, folder):
    file = keep(a_picture("PNG") + b"hidden behind", "logo.png")
    [path] = _content(folder)
    kept = (folder / path).read_bytes()
    assert (sha256(kept).hexdigest(), len(kept)) == (file.sha256, file.size)
    assert b"hidden" not in kept
    Image.open(io.BytesIO(kept)).verify()


def test_an_organisation_has_a_quota(keep, organisation_id, monkeypatch):
    monkeypatch.setattr(rules, "QUOTA", 2 * len(PDF))
    keep(PDF), keep(PDF)
    assert queries.used(organisation_id) == 2 * len(PDF)
    with pytest.raises(rules.QuotaFull):
        keep(PDF)


def test_a_full_disk_is_a_refusal_and_leaves_no_half_file(keep, folder, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(rules.NotKept):
        keep(PDF)
    assert _content(folder) == []


def test_files_are_listed_newest_first(keep, organisation_id):
    old, new = keep(PDF), keep(CSV, "list.csv", now=NOW + timedelta(hours=1))
    assert queries.of_organisation(organisation_id) == [new, old]
    assert queries.get(old.id) is old


def _aged(folder, days: int) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    for path in _content(folder):
        os.utime(folder / path, (then, then))


def test_content_goes_when_nobody_names_it_any_more(keep, folder):
    one, two = keep(PDF), keep(PDF)
    _aged(folder, 2)
    operations.forget(file=one)
    assert operations.sweep(now=NOW) == 0
    operations.forget(file=two)
    assert operations.sweep(now=NOW) == 1
    assert _content(folder) == []


def test_young_content_waits_for_its_row(keep, folder):
    keep(PDF)
    db.session.rollback()
    _aged(folder, 1)
    assert operations.sweep(now=NOW) == 0
    assert len(_content(folder)) == 1
    _aged(folder, 2)
    storage.place().put(io.BytesIO(PDF))
    assert operations.sweep(now=NOW) == 0


def test_content_read_again_is_ok_changed_or_missing(keep, folder):
    file = keep(PDF)
    place = storage.place()
    assert storage.state(place, file.sha256) == "ok"
    path = folder / _content(folder)[0]
    path.write_bytes(b"forged")
    assert storage.state(place, file.sha256) == "changed"
    path.unlink()
    assert storage.state(place, file.sha256) == "missing"
    assert queries.digests() == [file.sha256]


def test_a_place_that_is_none_is_named(app):
    app.config["FILES_URL"] = "ftp://example/files"
    with pytest.raises(storage.UnknownPlace):
        storage.place()


@contextmanager
def a_clamd(path: str, answer: bytes | None):
    """A daemon that speaks INSTREAM and finds EICAR; ``answer`` replaces its verdict, an empty one hangs up."""
    heard = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()

        def serve():
            connection, _address = server.accept()
            with connection, connection.makefile("rb") as lines:
                assert lines.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!L", lines.read(4))[0]:
                    heard.append(lines.read(size))
                found = EICAR in b"".join(heard)
                if answer != b"":
                    connection.sendall(
                        answer or (b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0")
                    )

        thread = threading.Thread(target=serve)
        thread.start()
        yield heard
        thread.join(5)
        assert not thread.is_alive()


@pytest.fixture
def clamd_path(app, tmp_path):
    app.config["CLAMD_SOCKET"] = str(tmp_path / "clamd")
    return app.config["CLAMD_SOCKET"]


def test_a_virus_is_refused_by_name(keep, folder, clamd_path):
    with a_clamd(clamd_path, None), pytest.raises(rules.Infected, match="Eicar-Test-Signature"):
        keep(EICAR, "list.csv")
    assert not folder.exists()


def test_a_clean_file_is_heard_whole_and_kept(keep, clamd_path):
    content = CSV * 9000
    with a_clamd(clamd_path, None) as heard:
        keep(content, "list.csv")
    assert b"".join(heard) == content


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OKAY\0", b"\xff\0"])
def test_a_check_that_does_not_answer_refuses(keep, clamd_path, answer):
    with a_clamd(clamd_path, answer), pytest.raises(rules.ScannerAway):
        keep(PDF)


def test_a_check_that_is_not_there_refuses(keep, clamd_path):
    with pytest.raises(rules.ScannerAway):
        keep(PDF)
