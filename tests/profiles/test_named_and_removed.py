"""Naming a file as evidence and taking it out at once: one is refused; with the lock let go, both go through."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.profiles import documents, evidence, operations, queries, rules
from listing.store.db import db
from tests.factories import NOW
from tests.files.samples import PDF

from .answers import SETTING, content
from .conftest import acting
from .test_documents import ANSWERS

WHO = {"actor": Actor(user_id=1, label="somebody"), "now": NOW}
REFUSALS = (rules.StillNamed, rules.DocumentGone, rules.ChangedMeanwhile, rules.NoSuchDocument)
MEETING, ALWAYS = 0.5, 20  # seconds in which the two would meet; waited in full where the lock is between them


@pytest.fixture
def proven(profile, editor):
    """A profile with a file and a saved page: its number, the row of the file, the file."""
    who = {"actor": acting(editor), "now": NOW}
    file = FileStorage(io.BytesIO(PDF), filename="audit.pdf")
    row = documents.add(profile=profile, file=file, typed=ANSWERS, setting=SETTING, **who)
    operations.save(profile=profile, sheet="business", content=content("business"), version=0, **who)
    found = profile.id, row["id"], row["file"]
    db.session.commit()
    return found


def name_it(profile, row_id, file):
    page = content("business")
    page["summary"] = page["summary"] | {"evidence": file}
    operations.save(profile=profile, sheet="business", content=page, version=1, **WHO)


def take_it_out(profile, row_id, file):
    documents.remove(profile=profile, row_id=row_id, **WHO)


def both(app, proven, monkeypatch, *, let_go):
    """Do both at once, each looking before either writes where nothing keeps them apart; which went through."""
    looked, together = operations._prove, Barrier(2)

    def prove(contents, *, taken_out):
        looked(contents, taken_out=taken_out)
        if let_go:
            db.session.commit()
        try:
            together.wait(ALWAYS if let_go else MEETING)
        except BrokenBarrierError:
            return

    monkeypatch.setattr(operations, "_prove", prove)

    def one(step):
        profile_id, *rest = proven
        with app.app_context():
            try:
                step(queries.profile(profile_id), *rest)
            except REFUSALS:
                db.session.rollback()
                return False
            finally:
                db.session.commit()
                db.session.remove()
        return True

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, (name_it, take_it_out)))


def is_sound(proven):
    contents = queries.contents(queries.profile(proven[0]))
    return evidence.all_named(contents) <= {row["file"] for row in queries.documents(contents)}


def test_one_of_the_two_is_refused(app, proven, monkeypatch):
    assert sorted(both(app, proven, monkeypatch, let_go=False)) == [False, True]
    assert is_sound(proven)


def test_with_the_lock_let_go_between_look_and_write_a_text_names_a_file_that_is_gone(app, proven, monkeypatch):
    assert both(app, proven, monkeypatch, let_go=True) == [True, True]
    assert not is_sound(proven)
