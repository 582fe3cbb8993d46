"""Flask-Migrate and Alembic, loaded when a command asks for the migrations: no page does."""

from pathlib import Path

from flask import Flask

from listing.later import flask_migrate

from .db import db


class Migrations:
    """Stands where Flask-Migrate looks for itself, and makes room for it when it does."""

    def __init__(self, app: Flask, folder: Path):
        self._app, self._folder = app, str(folder)

    def __getattr__(self, name: str):
        flask_migrate.Migrate(self._app, db, directory=self._folder, render_as_batch=True)
        return getattr(self._app.extensions["migrate"], name)


def init_app(app: Flask, folder: Path) -> None:
    """Name the folder of the migrations."""
    app.extensions["migrate"] = Migrations(app, folder)
