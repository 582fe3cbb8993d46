"""Keeping, granting, opening, destroying; and what somebody with the database or the folder could try."""

import tracemalloc
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from listing.evidence import queries, rules
from listing.evidence.models import Access, Evidence
from listing.evidence.operations import ending, granting, opening, rewrapping
from listing.files import operations as files
from listing.files.models import StoredFile
from listing.files.rules import Mixed, NotWhatItSays, TooLarge, Unfit
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import NOW
from tests.files.samples import HTML, PDF, a_document, a_picture, a_png_flood

from .conftest import CASE, NAME, acting, of

MB = 1024 * 1024
LATER = NOW + timedelta(days=30)


def read(file, user, *, now=NOW, **more) -> bytes:
    actor = acting(user, **more)
    return b"".join(opening.open_file(file=file, act=rules.OPENED, actor=actor, now=now))


def on_disk(app) -> list[Path]:
    return [p for p in Path(urlsplit(app.config["FILES_URL"]).path).rglob("*") if p.is_file()]


def test_what_is_kept_is_nowhere_in_the_clear_and_comes_back(app, keep, people):
    content = PDF.replace(b"Catalog", b"Unmistakable")
    file = keep(content)
    assert (file.name, file.size, file.key_id) == (NAME, len(content), file.key_id)
    assert on_disk(app)
    assert not any(b"Unmistakable" in path.read_bytes() for path in on_disk(app))
    assert read(file, people.holder) == content
    log = queries.access_log_of(file)
    assert [(line.act, line.account_id, line.for_holder) for line in log] == [("opened", people.holder.id, True)]
    entries = db.session.scalars(select(Entry).order_by(Entry.index)).all()
    assert [(e.code, e.data["digest"]) for e in entries] == [
        ("evidence.kept", file.digest),
        ("evidence.opened", file.digest),
    ]
    assert not any(NAME in str(e.data) or "入境" in str(e.data) for e in entries)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (HTML, "identity.pdf", NotWhatItSays),
        (PDF + b"PK\x05\x06" + b"\0" * 18, "identity.pdf", Mixed),
        (a_png_flood(50_000, 50_000), "identity.png", Unfit),
        (a_document(), "letter.docx", rules.NotEvidence),
        (b"MZ", "../../identity.exe", rules.NotEvidence),
        (PDF[:9] + b"\n" * 20 * MB + PDF[9:], "identity.pdf", TooLarge),
    ],
    ids=["html", "polyglot", "flood", "office", "program", "large"],
)
def test_what_is_refused_leaves_nothing_behind(app, keep, content, name, refusal):
    before = on_disk(app)
    with pytest.raises(refusal):
        keep(content, name)
    db.session.rollback()
    assert on_disk(app) == before
    assert db.session.scalars(select(Evidence)).all() == []


def test_a_picture_is_written_anew_before_it_is_sealed(keep, people):
    file = keep(a_picture("JPEG", exif=b"Exif\0\0secret place"), "IMG.jpg")
    assert b"secret place" not in read(file, people.holder)


def test_a_grant_opens_from_then_to_then_and_its_end_is_felt_at_once(keep, people):
    file = keep()
    holder = acting(people.holder)
    with pytest.raises(rules.NotGranted):
        read(file, people.reviewer)
    given = {"organisation_id": file.organisation_id, "case": CASE, "until": LATER, "actor": holder, "now": NOW}
    grant = granting.grant(**given, purpose="review", to_person=people.reviewer.id)
    db.session.commit()
    assert read(file, people.reviewer) == PDF
    for now in (NOW - timedelta(seconds=1), LATER):
        with pytest.raises(rules.NotGranted):
            read(file, people.reviewer, now=now, fresh_at=now)
    with pytest.raises(rules.NotGranted):
        read(file, people.supervisor)
    assert granting.revoke(grant=grant, why="done", actor=holder, now=NOW)
    assert not granting.revoke(grant=grant, why="done", actor=holder, now=NOW)
    with pytest.raises(rules.NotGranted):
        read(file, people.reviewer)


def test_a_consent_taken_back_ends_the_other_sides_access_and_keeps_the_record(keep, people):
    """Vector T23."""
    file = keep()
    given = {"organisation_id": file.organisation_id, "case": CASE, "until": LATER, "actor": acting(people.holder)}
    across = granting.grant(**given, purpose="across_border", to_organisation=of(people.enterprise).id, now=NOW)
    granting.grant(**given, purpose="review", to_person=people.reviewer.id, now=NOW)
    assert read(file, people.enterprise) == PDF
    ended = {"purpose": "across_border", "why": "consent_withdrawn", "actor": acting(people.holder), "now": NOW}
    assert granting.withdraw(organisation_id=file.organisation_id, **ended) == 1
    db.session.commit()
    with pytest.raises(rules.NotGranted):
        read(file, people.enterprise)
    assert read(file, people.reviewer) == PDF
    db.session.refresh(across)
    assert (across.ended_at, across.ended_why) == (NOW, "consent_withdrawn")


