"""Migrations go up, down and up again, and end at exactly what the models say."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, make_url

import config
from listing.clock import FixedClock
from listing.factory import create_app
from listing.store.db import db
from listing.store.fulltext import is_index_table

from .conftest import DATABASES, postgres
from .factories import NOW


@pytest.fixture(params=DATABASES)
def bare(request, tmp_path, worker):
    """An application over a database without a single table."""
    settings = config.Testing()
    url = postgres(f"bare_{worker}") if request.param == "postgresql" else f"sqlite:///{tmp_path / 'bare.sqlite'}"
    settings.SQLALCHEMY_DATABASE_URI = make_url(url).render_as_string(hide_password=False)
    app = create_app(settings, FixedClock(NOW))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _differences() -> list:
    def include(_object, name, kind, _reflected, _compare_to):
        return not (kind == "table" and name is not None and is_index_table(name))

    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_object": include}
        return compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)


def test_up_down_up_equals_the_models(bare):
    upgrade()
    assert _differences() == []
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert _differences() == []
