"""Whole installations: an application over a migrated database and a folder of files of its own."""

import os
import shutil
from contextlib import contextmanager
from functools import cache

import pytest
from flask_migrate import upgrade
from sqlalchemy import make_url

from config import Testing
from listing.clock import FixedClock
from listing.factory import create_app
from listing.store.db import db
from tests.conftest import DATABASES, postgres
from tests.factories import NOW

KINDS = DATABASES
PAIRS = [(one, other) for one in KINDS for other in KINDS]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, worker):
    """The address of a migrated database of a kind, made once to be copied: running all migrations takes seconds."""
    folder = tmp_path_factory.mktemp("migrated")

    @cache
    def of(kind: str) -> str:
        own = Testing()
        own.FILES_URL = folder.as_uri()
        on_a_server = kind == "postgresql"
        own.SQLALCHEMY_DATABASE_URI = (
            postgres(f"migrated_{worker}") if on_a_server else f"sqlite:///{folder}/one.sqlite"
        )
        app = create_app(own, FixedClock(NOW))
        with app.app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()
        return own.SQLALCHEMY_DATABASE_URI

    return of


@contextmanager
def installations(folder, worker, migrated):
    """Make an installation of a kind; each has its own name, and its database is migrated unless told otherwise."""
    made = []

    def make(kind: str, name: str, *, with_tables: bool = True, **settings):
        own = Testing()
        own.SQLALCHEMY_DATABASE_URI = _url(kind, name, migrated(kind) if with_tables else "")
        own.FILES_URL = (folder / name / "files").as_uri()
        for key, value in settings.items():
            setattr(own, key, value)
        app = create_app(own, FixedClock(NOW))
        made.append(app)
        return app

    def _url(kind: str, name: str, model: str) -> str:
        (folder / name).mkdir(exist_ok=True)
        if kind == "postgresql":
            return postgres(f"upkeep_{worker}_{name}", *([make_url(model).database] if model else []))
        path = folder / name / "baybridge.sqlite"
        if model:
            shutil.copy(make_url(model).database, path)
        return f"sqlite:///{path}"

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def installation(tmp_path, worker, migrated):
    with installations(tmp_path, worker, migrated) as make:
        yield make


@pytest.fixture(autouse=True)
def _plain_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)
