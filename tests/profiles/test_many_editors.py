"""Fifty editors at once on one page: each line they wrote is there; without the look at the version most are gone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from sqlalchemy import func, select, update

from listing.access.actor import Actor
from listing.companies.sheets import sheets
from listing.journal.models import Entry
from listing.profiles import operations, queries, reading, rules, typing
from listing.profiles.models import ProfileSheet
from listing.store import keeping
from listing.store.db import db
from listing.store.db import reading as reading_only
from listing.store.keeping import KeptTyping
from tests.factories import NOW, a_user

from .answers import BUSINESS, SETTING, content
from .conftest import acting

EDITORS = 50
SHEET = "business"


@pytest.fixture
def begun(profile, editor):
    """A profile whose page has been saved once."""
    operations.save(profile=profile, sheet=SHEET, content=content(SHEET), version=0, actor=acting(editor), now=NOW)
    number = profile.id
    db.session.commit()  # and ask for nothing more: on SQLite that would hold everybody up
    return number


def _read(profile_id):
    with reading_only():
        saved = queries.sheet(queries.profile(profile_id), SHEET)
        read = saved.version, dict(saved.content)
        db.session.rollback()
    return read


def _write(profile_id, line, version, before):
    typed = typing.typed(sheets()[SHEET], before)
    typed["business.en"] += f"\n{line}"
    found = reading.read(sheets()[SHEET], typed, before, SETTING)
    who = {"actor": Actor(user_id=1, label=line), "now": NOW}
    try:
        operations.save(profile=queries.profile(profile_id), sheet=SHEET, content=found.content, version=version, **who)
    except rules.ChangedMeanwhile:
        db.session.rollback()
        return False
    db.session.commit()
    return True


def _all_at_once(app, profile_id):
    """Everybody opens the page, all save at once; whoever is told of another's save reads that and saves in turn."""
    opened, turn = Barrier(EDITORS), Lock()

    def one(number):
        with app.app_context():
            version, before = _read(profile_id)
            opened.wait()
            line = f"Editor {number:02}."
            if not _write(profile_id, line, version, before):
                with turn:
                    while not _write(profile_id, line, *_read(profile_id)):
                        pass
            db.session.remove()

    with ThreadPoolExecutor(EDITORS) as pool:
        list(pool.map(one, range(EDITORS)))
    lines = _read(profile_id)[1]["business"]["en"].split("\n")
    return sorted(line for line in lines if line.startswith("Editor"))


def test_fifty_editors_at_once_lose_nothing(app, begun):
    assert _all_at_once(app, begun) == [f"Editor {number:02}." for number in range(EDITORS)]
    saves = select(func.count()).select_from(Entry).where(Entry.code == "profile.saved")
    assert (_read(begun)[0], db.session.scalar(saves)) == (EDITORS + 1, EDITORS + 1)


def test_without_the_look_at_the_version_lines_are_lost(app, begun, monkeypatch):
    def over_whatever_is_there(profile_id, sheet, _version, values):
        at = (ProfileSheet.profile_id == profile_id, ProfileSheet.sheet == sheet)
        db.session.execute(update(ProfileSheet).where(*at).values(**values, version=ProfileSheet.version + 1))
        return True

    monkeypatch.setattr(operations, "_written", over_whatever_is_there)
    assert len(_all_at_once(app, begun)) < EDITORS


def test_a_first_save_over_a_sheet_the_session_knows_is_refused_without_a_warning(profile, editor):
    who = {"profile": profile, "sheet": SHEET, "actor": acting(editor), "now": NOW}
    operations.save(content=content(SHEET), version=0, **who)
    known = queries.sheet(profile, SHEET)
    with pytest.raises(rules.ChangedMeanwhile):
        operations.save(content=content(SHEET, BUSINESS | {"summary.en": "Another."}), version=0, **who)
    assert known.content["summary"]["en"] == BUSINESS["summary.en"]


def test_two_windows_that_keep_at_once_leave_one_row(app):
    together, person = Barrier(8), a_user().id
    db.session.commit()

    def keep(number):
        with app.app_context():
            together.wait()
            keeping.keep(key="k", page="p", account_id=person, path="/x", typed={"n": str(number)}, now=NOW)
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(8)))
    assert db.session.scalar(select(func.count()).select_from(KeptTyping)) == 1