def test_opening_asks_for_a_password_given_lately(keep, people):
    file = keep()
    for fresh_at in (None, NOW - timedelta(minutes=16)):
        with pytest.raises(rules.NotFresh):
            read(file, people.holder, fresh_at=fresh_at)
    assert queries.access_log_of(file) == []


def test_a_member_who_only_looks_on_does_not_open(keep, people):
    file = keep()
    people.holder.memberships[0].role = "viewer"
    with pytest.raises(rules.NotGranted):
        read(file, people.holder)


CHANGES = {"organisation_id": None, "document_type": "funds", "case_id": "8", "dated": NOW.date(), "size": 9}


def _refused(file, people):
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(rules.Unopenable):
        read(file, people.holder)
    db.session.rollback()


def test_whoever_owns_the_database_opens_nothing_by_changing_it(keep, people):
    one, two = keep(), keep(PDF.replace(b"Catalog", b"Another"))
    values = {c: (getattr(one, c), getattr(two, c)) for c in ("stored_file_id", "wrapped", "digest")}
    for columns in (["stored_file_id"], ["wrapped"], ["stored_file_id", "wrapped"], list(values)):
        db.session.execute(update(Evidence).where(Evidence.id == one.id).values({c: values[c][1] for c in columns}))
        _refused(one, people)
        db.session.execute(update(Evidence).where(Evidence.id == one.id).values({c: values[c][0] for c in columns}))
    for column, value in CHANGES.items():
        original = getattr(two, column)
        for put in (value or of(people.investor).id, original):
            db.session.execute(update(Evidence).where(Evidence.id == two.id).values({column: put}))
            db.session.commit()
            if put != original:
                with pytest.raises(rules.Unopenable):
                    opening.plain(two)
        assert b"Another" in b"".join(opening.plain(two))


def test_whoever_owns_the_folder_is_noticed(app, keep, people):
    content = PDF[:9] + b"\n" * 200_000 + PDF[9:]
    file, other = keep(content), keep(content)
    path, theirs = (
        next(p for p in on_disk(app) if p.parent.name + p.name == db.session.get(StoredFile, f.stored_file_id).sha256)
        for f in (file, other)
    )
    whole = path.read_bytes()
    one_bit = whole[:9] + bytes([whole[9] ^ 1]) + whole[10:]
    for changed in (whole[:-1], whole[:65_552], theirs.read_bytes(), b"", one_bit):
        path.write_bytes(changed)
        _refused(file, people)
    path.unlink()
    _refused(file, people)
    assert queries.access_log_of(file) == []


def test_keys_are_changed_while_all_goes_on(app, keep, people, monkeypatch):
    file, other = keep(), keep(a_picture(), "p.png")
    old, before = app.config["EVIDENCE_KEYS"], file.wrapped
    monkeypatch.setitem(app.config, "EVIDENCE_KEYS", f"next:{'n' * 40},{old}")
    assert read(file, people.holder) == PDF
    reading = opening.open_file(file=file, act=rules.OPENED, actor=acting(people.holder), now=NOW)
    db.session.commit()
    monkeypatch.setattr(rewrapping, "BATCH", 1)
    assert (rewrapping.rewrap(), rewrapping.rewrap()) == (2, 0)
    assert b"".join(reading) == PDF
    db.session.refresh(file)
    assert file.key_id == "next"
    assert file.wrapped != before
    monkeypatch.setitem(app.config, "EVIDENCE_KEYS", f"next:{'n' * 40}")
    assert read(file, people.holder) == PDF
    monkeypatch.setitem(app.config, "EVIDENCE_KEYS", old)
    _refused(other, people)


def test_destroying_is_for_good_and_a_hold_forbids_it(app, keep, people):
    file = keep()
    act = {"file": file, "actor": acting(people.supervisor), "now": NOW}
    ending.hold(why="court order", **act)
    with pytest.raises(rules.OnHold):
        ending.destroy(why="retention", **act)
    ending.release(**act)
    ending.destroy(why="retention", **act)
    db.session.commit()
    assert (file.wrapped, file.salt, file.name, file.issuer) == (None, None, "", "")
    assert (queries.get(file.uid), queries.of_case(CASE, organisation_id=file.organisation_id)) == (None, [])
    _refused(file, people)
    assert db.session.scalars(select(StoredFile)).all() == []
    files.sweep(now=NOW + timedelta(days=20_000))
    assert on_disk(app) == []


def test_the_access_log_is_only_added_to(keep, people):
    read(keep(), people.holder)
    db.session.commit()
    for sql in ("UPDATE evidence_access SET label = 'x'", "DELETE FROM evidence_access"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(sql))
        db.session.rollback()
    assert len(db.session.scalars(select(Access)).all()) == 1


def test_20_mb_go_in_and_out_within_little_memory(keep, people):
    content = PDF[:9] + b"\n" * (20 * MB - len(PDF)) + PDF[9:]
    tracemalloc.start()
    file = keep(content)
    size = sum(map(len, opening.open_file(file=file, act=rules.OPENED, actor=acting(people.holder), now=NOW)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == len(content)
    assert peak < 4 * MB
