"""The sheet of a release: set once, its digest in the log, the same bytes whatever happens, found by its holder."""

import io
import json
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from listing.disclosure.announcements import papers, proofs, queries
from listing.disclosure.announcements.derived_models import Paper
from listing.disclosure.announcements.operations import printing
from listing.files import storage
from listing.files.models import StoredFile
from listing.journal.models import Entry
from listing.notifications.dispatch import never
from listing.store.db import db

from .made import NOON, a_house, released
from .test_pages import SCRIPT, post

LATER = NOON + timedelta(seconds=5)
AT = "/en/announcements/2026-000001"


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


def prints(now=LATER):
    return printing.print_due(now=now, stopping=never)


def test_it_is_set_once_and_its_digest_is_in_the_log(client, house):
    released(house)
    row = queries.release("2026-000001")
    first = client.get(f"{AT}/announcement.pdf").data
    assert (prints(), prints()) == (1, 0)
    kept, entry = papers.kept(row), proofs.entry(row, (proofs.PRINTED,))
    assert (client.get(f"{AT}/announcement.pdf").data, kept.size) == (first, len(first))
    assert (entry.at, entry.data) == (LATER, {"pdf": kept.sha256, "released": proofs.entry(row).index})
    assert kept.sha256[:16] in client.get(AT).text


def test_a_company_that_is_renamed_does_not_change_what_was_printed(app, client, house, tmp_path, monkeypatch):
    released(house)
    prints()
    before = client.get(f"{AT}/announcement.pdf").data
    house.company.name_en = "Beacon Medical Limited"
    db.session.commit()
    assert papers.set_anew(queries.release("2026-000001")) != before
    monkeypatch.setitem(app.config, "FONTS_FOLDER", str(tmp_path))
    answer = client.get(f"{AT}/announcement.pdf")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, before, "application/pdf")
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"{AT}/announcement.pdf", headers=etag).status_code == 304


def test_a_sheet_that_is_lost_is_never_replaced_by_another(client, house):
    released(house)
    prints()
    file = papers.kept(queries.release("2026-000001"))
    assert storage.place().drop(file.sha256, untouched_since=NOON + timedelta(days=3650))
    assert client.get(f"{AT}/announcement.pdf").status_code == 503


def test_a_machine_without_the_fonts_leaves_it_to_the_next(app, house, tmp_path, monkeypatch):
    released(house)
    with monkeypatch.context() as bare:
        bare.setitem(app.config, "FONTS_FOLDER", str(tmp_path))
        assert prints() == 0
    assert prints() == 1


def test_of_two_processes_one_keeps_it(app, house, monkeypatch):
    released(house)
    row = queries.release("2026-000001")
    monkeypatch.setattr(papers, "unset", lambda most: [row])  # both asked before either had set it
    assert (prints(), prints()) == (1, 0)
    counted = [db.session.scalar(select(func.count()).select_from(each)) for each in (Paper, StoredFile)]
    printed = select(func.count()).select_from(Entry).where(Entry.code == proofs.PRINTED)
    assert (counted, db.session.scalar(printed)) == ([1, 1], 1)


def test_whoever_holds_it_is_told_which_announcement_it_is(client, house):
    released(house)
    prints()
    held = client.get(f"{AT}/announcement.pdf").data
    page = client.get("/en/announcements/verify")
    for content, said in (
        (held, "in both languages as PDF"),
        (held + b"\n", "Nothing like this was released"),
    ):
        file = (io.BytesIO(content), "x.pdf")
        assert said in post(client, "/en/announcements/verify", page, text="", file=file).text


def test_a_stranger_checks_it_against_the_receipt(client, house, tmp_path):
    released(house)
    (tmp_path / "key.txt").write_text(client.get("/log/key").text)

    def check():
        for name in ("receipt.json", "announcement.pdf"):
            (tmp_path / name).write_bytes(client.get(f"{AT}/{name}").data)
        return run()

    def run():
        command = [sys.executable, "-I", str(SCRIPT), "receipt", "receipt.json", "--key", "key.txt"]
        command += ["--pdf", "announcement.pdf"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.returncode, done.stdout

    status, said = check()
    assert (status, "was not in the log yet" in said) == (1, True)
    prints()
    assert check()[0] == 0
    whole = (tmp_path / "announcement.pdf").read_bytes()
    (tmp_path / "announcement.pdf").write_bytes(whole + b"\n")
    assert run() == (1, "DOES NOT HOLD: announcement.pdf: not the PDF of this announcement\n")
    (tmp_path / "announcement.pdf").write_bytes(whole)
    held = json.loads((tmp_path / "receipt.json").read_text())
    held["pdf"]["opening"]["private"]["subject_id"] = "2026-000002"
    (tmp_path / "receipt.json").write_text(json.dumps(held))
    assert run()[0] == 1
