"""What is over is deleted, and nothing else."""

import io
import os
from datetime import timedelta

from sqlalchemy import select

from listing.files import storage
from listing.reminders.tidying import tidy
from listing.store import repeats
from listing.store.db import db
from tests.factories import NOW


def _answered(key: str, at) -> None:
    repeats.claim(who="person:1", key=key, digest="", now=at)
    db.session.commit()


def _put(content: bytes, days: int) -> str:
    place = storage.place()
    digest, _size = place.put(io.BytesIO(content))
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(place.root / digest[:2] / digest[2:], (then, then))
    return digest


def test_old_answers_and_nameless_content_go_and_young_ones_stay(app):
    for key, days in (("old", 3), ("young", 1)):
        _answered(key, NOW - timedelta(days=days))
    old, young = _put(b"old", 2), _put(b"young", 0)
    assert tidy(now=NOW, stopping=lambda: False) == 2
    assert db.session.scalars(select(repeats.FirstAnswer.key)).all() == ["young"]
    assert [storage.state(storage.place(), digest) for digest in (old, young)] == ["missing", "ok"]


def test_who_is_told_to_stop_begins_nothing(app):
    _answered("old", NOW - timedelta(days=3))
    assert tidy(now=NOW, stopping=lambda: True) == 0
