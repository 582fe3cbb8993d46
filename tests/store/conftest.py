"""A small application with the tables of the example, on each database there is."""

import pytest
from flask import Flask

from listing.store.db import db

from . import databases
from .example import Base


@pytest.fixture(params=databases.KINDS)
def app(request, tmp_path):
    with databases.fresh(request.param, tmp_path) as settings:
        app = Flask(__name__)
        app.config.update(settings)
        db.init_app(app)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield app
            db.session.remove()
            db.engine.dispose()
