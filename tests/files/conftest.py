"""A small application that keeps files in a folder of the test, on each database there is."""

import io
from types import SimpleNamespace

import pytest
from flask import Flask

from listing.accounts.models import Organisation, User
from listing.files import operations
from listing.files.models import StoredFile
from listing.store.db import Model, db
from tests.factories import NOW
from tests.store import databases

TABLES = [model.__table__ for model in (User, Organisation, StoredFile)]


@pytest.fixture(params=databases.KINDS)
def app(request, tmp_path):
    with databases.fresh(request.param, tmp_path) as settings:
        app = Flask(__name__)
        app.config.update(settings, FILES_URL=(tmp_path / "files").as_uri(), CLAMD_SOCKET="")
        db.init_app(app)
        with app.app_context():
            Model.metadata.create_all(db.engine, tables=TABLES)
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def organisation_id(app):
    row = Organisation(kind="enterprise", name_en="Example", created_at=NOW)
    db.session.add(row)
    db.session.flush()
    return row.id


@pytest.fixture
def keep(organisation_id):
    """Keep some bytes under a name, as the room of an organisation would."""

    def keep(content: bytes, name: str = "plan.pdf", **more) -> StoredFile:
        values = {"organisation_id": organisation_id, "actor": SimpleNamespace(user_id=None), "now": NOW} | more
        return operations.keep(stream=io.BytesIO(content), name=name, **values)

    return keep


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"
