"""A small application with nothing but the log, on each database there is."""

import os

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from listing.journal import cli, views
from listing.journal.models import Entry, Head, Node
from listing.store.db import Model, db

from .factories import ORIGIN, SECRET

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
DATABASES = ["sqlite"] + (["postgresql"] if POSTGRES else [])
TABLES = [model.__table__ for model in (Entry, Node, Head)]


@pytest.fixture(params=DATABASES)
def engine_options(request, tmp_path):
    """Where the log lives: a file, or a schema of its own on the given PostgreSQL server."""
    if request.param == "sqlite":
        yield {"url": f"sqlite:///{tmp_path / 'log.sqlite'}"}
        return
    if not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    schema = f"journal_{os.getpid()}"
    outside = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        yield {"url": POSTGRES, "connect_args": {"options": f"-csearch_path={schema}"}}
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    outside.dispose()


@pytest.fixture
def app(engine_options):
    app = Flask(__name__)
    app.config.update(
        TESTING=True,
        SQLALCHEMY_DATABASE_URI=engine_options["url"],
        SQLALCHEMY_ENGINE_OPTIONS={key: value for key, value in engine_options.items() if key != "url"},
        PUBLIC_URL="https://market.example",
        LOG_ORIGIN=ORIGIN,
        LOG_SIGNING_KEY=SECRET,
    )
    db.init_app(app)
    app.register_blueprint(views.bp)
    app.cli.add_command(cli.log)
    with app.app_context():
        Model.metadata.create_all(db.engine, tables=TABLES)
        yield app
        db.session.remove()
        db.engine.dispose()
