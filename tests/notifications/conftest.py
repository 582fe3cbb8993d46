"""The outbox on each database there is, and a mail server to send to."""

import os
from itertools import count

import pytest
from sqlalchemy import create_engine, make_url, text

from listing.clock import FixedClock
from listing.store.db import db

from .notices import NOW
from .sink import Sink
from .small import empty, make, make_tables

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
serial = count(1)
DATABASES = ["sqlite"] + (["postgresql"] if POSTGRES else [])

# SQLite is no server that could go away; its half of this promise is F1.
ON_A_SERVER = pytest.mark.parametrize("outbox_url", [d for d in DATABASES if d != "sqlite"], indirect=True)


@pytest.fixture(scope="session", params=DATABASES)
def outbox_url(request, tmp_path_factory):
    """A database of its own for the outbox, which processes of a test open too."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('outbox') / 'outbox.sqlite'}"
        return
    name = f"outbox_{os.getpid()}_{next(serial)}"
    admin = create_engine(make_url(POSTGRES), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def app(outbox_url, clock, tmp_path):
    app = make(outbox_url, clock, MAIL_FOLDER=str(tmp_path / "mail"))
    with app.app_context():
        make_tables()
        empty()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def sink(app):
    """A mail server that takes everything until a test gives it a fault; the application sends to it."""
    with Sink() as server:
        app.config["SMTP_PORT"] = server.port
        yield server
