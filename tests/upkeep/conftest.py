"""Whole installations: an application over a migrated database and a folder of files of its own."""

import os

import pytest
from flask_migrate import upgrade

from config import Testing
from listing.clock import FixedClock
from listing.factory import create_app
from listing.store.db import db
from tests.conftest import DATABASES, _postgres
from tests.factories import NOW

KINDS = DATABASES
PAIRS = [(one, other) for one in KINDS for other in KINDS]


@pytest.fixture
def installation(tmp_path, worker):
    """Make an installation of a kind; each has its own name, and its database is migrated unless told otherwise."""
    made = []

    def make(kind: str, name: str, *, migrated: bool = True, **settings):
        own = Testing()
        own.SQLALCHEMY_DATABASE_URI = _url(kind, name)
        own.FILES_URL = (tmp_path / name / "files").as_uri()
        for key, value in settings.items():
            setattr(own, key, value)
        app = create_app(own, FixedClock(NOW))
        made.append(app)
        if migrated:
            with app.app_context():
                upgrade()
        return app

    def _url(kind: str, name: str) -> str:
        (tmp_path / name).mkdir(exist_ok=True)
        if kind == "postgresql":
            return _postgres(f"upkeep_{worker}_{name}")
        return f"sqlite:///{tmp_path / name / 'baybridge.sqlite'}"

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(autouse=True)
def _plain_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)
